"""What the whole process shares."""

from pathlib import Path

import pytest

from coach.records import Records
from coach.records.problems import problem
from coach.web import state


def test_what_could_not_be_forgotten_is_told_to_whoever_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(self: Records) -> None:
        raise problem("not_forgotten", name="video.mp4", reason="Permission denied")

    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    monkeypatch.setattr(Records, "forget_expired", refused)
    assert state.records() is state.records()
    assert "'video.mp4' has had its time and could not be deleted: Permission denied" in caplog.text
