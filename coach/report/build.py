"""From an analysis to what every report format is given."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from coach.report.model import Curve, Evidence, ReportInput
from coach.report.wording import measure_name, quantity, say
from coach.video import Analysis, Moment, pictures


def build_report(
    analysis: Analysis, source: str | Path | BinaryIO, name: str, made_at: datetime
) -> ReportInput:
    """Gather a report; `source` is read once more for the pictures, unless it is a track.

    name  what the source is called in the report
    """
    is_track = isinstance(source, str | Path) and Path(source).suffix.lower() == ".npz"
    found = [] if is_track else pictures(source, analysis.moments)
    evidence = tuple(
        Evidence(moment.check, moment.number, moment.frame.t, jpeg, _caption(moment, analysis))
        for moment, jpeg in found
    )
    return replace(without_pictures(analysis, name, made_at), evidence=evidence)


def without_pictures(analysis: Analysis, name: str, made_at: datetime) -> ReportInput:
    """A report's content from the analysis alone."""
    curve = analysis.curve
    unit = "°" if curve.unit == "deg" else curve.unit
    shown = Curve(curve.t, curve.value, measure_name(curve.measure, analysis.exercise.language), unit)
    return ReportInput(analysis.result, analysis.exercise, name, shown, (), made_at)


def _caption(moment: Moment, analysis: Analysis) -> str:
    """What was measured, and what was asked for: "24 ± 4° where at most 12° is asked for" in plain words."""
    verdict = analysis.result.parts[moment.number - 1].verdicts[moment.check]
    language, check = analysis.exercise.language, analysis.exercise.checks[moment.check]
    measured = quantity(verdict.value, verdict.unit, verdict.band, language, check.range)
    told = say(language)("page.caption", measured=measured, cue=check.cue)
    return told if measured else f"{check.cue}."
