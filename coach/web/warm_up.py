"""What takes long at first, done in the background once the server stands: while the browser loads the first page."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from typing import Final

import numpy as np

from coach.care.days import beginning_of, day_of
from coach.errors import CoachError
from coach.judge import exercise_ids
from coach.language import Language
from coach.pose import MediaPipeEstimator
from coach.web.preferences import language_of, load
from coach.web.session import drawing

# Streamlit imports the emojis for the page's icon.
FIRST: Final = ("streamlit.emojis", "coach.web.coach_page", "coach.web.own_words", "coach.web.visitor")
REVIEW: Final = "coach.web.review.page"
AFTER_MIDNIGHT: Final = timedelta(seconds=5)


def begin() -> None:
    """Start the thread; it goes with the process."""
    threading.Thread(target=_warm_up, name="coach-warm-up", daemon=True).start()


def _warm_up() -> None:
    """In the order in which it is needed."""
    for module in FIRST:
        import_module(module)
    with suppress(CoachError):  # a broken exercise is told where it is shown
        draw_all(language_of(load(), None))
    read_ahead()
    with suppress(CoachError):  # a missing model is told where it is used
        try_model()
    import_module(REVIEW)
    never = threading.Event()
    while True:
        never.wait(until_next_day_s(datetime.now().astimezone()))
        read_ahead()


def draw_all(language: Language) -> None:
    """Read the exercises and draw them, as the first page shows them."""
    for name in exercise_ids():
        drawing(name, language)


def try_model() -> None:
    """Run it once: its libraries are loaded, and its file is read."""
    with MediaPipeEstimator() as estimator:
        estimator.estimate(np.zeros((480, 640, 3), np.uint8), 0.0)


def read_ahead() -> None:
    """What the review begins with: the lines of all people, whoever will ask; those of few take no time.

    They are of a day, so that they are worked out anew each night, and not by the first who comes in the morning.
    """
    from coach.records import OWNER
    from coach.web.review import file
    from coach.web.state import records

    with suppress(CoachError):  # whoever opens the review is told
        lines = file.lines(records().desk(OWNER), file.now())
        file.keep_only({one.person.id for one in lines})


def until_next_day_s(now: datetime) -> float:
    """From now until the next day has begun where this machine is.

    >>> until_next_day_s(datetime(2026, 11, 20, 23, 59, 0).astimezone())
    65.0
    """
    return (beginning_of(day_of(now) + timedelta(days=1)) + AFTER_MIDNIGHT - now).total_seconds()
