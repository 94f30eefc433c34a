"""A course on paper."""

from coach.report.course import CourseInput
from coach.report.course_page import course_page
from coach.report.pdf import FAMILIES, TITLE_WORD, compiled
from coach.report.svg import standalone
from coach.report.wording import breakable, isolated


def render_course_pdf(course: CourseInput) -> bytes:
    """The course of one person."""
    told = course_page(course)
    name = isolated(breakable(course.person.name, TITLE_WORD)) or told["title"]
    charts = [{"file": f"c{n}.svg", "told": one["told"]} for n, one in enumerate(told["charts"])]
    files = {
        f"c{n}.svg": standalone(one["picture"], FAMILIES[0]).encode() for n, one in enumerate(told["charts"])
    }
    data = {**told, "title": name, "charts": charts}
    return compiled("course.typ", data, files, course.language, course.made_at)
