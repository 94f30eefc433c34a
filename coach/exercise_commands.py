"""`coach exercises`: the library, and making files of one's own."""

import shlex
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.table import Table
from rich.text import Text

from coach.errors import CoachError, ExerciseError
from coach.judge import Exercise, load_exercise, read_exercise
from coach.judge.file_fields import ID
from coach.judge.library import (
    BUILT_IN,
    SUFFIXES,
    exercise_file,
    exercise_files,
    parse_exercise,
    problems_beside,
    problems_of,
    stray_texts,
    texts_beside,
    texts_file,
    translated,
)
from coach.judge.rewrite import Change, copied, quoted, rewritten
from coach.language import LANGUAGES, Language, Words, known_language, shortest, words
from coach.screen import err, out, progress

if TYPE_CHECKING:
    from coach.judge.demonstration import Demonstration
    from coach.pose import PoseFrame

exercises = typer.Typer(help="The exercise library.", invoke_without_command=True, no_args_is_help=False)

HERE: Final = Path(__file__).parent
LibraryChoice = Annotated[
    Path | None,
    typer.Option(
        "--library",
        envvar="COACH_LIBRARY",
        metavar="DIR",
        help="A folder of own exercise files: they add to the built-in ones, and stand in for those of the same id.",
    ),
]
FromChoice = Annotated[str, typer.Option("--from", metavar="ID", help="The exercise to start from.")]

TO_EDIT: Final = (
    ("name, description, steps", "what people read"),
    ("camera", "where it is put"),
    ("dose, muscles, feel, stop, swap", "what a therapist decides"),
    ("repetition or hold", "what is counted, and from which end range on"),
    ("checks", "what is asked for: range, band, cue and why"),
)


@exercises.callback()
def list_exercises(context: typer.Context, library: LibraryChoice = None) -> None:
    """List the exercises."""
    context.obj = library
    if context.invoked_subcommand is not None:
        return
    table = Table(box=None, header_style="bold")
    table.add_column("id", no_wrap=True)  # it has to be typed
    for column in ("name", "dose", "camera"):
        table.add_column(column)
    if library is not None:
        table.add_column("file")
    broken = False
    for name, path in exercise_files(library).items():
        try:
            found = load_exercise(name, library)
            wrong = [] if path.parent == BUILT_IN else problems_beside(read_exercise(path), path)
        except ExerciseError as error:  # the others are to be used all the same
            _tell_wrong(str(error))
            broken = True
            continue
        for sentence in wrong[:1]:  # `check` tells all
            _tell_wrong(sentence)
            broken = True
        own = [] if library is None else ["" if path.parent == BUILT_IN else str(path)]
        table.add_row(name, found.name, dose(found), found.camera.view, *own)
    out.print(table)
    if broken:
        raise typer.Exit(1)


@exercises.command()
def show(
    context: typer.Context,
    exercise: Annotated[str, typer.Argument(help="The exercise's id.")],
    library: LibraryChoice = None,
    language: Annotated[
        str, typer.Option(metavar="CODE", help="The language of its texts: en, de or es.")
    ] = "en",
) -> None:
    """Show one exercise: how it is done, and what is checked."""
    library = library or context.obj
    found = load_exercise(exercise, library, known_language(language))
    for line in _shown(found, _swapped(found, library)):
        out.print(line)


def _shown(found: Exercise, instead: str) -> Iterator[str | Text | Table]:
    """An exercise in the words that its pages and reports have for it, in its language."""
    page, report, care = (_words(package, found.language) for package in ("web", "report", "care"))
    camera = found.camera
    ends = {"near": camera.distance_m[0], "far": camera.distance_m[1]}
    ends |= {"low": camera.height_m[0], "high": camera.height_m[1]}
    placed = {key: shortest(value, found.language) for key, value in ends.items()}
    yield titled(found.name, found.description)
    yield from (f"  {number}. {step}" for number, step in enumerate(found.steps, start=1))
    yield ""
    yield titled(page("setup.place"), page("setup.camera_distance", how=camera.how, **placed))
    yield titled(page("setup.dose"), f"{dose(found)}. {found.dose.progression}")
    if found.of_side is not None:
        yield titled(page("setup.side"), found.of_side)
    yield titled(page("setup.feel"), f"{found.feel} ({', '.join(found.muscles)})")
    if not found.judged:
        yield Text(page("setup.not_judged"))
    yield ""
    heads = report("page.check"), report("page.asked_for").rstrip(":"), report("figure.view"), ""
    table = Table(*heads, box=None, header_style="bold")
    unseen = {name: check.unseen for name, check in found.checks.items() if check.unseen is not None}
    for name, check in found.checks.items():
        views = ", ".join(report(f"view.{view}") for view in check.views or found.views)
        table.add_row(name, check.what, "–" if name in unseen else views, report("page.cue", cue=check.cue))
    yield table
    yield ""
    if unseen:
        yield Text(report("verdict.cannot_judge").capitalize(), "bold")
        yield from (f"  - {name}: {why}" for name, why in unseen.items())
        yield ""
    yield Text(page("setup.stop_rules"), "bold")
    yield from (f"  - {rule}" for rule in found.stop)
    yield f"  - {care('pain.spared', when=found.swap.when, name=instead)}"


