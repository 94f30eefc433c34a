"""Preferences that were chosen in two tabs: each keeps what was changed in it, and nothing else."""

from pathlib import Path

import pytest

from coach.web.preferences import Preferences, load
from coach.web.session import here
from tests.web.plan.acting import opened, texts

EN = here("en")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(path))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    return path


def test_an_older_tab_keeps_what_was_chosen_in_a_newer_one(folder: Path) -> None:
    older, newer = opened("settings_page"), opened("settings_page")
    newer.radio[0].set_value("de").run()
    newer.toggle[0].set_value(False).run()
    older.toggle[-1].set_value(False).run()
    assert load(folder) == Preferences("de", voice=False, mirror=False)
    assert not older.exception and older.radio[0].value == "de" and not older.toggle[0].value
    older.toggle[0].set_value(True).run()
    assert load(folder) == Preferences("de", voice=True, mirror=False)


def test_where_nothing_can_be_kept_each_choice_holds_for_the_visit(folder: Path) -> None:
    folder.write_text("in the way")
    app = opened("settings_page")
    app.toggle[0].set_value(False).run()
    app.toggle[-1].set_value(False).run()
    assert not app.toggle[0].value and not app.toggle[-1].value
    assert EN("settings.not_kept") in texts(app) and EN("settings.kept") not in texts(app)
    folder.unlink()
    app.toggle[0].set_value(True).run()
    assert EN("settings.kept") in texts(app) and EN("settings.not_kept") not in texts(app)
