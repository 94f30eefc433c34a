"""Which formats there are, by the ending of a file's name, and what each is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coach.errors import CoachError
from coach.pose import PoseTrack
from coach.report import flat
from coach.report.course import CourseInput
from coach.report.course_pdf import render_course_pdf
from coach.report.csv import render_csv
from coach.report.html import render_course_html, render_html
from coach.report.json import render_course_json
from coach.report.model import ReportInput
from coach.report.mot import render_mot
from coach.report.pdf import render_pdf
from coach.report.trc import render_trc

OfSet = Callable[[ReportInput, PoseTrack | None], bytes | str]
OfCourse = Callable[[CourseInput], bytes | str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, how a set and a course are told in it, and whether it needs the landmarks.

    of_set, of_course  None: it cannot tell one
    """

    ending: str
    media: str
    of_set: OfSet | None = None
    of_course: OfCourse | None = None
    needs_track: bool = False


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file to take: its name, its media type, its content."""

    name: str
    media: str
    content: bytes


def _fhir(report: ReportInput, _: PoseTrack | None) -> str:
    from coach.report.fhir import render_fhir  # a large library: only when it is asked for

    return render_fhir(report)


def _course_fhir(course: CourseInput) -> str:
    from coach.report.fhir import render_course_fhir

    return render_course_fhir(course)


def _parquet(report: ReportInput, _: PoseTrack | None) -> bytes:
    from coach.report.parquet import render_parquet

    about = {"exercise": report.exercise.id, "source": report.source_name, **report.result.versions}
    return render_parquet(flat.attempts(report), about)


def _course_parquet(course: CourseInput) -> bytes:
    from coach.report.parquet import render_parquet

    return render_parquet(flat.sets(course))


def _trc(report: ReportInput, track: PoseTrack | None) -> str:
    assert track is not None  # needs_track
    return render_trc(track, report.source_name)


def _mot(report: ReportInput, track: PoseTrack | None) -> str:
    assert track is not None  # needs_track
    return render_mot(track, report.exercise, report.source_name, report.span, report.attempts)


FORMATS: Final[Mapping[str, Format]] = {
    one.ending: one
    for one in (
        Format(
            ".html",
            "text/html; charset=utf-8",
            lambda report, _: render_html(report),
            render_course_html,
        ),
        Format(".pdf", "application/pdf", lambda report, _: render_pdf(report), render_course_pdf),
        Format(
            ".csv",
            "text/csv; charset=utf-8",
            lambda report, _: render_csv(flat.attempts(report)),
            lambda course: render_csv(flat.sets(course)),
        ),
        Format(
            ".json",
            "application/json",
            lambda report, _: report.result.model_dump_json(indent=2) + "\n",
            render_course_json,
        ),
        Format(".parquet", "application/vnd.apache.parquet", _parquet, _course_parquet),
        Format(".fhir.json", "application/fhir+json", _fhir, _course_fhir),
        Format(".trc", "text/plain; charset=utf-8", _trc, needs_track=True),
        Format(".mot", "text/plain; charset=utf-8", _mot, needs_track=True),
    )
}
HTM: Final = {".htm": ".html"}  # another ending for the same


def format_of(name: str, course: bool = False) -> Format:
    """The format by the ending of a file's name, the longest that fits.

    Raises CoachError for an ending that no format has, or whose format cannot tell this.
    """
    ending = ending_of(name).lower()
    known = FORMATS.get(HTM.get(ending, ending))
    fitting = [one.ending for one in FORMATS.values() if (one.of_course if course else one.of_set)]
    if known is None or known.ending not in fitting:
        raise CoachError(f"'{name}' does not end as a report does: {', '.join(fitting)} are known.")
    return known


def ending_of(name: str) -> str:
    """The ending that tells the format, as it is written; "" where none does.

    >>> ending_of("Ada.FHIR.json")
    '.FHIR.json'
    """
    lower = name.lower()
    length = max((len(end) for end in (*FORMATS, *HTM) if lower.endswith(end)), default=0)
    return name[len(name) - length :]


def told_as(known: Format, report: ReportInput, track: PoseTrack | None = None) -> bytes:
    """A set in a format; `track` is repaired landmarks, which TRC and MOT are made of.

    Raises CoachError where it cannot be made of this set, as a MOT without an angle that was seen.
    """
    assert known.of_set is not None  # format_of saw to it
    if known.needs_track and track is None:
        raise CoachError(f"A {known.ending} file is made of the landmarks, and none were kept of this set.")
    return _bytes(known.of_set(report, track))


def course_told_as(known: Format, course: CourseInput) -> bytes:
    """A course in a format."""
    assert known.of_course is not None  # format_of saw to it
    return _bytes(known.of_course(course))


def course_files(course: CourseInput, name: str, endings: tuple[str, ...] = ()) -> tuple[ReportFile, ...]:
    """A course in each of these formats, or all; as CSV every table of it, the sets' under the plain name."""
    asked = endings or tuple(ending for ending, one in FORMATS.items() if one.of_course)
    files = [ReportFile(f"{name}{e}", FORMATS[e].media, course_told_as(FORMATS[e], course)) for e in asked]
    if ".csv" in asked:
        media = FORMATS[".csv"].media
        files += [
            ReportFile(f"{name}-{table.name}.csv", media, render_csv(table))
            for table in flat.tables(course)[1:]
        ]
    return tuple(files)


def _bytes(told: bytes | str) -> bytes:
    return told if isinstance(told, bytes) else told.encode("utf-8", "replace")