def _swapped(exercise: Exercise, library: Path | None) -> str:
    """The name and the id of what is done instead; the id alone where that one's own file is broken."""
    name = exercise.swap.exercise
    try:
        return f"{load_exercise(name, library, exercise.language).name} ({name})"
    except ExerciseError:
        return name


def _words(package: str, language: Language) -> Words:
    """The messages of another package of the coach, so that nothing has a second name here."""
    return words(language, HERE / package)


@exercises.command()
def check(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="An exercise file, such as poses/bridge.yaml; all of --library without."),
    ] = None,
    library: LibraryChoice = None,
) -> None:
    """Check an exercise file and its translations, or all of a folder: says where and what is wrong."""
    library = library or context.obj
    if file is not None:
        paths = [file]
    elif library is not None:
        paths = [path for path in exercise_files(library).values() if path.parent != BUILT_IN]
    else:
        raise CoachError("Give a file to check, or a folder of own exercises with --library.")
    if not paths:
        raise CoachError(f"There is no exercise file in '{library}'; `coach exercises new` makes one.")
    right = [_is_right(path, library, _language_of(path) if file is not None else None) for path in paths]
    stray = stray_texts(library) if file is None and library is not None else []
    for sentence in stray:
        _tell_wrong(sentence)
    if stray or not all(right):
        raise typer.Exit(1)


def _language_of(path: Path) -> Language | None:
    """Of a file of texts that of its folder, beside which the exercise is; None of an exercise file."""
    folder = path.absolute().parent
    beside = (folder.parent / path.name).is_file()
    return next((known for known in LANGUAGES if beside and known == folder.name), None)


def _is_right(path: Path, library: Path | None, language: Language | None) -> bool:
    try:
        wrong, told = _looked_at(path, library, language)
    except ExerciseError as error:
        wrong, told = [str(error)], ""
    for sentence in wrong:
        _tell_wrong(sentence)
    if not wrong:
        out.print(told)
    return not wrong


def _looked_at(path: Path, library: Path | None, language: Language | None) -> tuple[list[str], str]:
    """What is wrong with an exercise file, or with texts in this language, and what is told of a right one."""
    if language is None:
        found = read_exercise(path, library)
        return problems_beside(
            found, path
        ), f"{path.name} is right: {found.name}, {len(found.checks)} checks."
    found = read_exercise(path.absolute().parent.parent / path.name, library)
    return problems_of(found, path, language), f"{language}/{path.name} is right: the texts of '{found.id}'."


def _tell_wrong(sentence: str) -> None:
    err.print(sentence, style="red", highlight=False, soft_wrap=True)


@exercises.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The new exercise's id, such as my_bridge.")],
    base: FromChoice,
    library: LibraryChoice = None,
) -> None:
    """Write a copy of an exercise under a new id, to edit it."""
    library = library or context.obj
    path = _target(context, name, library)
    source = exercise_file(base, library)
    exercise = read_exercise(source)  # refuses a broken one
    texts = _copied_texts(exercise, source, path)
    try:
        text = copied(source.read_text("utf-8"), name, _name(name, exercise))
    except KeyError as error:
        raise CoachError(f"'{base}' cannot be copied: {error.args[0]}.") from None
    _write(path, text)
    _write_texts(texts)
    out.print(f"Written: {path}, a copy of {base}. What to edit in it:\n", soft_wrap=True, highlight=False)
    table = Table(box=None, show_header=False, padding=(0, 2))
    for keys, why in TO_EDIT:
        table.add_row(keys, why)
    out.print(table)
    _tell_texts(texts)
    _what_next(path, name)


