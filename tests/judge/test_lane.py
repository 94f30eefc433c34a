"""What repetitions and holds share: the person's own level, and faults that last."""

from math import isnan, nan
from typing import Any

import numpy as np
import pytest

from coach.judge.baseline import BASELINE_S, Baseline
from coach.judge.exercise import Check
from coach.judge.lane import LiveFaults, main_angle
from coach.judge.rising import Level
from coach.judge.samples import Probes, Sample
from coach.judge.verdicts import Judgement, Verdict
from coach.motion import ViewName, load_errors
from coach.motion.measures import VIEWS
from tests.judge.files import CURL, changed, parsed, with_checks
from tests.judge.waves import RATES

at_every_rate = pytest.mark.parametrize("fps", RATES)


def always(check: Check) -> bool:
    return True


# --- the baseline -----------------------------------------------------------------------------------------


def baseline(*rows: float, fps: float = 10) -> Baseline:
    own = Baseline()
    for i, value in enumerate(rows):
        own.add(i / fps, (value,), "side")
    own.fix()
    return own


def test_the_baseline_is_the_median_at_rest() -> None:
    assert baseline(1.0, 2.0, 9.0).of(0, VIEWS) == 2.0
    assert baseline(1.0, 2.0, 9.0).is_fixed


def test_before_it_is_fixed_there_is_none() -> None:
    own = Baseline()
    own.add(0.0, (1.0,), "side")
    assert isnan(own.of(0, VIEWS)) and not own.is_fixed


def test_a_glimpse_is_no_baseline() -> None:
    assert not baseline(1.0, 2.0).is_fixed
    assert isnan(baseline(nan, nan, 3.0, nan).of(0, VIEWS))
    assert baseline(nan, 3.0, 3.0, nan, 3.0).of(0, VIEWS) == 3.0


def test_once_fixed_it_stays() -> None:
    own = baseline(1.0, 1.0, 1.0)
    for t in range(50):
        own.add(float(t), (99.0,), "side")
    own.fix()
    assert own.of(0, VIEWS) == 1.0


def shown(own: Baseline, view: ViewName, value: float) -> float:
    for i in range(5):
        own.add(float(i), (value,), view)
    own.fix()
    return own.of(0, VIEWS)


def test_who_turns_round_has_another_baseline() -> None:
    own = baseline(1.0, 1.0, 1.0)
    assert shown(own, "front", 5.0) == 5.0
    assert shown(own, "back", 9.0) == 5.0, "the same is seen from behind"
    assert shown(own, "three_quarter", 9.0) == 9.0, "half-way round is another view for who stays there"
    assert shown(own, "side", 2.0) == 2.0


def test_half_way_for_a_moment_is_where_one_stood_before() -> None:
    own = baseline(1.0, 1.0, 1.0)
    for i in range(20):
        own.add(4 + i / 10, (9.0,), "three_quarter" if i % 10 < 5 else "side")
    assert own.of(0, VIEWS) == 1.0


def test_from_another_view_than_it_was_taken_from_nothing_is_known() -> None:
    own = baseline(1.0, 1.0, 1.0)
    assert own.of(0, ("side", "front")) == 1.0
    assert isnan(own.of(0, ("three_quarter",)))


def test_turned_round_nothing_is_known_at_first() -> None:
    own = baseline(1.0, 1.0, 1.0)
    own.add(4.0, (5.0,), "front")
    own.fix()
    assert isnan(own.of(0, VIEWS)) and not own.is_fixed


@at_every_rate
def test_only_the_last_seconds_count(fps: int) -> None:
    early, late = [50.0] * (5 * fps), [4.0] * int((BASELINE_S + 0.2) * fps)
    assert baseline(*early, *late, fps=fps).of(0, VIEWS) == 4.0


# --- live faults ------------------------------------------------------------------------------------------


def sample(t: float, trunk_deg: float, view: ViewName = "side") -> Sample:
    return Sample(t, 0.0, (0.0, trunk_deg), (), 1.0, view)


def live(**keys: Any) -> LiveFaults:
    exercise = with_checks(upright=keys)
    return LiveFaults(exercise, Probes(exercise, "right"), load_errors())


def first_told(seen: LiveFaults, values: list[float], fps: float) -> tuple[float, Verdict] | None:
    own = Baseline()
    for i, value in enumerate(values):
        if found := seen.step(sample(i / fps, value), own, always):
            return i / fps, found["upright"]
    return None


