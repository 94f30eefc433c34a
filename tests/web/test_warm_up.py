"""What is made ready beside the first page, and what the first page does not wait for."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach.judge import Exercise, exercise_ids
from coach.report.figure import Figure
from coach.web import session, warm_up
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
    session._drawn.cache_clear()


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
    session._drawn.cache_clear()
    assert len(drawn) == 1 and made == ["bridge"]
