"""Results to paper: what a therapist reads.  One module a format, one model in."""

from coach.report.chart import chart_svg
from coach.report.html import render_html
from coach.report.model import Curve, Evidence, ReportInput
from coach.report.summary import summary

__all__ = ["Curve", "Evidence", "ReportInput", "chart_svg", "render_html", "summary"]
