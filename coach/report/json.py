"""A course as JSON: everything that its report is made from, with a schema.  That of a set is the result itself."""

from datetime import date, datetime
from typing import Any, Final

from coach import __version__
from coach.care.types import Note, Plan, Screening, Session, SetSummary
from coach.judge.results import Plain, schema_of
from coach.language import Language
from coach.report.course import CourseInput, Kept, Reviewed
from coach.report.wording import say

FORMAT_VERSION: Final = 1


class CoursePerson(Plain):
    """Somebody who exercises, as a report hands them on: what the clinic's login knows them by is not in it.

    sample  made up, to try the review with
    """

    id: str
    name: str
    born: date | None = None
    language: Language = "en"
    sample: bool = False


class CourseRecord(Plain):
    """Somebody's course: numbers as they were measured, not rounded; times in UTC.

    screening  the newest answers to the safety questions; null: there are none
    names      of those who made plans, corrections and notes, by their ids
    """

    format_version: int = FORMAT_VERSION
    form_coach: str = __version__
    about: str
    made_at: datetime
    person: CoursePerson
    sessions: tuple[Session, ...]
    sets: tuple[SetSummary, ...]
    plans: tuple[Plan, ...]
    weeks: tuple[Kept, ...]
    reviewed: tuple[Reviewed, ...]
    notes: tuple[Note, ...]
    screening: Screening | None = None
    names: dict[str, str]


def render_course_json(course: CourseInput) -> str:
    """The course as one JSON object."""
    whom = course.person
    record = CourseRecord(
        about=say(course.language)("page.disclaimer"),
        made_at=course.made_at,
        person=CoursePerson(
            id=whom.id, name=whom.name, born=whom.born, language=whom.language, sample=whom.sample
        ),
        sessions=course.sessions,
        sets=course.sets,
        plans=course.plans,
        weeks=course.weeks,
        reviewed=course.reviewed,
        notes=course.notes,
        screening=course.screening,
        names=dict(course.names),
    )
    return record.model_dump_json(indent=2) + "\n"


def course_schema() -> dict[str, Any]:
    """The JSON Schema of a course as JSON."""
    return schema_of(CourseRecord, "Form Coach course")
