"""The process is killed at random moments: what was acknowledged is there, and the next session starts.

COACH_EVERY_KILL=true does it two hundred times.
"""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.kill import Tally, files, kill_often, on_server
from tests.records.conftest import Server

EVERY = os.environ.get("COACH_EVERY_KILL") == "true"
TIMES = 200 if EVERY else 20
ON_SERVER = 20 if EVERY else 5

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture(autouse=True)
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is started runs the main module again: here it has nothing in it, whatever ran before."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def assert_nothing_lost(tally: Tally, times: int) -> None:
    assert tally.troubles == []
    assert (tally.lost, tally.pieces_lost) == (0, 0)
    assert (tally.kills, tally.next_sessions) == (times, times)
    assert tally.parts > times and tally.in_a_set > times // 4


def test_nothing_is_lost_on_sqlite(tmp_path: Path) -> None:
    tally = kill_often(files(tmp_path), TIMES, seed=1)
    assert_nothing_lost(tally, TIMES)
    assert tally.at_start >= TIMES // 20


def test_nothing_is_lost_on_postgresql(server: Server, tmp_path: Path) -> None:
    assert_nothing_lost(kill_often(on_server(server.new(), tmp_path), ON_SERVER, seed=2), ON_SERVER)
