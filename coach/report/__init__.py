"""Results to paper and to other programs: what a therapist reads.  One module a format, one model in."""

from coach.report.build import build_report, without_pictures
from coach.report.chart import chart_svg
from coach.report.course import CourseInput, Kept, Reviewed, kept_weeks
from coach.report.figure import camera_svg, load_figure, pose_svg
from coach.report.formats import (
    FORMATS,
    Format,
    ReportFile,
    course_files,
    course_told_as,
    ending_of,
    format_of,
    told_as,
)
from coach.report.gather import course_of
from coach.report.html import render_html
from coach.report.json import course_schema
from coach.report.model import Curve, Evidence, ReportInput
from coach.report.summary import summary

__all__ = [
    "FORMATS",
    "CourseInput",
    "Curve",
    "Evidence",
    "Format",
    "Kept",
    "ReportFile",
    "ReportInput",
    "Reviewed",
    "build_report",
    "camera_svg",
    "chart_svg",
    "course_files",
    "course_of",
    "course_schema",
    "course_told_as",
    "ending_of",
    "format_of",
    "kept_weeks",
    "load_figure",
    "pose_svg",
    "render_html",
    "summary",
    "told_as",
    "without_pictures",
]
