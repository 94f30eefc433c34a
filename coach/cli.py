"""`coach`: every thing that can be done with a file, as a command."""

import errno
import json
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.table import Table

from coach.errors import CoachError
from coach.exercise_commands import LibraryChoice, exercises
from coach.judge import (
    FoundSet,
    SetResult,
    Verdict,
    WorkoutResult,
    exercise_ids,
    load_exercise,
    result_schema,
    workout_schema,
)
from coach.language import Language, known_language
from coach.records_commands import records
from coach.result_files import ON_SCREEN, ResultFile, json_of, result_files, written
from coach.screen import err, let_go, out, progress, put

if TYPE_CHECKING:
    from coach.video import Analysis, Workout

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Form Coach counts repetitions and holds, says what was wrong in each, and what it could not see.",
)
app.add_typer(exercises, name="exercises")
app.add_typer(records, name="records")

ModelChoice = Literal["lite", "full", "heavy"]
SideChoice = Literal["left", "right"]

NOT_TAKEN: Final = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF}  # by where the screen leads
STOPPED: Final = 130  # what Typer makes of Ctrl-C, without a word

EXAMPLES = """
Examples:

    coach analyse bridge.mp4 --exercise bridge

    coach analyse bridge.mp4 --exercise bridge --report report.html --annotated coached.mp4

    coach analyse pigeon.mp4 --exercise pigeon --side left --json result.json

    coach analyse set.mp4 --exercise squat --track set.npz

    coach analyse set.npz --exercise squat --report set.pdf --report set.csv --report set.trc

    coach analyse workout.mp4 --report workout.html
"""


@app.command(epilog=EXAMPLES)
def analyse(
    source: Annotated[Path, typer.Argument(metavar="VIDEO|TRACK.npz", help="The video, or a saved track.")],
    exercise: Annotated[
        str | None,
        typer.Option(
            "--exercise", "-e", help="Which one: see `coach exercises`. Without it, it is recognised."
        ),
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write the result as JSON; - for the screen.")
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option(help="Write a report, as its ending says: .pdf, .html, .csv … May be given again."),
    ] = None,
    annotated: Annotated[Path | None, typer.Option(help="Write a copy of the video, coached.")] = None,
    track: Annotated[Path | None, typer.Option(help="Save the landmarks, to analyse again quickly.")] = None,
    model: Annotated[
        ModelChoice | None,
        typer.Option(
            help="lite is quicker, heavy is slower. Without it: full, or heavy where the exercise is worth it."
        ),
    ] = None,
    side: Annotated[
        SideChoice | None, typer.Option(help="The working side; both are watched without it.")
    ] = None,
    library: LibraryChoice = None,
    language: Annotated[
        str, typer.Option(metavar="CODE", help="The language of reports and of the copy: en, de or es.")
    ] = "en",
) -> None:
    """Count and judge one set of an exercise in a video, or find the sets of a whole workout in it."""
    told_in = known_language(language)
    reports = tuple(report or ())
    _check_targets(source, [json_out, *reports, annotated, track])
    _check_endings(reports)
    if track is not None and track.suffix.lower() != ".npz":
        raise CoachError(f"Landmarks are saved as .npz: give --track such a name, and not '{track.name}'.")
    if annotated is not None and annotated.suffix.lower() != ".mp4":
        raise CoachError(
            f"The annotated copy is an MP4: give --annotated a name with .mp4, and not '{annotated.name}'."
        )
    if exercise is None:
        if annotated is not None:
            raise CoachError("An annotated copy shows one exercise: say which one with --exercise.")
        _analyse_workout(source, side, model, track, library, told_in, json_out, reports)
        return
    chosen = load_exercise(exercise, library, told_in)
    from coach.video import analyse as analyse_file  # the video libraries: only when they are needed

    with _landmarks(source, track, reports) as kept:
        with progress(source.name) as advance:
            analysis = analyse_file(
                source, chosen, side=side, model=model, annotated=annotated, track=kept, on_progress=advance
            )
        files = result_files(
            analysis.result, json_out, dict.fromkeys(reports, analysis), source, kept or source, track
        )
        show = _on_screen(analysis.result, json_out, lambda: show_result(analysis, source.name))
        _end(files, show, analysis.damaged, annotated)


