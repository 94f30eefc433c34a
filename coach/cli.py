"""`coach`: every thing that can be done with a file, as a command."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from coach.errors import CoachError
from coach.judge import (
    Exercise,
    SetResult,
    Verdict,
    exercise_ids,
    load_exercise,
    read_exercise,
    result_schema,
)

if TYPE_CHECKING:
    from coach.video import Analysis

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Form Coach counts repetitions and holds, says what was wrong in each, and what it could not see.",
)
exercises = typer.Typer(help="The exercise library.", invoke_without_command=True)
app.add_typer(exercises, name="exercises")

out = Console()
err = Console(stderr=True)

ModelChoice = Literal["lite", "full", "heavy"]
SideChoice = Literal["left", "right"]

EXAMPLES = """
Examples:

    coach analyse bridge.mp4 --exercise bridge

    coach analyse bridge.mp4 --exercise bridge --report report.html --annotated coached.mp4

    coach analyse pigeon.mp4 --exercise pigeon --side left --json result.json

    coach analyse set.mp4 --exercise squat --track set.npz

    coach analyse set.npz --exercise squat
"""


@app.command(epilog=EXAMPLES)
def analyse(
    source: Annotated[Path, typer.Argument(metavar="VIDEO|TRACK.npz", help="The video, or a saved track.")],
    exercise: Annotated[str, typer.Option("--exercise", "-e", help="Which exercise: see `coach exercises`.")],
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write the result as JSON; - for the screen.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report as one HTML file.")] = None,
    annotated: Annotated[Path | None, typer.Option(help="Write a copy of the video, coached.")] = None,
    track: Annotated[Path | None, typer.Option(help="Save the landmarks, to analyse again quickly.")] = None,
    model: Annotated[ModelChoice, typer.Option(help="lite is quicker, heavy is slower.")] = "full",
    side: Annotated[
        SideChoice | None, typer.Option(help="The working side; both are watched without it.")
    ] = None,
) -> None:
    """Count and judge one set of an exercise in a video."""
    chosen = load_exercise(exercise)
    _check_targets(source, [json_out, report, annotated, track])
    from coach.video import analyse as analyse_file  # the video libraries: only when they are needed

    with _progress(source.name) as advance:
        analysis = analyse_file(
            source, chosen, side=side, model=model, annotated=annotated, track=track, on_progress=advance
        )
    if report is not None:
        _write_report(analysis, source, report)
    if json_out is not None:
        _write_json(analysis.result, json_out)
    if json_out is None or str(json_out) != "-":
        show_result(analysis, source.name)
    if analysis.damaged:
        err.print("The video is damaged: only the part that could be read was analysed.", style="yellow")
    for path in (report, annotated, track):
        if path is not None:
            err.print(f"Written: {path}", style="dim", soft_wrap=True)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the result that `analyse --json` writes."""
    sys.stdout.write(json.dumps(result_schema(), indent=2) + "\n")


@exercises.callback()
def list_exercises(context: typer.Context) -> None:
    """List the exercises."""
    if context.invoked_subcommand is not None:
        return
    table = Table("id", "name", "dose", "camera", box=None, header_style="bold")
    for name in exercise_ids():
        found = load_exercise(name)
        table.add_row(name, found.name, dose(found), found.camera.view)
    out.print(table)


@exercises.command()
def show(exercise: Annotated[str, typer.Argument(help="The exercise's id.")]) -> None:
    """Show one exercise: how it is done, and what is checked."""
    found = load_exercise(exercise)
    out.print(f"[bold]{found.name}[/bold]  {found.description}")
    for number, step in enumerate(found.steps, start=1):
        out.print(f"  {number}. {step}")
    out.print(f"\n[bold]Camera[/bold]  {found.camera.how}\n[bold]Dose[/bold]    {dose(found)}")
    table = Table("check", "what", "from", "cue", box=None, header_style="bold")
    for name, check in found.checks.items():
        views = ", ".join(v.replace("_", "-") for v in check.views)
        seen = "no camera" if check.unseen else views or "any view"
        table.add_row(name, check.what, seen, check.cue)
    out.print()
    out.print(table)
    out.print("\n[bold]Stop[/bold]    " + " ".join(found.stop))


@exercises.command()
def check(file: Annotated[Path, typer.Argument(help="An exercise file, such as poses/bridge.yaml.")]) -> None:
    """Check an exercise file: says where and what is wrong with it."""
    found = read_exercise(file)
    out.print(f"{file.name} is right: {found.name}, {len(found.checks)} checks.")


def show_result(analysis: "Analysis", name: str) -> None:
    """A readable summary of a set on the screen."""
    from coach.report import summary, without_pictures

    result = analysis.result
    out.print(summary(without_pictures(analysis, name, datetime.now().astimezone())), highlight=False)
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
    for line in (*_not_judged(result), *(f"For next time: {advice}." for advice in result.advice)):
        out.print(line, highlight=False)


def _not_judged(result: SetResult) -> Iterator[str]:
    """A line for each reason, with the checks it concerns."""
    reasons: dict[tuple[str, float], list[str]] = {}
    for missing in result.not_judged:
        reasons.setdefault((missing.reason, missing.share), []).append(missing.check)
    for (reason, share), names in reasons.items():
        often = "" if share > 0.98 else f" for {share:.0%} of the time"
        yield f"Not judged{often}: {', '.join(names)} ({reason})."


def dose(exercise: Exercise) -> str:
    """How much of it, in words."""
    asked = exercise.dose
    parts = [f"{asked.reps} repetitions"] if asked.reps else []
    if asked.hold_s:
        parts.append(f"hold {asked.hold_s:g} s")
    sides = " a side" if asked.each_side else ""
    return ", ".join(parts) + sides


def _named(verdicts: dict[str, Verdict], which: str) -> str:
    return ", ".join(name for name, v in verdicts.items() if v.verdict.value == which)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[float, float], None]]:
    """A bar with the time left, on stderr; silent where nobody watches."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    with bar:
        task = bar.add_task(name, total=None)

        def advance(done_s: float, total_s: float) -> None:
            bar.update(task, completed=done_s, total=total_s if total_s == total_s else None)

        yield advance


def _check_targets(source: Path, targets: list[Path | None]) -> None:
    """Refuse before the work what could not be written after it."""
    given = [path.resolve() for path in targets if path is not None and str(path) != "-"]
    if source.resolve() in given:
        raise CoachError("The result would overwrite the video itself; choose another name.")
    if len(set(given)) < len(given):
        raise CoachError("Two results would go to the same file; give each a name of its own.")
    for path in given:
        if not path.parent.is_dir():
            raise CoachError(f"The folder '{path.parent}' does not exist; make it, or choose another one.")


def _write_report(analysis: "Analysis", source: Path, target: Path) -> None:
    from coach.report import build_report, render_html
    from coach.video import atomic_write

    report = build_report(analysis, source, source.name, datetime.now().astimezone())
    html = render_html(report)
    with atomic_write(target) as temporary:
        temporary.write_text(html, "utf-8")


def _write_json(result: SetResult, target: Path) -> None:
    from coach.video import atomic_write

    text = result.model_dump_json(indent=2) + "\n"
    if str(target) == "-":
        sys.stdout.write(text)
        return
    with atomic_write(target) as temporary:
        temporary.write_text(text, "utf-8")


def main() -> None:
    """Run the command; a CoachError is one sentence on stderr and exit code 1."""
    try:
        app()
    except CoachError as error:
        err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        err.print("Stopped.")
        raise SystemExit(130) from None
    except BrokenPipeError:
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
