"""A live session in the records: rep by rep, once and not twice, and in no set's way."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from coach.care.types import Source
from coach.live import Coaching, DeskKeeper, Dose, Hub, InRecords, LiveSettings, Stage, keep_whole
from coach.live.desk_keeper import CHUNK, MOST_FRAMES, set_id, slim, target_of
from coach.live.hub import LiveSession
from coach.live.journal import Kept, journal_path, read_journal
from coach.live.outbox import Outbox
from coach.pose import PoseFrame, PoseTrack
from tests.judge.films import pigeons, squats
from tests.live.desks import PLACE, Desk
from tests.live.sets import Clock, asked, nobody, then, watch

SETTINGS = asked("squat", Dose(3, None, 2, 5.0))
NOW = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)
FOREVER_S = 30.0


def keeper(
    desk: Callable[[], Desk], settings: LiveSettings = SETTINGS, kept: Kept | None = None
) -> DeskKeeper:
    return DeskKeeper(desk, PLACE, "token", settings, kept, lambda: NOW, FOREVER_S)


def coach(frames: Iterable[PoseFrame], keeper: DeskKeeper, settings: LiveSettings = SETTINGS) -> Coaching:
    coaching = Coaching(settings, [keeper])
    for frame in frames:
        coaching.step(frame)
    return coaching


def test_each_repetition_is_there_on_the_frame_after_it_and_the_set_when_it_is_closed() -> None:
    desk = Desk()
    coaching = Coaching(SETTINGS, [keeper(desk)])
    seen = []
    for frame in squats(3):
        coaching.step(frame)
        first = desk.sets.get(set_id("token", 1))
        seen.append((len(first.parts), first.result is not None) if first else None)
    assert list(dict.fromkeys(seen)) == [None, (1, False), (2, False), (3, True)]
    (only,) = desk.sets.values()
    assert only.begun == ("session", "squat", NOW, "camera", "item", 3.0)
    assert only.result == coaching.coached.results[0]
    assert only.in_order == only.result.parts


def test_two_sets_are_two() -> None:
    desk, film = Desk(), squats(3)
    coaching = coach(then(film, nobody(6), film), keeper(desk))
    assert coaching.stage is Stage.DONE
    assert list(desk.sets) == [set_id("token", 1), set_id("token", 2)]
    assert [kept.result for kept in desk.sets.values()] == list(coaching.coached.results)


def test_the_track_has_every_frame_up_to_the_last_repetition() -> None:
    desk, film = Desk(), squats(3)
    coach(film, keeper(desk))
    (only,) = desk.sets.values()
    assert len(only.tracks) == 3
    times = np.concatenate([track.t for track in only.tracks])
    assert (np.diff(times) > 0).all() and times[0] == film[0].t
    assert len(times) == sum(frame.t <= times[-1] for frame in film)
    assert only.tracks[0].size == film[0].size


def test_who_does_not_want_the_track_kept_has_none() -> None:
    desk = Desk()
    coach(squats(3), DeskKeeper(desk, replace(PLACE, tracks=False), "token", SETTINGS, sure_s=FOREVER_S))
    (only,) = desk.sets.values()
    assert only.tracks == [] and len(only.parts) == 3


def test_a_further_set_in_which_nothing_was_tried_is_none() -> None:
    desk = Desk()
    coaching = coach(then(squats(3), nobody(8)), keeper(desk))
    coaching.stop(100.0)
    assert len(coaching.coached.results) == len(desk.sets) == 1


def test_a_first_set_in_which_nothing_was_tried_is_kept_as_such() -> None:
    desk = Desk()
    coach(nobody(3), keeper(desk)).stop(3.0)
    (only,) = desk.sets.values()
    assert only.result is not None and only.result.attempts == 0 and only.tracks == []


def test_a_hold_that_ends_with_the_set_is_kept_with_it() -> None:
    desk, settings = Desk(), asked("squat", Dose(5, None))
    film = squats(3)
    made = keeper(desk, settings)
    Coaching(settings, [made])
    result = watch(film, settings, stop=True).coached.results[0]
    made.parts(result.parts[:1])
    made.closed(result)
    made.ended(watch(film, settings, stop=True).coached.ended)
    (only,) = desk.sets.values()
    assert only.in_order == result.parts


def test_a_hold_that_was_told_as_done_is_there_before_it_is_left_and_once_after() -> None:
    desk, settings = Desk(), asked("pigeon", Dose(None, 5.0))
    made, written = keeper(desk, settings), Event()
    coaching = coach(pigeons(8.0), made, settings)
    made.then(written.set)
    assert written.wait(FOREVER_S)
    (only,) = desk.sets.values()
    (held,) = only.in_order
    assert held.counted and only.result is None
    coaching.stop(10.0)
    (whole,) = only.in_order
    assert whole.start_s == held.start_s and whole.end_s > held.end_s


# --- troubles -----------------------------------------------------------------------------------------------


def test_locked_records_stop_nothing_and_are_made_good_when_they_are_free() -> None:
    desk = Desk(locked=True)
    made = keeper(desk)
    film = squats(3)
    coaching = Coaching(SETTINGS, [made])
    for frame in film:
        coaching.step(frame)
        if desk.opened >= 2 and made.problem is not None:
            desk.locked = False
    made.dropped()
    assert coaching.coached.results[0].counted == 3
    (only,) = desk.sets.values()
    assert only.in_order == coaching.coached.results[0].parts and only.result is not None
    assert made.problem is None


def test_what_was_never_kept_is_told() -> None:
    made = keeper(Desk(locked=True))
    coaching = coach(squats(3), made)
    coaching.stop(60.0)
    assert coaching.coached.results and str(made.problem) == "The records are locked."


def test_a_track_that_cannot_be_kept_costs_no_repetition() -> None:
    class Full(Desk):
        def keep_track(self, set_id: str, track: PoseTrack) -> None:
            raise OSError(28, "No space left on device")

    desk = Full()
    made = keeper(desk)
    coach(squats(3), made)
    assert len(desk.sets[set_id("token", 1)].parts) == 3
    assert made.problem is not None


# --- again --------------------------------------------------------------------------------------------------


def test_after_a_restart_the_same_set_goes_on_and_nothing_is_doubled(tmp_path: Path) -> None:
    desk, film, clock = Desk(), squats(3), Clock()

    def hub() -> Hub:
        return Hub(
            tmp_path,
            clock=clock,
            record=lambda token, settings, place, kept: DeskKeeper(
                desk, place, token, settings, kept, sure_s=FOREVER_S
            ),
        )

    first = hub().open(SETTINGS, PLACE)
    cut = next(i for i, f in enumerate(film) if f.t > (film[-1].t - film[0].t) * 0.55)
    first.connect(self := object())
    for frame in list(film)[:cut]:
        first.take(frame)
    parts = len(desk.sets[set_id(first.token, 1)].parts)
    assert 1 <= parts < 3
    desk.sets[set_id(first.token, 1)].parts.clear()  # lost with the machine
    kept = read_journal(journal_path(tmp_path, first.token))
    assert kept is not None and kept.place == PLACE
    again = hub().find(first.token)
    assert again is not None and again.place == PLACE
    again.connect(self)
    for frame in squats(3):
        again.take(replace(frame, t=again.time_of(frame.t)))
        if len(desk.sets[set_id(first.token, 1)].parts) == 3:
            break
    assert list(desk.sets) == [set_id(first.token, 1)]
    assert desk.sets[set_id(first.token, 1)].in_order[:parts] == kept.parts


def test_a_session_that_is_dropped_keeps_what_it_has(tmp_path: Path) -> None:
    desk = Desk()
    hub = Hub(
        tmp_path,
        record=lambda token, settings, place, kept: DeskKeeper(desk, place, token, settings, kept),
    )
    session = hub.open(SETTINGS, PLACE)
    for frame in list(squats(3))[:60]:
        session.take(frame)
    hub.drop(session.token)
    (only,) = desk.sets.values()
    assert only.parts and only.result is None


def hub(folder: Path, desk: Desk) -> Hub:
    return Hub(
        folder,
        record=lambda token, settings, place, kept: DeskKeeper(
            desk, place, token, settings, kept, lambda: NOW, FOREVER_S
        ),
    )


def outbox_of(session: LiveSession) -> Outbox:
    (keeper,) = (one for one in session.keepers if isinstance(one, DeskKeeper))
    return keeper._outbox


def test_a_journal_stays_until_what_is_in_it_is_in_the_records(tmp_path: Path) -> None:
    desk = Desk(locked=True)
    ours = hub(tmp_path, desk)
    session = ours.open(SETTINGS, PLACE)
    for frame in squats(3):
        session.take(frame)
    ours.drop(session.token)
    outbox = outbox_of(session)
    assert not outbox.settle(FOREVER_S) and ours.find(session.token) is None, "nobody comes back to it"
    ours.drop(session.token)
    assert len(list(tmp_path.iterdir())) == 1
    desk.locked = False
    outbox.try_again()
    assert outbox.settle(FOREVER_S) and list(tmp_path.iterdir()) == []
    (only,) = desk.sets.values()
    assert only.result == session.coached.results[0]


def test_what_one_process_could_not_write_the_next_one_does(tmp_path: Path) -> None:
    desk = Desk(locked=True)
    session = (before := hub(tmp_path, desk)).open(SETTINGS, PLACE)
    for frame in squats(3):
        session.take(frame)
    before.drop(session.token)
    going_on = (still := hub(tmp_path, desk)).open(SETTINGS, PLACE)
    os.utime(journal_path(tmp_path, session.token), (NOW.timestamp() - 600,) * 2)
    after, keepers = Desk(), list[DeskKeeper]()

    def record(token: str, settings: LiveSettings, place: InRecords, kept: Kept | None) -> DeskKeeper:
        keepers.append(DeskKeeper(after, place, token, settings, kept, lambda: NOW, FOREVER_S))
        return keepers[-1]

    Hub(tmp_path, record=record).write_left()
    (only,) = keepers
    assert only._outbox.settle(FOREVER_S) and only.problem is None
    ((of_set, kept),) = after.sets.items()
    assert of_set == set_id(session.token, 1) and kept.result == session.coached.results[0]
    assert kept.begun[2] == NOW - timedelta(minutes=10), "when it was done, not when it was written"
    assert list(tmp_path.iterdir()) == [journal_path(tmp_path, going_on.token)], "that one is gone on with"
    assert still.find(going_on.token) is going_on


def test_a_session_without_a_place_in_the_records_is_in_none(tmp_path: Path) -> None:
    hub = Hub(tmp_path, record=lambda *told: pytest.fail("it is to be kept nowhere"))
    assert hub.open(SETTINGS).place is None


# --- what is kept -------------------------------------------------------------------------------------------


def test_a_frame_is_kept_as_exactly_as_it_is_known() -> None:
    frame = squats(1)[40]
    kept = slim(frame)
    assert np.abs(kept.xy - frame.xy).max() <= 0.051
    assert np.abs(kept.world - frame.world).max() <= 0.00051
    assert not slim(replace(frame, doubt="it floats")).found


def test_somebody_who_does_not_begin_fills_no_memory_and_a_long_hold_is_written_in_chunks() -> None:
    desk = Desk()
    made = keeper(desk)
    frame = squats(1)[40]
    for i in range(MOST_FRAMES + 10):
        made.frame(replace(frame, t=float(i)))
    assert desk.sets == {}
    made.parts(watch(squats(3), SETTINGS).coached.results[0].parts[:1])
    for i in range(CHUNK):
        made.frame(replace(frame, t=MOST_FRAMES + 10.0 + i))
    made.dropped()
    made._outbox.settle(FOREVER_S)
    (only,) = desk.sets.values()
    assert [len(track) for track in only.tracks] == [MOST_FRAMES, CHUNK]


@pytest.mark.parametrize(
    ("exercise", "dose", "target"),
    [
        ("squat", Dose(8, None), 8.0),
        ("fire_hydrant", Dose(8, None), 16.0),
        ("pigeon", Dose(None, 30.0), 30.0),
    ],
)
def test_what_a_set_asks_for(exercise: str, dose: Dose, target: float) -> None:
    assert target_of(asked(exercise, dose)) == target


def test_an_id_does_not_tell_the_token() -> None:
    assert set_id("token", 1) != set_id("token", 2) != set_id("other", 2)
    assert "token" not in set_id("token", 1) and len(set_id("token", 1)) == 32


@pytest.mark.parametrize("source", ["video", "sample"])
def test_a_whole_set_is_kept_at_once_and_only_once(source: Source) -> None:
    desk, film = Desk(), squats(3)
    result = watch(film, SETTINGS).coached.results[0]
    for _ in range(2):
        keep_whole(desk, "session", "job", result, PoseTrack.of(film), NOW, source)
    (only,) = desk.sets.values()
    assert only.begun == ("session", "squat", NOW, source, None, None)
    assert only.in_order == result.parts and only.result == result and len(only.tracks) >= 1
