"""Finding, reading and checking the exercise files: those that ship, and a folder of one's own beside them."""

import logging
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import ValidationError

import poses
from coach.errors import ExerciseError
from coach.judge.contradictions import contradictions
from coach.judge.exercise import Exercise
from coach.judge.file_fields import Place, nearest
from coach.judge.refusals import LIKE, meant, parsed, refused, sentence, told
from coach.judge.texts import laid_over, problems, text_tree
from coach.language import LANGUAGES, LOADER, NATIVE, Language

BUILT_IN = Path(poses.__file__).parent
SUFFIXES: Final = (".yaml", ".yml")
LIBRARY: Final = "COACH_LIBRARY"  # names the folder of own files, for whatever is given none


def exercise_files(own: Path | None = None) -> dict[str, Path]:
    """Every exercise's file by its id, sorted.

    own  a folder of one's own files: they add to the built-in ones, and stand in for those with the same id.  None:
         the one that COACH_LIBRARY names, if any, without its files that are wrong; `wrong_files` tells of them

    Raises ExerciseError when a folder that was given is not there or cannot be read.
    """
    found = _own_library().files if own is None else {path.stem: path for path in _yaml_files(own)}
    return dict(sorted((_shipped() | dict(found)).items()))


@cache
def _shipped() -> dict[str, Path]:
    """The built-in files by their ids; they do not change while the coach runs."""
    return {path.stem: path for path in BUILT_IN.glob("*.yaml")}


def _yaml_files(own: Path) -> list[Path]:
    try:
        if not own.exists():
            raise ExerciseError(f"There is no folder '{own}' of own exercises; make it, or give another one.")
        if not own.is_dir():
            raise ExerciseError(f"'{own}' is a file; a folder of own exercises was expected.")
        return [path for path in own.iterdir() if _ends_right(path) and path.stem[:1] != "."]
    except OSError as error:
        raise ExerciseError(
            f"The folder '{own}' of own exercises cannot be read: {_reason(error)}; give another one."
        ) from None


