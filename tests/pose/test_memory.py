"""Memory given back: wherever this runs, it does no harm."""

import ctypes

import cv2
import pytest

from coach.pose import give_back, on_one_thread


def test_it_may_be_asked_at_any_time() -> None:
    give_back()
    give_back()


@pytest.mark.parametrize("missing", [OSError, TypeError])
def test_a_system_without_it_goes_on(missing: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def library(name: None) -> object:
        raise missing

    monkeypatch.setattr(ctypes, "CDLL", library)
    give_back()


def test_opencv_begins_no_threads() -> None:
    before = cv2.getNumThreads()
    try:
        on_one_thread()
        assert cv2.getNumThreads() == 1
    finally:
        cv2.setNumThreads(before)
