"""The report of a set, and of a course, as one HTML file: no network, no script, printable on A4."""

import base64
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coach.report.chart import chart_svg
from coach.report.course import CourseInput
from coach.report.course_page import course_page
from coach.report.model import Evidence, ReportInput
from coach.report.summary import summary
from coach.report.tables import bands, findings, gaps, key_figures, measured, rows, sides_differ
from coach.report.wording import check_name, clock, date_and_time, say


def render_html(report: ReportInput) -> str:
    """The whole page.  Names that no encoding can hold (from a broken file name) get a "?" in their place."""
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            result=report.result,
            exercise=report.exercise,
            say=say(report.language),
            kind=report.kind,
            summary=summary(report),
            figures=key_figures(report),
            chart=Markup(chart_svg(report)),  # escapes its own texts
            angle_seen=report.curve.seen.size > 0,
            measured=measured(report),
            findings=findings(report),
            check_names=[(check_name(name, report.language), _what(report, name)) for name in report.checks],
            rows=rows(report),
            sides_differ=sides_differ(report),
            gaps=gaps(report),
            bands=bands(report),
        )
    )
    return _written(page)


def render_course_html(course: CourseInput) -> str:
    """The course of one person, as one page."""
    told = course_page(course)
    charts = [Markup(one["picture"]) for one in told["charts"]]  # they escape their own texts
    page = _environment().get_template("course.html.j2")
    return _written(page.render(d=told, charts=charts, language=course.language, say=say(course.language)))


def _written(page: str) -> str:
    return page.encode("utf-8", "replace").decode("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("coach.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clock=clock, date_and_time=date_and_time, picture=_data_url)
    return environment


def _data_url(evidence: Evidence) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(evidence.jpeg).decode('ascii')}"


def _what(report: ReportInput, check: str) -> str:
    known = report.exercise.checks.get(check)
    return known.what if known else ""
