"""The files in which a result is asked for: each is tried, whatever becomes of the others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import CoachError, OutputError
from coach.judge import SetResult, WorkoutResult

if TYPE_CHECKING:
    from coach.pose import PoseTrack
    from coach.report import ReportInput
    from coach.video import Analysis

ON_SCREEN: Final = Path("-")  # of JSON: no file, but the screen
ResultFile = tuple[Path, Callable[[], bytes]]  # where it goes, and what makes it


def result_files(
    result: SetResult | WorkoutResult,
    json_out: Path | None,
    reports: "Mapping[Path, Analysis]",
    source: Path,
    landmarks: Path,
    track: Path | None,
) -> Iterator[ResultFile]:
    """The result as JSON, each report in the format of its ending, and the landmarks, where they were asked for.

    landmarks  where they are, for what is made of them
    """
    if json_out is not None and json_out != ON_SCREEN:
        yield json_out, lambda: json_of(result).encode()
    if reports:
        yield from _reports(reports, source, landmarks)
    if track is not None:
        yield track, landmarks.read_bytes


def json_of(result: SetResult | WorkoutResult) -> str:
    """The result as it is written."""
    return result.model_dump_json(indent=2) + "\n"


@contextmanager
def written(files: Iterable[ResultFile]) -> Iterator[list[Path]]:
    """Write each file; gives those that could be, and in the end, however it comes, what could not.

    Raises OutputError with each sentence of what failed.
    """
    from coach.video import personal_write

    done: list[Path] = []
    failed: list[CoachError] = []
    for target, made in files:
        try:
            content = made()
            with personal_write(target) as temporary:
                temporary.write_bytes(content)
            done.append(target)
        except CoachError as error:
            failed.append(error)
    try:
        yield done
    finally:
        if failed:
            raise OutputError(" ".join(dict.fromkeys(map(str, failed))))


def _reports(reports: "Mapping[Path, Analysis]", source: Path, landmarks: Path) -> Iterator[ResultFile]:
    from coach.report import build_report, format_of, told_as

    made_at = datetime.now().astimezone()

    @cache
    def built(analysis: "Analysis") -> "ReportInput":
        return build_report(analysis, source, source.name, made_at)

    def made(target: Path, analysis: "Analysis") -> bytes:
        known = format_of(target.name)
        return told_as(known, built(analysis), _of_set(landmarks, analysis) if known.needs_track else None)

    for target, analysis in reports.items():
        yield target, partial(made, target, analysis)


def _of_set(landmarks: Path, analysis: "Analysis") -> "PoseTrack":
    """The repaired landmarks of one set, in a recording that may have several."""
    from coach.pose import PoseTrack, repair_track

    whole = repair_track(PoseTrack.load(landmarks))
    t = analysis.curve.t
    return whole.between(float(t[0]), float(t[-1])) if len(t) else whole
