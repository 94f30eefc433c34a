"""Finding, reading and checking the exercise files: those that ship, and a folder of one's own beside them."""

import difflib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

import poses
from coach.errors import ExerciseError
from coach.judge.contradictions import contradictions
from coach.judge.exercise import Exercise
from coach.judge.texts import Place, Problem, laid_over, problems, text_tree
from coach.language import LOADER, NATIVE, Language

BUILT_IN = Path(poses.__file__).parent
SUFFIXES: Final = (".yaml", ".yml")
NUMBERS: Final = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
# What is none (.nan) or has no end (.inf) is refused where the number belongs.
PLAIN: Final = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?|[-+]?\.(inf|nan)", re.IGNORECASE)


def exercise_files(own: Path | None = None) -> dict[str, Path]:
    """Every exercise's file by its id, sorted.

    own  a folder of one's own files: they add to the built-in ones, and stand in for those with the same id

    Raises ExerciseError when the folder is not there or cannot be read.
    """
    found = {path.stem: path for path in BUILT_IN.glob("*.yaml")}
    if own is not None:
        found |= {path.stem: path for path in _yaml_files(own)}
    return dict(sorted(found.items()))


def _yaml_files(own: Path) -> list[Path]:
    if not own.exists():
        raise ExerciseError(f"There is no folder '{own}' of own exercises; make it, or give another one.")
    if not own.is_dir():
        raise ExerciseError(f"'{own}' is a file; a folder of own exercises was expected.")
    try:
        return [path for path in own.iterdir() if path.suffix in SUFFIXES and path.stem[:1] != "."]
    except OSError:
        raise ExerciseError(f"The folder '{own}' of own exercises cannot be read.") from None


def exercise_ids(own: Path | None = None) -> list[str]:
    """The ids of all exercises, sorted; `own` as for `exercise_files`."""
    return list(exercise_files(own))


def exercise_file(name: str, own: Path | None = None) -> Path:
    """The file of an exercise.  Raises ExerciseError that suggests the nearest when there is none."""
    known = exercise_files(own)
    if name not in known:
        near = difflib.get_close_matches(name.lower().replace("-", "_").replace(" ", "_"), known, 1, 0.5)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
        raise ExerciseError(f"There is no exercise '{name}'. {hint}")
    return known[name]


def load_exercise(name: str, own: Path | None = None, language: Language = "en") -> Exercise:
    """An exercise by its id, with its texts in a language; one's own is read anew each time, since it is edited
    meanwhile.

    An own file in another language is translated by `<own>/<language>/<id>.yaml`, and stays as it is without one.

    Raises ExerciseError for an unknown id, and for a broken file with the file and the place in it.
    """
    path = exercise_file(name, own)
    if path.parent == BUILT_IN:
        return _built_in(path, language)
    exercise, texts = read_exercise(path), texts_file(path, language)
    return translated(exercise, texts, language) if texts.is_file() else exercise


@cache
def _built_in(path: Path, language: Language) -> Exercise:
    return translated(read_exercise(path), texts_file(path, language), language)


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
    for problem in problems(text_tree(exercise), given):
        raise ExerciseError(_of_text(file, node, problem))
    data = exercise.model_dump() | {"language": language, "other_names": ()}
    try:
        return Exercise.model_validate(laid_over(data, given))
    except ValidationError as error:
        first = error.errors()[0]
        raise ExerciseError(_told(file, node, first["loc"], first["type"], first["msg"])) from None


def problems_of(exercise: Exercise, texts: Path, language: Language) -> list[str]:
    """All that is wrong with a file of texts, a sentence each; raises ExerciseError where it is no YAML."""
    given, node = _texts(texts)
    found = [_of_text(_short(texts), node, problem) for problem in problems(text_tree(exercise), given)]
    if not found:
        try:
            translated(exercise, texts, language)
        except ExerciseError as error:
            return [str(error)]
    return found


def _texts(path: Path) -> tuple[dict[Any, Any], Any]:
    if not path.is_file():
        language = NATIVE.get(path.parent.name, path.parent.name)
        raise ExerciseError(f"'{path.stem}' has no texts in {language}: there is no file '{_short(path)}'.")
    expected = "a mapping of texts, with keys such as 'name',"
    return _parsed(_text(path, _short(path)), _short(path), expected, _loader(path))


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _of_text(file: str, node: Any, problem: Problem) -> str:
    return f"{file}, line {_line(node, problem.place)}: {problem.text}."