@exercises.command()
def learn(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="VIDEO|TRACK.npz", help="The demonstration.")],
    base: FromChoice,
    name: Annotated[
        str, typer.Option("--as", metavar="ID", help="The new exercise's id, such as my_bridge.")
    ],
    library: LibraryChoice = None,
    model: Annotated[
        Literal["lite", "full", "heavy"] | None,
        typer.Option(
            help="lite is quicker, heavy is slower. Without it: full, or heavy where the exercise is worth it."
        ),
    ] = None,
    side: Annotated[Literal["left", "right"] | None, typer.Option(help="The working side.")] = None,
) -> None:
    """Learn an exercise's ranges from a demonstration: writes a new file with proposals, to be reviewed."""
    from coach.judge.learn import counted_of, learnt_file
    from coach.judge.learn import learn as learn_from

    library = library or context.obj
    path = _target(context, name, library)
    exercise = load_exercise(base, library)
    frames = list(_landmarks(source, exercise, model))
    demonstration = learn_from(exercise, frames, side)
    file = exercise_file(base, library)
    own = read_exercise(file)
    texts = _copied_texts(own, file, path)
    text = learnt_file(file.read_text("utf-8"), name, _name(name, own), demonstration, source.name)
    learnt = _write(path, text)
    _write_texts(texts)
    out.print(_proposals(demonstration))
    times = ", ".join(f"{part} {t_s:.1f} s" for part, t_s in demonstration.times_s.items())
    number = demonstration.number(demonstration.parts)
    out.print(f"\nTempo: {times} (the middle of {number}).", highlight=False)
    changed = sum(finding.changed for finding in demonstration.findings)
    proposed = (
        f"with {changed} proposed range{'s' * (changed != 1)}, each with a comment. Review them: "
        "a demonstration shows how one person did it, not how it should be done."
        if changed
        else f"with the ranges of {base}: nothing in the demonstration lies clearly outside."
    )
    out.print(f"Written: {path}, {proposed}", highlight=False, soft_wrap=True)
    for doubt in _doubts(demonstration, counted_of(learnt, frames, side)):
        out.print(doubt, highlight=False, soft_wrap=True)
    _tell_texts(texts)
    _what_next(path, name)


def _doubts(demonstration: "Demonstration", counted: int) -> Iterator[str]:
    """What speaks against a learnt file, which counts so many of the parts that it was learnt from."""
    parts, passed_over = demonstration.parts, demonstration.passed_over
    if demonstration.faulty:
        from coach.report.wording import check_inside  # the libraries of the reports: only when it is needed

        faults = ", ".join(check_inside(name) for name in demonstration.faults)
        yield (
            f"In {demonstration.faulty} of {demonstration.number(parts)} the base file finds faults: {faults}. "
            "Check that the demonstration is right."
        )
    for change in demonstration.changes():
        if change.place == ("dose", "hold_s"):
            yield (
                f"People are told in it to hold for {change.value} seconds, as the check now asks, and no longer "
                f"for {demonstration.exercise.dose.hold_s:g}: see that its texts say the same."
            )
    if passed_over > parts:
        yield (
            f"{passed_over} of the {parts + passed_over} movements in the demonstration were refused as not "
            f"'{demonstration.exercise.id}': make sure that it shows that exercise."
        )
    if counted < parts:
        yield (
            f"The new file counts {counted or 'none'} of the {demonstration.number(parts)} that it was learnt from; "
            "`coach analyse` says why."
        )


def _landmarks(
    source: Path, exercise: Exercise, model: Literal["lite", "full", "heavy"] | None
) -> "Iterator[PoseFrame]":
    """The repaired landmarks of a video or a saved track."""
    from coach.pose import PoseTrack, Repair  # the model and video libraries: only when they are needed
    from coach.video import analyse

    if source.suffix.lower() == ".npz":
        track = PoseTrack.load(source)
    else:
        with tempfile.TemporaryDirectory() as folder, progress(source.name) as advance:
            saved = Path(folder) / "track.npz"
            analyse(source, exercise, model=model, track=saved, on_progress=advance)
            track = PoseTrack.load(saved)
    repair = Repair()
    yield from (repair.step(frame) for frame in track)


def _proposals(demonstration: "Demonstration") -> Table:
    """What the file asks for, what was seen, and what is proposed."""
    table = Table("range", "base", "seen", "error", "proposed", box=None, header_style="bold")
    for found in demonstration.findings:
        kept = "keep" if found.seen is not None else "keep: not seen from here"
        proposed = Text(str(found.proposed), "bold") if found.changed else Text(kept)
        unit = "" if found.unit == "ratio" else f" {found.unit}"
        table.add_row(found.what, f"{found.base}{unit}", found.told(), f"{found.error:g}", proposed)
    return table