def _ends_right(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _reason(error: OSError) -> str:
    """What the system says, to go on with in a sentence."""
    return (error.strerror or "no reason given").lower()


def exercise_ids(own: Path | None = None) -> list[str]:
    """The ids of all exercises, sorted; `own` as for `exercise_files`."""
    return list(exercise_files(own))


def exercise_file(name: str, own: Path | None = None) -> Path:
    """The file of an exercise.  Raises ExerciseError that suggests the nearest when there is none."""
    known = exercise_files(own)
    if name not in known:
        if own is None and (wrong := _own_library().wrong.get(name)):
            raise ExerciseError(wrong.said)
        near = nearest(name, known)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
        raise ExerciseError(f"There is no exercise '{name}'. {hint}")
    return known[name]


def load_exercise(name: str, own: Path | None = None, language: Language = "en") -> Exercise:
    """An exercise by its id, with its texts in a language; one's own is read anew when it was edited meanwhile.

    An own file in another language is translated by `<own>/<language>/<id>.yaml`, and stays as it is without one.

    own  as for `exercise_files`

    Raises ExerciseError for an unknown id, and for a broken file with the file and the place in it.
    """
    if own is None:
        found = _own_library().exercises.get((name, language))
        if found is not None or name in _shipped():
            return found or _built_in(_shipped()[name], language)
    path = exercise_file(name, own)
    if path.parent == BUILT_IN:
        return _built_in(path, language)
    exercise, texts = read_exercise(path), texts_file(path, language)
    return translated(exercise, texts, language) if texts.is_file() else exercise


@cache
def _built_in(path: Path, language: Language) -> Exercise:
    return translated(read_exercise(path), texts_file(path, language), language)


# --- the folder that stands in the environment --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with an own file, a sentence; and what is done until it is mended.

    meanwhile  built_in: the exercise that ships stands in; left_out: there is none; untranslated: it is told in its
               own language; no_folder: there are no own files
    """

    said: str
    meanwhile: Literal["built_in", "left_out", "untranslated", "no_folder"]


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """The own files as they were read last: those that can be used, and what is wrong with others, by their ids."""

    files: Mapping[str, Path]
    exercises: Mapping[tuple[str, Language], Exercise]
    wrong: Mapping[str, Wrong]


Stamps = tuple[tuple[Path, int, int], ...]
NONE_OWN: Final = OwnLibrary({}, {}, {})


def wrong_files() -> tuple[Wrong, ...]:
    """What is wrong in the folder that COACH_LIBRARY names, of each exercise the first."""
    return tuple(_own_library().wrong.values())


def _own_library() -> OwnLibrary:
    """The folder that COACH_LIBRARY names, read anew when something in it has changed."""
    folder = os.environ.get(LIBRARY)
    if not folder:
        return NONE_OWN
    try:
        return _all_own(Path(folder), _stamps(Path(folder)))
    except ExerciseError as error:
        return OwnLibrary({}, {}, {"": Wrong(str(error), "no_folder")})


def _stamps(own: Path) -> Stamps:
    """Each file of a folder, when it was written, and its size.  Raises ExerciseError for a folder that is none."""
    found = [*_yaml_files(own)]
    for language in LANGUAGES:
        with suppress(ExerciseError):  # most have no translations
            found += _yaml_files(own / language)
    return tuple((path, *_stamp(path)) for path in sorted(found))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        known = path.stat()
    except OSError:  # gone meanwhile, or a link to nothing
        return 0, 0
    return known.st_mtime_ns, known.st_size


@lru_cache(maxsize=1)
def _all_own(own: Path, stamps: Stamps) -> OwnLibrary:
    files: dict[str, Path] = {}
    exercises: dict[tuple[str, Language], Exercise] = {}
    wrong: dict[str, Wrong] = {}
    for path in (path for path, *_ in stamps if path.parent == own):
        try:
            exercise = read_exercise(path)
        except ExerciseError as error:
            wrong[path.stem] = Wrong(str(error), "built_in" if path.stem in _shipped() else "left_out")
            continue
        files[path.stem] = path
        texts = texts_beside(path)
        for language in LANGUAGES:
            exercises[path.stem, language] = exercise
            try:
                if language in texts:
                    exercises[path.stem, language] = translated(exercise, texts[language], language)
            except ExerciseError as error:
                wrong.setdefault(path.stem, Wrong(str(error), "untranslated"))
    for one in wrong.values():
        logging.getLogger("coach").warning(one.said)
    return OwnLibrary(files, exercises, wrong)


# --- reading ------------------------------------------------------------------------------------------------


def texts_file(path: Path, language: Language) -> Path:
    """Where the texts of an exercise's file are in another language."""
    return path.parent / language / path.name


def translated(exercise: Exercise, texts: Path, language: Language) -> Exercise:
    """An exercise with the texts of a file, which are in this language; itself if that is its own.

    Raises ExerciseError naming the file and the place for a text that is missing, unknown or none.
    """
    if language == exercise.language:
        return exercise
    given, node = _texts(texts)
    file = _short(texts)
    for wrong in _of_texts(file, node, exercise, given):
        raise ExerciseError(wrong)
    data = exercise.model_dump() | {"language": language, "other_names": ()}
    try:
        return Exercise.model_validate(laid_over(data, given))
    except ValidationError as error:
        raise ExerciseError(refused(file, node, error)) from None


def problems_of(exercise: Exercise, texts: Path, language: Language) -> list[str]:
    """All that is wrong with a file of texts, a sentence each; raises ExerciseError where it is no YAML.

    One in the exercise's own language is never read.
    """
    if language == exercise.language and texts.is_file():
        itself = f"'{exercise.id}' is in this language itself (language: {language})"
        return [f"{_short(texts)} is not read: {itself}."]
    given, node = _texts(texts)
    found = _of_texts(_short(texts), node, exercise, given)
    if not found:
        try:
            translated(exercise, texts, language)
        except ExerciseError as error:
            return [str(error)]
    return found


def texts_beside(path: Path) -> dict[Language, Path]:
    """The files of texts beside an exercise file, by their languages."""
    files = {language: texts_file(path, language) for language in LANGUAGES}
    return {language: file for language, file in files.items() if file.is_file()}


def problems_beside(exercise: Exercise, path: Path) -> list[str]:
    """What is wrong with the texts beside an exercise's file, a sentence each."""
    return [
        said
        for language, file in texts_beside(path).items()
        for said in problems_of(exercise, file, language)
    ]


def _texts(path: Path) -> tuple[dict[Any, Any], Any]:
    if not path.is_file():
        language = NATIVE.get(path.parent.name, path.parent.name)
        raise ExerciseError(f"'{path.stem}' has no texts in {language}: there is no file '{_short(path)}'.")
    expected = "texts by their keys, such as 'name',"
    return parsed(_text(path, _short(path)), _short(path), expected, _loader(path))


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _of_texts(file: str, node: Any, exercise: Exercise, given: Any) -> list[str]:
    """What is wrong with the texts that are given; a misspelt key comes before the one that is missing for it."""
    wanted = text_tree(exercise)
    unknown: list[str] = []
    others: list[str] = []
    for problem in problems(wanted, given):
        *parents, key = problem.place or ("",)
        beside = _below(wanted, tuple(parents))
        if problem.place and isinstance(beside, Mapping) and key not in beside:
            near = meant(str(key), beside, _below(given, tuple(parents)))
            unknown.append(sentence(file, node, problem.place, problem.text + near))
        else:
            others.append(sentence(file, node, problem.place, problem.text))
    return unknown + others


def _below(tree: Any, place: Place) -> Any:
    """What stands at a place of nested texts; None where nothing does."""
    for part in place:
        if isinstance(tree, Mapping):
            tree = tree.get(part)
        else:
            listed = isinstance(tree, list) and isinstance(part, int) and part < len(tree)
            tree = tree[part] if listed else None
    return tree


def stray_texts(own: Path) -> list[str]:
    """What is in a folder of exercise files and is never read, a sentence each: files with another ending behind that
    of an exercise file, texts of no exercise, and texts in an unknown language.
    """
    folders = sorted(path for path in own.iterdir() if path.is_dir() and path.name[:1] not in "._")
    found = list(_misnamed(own, ""))
    for folder in folders:
        found += _stray(folder, {path.name for path in _yaml_files(own)})
    return found


def _misnamed(folder: Path, shown: str) -> Iterator[str]:
    """Of files such as bridge.yaml.txt or bridge.yml~, which editors make; `shown` goes before their names."""
    for path in sorted(folder.iterdir()):
        meant_so = any(suffix in path.name.lower() for suffix in SUFFIXES) and path.name[:1] != "."
        if meant_so and path.is_file() and not _ends_right(path):
            yield f"'{shown}{path.name}' is not read: the name of an exercise file ends with {' or '.join(SUFFIXES)}."


def _stray(folder: Path, beside: Collection[str]) -> Iterator[str]:
    texts = sorted(path.name for path in _yaml_files(folder))
    if texts and folder.name not in LANGUAGES:
        yield f"The folder '{folder}' is not read: translations stand in {', '.join(LANGUAGES)}."
        return
    if folder.name in LANGUAGES:
        yield from _misnamed(folder, f"{folder.name}/")
    for name in texts:
        if name not in beside:
            stems = {Path(other).stem: other for other in beside}
            near = nearest(Path(name).stem, stems, least=LIKE)
            hint = f"; did you mean '{stems[near[0]]}'?" if near else ", so nobody reads these texts."
            yield f"{folder.name}/{name}: there is no exercise file '{name}' beside its folder{hint}"


def read_exercise(path: Path, own: Path | None = None) -> Exercise:
    """Read and check one file.

    own  a folder of exercises that it may name, beside the built-in ones and those of its own folder

    Raises ExerciseError naming the file, the place (line and path) and what was expected there; and where there is
    another one of the same id beside it.
    """
    text = _text(path, path.name)
    twins = sorted(other.name for other in _yaml_files(path.parent) if other.stem == path.stem)
    if len(twins) > 1:
        raise ExerciseError(
            f"'{twins[0]}' and '{twins[1]}' are both the file of '{path.stem}'; remove or rename one of them."
        )
    known = {*exercise_files(path.parent), *exercise_files(own or path.parent)}
    return parse_exercise(text, path.name, _loader(path), known)


def _loader(path: Path) -> Any:
    """Ours are read ten times as quickly; of anybody's, brackets by the thousand must not end the program."""
    return LOADER if BUILT_IN in path.parents else yaml.SafeLoader


def _text(path: Path, file: str) -> str:
    try:
        if path.is_dir():
            raise ExerciseError(f"'{file}' is a folder and cannot be read as text; give an exercise file.")
        if path.exists() and not path.is_file():
            raise ExerciseError(f"'{path}' is a device or a pipe and no exercise file; choose another one.")
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ExerciseError(f"There is no exercise file '{path}'.") from None
    except UnicodeDecodeError:
        raise ExerciseError(f"The exercise file '{file}' cannot be read as text; save it as UTF-8.") from None
    except OSError as error:
        raise ExerciseError(
            f"The exercise file '{file}' cannot be read: {_reason(error)}; give another one."
        ) from None


def parse_exercise(
    text: str, file: str, loader: Any = yaml.SafeLoader, known: Collection[str] | None = None
) -> Exercise:
    """Check the text of an exercise file; `file` is its name, which is also told in what is wrong.

    known  the ids of all exercises, which it may name; None: nobody knows them
    """
    data, node = parsed(text, file, "an exercise with keys such as 'id' and 'name'", loader)
    try:
        exercise = Exercise.model_validate(data)
    except ValidationError as error:
        raise ExerciseError(refused(file, node, error)) from None
    stem = Path(file).stem
    if exercise.id != stem:
        raise ExerciseError(f"{file}: the id '{exercise.id}' must be the file's name, '{stem}'.")
    for place, wrong in contradictions(exercise, known):
        raise ExerciseError(told(file, node, place, wrong))
    return exercise
