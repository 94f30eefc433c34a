"""What is used beside a pose model: memory that is given back, threads that are not begun."""

import ctypes
from contextlib import suppress

import cv2


def give_back() -> None:
    """Let the C library return what is free.

    A closed model leaves its memory free but in pieces, which glibc keeps: 15 MB more for each one that was opened
    and closed, and none with this (our own measurement).  Elsewhere there is nothing to do, and nothing is done.
    """
    with suppress(OSError, AttributeError, TypeError):  # Windows wants a name there
        ctypes.CDLL(None).malloc_trim(0)


def on_one_thread() -> None:
    """Let OpenCV work on the thread that asks, in the whole process.

    With a thread for each camera its own ones only make them wait, and they stay when the camera has gone.
    """
    cv2.setNumThreads(1)
