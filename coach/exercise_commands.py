"""`coach exercises`: the library, and making files of one's own."""

import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.table import Table

from coach.errors import CoachError, ExerciseError
from coach.judge import Exercise, load_exercise, read_exercise
from coach.judge.library import (
    BUILT_IN,
    exercise_file,
    exercise_files,
    parse_exercise,
    problems_of,
    texts_file,
)
from coach.judge.rewrite import copied
from coach.language import LANGUAGES, known_language
from coach.screen import err, out, progress

if TYPE_CHECKING:
    from coach.judge.learn import Demonstration
    from coach.pose import PoseFrame

exercises = typer.Typer(help="The exercise library.", invoke_without_command=True, no_args_is_help=False)

ID: Final = re.compile(r"[a-z][a-z0-9_]*")
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
    for name, path in exercise_files(library).items():
        found = load_exercise(name, library)
        own = [] if library is None else ["" if path.parent == BUILT_IN else str(path)]
        table.add_row(name, found.name, dose(found), found.camera.view, *own)
    out.print(table)


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
    found = load_exercise(exercise, library or context.obj, known_language(language))
    out.print(f"[bold]{found.name}[/bold]  {found.description}")
    for number, step in enumerate(found.steps, start=1):
        out.print(f"  {number}. {step}")
    out.print(f"\n[bold]Camera[/bold]  {found.camera.how}\n[bold]Dose[/bold]    {dose(found)}")
    table = Table("check", "what", "from", "cue", box=None, header_style="bold")
    for name, check in found.checks.items():
        views = ", ".join(v.replace("_", "-") for v in check.views or found.views)
        table.add_row(name, check.what, "no camera" if check.unseen else views, check.cue)
    out.print()
    out.print(table)
    out.print("\n[bold]Stop[/bold]    " + " ".join(found.stop))


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
    right = [_is_right(path) for path in paths]
    if not all(right):
        raise typer.Exit(1)


def _is_right(path: Path) -> bool:
    try:
        found = read_exercise(path)
        wrong = _wrong_texts(found, path)
    except ExerciseError as error:
        wrong = [str(error)]
    for sentence in wrong:
        err.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    if wrong:
        return False
    out.print(f"{path.name} is right: {found.name}, {len(found.checks)} checks.")
    return True


def _wrong_texts(exercise: Exercise, path: Path) -> list[str]:
    """What is wrong with its texts in the other languages that are there."""
    others = [language for language in LANGUAGES if language != exercise.language]
    files = {language: texts_file(path, language) for language in others}
    return [
        wrong for code, file in files.items() if file.is_file() for wrong in problems_of(exercise, file, code)
    ]


@exercises.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The new exercise's id, such as my_bridge.")],
    base: FromChoice,
    library: LibraryChoice = None,
) -> None:
    """Write a copy of an exercise under a new id, to edit it."""
    library = library or context.obj
    path = _target(name, library)
    source = exercise_file(base, library)
    read_exercise(source)  # refuses a broken one
    _write(path, copied(source.read_text("utf-8"), name, _name(name, base, library)))
    out.print(f"Written: {path}, a copy of {base}. What to edit in it:\n", soft_wrap=True, highlight=False)
    table = Table(box=None, show_header=False, padding=(0, 2))
    for keys, why in TO_EDIT:
        table.add_row(keys, why)
    out.print(table)
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
    from coach.judge.learn import learn as learn_from
    from coach.judge.learn import learnt_file

    library = library or context.obj
    path = _target(name, library)
    exercise = load_exercise(base, library)
    demonstration = learn_from(exercise, _landmarks(source, exercise, model), side)
    text = exercise_file(base, library).read_text("utf-8")
    text = learnt_file(text, name, _name(name, base, library), demonstration, source.name)
    _write(path, text)
    out.print(_proposals(demonstration))
    times = ", ".join(f"{part} {t_s:.1f} s" for part, t_s in demonstration.times_s.items())
    noun = "hold" if exercise.hold is not None else "repetition"
    number = f"{demonstration.parts} {noun}{'s' * (demonstration.parts != 1)}"
    out.print(f"\nTempo: {times} (the middle of {number}).", highlight=False)
    changed = sum(finding.changed for finding in demonstration.findings)
    proposed = (
        f"with {changed} proposed range{'s' * (changed != 1)}, each with a comment. Review them: "
        "a demonstration shows how one person did it, not how it should be done."
        if changed
        else f"with the ranges of {base}: nothing in the demonstration lies clearly outside."
    )
    out.print(f"Written: {path}, {proposed}", highlight=False, soft_wrap=True)
    _what_next(path, name)


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
        proposed = f"[bold]{found.proposed}[/bold]" if found.changed else kept
        unit = "" if found.unit == "ratio" else f" {found.unit}"
        table.add_row(found.what, f"{found.base}{unit}", found.told(), f"{found.error:g}", proposed)
    return table


def _target(name: str, library: Path | None) -> Path:
    """Where a new file goes: into the folder of own exercises, which is made if need be, else here.

    Refuses what stands there.
    """
    if not ID.fullmatch(name):
        raise CoachError(f"'{name}' is no id; small letters, digits and _ were expected, such as my_bridge.")
    if library is not None:
        try:
            library.mkdir(exist_ok=True)
        except OSError as error:
            reason = (error.strerror or "no reason given").lower()
            raise CoachError(f"The folder '{library}' could not be made: {reason}.") from error
        exercise_files(library)  # refuses one that cannot be read
    path = (library or Path()) / f"{name}.yaml"
    if path.exists():
        raise CoachError(f"'{path}' is there already; choose another id, or remove it first.")
    return path


def _name(new_id: str, base: str, library: Path | None) -> str:
    """The name people read: that of the base under its own id, else one made of the new one."""
    words = new_id.replace("_", " ").strip().capitalize()
    known = load_exercise(base, library).name
    if new_id == base:
        return known
    return words if len(words) > 2 else f"{known} ({new_id})"  # a name needs some letters


def _write(path: Path, text: str) -> None:
    """Write what loads, and nothing else."""
    from coach.video import atomic_write

    parse_exercise(text, path.name)
    with atomic_write(path) as temporary:
        temporary.write_text(text, "utf-8")


def _what_next(path: Path, name: str) -> None:
    file, folder = shlex.quote(str(path)), shlex.quote(str(path.parent))
    lines: Iterable[str] = (
        f"  coach exercises check {file}",
        f"  coach analyse VIDEO --exercise {name} --library {folder}",
    )
    out.print("\nThen:", *lines, sep="\n", soft_wrap=True, highlight=False, markup=False)


def dose(exercise: Exercise) -> str:
    """How much of it, in words."""
    asked = exercise.dose
    parts = [f"{asked.reps} repetitions"] if asked.reps else []
    if asked.hold_s:
        parts.append(f"hold {asked.hold_s:g} s")
    sides = " a side" if asked.each_side else ""
    return ", ".join(parts) + sides
