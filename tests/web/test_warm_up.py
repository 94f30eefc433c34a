"""What is made ready beside the first page, and what the first page does not wait for."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.judge import Exercise, exercise_ids
from coach.records import OWNER, RecordsError
from coach.report.figure import Figure
from coach.web import session, warm_up
from coach.web.review import file
from coach.web.state import records
from tests.conftest import ROOT

FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
import app
heavy = {"altair", "fhir", "matplotlib", "mediapipe", "pandas"}
print("server", sorted(heavy & set(sys.modules)))
shown = AppTest.from_file("coach/web/main.py", default_timeout=60).run()
print("page", sorted(heavy & set(sys.modules)), len(shown.button), list(shown.exception))
"""


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    session._DRAWN.clear()


def test_neither_the_server_nor_the_first_page_waits_for_what_only_others_need(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE],
        cwd=ROOT,
        env=os.environ | {"COACH_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    server, page = run.stdout.splitlines()
    assert server == "server []"
    name, heavy, buttons, errors = page.split()
    assert (name, heavy, errors) == ("page", "[]", "[]") and int(buttons) >= len(exercise_ids())


def test_what_was_drawn_ahead_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    warm_up.draw_all("de")

    def fail(exercise: Exercise, figure: Figure) -> str:
        raise AssertionError(f"{exercise.id} is drawn once more")

    monkeypatch.setattr(session, "pose_svg", fail)
    drawn = [session.drawing(name, "de") for name in exercise_ids()]
    assert all(svg is None or svg.startswith("<svg") for svg in drawn) and any(drawn)


def test_of_two_at_once_one_draws_and_the_other_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def draw(exercise: Exercise, figure: Figure) -> str:
        made.append(exercise.id)
        return f"<svg {exercise.name}>"

    monkeypatch.setattr(session, "pose_svg", draw)
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _: session.drawing("bridge", "en"), range(8)))
    session._DRAWN.clear()
    assert len(drawn) == 1 and made == ["bridge"]


def test_the_lines_of_everybody_are_known_before_somebody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    ana = records().desk(OWNER).add_person("Ana")
    warm_up.read_ahead()
    assert ana.id in file._KNOWN


def test_records_that_cannot_be_read_do_not_end_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    (tmp_path / "records.sqlite").write_text("This is no database, whatever its name says. " * 40)
    with pytest.raises(RecordsError):
        records()
    warm_up.read_ahead()


def test_it_is_read_anew_soon_after_each_midnight() -> None:
    now = datetime(2026, 11, 20, 8).astimezone()
    assert 15 * 3600 < warm_up.until_next_day_s(now) < 17 * 3600 + 60
    then = now + timedelta(seconds=warm_up.until_next_day_s(now))
    assert then.date() == now.date() + timedelta(days=1)
