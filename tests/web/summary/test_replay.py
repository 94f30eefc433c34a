"""What the replay component is given."""

from coach.judge import HeldPose, Rep
from coach.pose.landmarks import INDEX
from coach.web.summary.replay import joints_at_fault, peak_frame, replay_data, speed_of
from coach.web.summary.rows import best_and_worst
from coach.web.summary.words_of_set import attempts
from tests.web.summary.sets import a_set, hold, live, loaded, rep, replay

BRIDGE, PIGEON = loaded("bridge"), loaded("pigeon")


def test_the_end_range_is_found_in_the_replay() -> None:
    part, kept = rep(BRIDGE, 10), replay(4.6)
    assert abs(kept.t[peak_frame(kept, part)] - 2.3) < 0.2  # 0.3 s before the start, then two seconds


def test_of_a_long_one_the_start_is_missing() -> None:
    part, kept = hold(PIGEON, 10, 60), replay(20.0)
    assert kept.t[peak_frame(kept, part)] == 0.0
    late: Rep = rep(BRIDGE, 0).model_copy(update={"peak_s": 55.0, "end_s": 58.0})
    assert abs(kept.t[peak_frame(kept, late)] - 17.0) < 0.6


def test_what_is_long_is_shown_faster() -> None:
    assert (speed_of(replay(4.6)), speed_of(replay(20.0))) == (1, 2)


def test_joints_at_fault_are_told_by_their_index() -> None:
    assert joints_at_fault(rep(BRIDGE, 0, "no_arch")) == [INDEX["right_knee"], INDEX["right_ankle"]]
    assert joints_at_fault(rep(BRIDGE, 0)) == []


def test_the_browser_is_given_places_and_words_of_a_kept_set() -> None:
    exercise = loaded("fire_hydrant", "es")
    pair = best_and_worst(attempts(live("fire_hydrant_faulty_1", "fire_hydrant", "es")), exercise)
    assert pair is not None
    data = replay_data(*pair, exercise, several_sets=False, mirror=True)
    assert data["mirror"] is True and data["words"]["pause"] == "Pausar"
    best, worst = data["shown"]
    assert best["title"].startswith("La mejor: n.º 1") and not best["joints"] and worst["joints"]
    for one in data["shown"]:
        assert len(one["t"]) == len(one["places"]) > 10 and {len(row) for row in one["places"]} == {66}
        assert 0 < one["peak"] < len(one["t"]) - 1


def test_a_hold_is_shown_as_well() -> None:
    parts: tuple[HeldPose, ...] = (hold(PIGEON, 0, 31), hold(PIGEON, 60, 32, "hips_square", side="right"))
    pair = best_and_worst(attempts(a_set(PIGEON, *parts)), PIGEON)
    assert pair is not None and [attempt.part.side for attempt in pair] == ["left", "right"]
