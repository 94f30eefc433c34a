"""A course on paper."""

from collections.abc import Mapping
from typing import Any, Final

from coach.report.course import CourseInput
from coach.report.course_page import course_page
from coach.report.pdf import FAMILIES, TITLE_WORD, compiled
from coach.report.svg import standalone
from coach.report.wording import breakable, isolated

WORD: Final = 40  # letters that fit the narrowest line of running text
CELL_WORD: Final = 24  # and the narrowest cell that holds what people write
TABLES: Final = ("followed", "faults", "reviewed", "plan", "sessions")


def render_course_pdf(course: CourseInput) -> bytes:
    """The course of one person."""
    told = course_page(course)
    name = isolated(breakable(course.person.name, TITLE_WORD)) or told["title"]
    charts = [{"file": f"c{n}.svg", "told": one["told"]} for n, one in enumerate(told["charts"])]
    files = {
        f"c{n}.svg": standalone(one["picture"], FAMILIES[0]).encode() for n, one in enumerate(told["charts"])
    }
    parts = {key: _broken(part, CELL_WORD if key in TABLES else WORD) for key, part in told.items()}
    data = {**parts, "title": name, "charts": charts}
    return compiled("course.typ", data, files, course.language, course.made_at)


def _broken(part: Any, length: int) -> Any:
    """The same with places to break a line in every long word, as in a link."""
    if isinstance(part, str):
        return breakable(part, length)
    if isinstance(part, Mapping):
        return {key: _broken(value, length) for key, value in part.items()}
    return [_broken(one, length) for one in part] if isinstance(part, list | tuple) else part
