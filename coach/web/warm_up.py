"""What takes long at first, done in the background once the server stands: while the browser loads the first page."""

import threading
from contextlib import suppress
from importlib import import_module
from typing import Final

import numpy as np

from coach.errors import CoachError
from coach.judge import exercise_ids
from coach.language import Language
from coach.pose import MediaPipeEstimator
from coach.web.clinic.door import door
from coach.web.preferences import language_of, load
from coach.web.session import drawing

# Streamlit imports the emojis for the page's icon.
FIRST: Final = ("streamlit.emojis", "coach.web.coach_page", "coach.web.own_words", "coach.web.visitor")
LATER_S: Final = 15.0  # by then somebody in a hurry stands before the camera


def begin() -> None:
    """Start the thread; it ends by itself."""
    threading.Thread(target=_warm_up, name="coach-warm-up", daemon=True).start()


def _warm_up() -> None:
    """In the order in which it is needed."""
    for module in FIRST:
        import_module(module)
    with suppress(CoachError):  # a broken exercise is told where it is shown
        draw_all(language_of(load(), None))
    with suppress(CoachError):  # a missing model is told where it is used
        try_model()
    if door() is None:
        threading.Event().wait(LATER_S)
        _read_ahead()


def draw_all(language: Language) -> None:
    """Read the exercises and draw them, as the first page shows them."""
    for name in exercise_ids():
        drawing(name, language)


def try_model() -> None:
    """Run it once: its libraries are loaded, and its file is read."""
    with MediaPipeEstimator() as estimator:
        estimator.estimate(np.zeros((480, 640, 3), np.uint8), 0.0)


def _read_ahead() -> None:
    """What the review begins with."""
    from coach.records import OWNER
    from coach.web.review import file
    from coach.web.state import records

    with suppress(CoachError):  # whoever opens the review is told
        file.lines(records().desk(OWNER), file.now())