def _analyse_workout(
    source: Path,
    side: SideChoice | None,
    model: ModelChoice | None,
    track: Path | None,
    library: Path | None,
    language: Language,
    json_out: Path | None,
    asked: tuple[Path, ...],
) -> None:
    """Find and judge the sets in a recording."""
    known = [load_exercise(name, library, language) for name in exercise_ids(library)]
    from coach.video import analyse_workout

    with _landmarks(source, track, asked) as kept:
        with progress(source.name) as advance:
            workout = analyse_workout(
                source, exercises=known, side=side, model=model or "full", track=kept, on_progress=advance
            )
        reports = _reports(workout, asked)
        files = result_files(workout.result, json_out, reports, source, kept or source, track)
        show = _on_screen(workout.result, json_out, lambda: show_workout(workout, source.name))
        _end(files, show, workout.damaged)
    if asked and not reports:
        raise CoachError("No report was written: name the exercise with --exercise to get one.")


def _on_screen(
    result: SetResult | WorkoutResult, json_out: Path | None, show: Callable[[], None]
) -> Callable[[], None]:
    """What puts the result on the screen: as JSON where that was asked for, else to be read."""
    if json_out != ON_SCREEN:
        return show
    return lambda: put(json_of(result))


def _reports(workout: "Workout", asked: tuple[Path, ...]) -> dict[Path, "Analysis"]:
    """Where to write the reports of each set: as was asked, or NAME-1-squat.html, NAME-2-bridge.html and so on."""
    sure = {n: analysis for n, analysis in enumerate(workout.analyses, start=1) if analysis is not None}
    if len(sure) == 1:
        return dict.fromkeys(asked, next(iter(sure.values())))
    return {
        _numbered(target, f"{n}-{analysis.exercise.id}"): analysis
        for n, analysis in sure.items()
        for target in asked
    }


def _numbered(target: Path, which: str) -> Path:
    from coach.report import ending_of

    ending = ending_of(target.name)
    return target.with_name(f"{target.name.removesuffix(ending)}-{which}{ending}")


@contextmanager
def _landmarks(source: Path, track: Path | None, reports: tuple[Path, ...]) -> Iterator[Path | None]:
    """Where the landmarks of a video are for as long as they are needed; None where nobody needs them.

    They go to where they were asked for with the other results: what cannot be written there takes none along.
    """
    from coach.report import format_of

    needed = track is not None or any(format_of(target.name).needs_track for target in reports)
    if not needed or source.suffix.lower() == ".npz":
        yield None
        return
    with TemporaryDirectory(prefix="form-coach-") as folder:
        yield Path(folder, "track.npz")


def _end(
    files: Iterable[ResultFile], show: Callable[[], None], damaged: bool, annotated: Path | None = None
) -> None:
    """Write the files and tell what came of it.

    The screen comes last, and whatever fails: who pipes it into something that ends early loses no file.
    Raises OutputError with what of them could not be written.
    """
    with written(files) as done:
        try:
            show()
        finally:
            _tell(damaged, done if annotated is None else [*done, annotated])


def _tell(damaged: bool, written: list[Path]) -> None:
    if damaged:
        err.print("The video is damaged: only the part that could be read was analysed.", style="yellow")
    for path in written:
        err.print(f"Written: {path}", style="dim", soft_wrap=True)


@app.command()
def schema(
    workout: Annotated[bool, typer.Option("--workout", help="Of the result without --exercise.")] = False,
    course: Annotated[bool, typer.Option("--course", help="Of `records report` as JSON.")] = False,
) -> None:
    """Print the JSON Schema of the result that `analyse --json` writes."""
    if course:
        from coach.report import course_schema

        told = course_schema()
    else:
        told = workout_schema() if workout else result_schema()
    put(json.dumps(told, indent=2) + "\n")


def show_workout(workout: "Workout", name: str) -> None:
    """A line for each set on the screen; one set alone in full."""
    sets = workout.result.sets
    if not sets:
        out.print("No exercise was recognised. Name it with --exercise to hear what to change.")
        return
    table = Table(
        "#", "time", "exercise", "side", "counted", "faults", "rest before", box=None, header_style="bold"
    )
    rests = {rest.end_s: f"{rest.end_s - rest.start_s:.0f} s" for rest in workout.result.rests}
    for number, one in enumerate(sets, start=1):
        table.add_row(
            str(number),
            f"{one.start_s:.1f}-{one.end_s:.1f} s",
            one.name if one.exercise else f"not sure: {' or '.join(one.candidates)}? ({one.why})",
            ", ".join(one.sides),
            _counted(one),
            ", ".join(f"{fault} ({n})" for fault, n in one.result.faults.items()) if one.result else "",
            rests.get(one.start_s, ""),
        )
    out.print(table)
    if len(sets) == 1 and workout.analyses[0] is not None:
        out.print()
        show_result(workout.analyses[0], name)


