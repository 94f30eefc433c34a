"""Results to paper: what a therapist reads.  One module a format, one model in."""

from coach.report.build import build_report, without_pictures
from coach.report.chart import chart_svg
from coach.report.figure import camera_svg, load_figure, pose_svg
from coach.report.html import render_html
from coach.report.model import Curve, Evidence, ReportInput
from coach.report.summary import summary

__all__ = [
    "Curve",
    "Evidence",
    "ReportInput",
    "build_report",
    "camera_svg",
    "chart_svg",
    "load_figure",
    "pose_svg",
    "render_html",
    "summary",
    "without_pictures",
]
