"""A value, a range and an error band make a verdict.

The band lies outside the range: within the range is a pass, beyond it by more than the band a fault, and
between them nobody can know: unsure, which is shown but never spoken.
"""

from enum import StrEnum

import numpy as np
from pydantic import BaseModel, ConfigDict

from coach.judge.file_fields import Range


class Judgement(StrEnum):
    """The four verdicts."""

    PASS = "pass"
    FAULT = "fault"
    UNSURE = "unsure"
    CANNOT_JUDGE = "cannot_judge"


class Verdict(BaseModel):
    """What was found for one check: `value` and `band` in `unit`; `at_s` where the evidence is,
    `joints` the full landmark names of a fault.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Judgement
    value: float | None = None
    unit: str = ""
    band: float | None = None
    reason: str = ""
    at_s: float | None = None
    joints: tuple[str, ...] = ()


def judge(value: float, wanted: Range, band: float) -> Judgement:
    """Pass, fault or unsure; NaN cannot be judged.

    >>> judge(150.0, Range(min=165), band=5.0)
    <Judgement.FAULT: 'fault'>
    >>> judge(161.0, Range(min=165), band=5.0)
    <Judgement.UNSURE: 'unsure'>
    """
    if np.isnan(value):
        return Judgement.CANNOT_JUDGE
    short = wanted.outside(value)
    if short <= 0:
        return Judgement.PASS
    return Judgement.FAULT if short > band else Judgement.UNSURE


def cannot_judge(reason: str) -> Verdict:
    """The verdict on what was not seen."""
    return Verdict(verdict=Judgement.CANNOT_JUDGE, reason=reason)