@at_every_rate
def test_a_fault_is_told_when_it_has_lasted(fps: int) -> None:
    told = first_told(live(), [0.0] * fps + [30.0] * fps, fps)
    assert told is not None
    at_s, verdict = told
    assert at_s == pytest.approx(1.3, abs=1 / fps + 1e-9)
    assert (verdict.verdict, verdict.value, verdict.unit) == (Judgement.FAULT, 30.0, "deg")


@at_every_rate
@pytest.mark.parametrize("between", [0.0, 12.0, nan], ids=["right", "unsure", "unseen"])
def test_an_interruption_begins_it_anew(fps: int, between: float) -> None:
    bad = [30.0] * max(1, int(0.25 * fps))
    assert first_told(live(), [*bad, between, *bad, between, *bad], fps) is None


@at_every_rate
def test_of_a_typical_value_what_comes_at_the_end_is_not_told(fps: int) -> None:
    top, leaving = [0.0] * fps, [40.0] * int(0.8 * fps)
    assert first_told(live(statistic="typical"), [*top, *leaving], fps) is None
    assert first_told(live(), [*top, *leaving], fps) is not None, (
        "so that the line above does not pass by itself"
    )


@at_every_rate
def test_a_typical_value_is_told_as_soon_as_any_other_where_it_was_so_from_the_start(fps: int) -> None:
    told = first_told(live(statistic="typical"), [40.0] * fps, fps)
    assert told is not None and told[0] == pytest.approx(0.3, abs=1 / fps + 1e-9)


@at_every_rate
def test_while_a_typical_value_still_gets_better_nothing_is_told(fps: int) -> None:
    """Who arrives slowly, over a second, is told once they are there and it still is a fault, and else never."""
    arriving = [45.0 - 25.0 * i / fps for i in range(fps)]
    told = first_told(live(statistic="typical"), arriving + [20.0] * (2 * fps), fps)
    assert told is not None and told[0] == pytest.approx(1.3, abs=0.15 + 1 / fps)
    assert (
        first_told(live(statistic="typical"), [45.0 - 45.0 * i / fps for i in range(fps)] + [0.0] * fps, fps)
        is None
    )
    worse = first_told(live(statistic="typical"), [20.0 + 25.0 * i / fps for i in range(fps)], fps)
    assert worse is not None and worse[0] == pytest.approx(0.3, abs=1 / fps + 1e-9)


def test_what_is_within_the_band_is_not_told() -> None:
    assert first_told(live(band=12), [21.9] * 90, 30) is None
    assert first_told(live(band=12), [22.1] * 90, 30) is not None


def test_from_a_view_that_hides_it_nothing_is_told() -> None:
    seen, own = live(), Baseline()
    assert not any(seen.step(sample(i / 30, 40.0, "front"), own, always) for i in range(60))


def test_in_a_phase_that_it_is_not_about_nothing_is_told() -> None:
    seen, own = live(), Baseline()
    assert not any(seen.step(sample(i / 30, 40.0), own, lambda check: False) for i in range(60))
    for i in range(60):
        assert not seen.step(sample(2 + i / 30, 40.0), own, always if i % 6 else lambda check: False)


def test_without_a_baseline_a_change_is_unknown() -> None:
    assert first_told(live(against="rest"), [90.0] * 90, 30) is None


def test_a_change_is_told_against_the_baseline() -> None:
    seen, own = live(against="rest"), Baseline()
    for i in range(3):
        own.add(i / 10, (0.0, 40.0), "side")
    own.fix()
    assert not any(seen.step(sample(i / 30, 45.0), own, always) for i in range(30))
    told = [found for i in range(30, 60) if (found := seen.step(sample(i / 30, 70.0), own, always))]
    assert told[0]["upright"].value == 30.0


def test_cleared_it_begins_anew() -> None:
    seen, own = live(), Baseline()
    for i in range(9):
        seen.step(sample(i / 30, 40.0), own, always)
    seen.clear()
    assert seen.step(sample(9 / 30, 40.0), own, always) == {}


def test_times_and_the_unseen_are_nothing_live() -> None:
    exercise = with_checks(
        slow={"measure": None, "time": "back", "range": {"min": 1.5}, "views": []},
        spine={"measure": None, "unseen": "no landmark on the spine", "range": None, "views": []},
    )
    seen = LiveFaults(exercise, Probes(exercise, "right"), load_errors())
    assert not any(seen.step(sample(i / 30, 40.0), Baseline(), always) for i in range(60))


# --- the main angle ---------------------------------------------------------------------------------------


