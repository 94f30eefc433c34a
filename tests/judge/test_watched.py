"""A demonstration as the engine watches it."""

from dataclasses import replace

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.learn import learn
from coach.judge.watched import SHORTEST_HOLD_S, Watched, eased, long_enough
from coach.motion import load_errors
from tests.judge import files
from tests.judge.demonstrations import finding, learnt
from tests.judge.films import bridges, curl, curls, joined, pigeons
from tests.judge.parts import a_hold
from tests.judge.waves import Move
from tests.skeletons import RIGHT, film

MOVE = Move(1.0, 1.5, 1.0, pause_s=1.5, height=110.0)


def test_its_parts_have_a_side_times_and_the_signal_in_them() -> None:
    watched = Watched(files.parsed(), curls(MOVE, 2), None, load_errors())
    assert [watched.side(part) for part in watched.parts] == ["right", "right"] and watched.view == "side"
    assert watched.times_s()["hold"] == pytest.approx(1.5, abs=0.7)
    first = watched.reps[0]
    level = watched.level(watched.signal(first), first.start_s, first.end_s)
    assert level.max() == pytest.approx(110.0, abs=1.0) and np.isfinite(level).all()


def test_a_repetition_that_only_missed_the_end_range_is_one_to_learn_from() -> None:
    watched = Watched(files.parsed(), curls(Move(1.0, 1.5, 1.0, height=70.0), 2), None, load_errors())
    assert (watched.result.counted, len(watched.reps)) == (0, 2)


def test_one_that_was_not_finished_is_none_to_learn_from_however_its_file_words_that() -> None:
    alike = files.changed("repetition", why_not={"range": "Again, please", "unfinished": "Again, please"})
    begun = [frame for frame in curls(replace(MOVE, height=70.0), 2) if frame.t < 7.3]
    watched = Watched(alike, begun, None, load_errors())
    assert [rep.why_not_code for rep in watched.result.reps] == ["range", "unfinished"]
    assert {rep.why_not for rep in watched.result.reps} == {"Again, please"}
    assert watched.reps == [watched.result.reps[0]]


def test_rest_is_opened_toward_the_target_for_who_rests_elsewhere() -> None:
    rep = eased(files.parsed()).repetition
    assert rep is not None and rep.rest.max == pytest.approx(20 + 0.3 * (90 - 20))


def test_a_hold_of_some_seconds_is_one_to_learn_from() -> None:
    holds = [a_hold(0.0, held_s) for held_s in (SHORTEST_HOLD_S - 0.1, SHORTEST_HOLD_S)]
    assert long_enough(holds) == holds[1:]
    watched = Watched(load_exercise("pigeon"), list(pigeons(14.0)), None, load_errors())
    assert (len(watched.parts), watched.passed_over(), [*watched.times_s()]) == (1, 0, ["hold"])


def test_where_both_sides_move_alike_the_nearer_one_is_learnt_from() -> None:
    bent = film(lambda _: curl(110.0, camera=RIGHT), range(240), 12)  # the left knee is straight, and hidden
    seen = finding(learn(files.parsed(files.SIT), bent), "in the pose: knee_flexion").seen
    assert seen is not None and seen.median == pytest.approx(110, abs=3)


def test_movements_that_were_refused_as_another_exercise_are_told() -> None:
    base = files.changed("repetition", only=[{"measure": "trunk_inclination", "max": 15}])
    move = Move(1.0, 1.5, 1.0, pause_s=1.5, height=110.0)
    demonstration = learn(base, joined(curls(move, 2), curls(move, 3, trunk_deg=30.0)))
    assert (demonstration.parts, demonstration.passed_over) == (2, 3)
    assert learnt(bridges(3), "bridge").passed_over == 0
