"""Memory given back: wherever this runs, it does no harm."""

import ctypes

import pytest

from coach.pose import give_back


def test_it_may_be_asked_at_any_time() -> None:
    give_back()
    give_back()


@pytest.mark.parametrize("missing", [OSError, TypeError])
def test_a_system_without_it_goes_on(missing: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def library(name: None) -> object:
        raise missing

    monkeypatch.setattr(ctypes, "CDLL", library)
    give_back()