def _counted(one: FoundSet) -> str:
    if one.result is None:
        return ""
    if one.result.holds:
        return f"{sum(hold.held_s for hold in one.result.holds):.0f} s held"
    return f"{one.result.counted} of {one.result.attempts}"


def show_result(analysis: "Analysis", name: str) -> None:
    """A readable summary of a set on the screen."""
    from coach.report import summary, without_pictures
    from coach.report.tables import measured

    result, report = analysis.result, without_pictures(analysis, name, datetime.now().astimezone())
    told = summary(report)
    out.print(told, highlight=False)
    for row in measured(report):  # what it means is in the summary
        out.print(f"Hold {row.number}, {row.side}: {row.what}: {row.figure}", highlight=False)
    if result.parts:
        table = Table("#", "time", "side", "counted", "faults", "unsure", box=None, header_style="bold")
        for number, part in enumerate(result.parts, start=1):
            table.add_row(
                str(number),
                f"{part.start_s:.1f}-{part.end_s:.1f} s",
                part.side,
                "yes" if part.counted else f"no: {part.why_not}",
                _named(part.verdicts, "fault"),
                _named(part.verdicts, "unsure"),
            )
        out.print(table)
    advice = [f"For next time: {one}." for one in result.advice if one.rstrip(".") not in told]
    for line in (*_not_judged(result), *advice):
        out.print(line, highlight=False)


def _not_judged(result: SetResult) -> Iterator[str]:
    """A line for each reason, with the checks it concerns."""
    reasons: dict[tuple[str, float], list[str]] = {}
    for missing in result.not_judged:
        reasons.setdefault((missing.reason, missing.share), []).append(missing.check)
    for (reason, share), names in reasons.items():
        often = "" if share > 0.98 else f" for {share:.0%} of the time"
        yield f"Not judged{often}: {', '.join(names)} ({reason})."


def _named(verdicts: dict[str, Verdict], which: str) -> str:
    return ", ".join(name for name, v in verdicts.items() if v.verdict.value == which)


def _check_targets(source: Path, targets: list[Path | None]) -> None:
    """Refuse before the work what could not be written after it."""
    # Not resolve(): it raises where links lead in a circle, which is told in a sentence later.
    given = [Path(os.path.realpath(path)) for path in targets if path not in (None, ON_SCREEN)]
    if Path(os.path.realpath(source)) in given:
        raise CoachError(f"The result would overwrite '{source.name}' itself; choose another name.")
    if len(set(given)) < len(given):
        raise CoachError("Two results would go to the same file; give each a name of its own.")
    if given:
        from coach.video import must_be_writable

        for path in given:
            must_be_writable(path)


def _check_endings(reports: tuple[Path, ...]) -> None:
    """Refuse before the work what no report is told in."""
    if reports:
        from coach.report import format_of

        for target in reports:
            format_of(target.name)


def main() -> None:
    """Run the command.

    A CoachError, a path that cannot be used, and a screen that takes nothing more (a disk that is full) are one
    sentence on stderr and exit code 1.  Who reads the screen through a pipe and closes it had enough: 0.
    """
    _end_tidily()
    try:
        app()
    except BrokenPipeError:
        let_go()
        raise SystemExit(0) from None
    except (CoachError, OSError) as error:
        told = _sentence(error)
        if not isinstance(error, CoachError) and error.filename is None:
            let_go()  # else Python would try once more at the end
        err.print(told, style="red", highlight=False, soft_wrap=True)
        raise SystemExit(1) from None
    except SystemExit as ended:
        if ended.code == STOPPED:
            err.print("Stopped.")
        raise


def _end_tidily() -> None:
    """Who closes the terminal, or ends the process, leaves nothing half-written behind, as after Ctrl-C."""

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):  # Windows knows the first alone
                signal.signal(getattr(signal, name), end)


def _sentence(error: CoachError | OSError) -> str:
    """What is told of an error; of one of the system's, of which nobody thought, the path that it is about.

    One that is about no path is that of the screen, or a mistake of ours, and raised again.
    """
    if isinstance(error, CoachError):
        return str(error)
    reason = (error.strerror or "no reason given").lower()
    if error.filename is not None:
        return f"'{error.filename}' cannot be used: {reason}; choose another one."
    if error.errno in NOT_TAKEN:
        return f"What there is to show could not be written: {reason}; send it somewhere else."
    raise error


if __name__ == "__main__":
    main()
