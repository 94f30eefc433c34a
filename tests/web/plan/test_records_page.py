"""What is kept about somebody: allowed, taken along, deleted."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from coach.records import Desk
from coach.web.plan.day import may_keep
from coach.web.plan.records_page import _packed
from coach.web.state import records
from coach.web.video.folder import PREFIX, hold
from tests.web.plan.acting import EN, labels, opened, press, texts

PAGE = "plan.records_page"


def test_consent_is_given_and_taken_back(desk: Desk) -> None:
    person = desk.me().id
    app = opened(PAGE)
    app.toggle(key="consent-tracks").set_value(False).run()
    assert not may_keep(desk.consents(person), "tracks")
    app.toggle(key="consent-video").set_value(True).run()
    assert desk.consents(person)[-1].keep_days == 30
    app.button_group(key="consent-days").select(90).run()
    assert not app.exception and desk.consents(person)[-1].keep_days == 90
    app.toggle(key="consent-video").set_value(False).run()
    assert not may_keep(desk.consents(person), "video")
    assert len(desk.consents(person)) == 4, "nothing is written twice"


def test_everything_is_deleted_when_the_word_is_typed(planned: Desk) -> None:
    app = opened(PAGE)
    before = planned.me().id
    erase = app.button(key="erase-now")
    assert erase.disabled
    app.text_input(key="erase-word").set_value("Delete ").run()
    press(app, EN("erase.now"))
    assert EN("erase.done") in texts(app) and EN("erase.now") in labels(app)
    assert planned.plan(planned.me().id) is None and planned.me().id != before


def test_with_everything_goes_what_a_killed_program_left_of_a_film(
    planned: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    held = hold(left)
    assert held is not None
    held.close()
    app = opened(PAGE)
    app.text_input(key="erase-word").set_value("Delete ").run()
    press(app, EN("erase.now"))
    assert EN("erase.done") in texts(app)
    assert not left.exists()


def test_what_is_taken_along_is_never_in_the_systems_folder(
    planned: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none may be used"))
    with zipfile.ZipFile(io.BytesIO(_packed(planned, planned.me().id))) as archive:
        assert archive.namelist() == ["everything.json"]
    assert not list(records().folder.glob("making-*"))


def test_a_backup_is_made_and_its_place_told(planned: Desk) -> None:
    app = opened(PAGE)
    press(app, EN("backup.now"))
    ((_, file),) = records().backups()
    assert Path(file).is_file() and file in texts(app)


def test_the_pages_of_progress_and_records_open_for_somebody_new(desk: Desk) -> None:
    for language in ("en", "de", "es"):
        assert not opened(PAGE, language).exception  # type: ignore[arg-type]
        assert not opened("plan.progress_page", language).exception  # type: ignore[arg-type]