def test_the_main_angle_is_shown_from_where_it_means_something() -> None:
    probes = Probes(parsed(CURL), "right")
    at = Sample(0.0, 0.0, (77.0, 0.0), (), 1.0, "side")
    assert main_angle(probes, "knee_flexion", at) == 77.0
    assert isnan(main_angle(probes, None, at))
    assert isnan(main_angle(probes, "knee_flexion", Sample(0.0, 0.0, (77.0, 0.0), (), 1.0, "front")))


def test_what_is_no_angle_is_not_shown_as_one() -> None:
    height = changed("repetition", signal="hip_height", rest={"min": 0.8}, target={"max": 0.5})
    probes = Probes(height, "right")
    assert isnan(main_angle(probes, "hip_height", Sample(0.0, 0.0, (0.9, 80.0, 0.0), (), 1.0, "side")))


# --- where a relative signal rests ------------------------------------------------------------------------


def test_a_level_is_known_after_a_second_and_is_the_median() -> None:
    level = Level()
    for i, value in enumerate((1.0, 2.0, 9.0)):
        level.rest(i / 10, value)
        assert level.value == value, "nothing has changed before anybody knows from what"
    for i in range(3, 15):
        level.rest(i / 10, 2.0)
    assert level.value == 2.0


def test_who_is_still_getting_there_is_not_at_rest() -> None:
    level = Level(steady=0.5)
    for i in range(15):
        level.rest(i / 10, float(i))
        assert level.value == i, "every change is one of place"
    for i in range(15, 30):
        level.rest(i / 10, 14.0)
    assert level.value == 14.0


def test_a_level_is_known_though_the_model_trembles() -> None:
    level, trembles = Level(steady=0.5), np.random.default_rng(1).normal(3.0, 0.5, 60)
    for i, value in enumerate(trembles):
        level.rest(i / 30, float(value))
    assert level.known and abs(level.value - 3.0) < 0.2


def test_a_place_that_is_left_for_a_moment_is_not_left() -> None:
    level = Level()
    for i in range(20):
        level.step(i / 10, 1.0, elsewhere=False)
    level.step(2.0, 5.0, elsewhere=True)
    level.step(2.2, 5.0, elsewhere=True)
    assert level.value == 1.0
    level.step(2.4, 5.0, elsewhere=True)
    assert level.value == 5.0


def test_in_another_place_the_level_is_learnt_anew() -> None:
    level = Level()
    for i in range(30):
        level.rest(i / 10, 1.0)
    level.follow(5.0)
    assert level.value == 5.0
    level.follow(nan)
    assert level.value == 5.0
    for i in range(40, 60):
        level.rest(i / 10, 6.0)
    assert level.value == 6.0


def settled(
    level: Level, value: float, first_s: float = 0.0, lasts_s: float = 3.0, doubted: bool = False
) -> Level:
    """The level after so long at a value."""
    for i in range(int(lasts_s * 10)):
        level.rest(first_s + i / 10, value, doubted)
    return level


def test_where_no_rest_may_lie_none_is_learnt() -> None:
    level = settled(Level(within=lambda value: abs(value) <= 11), 27.0)
    assert level.value == 27.0, "until a rest is known nothing has changed"
    assert settled(level, -2.0, 3.0).value == -2.0
    assert settled(level, 27.0, 6.0).value == -2.0


def test_the_other_sides_movement_teaches_nothing_unless_it_stays() -> None:
    level = settled(Level(strays=lambda change: change < -2), 1.0)
    assert settled(level, -9.0, 3.0, 3.5).value == 1.0
    assert settled(level, 1.5, 6.5, 1.0).value == 1.0
    assert settled(level, -9.0, 8.0, 6.0).value == -9.0


def test_a_level_that_is_doubted_may_have_been_learnt_at_the_end_range() -> None:
    level = settled(Level(strays=lambda change: change < -2, way=5.0), 9.0)
    assert settled(level, 1.0, 3.0, 0.9, doubted=True).value == 9.0
    assert settled(level, 1.0, 3.9, 0.3, doubted=True).value == 1.0


def test_a_small_stray_is_none_nor_is_one_from_a_level_that_nobody_doubts() -> None:
    level = settled(Level(strays=lambda change: change < -2, way=5.0), 9.0)
    assert settled(level, 5.0, 3.0, 3.5, doubted=True).value == 9.0, "the level drifts"
    assert settled(level, 9.0, 6.5, 1.0).value == 9.0 and not level.strayed
    assert settled(level, 1.0, 7.5, 3.0).value == 9.0 and level.strayed
