"""The report of a live set: of the set alone, since no picture and no curve was kept."""

from datetime import datetime
from typing import Final

import numpy as np

from coach.judge import Exercise, SetResult
from coach.report import FORMATS, Curve, ReportInput, told_as
from coach.web.summary.words_of_set import messages

NOTHING: Final = Curve(np.empty(0), np.empty(0), "", kept=False)


def report_file(
    result: SetResult, exercise: Exercise, made_at: datetime, ending: str, clip: bool = False
) -> bytes:
    """The report of one set as a file of a format (coach.report.FORMATS), in the language of the exercise.

    clip  whether it is that of a recorded person, and of nobody who is here
    """
    source = messages(exercise.language)("source_clip" if clip else "source")
    return told_as(FORMATS[ending], ReportInput(result, exercise, source, NOTHING, (), made_at))
