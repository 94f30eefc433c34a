"""Preferences that were chosen in two tabs: each keeps what was changed in it, and nothing else."""

from pathlib import Path

import pytest

from coach.web.preferences import Preferences, load
from coach.web.session import drawing, exercise_in, exercise_name, here
from tests.judge.files import CURL, write
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


def test_own_files_of_the_environment_are_exercises_of_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LIBRARY", str(tmp_path))
    path = write(tmp_path, CURL.replace("id: curl", "id: squat"), "squat")
    write(tmp_path, CURL.replace("id: curl", "id: bad").replace("severity: 2", "severity: 9"), "bad")
    told = EN("own_file.left_out", said="").strip()
    app = opened("coach_page")
    assert "\nKnee curl\n" in texts(app) and any(one.value.startswith(told) for one in app.warning)
    assert exercise_in("squat", "de").name == "Knee curl", "in its own language"
    before = drawing("squat", "en")
    path.write_text(path.read_text("utf-8").replace("Knee curl", "Heel curl"), "utf-8")
    drawn = drawing("squat", "en")
    assert exercise_name("squat", "en") == "Heel curl" and drawn is not None and drawn != before
    assert any(one.value.startswith(told) for one in opened("plan.plan_page").warning)


def test_the_app_goes_on_where_the_folder_of_own_files_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LIBRARY", str(tmp_path / "gone"))
    app = opened("coach_page")
    told = EN("own_file.no_folder", said="").strip()
    assert [one.value.startswith(told) for one in app.warning] == [True]
    assert exercise_name("curl", "en") == "curl"