def _target(context: typer.Context, name: str, library: Path | None) -> Path:
    """Where a new file goes: into the folder of own exercises, which is made if need be, else here.

    A folder that was made goes again with the command, where nothing came into it.  Refuses what stands there.
    """
    from coach.video import told_of  # the video libraries: only when they are needed

    if not ID.fullmatch(name):
        raise CoachError(f"'{name}' is no id; small letters, digits and _ were expected, such as my_bridge.")
    if library is not None:
        if _make(library):
            context.call_on_close(partial(_remove_if_empty, library))
        exercise_files(library)  # refuses one that cannot be read
    paths = [(library or Path()) / f"{name}{suffix}" for suffix in SUFFIXES]
    for path in paths:
        with told_of(path):
            there = path.exists()
        if there:
            raise CoachError(f"'{path}' is there already; choose another id, or remove it first.")
    return paths[0]


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # it is not empty
        folder.rmdir()


def _make(folder: Path) -> bool:
    """Make a folder where there is none; whether there was none."""
    try:
        there = folder.exists()
        folder.mkdir(exist_ok=True)
        return not there
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise CoachError(f"The folder '{folder}' could not be made: {reason}.") from error


def _name(new_id: str, base: Exercise) -> str:
    """The name people read: that of the base under its own id, else one made of the new one."""
    told = new_id.replace("_", " ").strip().capitalize()
    if new_id == base.id:
        return base.name
    return told if len(told) > 2 else f"{base.name} ({new_id})"  # a name needs some letters


def _copied_texts(base: Exercise, source: Path, target: Path) -> dict[Path, str]:
    """The translations of a copy, by their files; refuses a broken one, and to write over what is there."""
    texts = {}
    for language, file in texts_beside(source).items():
        copy = texts_file(target, language)
        if language == base.language:
            continue
        if copy.exists():
            raise CoachError(f"'{copy}' is there already; choose another id, or remove it first.")
        name = quoted(_name(target.stem, translated(base, file, language)))
        try:
            texts[copy] = rewritten(file.read_text("utf-8"), [Change(("name",), name)])
        except KeyError as error:
            raise CoachError(f"'{file}' cannot be copied: {error.args[0]}.") from None
    return texts


def _write_texts(texts: dict[Path, str]) -> None:
    from coach.video import atomic_write

    for path, text in texts.items():
        _make(path.parent)
        with atomic_write(path) as temporary:
            temporary.write_text(text, "utf-8")


def _tell_texts(texts: dict[Path, str]) -> None:
    """That there are translations, which have to be changed along."""
    if texts:
        out.print(
            f"\nIts texts in other languages: {', '.join(map(str, texts))}. Change them along with it: what it says "
            "anew, they still say as before.",
            soft_wrap=True,
            highlight=False,
        )


def _write(path: Path, text: str) -> Exercise:
    """Write what loads, and nothing else; the exercise that was written."""
    from coach.video import atomic_write

    try:
        written = parse_exercise(text, path.name)
    except ExerciseError as error:
        raise ExerciseError(f"Nothing was written, since the new file would be wrong: {error}") from None
    with atomic_write(path) as temporary:
        temporary.write_text(text, "utf-8")
    return written


def _what_next(path: Path, name: str) -> None:
    file, folder = shlex.quote(str(path)), shlex.quote(str(path.parent))
    lines: Iterable[str] = (
        f"  coach exercises check {file}",
        f"  coach analyse VIDEO --exercise {name} --library {folder}",
    )
    out.print("\nThen:", *lines, sep="\n", soft_wrap=True, highlight=False)


def dose(exercise: Exercise) -> str:
    """How much of it, in words, in its language."""
    from coach.care.plans import amount_told  # plans come with the records: only when it is needed

    asked, language = exercise.dose, exercise.language
    amount = amount_told(asked.reps, asked.hold_s, asked.sets, asked.each_side, language)
    if not asked.reps or not asked.hold_s:
        return amount
    hold = _words("report", language)("page.hold")
    return f"{amount}, {hold if language == 'de' else hold.lower()} {shortest(asked.hold_s, language)} s"


def titled(title: str, text: str) -> Text:
    """A title and what belongs to it."""
    return Text.assemble((title, "bold"), "  ", text)
