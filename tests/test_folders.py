"""Where what belongs to a person is kept."""

from pathlib import Path

import pytest

from coach.folders import data_folder


def test_the_folder_may_be_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    assert data_folder() == tmp_path


@pytest.mark.parametrize("told", [None, ""])
def test_else_it_is_the_users_own(told: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COACH_HOME", raising=False)
    if told is not None:
        monkeypatch.setenv("COACH_HOME", told)
    assert data_folder().is_absolute() and data_folder().name == "form-coach"