def read_exercise(path: Path) -> Exercise:
    """Read and check one file.

    Raises ExerciseError naming the file, the place (line and path) and what was expected there; and where there is
    another one of the same id beside it.
    """
    twins = [other.name for suffix in SUFFIXES if (other := path.parent / f"{path.stem}{suffix}").exists()]
    if len(twins) > 1:
        raise ExerciseError(
            f"'{twins[0]}' and '{twins[1]}' are both the file of '{path.stem}'; remove or rename one of them."
        )
    return parse_exercise(_text(path, path.name), path.name, _loader(path))


def _loader(path: Path) -> Any:
    """Ours are read ten times as quickly; of anybody's, brackets by the thousand must not end the program."""
    return LOADER if BUILT_IN in path.parents else yaml.SafeLoader


def _text(path: Path, file: str) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ExerciseError(f"There is no exercise file '{path}'.") from None
    except (OSError, UnicodeDecodeError):
        raise ExerciseError(f"The exercise file '{file}' cannot be read as text.") from None


def _parsed(text: str, file: str, expected: str, loader: Any) -> tuple[dict[Any, Any], Any]:
    """The mapping in a YAML text, and the node that knows its lines."""
    try:
        data = yaml.load(text, Loader=loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExerciseError(f"{file}, line {line}: {error.problem}.") from None
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ):  # also an impossible date, or brackets by the thousand
        raise ExerciseError(f"{file} is not a YAML file.") from None
    if not isinstance(data, dict):
        raise ExerciseError(f"{file}, line 1: {expected} was expected.")
    for key, first in _repeated_keys(node, set()):
        raise ExerciseError(
            f"{file}, line {key.start_mark.line + 1}: '{key.value}' stands here for the second time; "
            f"first in line {first.start_mark.line + 1}."
        )
    for place, number in _odd_numbers(node, (), set()):
        said = f"write the number '{number.value}' plainly, as 12, -5 or 0.75"
        raise ExerciseError(_told(file, node, place, "number", said))
    return data, node


def parse_exercise(text: str, file: str, loader: Any = yaml.SafeLoader) -> Exercise:
    """Check the text of an exercise file; `file` is its name, which is also told in what is wrong."""
    data, node = _parsed(text, file, "an exercise with keys such as 'id' and 'name'", loader)
    try:
        exercise = Exercise.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ExerciseError(_told(file, node, first["loc"], first["type"], first["msg"])) from None
    stem = Path(file).stem
    if exercise.id != stem:
        raise ExerciseError(f"{file}: the id '{exercise.id}' must be the file's name, '{stem}'.")
    for place, wrong in contradictions(exercise):
        raise ExerciseError(_told(file, node, place, "contradiction", wrong))
    return exercise


def _repeated_keys(node: Any, visited: set[int]) -> Iterator[tuple[Any, Any]]:
    """Keys that stand twice in one mapping, of which YAML would keep the last without a word; and the first ones."""
    if id(node) in visited or not isinstance(node, yaml.CollectionNode):
        return
    visited.add(id(node))
    first: dict[str, Any] = {}
    for item in node.value:
        key, value = item if isinstance(node, yaml.MappingNode) else (None, item)
        if key is not None and first.setdefault(str(key.value), key) is not key:
            yield key, first[str(key.value)]
        yield from _repeated_keys(value, visited)


def _odd_numbers(node: Any, place: Place, visited: set[int]) -> Iterator[tuple[Place, Any]]:
    """Numbers that YAML reads otherwise than people do, and where: 0145 as 101, and 1:45 as 105."""
    if id(node) in visited:
        return
    visited.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if node.tag in NUMBERS and not PLAIN.fullmatch(node.value):
            yield place, node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _odd_numbers(value, (*place, str(key.value)), visited)
    else:
        for i, value in enumerate(node.value):
            yield from _odd_numbers(value, (*place, i), visited)


def _told(file: str, node: Any, place: Place, kind: str, message: str) -> str:
    line = _line(node, place)
    where = ".".join(str(part) for part in place) or "the exercise"
    if kind == "extra_forbidden":
        return f"{file}, line {line}: '{where}' is not a key of an exercise file."
    if kind == "missing":
        return f"{file}, line {line}: '{where}' is missing."
    message = message.removeprefix("Value error, ")
    return f"{file}, line {line}: {where}: {message[:1].lower()}{message[1:]}."


def _line(node: Any, place: Place) -> int:
    """The line of a place in the file; of its nearest parent where the place is missing."""
    line = 1
    for part in place:
        step = _child(node, part)
        if step is None:
            return line
        line, node = step
    return line


def _child(node: Any, part: int | str) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        value = node.value[part]
        return value.start_mark.line + 1, value
    return None
