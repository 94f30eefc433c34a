"""A course as JSON: everything that its report is made from, with a schema.  That of a set is the result itself."""

from datetime import datetime
from typing import Any, Final

from coach import __version__
from coach.care.types import Note, Person, Plan, Session, SetSummary
from coach.judge.results import Plain, schema_of
from coach.report.course import CourseInput, Kept, Reviewed
from coach.report.wording import say

FORMAT_VERSION: Final = 1


class CourseRecord(Plain):
    """Somebody's course: numbers as they were measured, not rounded; times in UTC.

    names  of those who made plans, corrections and notes, by their ids
    """

    format_version: int = FORMAT_VERSION
    form_coach: str = __version__
    about: str
    made_at: datetime
    person: Person
    sessions: tuple[Session, ...]
    sets: tuple[SetSummary, ...]
    plans: tuple[Plan, ...]
    weeks: tuple[Kept, ...]
    reviewed: tuple[Reviewed, ...]
    notes: tuple[Note, ...]
    names: dict[str, str]


def render_course_json(course: CourseInput) -> str:
    """The course as one JSON object."""
    record = CourseRecord(
        about=say(course.language)("page.disclaimer"),
        made_at=course.made_at,
        person=course.person,
        sessions=course.sessions,
        sets=course.sets,
        plans=course.plans,
        weeks=course.weeks,
        reviewed=course.reviewed,
        notes=course.notes,
        names=dict(course.names),
    )
    return record.model_dump_json(indent=2) + "\n"


def course_schema() -> dict[str, Any]:
    """The JSON Schema of a course as JSON."""
    return schema_of(CourseRecord, "Form Coach course")
