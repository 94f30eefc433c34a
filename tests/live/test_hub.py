"""Live sessions: by token, for a time, so many at once, and back again after a restart."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from coach.live import Dose, Ended, Hub, LiveSession, Screen, Stage
from coach.live.hub import FINISHED_S, UNUSED_S, TakenOver, places
from coach.live.journal import journal_path
from coach.pose import PoseFrame
from coach.records.journals import KEEP_S
from tests.judge.films import hikes, pigeons, squats
from tests.live.sets import Clock, asked, still, then
from tests.skeletons import LEFT, standing

TWO = Dose(2, None, 2, 5.0)
TWO_SQUATS = asked(dose=Dose(2, None))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def play(session: LiveSession, frames: list[PoseFrame], clock: Clock) -> Screen:
    """A camera at the session."""
    owner = object()
    session.connect(owner)
    began = clock.now
    for frame in frames:
        clock.now = began + frame.t
        _, screen = session.take(replace(frame, t=session.time_of(frame.t + 77.7)))
    session.leave(owner)
    return screen


def test_a_page_that_was_taken_over_sets_no_clock_and_shows_nothing(clock: Clock) -> None:
    session, first, second = Hub(clock=clock).open(asked()), object(), object()
    session.connect(first)
    session.connect(second)
    with pytest.raises(TakenOver):
        session.time_of(9000.0, first)
    with pytest.raises(TakenOver):
        session.take(standing(camera=LEFT), first)
    begun = session.time_of(3.0, second)
    clock.now += 1.0
    assert session.time_of(4.0, second) == pytest.approx(begun + 1.0)


def test_for_how_long_no_camera_was_at_it(clock: Clock, tmp_path: Path) -> None:
    session = Hub(tmp_path, clock=clock).open(TWO_SQUATS)
    play(session, [*squats(2)], clock)
    clock.now += 30.0
    assert session.idle_s == pytest.approx(30.0)
    again = Hub(tmp_path, clock=clock).find(session.token)
    assert again is not None and again.idle_s < 30.0, "it was written just now"
    path = journal_path(tmp_path, session.token, "")
    os.utime(path, (path.stat().st_mtime - 3600.0,) * 2)
    later = Hub(tmp_path, clock=clock).find(session.token)
    assert later is not None and later.idle_s == pytest.approx(3600.0, abs=30.0)


# --- tokens, places, time -----------------------------------------------------------------------------------


def test_a_session_is_found_by_its_token_alone(clock: Clock) -> None:
    hub = Hub(clock=clock)
    one, other = hub.open(asked()), hub.open(asked())
    assert hub.find(one.token) is one and hub.find(other.token) is other
    assert len({one.token, other.token}) == 2 and len(one.token) >= 32
    assert (one.token + other.token).isalnum(), "a component may not have __ in its id"
    assert hub.find("") is hub.find("no such") is hub.find("../../etc/passwd") is None


def test_somebody_elses_session_is_one_that_never_was(clock: Clock, tmp_path: Path) -> None:
    hub = Hub(tmp_path, clock=clock)
    session = hub.of("ana").open(asked())
    assert hub.of("ana").find(session.token) is session
    for other in (hub.of("ben"), hub.of(""), hub.of(f"ana:{session.token}")):
        assert other.find(session.token) is other.find("no such") is None
        other.drop(session.token)
    assert hub.of("").find(f"ana:{session.token}") is None
    assert hub.find(session.token, "ana") is session, "nobody else can end it either"


def test_after_a_restart_it_comes_back_to_whom_it_belonged(clock: Clock, tmp_path: Path) -> None:
    token = Hub(tmp_path, clock=clock).of("ana").open(asked()).token
    again = Hub(tmp_path, clock=clock)
    again.of("ben").drop(token)
    assert again.of("ben").find(token) is again.find(token) is None
    assert again.of("ana").find(token) is not None


def test_nobody_comes_back_and_it_is_forgotten(clock: Clock) -> None:
    hub = Hub(clock=clock)
    session = hub.open(asked())
    clock.now += UNUSED_S
    assert hub.find(session.token) is session
    clock.now += 1
    assert hub.find(session.token) is None


def test_a_connected_one_is_not_forgotten_and_its_time_begins_when_it_leaves(clock: Clock) -> None:
    hub = Hub(clock=clock)
    session, owner = hub.open(asked()), object()
    session.connect(owner)
    clock.now += 2 * UNUSED_S
    assert hub.find(session.token) is session
    session.leave(owner)
    clock.now += UNUSED_S
    assert hub.find(session.token) is session


def test_a_result_can_be_looked_at_for_longer(clock: Clock) -> None:
    hub = Hub(clock=clock)
    session = hub.open(asked())
    session.stop()
    assert session.done
    clock.now += FINISHED_S
    assert hub.find(session.token) is session
    clock.now += 1
    assert hub.find(session.token) is None


def test_there_are_so_many_places(clock: Clock) -> None:
    hub = Hub(most=2, clock=clock)
    sessions = [hub.open(asked()) for _ in range(3)]
    owners = [object() for _ in sessions]
    for session, owner in zip(sessions[:2], owners, strict=False):
        assert hub.has_place_for(session)
        session.connect(owner)
    assert hub.live == 2 and not hub.has_place_for(sessions[2])
    assert hub.has_place_for(sessions[0]), "one that comes back has its place"
    sessions[0].leave(owners[0])
    assert hub.has_place_for(sessions[2])


@pytest.mark.parametrize(("told", "most"), [("3", 3), ("0", None), ("many", None), ("-1", None), ("", None)])
def test_places_are_told_or_one_a_core(told: str, most: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LIVE_USERS", told)
    assert places() == (most or max(2, os.cpu_count() or 2))


def test_who_comes_last_has_the_say(clock: Clock) -> None:
    session = Hub(clock=clock).open(asked())
    first, second = object(), object()
    session.connect(first)
    session.connect(second)
    assert session.belongs_to(second) and not session.belongs_to(first)
    session.leave(first)
    assert session.connected and session.belongs_to(second)


def test_what_is_dropped_is_forgotten_and_its_camera_ends(clock: Clock, tmp_path: Path) -> None:
    hub = Hub(tmp_path, clock=clock)
    session, owner = hub.open(asked()), object()
    session.connect(owner)
    hub.drop(session.token)
    assert hub.find(session.token) is None and not session.belongs_to(owner)
    session.take(standing(camera=LEFT))
    session.stop()
    assert list(tmp_path.iterdir()) == []
    hub.drop(session.token)
    hub.drop("")


# --- one session --------------------------------------------------------------------------------------------


def test_a_set_over_two_connections_is_one_set(clock: Clock) -> None:
    session = Hub(clock=clock).open(asked("squat", Dose(3, None)))
    frames = then(squats(3))
    play(session, frames[:60], clock)
    clock.now += 3.0
    rest = [replace(frame, t=frame.t - frames[60].t) for frame in frames[60:]]
    assert play(session, rest, clock).stage is Stage.DONE
    assert session.coached.results[0].counted == 3


def test_stopping_from_another_thread_than_the_cameras(clock: Clock) -> None:
    session = Hub(clock=clock).open(asked("squat", Dose(9, None)))
    play(session, list(squats(2)), clock)
    assert session.stop().stage is Stage.DONE
    assert session.coached.ended is Ended.STOPPED and session.coached.results[0].counted == 2


# --- after a restart ----------------------------------------------------------------------------------------


def test_a_restart_goes_on_with_the_count(clock: Clock, tmp_path: Path) -> None:
    token = (session := Hub(tmp_path, clock=clock).open(asked("squat", Dose(3, None)))).token
    play(session, list(squats(2)), clock)
    again = Hub(tmp_path, clock=clock).find(token)
    assert again is not None and not again.done
    assert again.settings == session.settings
    screen = play(again, list(squats(1)), clock)
    assert screen.stage is Stage.DONE and again.coached.said[-1][1] == "3. Done: 3 repetitions"
    (result,), (replays,) = again.coached.results, again.coached.replays
    assert [rep.counted for rep in result.reps] == [True] * 3
    assert [part.start_s for part, _ in replays] == [rep.start_s for rep in result.reps]
    assert [len(replay.t) > 5 for _, replay in replays] == [False, False, True]
    assert [rep.end_s for rep in result.reps] == sorted(rep.end_s for rep in result.reps)


def test_a_restart_goes_on_with_the_sets_that_are_left(clock: Clock, tmp_path: Path) -> None:
    token = (session := Hub(tmp_path, clock=clock).open(asked("squat", TWO))).token
    assert play(session, list(squats(2)), clock).stage is Stage.RESTING
    again = Hub(tmp_path, clock=clock).find(token)
    assert again is not None
    assert again.coached.replays == ((),) and again.coached.results == session.coached.results
    screen = play(again, then(still(lambda: standing(camera=LEFT), 1.5), squats(2)), clock)
    assert (screen.stage, screen.set_number, screen.sets) == (Stage.DONE, 2, 2)
    assert [result.counted for result in again.coached.results] == [2, 2]
    assert again.coached.results[1].reps[0].start_s > again.coached.results[0].reps[-1].end_s


def test_a_restart_knows_which_side_is_done(clock: Clock, tmp_path: Path) -> None:
    token = (session := Hub(tmp_path, clock=clock).open(asked("hip_hiker", Dose(2, None)))).token
    play(session, list(hikes(2)), clock)
    again = Hub(tmp_path, clock=clock).find(token)
    assert again is not None
    assert play(again, list(hikes(2, side="left")), clock).stage is Stage.DONE
    assert [rep.side for rep in again.coached.results[0].reps] == ["right"] * 2 + ["left"] * 2


def test_a_restart_knows_a_hold_that_was_told_as_done_and_is_not_left_yet(
    clock: Clock, tmp_path: Path
) -> None:
    token = (session := Hub(tmp_path, clock=clock).open(asked("pigeon", Dose(None, 5.0)))).token
    play(session, list(pigeons(8.0)), clock)
    assert any("Time. Come out slowly" in said for _, said in session.coached.said)
    again = Hub(tmp_path, clock=clock).find(token)
    assert again is not None
    assert play(again, list(pigeons(8.0, side="left")), clock).stage is Stage.DONE
    (result,) = again.coached.results
    assert [(hold.side, hold.counted) for hold in result.holds] == [("right", True), ("left", True)]


@pytest.mark.parametrize("dose", [Dose(1, None), Dose(5, None), TWO])
def test_what_had_ended_is_shown_again_and_not_gone_on_with(dose: Dose, clock: Clock, tmp_path: Path) -> None:
    session = Hub(tmp_path, clock=clock).open(asked("squat", dose))
    play(session, list(squats(1)), clock)
    session.stop()
    again = Hub(tmp_path, clock=clock).find(session.token)
    assert again is not None and again.done
    assert (again.coached.results, again.coached.ended) == (session.coached.results, session.coached.ended)
    assert again.stop().say == "" and again.coached.results == session.coached.results


def test_a_kept_one_can_be_dropped_before_anybody_asked_for_it(clock: Clock, tmp_path: Path) -> None:
    token = Hub(tmp_path, clock=clock).open(asked()).token
    hub = Hub(tmp_path, clock=clock)
    hub.drop(token)
    assert hub.find(token) is None and list(tmp_path.iterdir()) == []


def test_after_a_day_nothing_comes_back(clock: Clock, tmp_path: Path) -> None:
    token = Hub(tmp_path, clock=clock).open(asked()).token
    before = time.time() - KEEP_S - 60
    os.utime(journal_path(tmp_path, token), (before, before))
    assert Hub(tmp_path, clock=clock).find(token) is None


def test_a_folder_that_cannot_be_written_stops_nobody(clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    session = Hub(tmp_path / "file" / "live", clock=clock).open(asked("squat", Dose(1, None)))
    assert play(session, list(squats(1)), clock).stage is Stage.DONE
