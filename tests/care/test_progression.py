"""What is proposed, and that it never leaves the steps of the file."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care import progression
from coach.care.plans import exercise_for, item_of, problems
from coach.care.progression import (
    Proposal,
    asked,
    last_step,
    less,
    more,
    proposal,
    proposals,
    still_proposed,
    times,
    unchanged_since,
)
from coach.care.types import Pain, Plan, PlanItem, PutOff, Session, SetSummary
from coach.judge import exercise_ids, load_exercise
from coach.language import LANGUAGES, Language
from tests.care.making import NOW, a_set, ago, pain, session
from tests.conftest import ROOT

BRIDGE = PlanItem("b", "bridge", reps=10)
LIBRARY = ROOT / "poses"
exercises = st.sampled_from(exercise_ids())


def weeks_of(item: PlanItem = BRIDGE, n: int = 3, **told: Any) -> tuple[list[SetSummary], list[Session]]:
    """The same session n times, a day apart, the last of them yesterday; judged, and with little pain."""
    pains = {"before": 2, "after": 2} | {
        key: told.pop(key) for key in ("before", "after", "numb") if key in told
    }
    told = {"judged": {"hold": 10}} | told
    days = [float(n - i) for i in range(n)]
    return (
        [replace(a_set(day, item.exercise, **told), item=item.id) for day in days],
        [session(day, **pains) for day in days],
    )


def proposed(item: PlanItem = BRIDGE, n: int = 3, **told: Any) -> tuple[str, Any] | None:
    found = proposal(item, *weeks_of(item, n, **told), NOW)
    return None if found is None else (found.way, asked(found.item))


# --- not now ------------------------------------------------------------------------------------------


def put_off(one: Proposal, days: float) -> PutOff:
    return PutOff("p", one.item_id, one.item.sets, one.item.reps, one.item.hold_s, ago(days))


def more_and_less() -> tuple[Proposal, Proposal]:
    found = (
        proposal(BRIDGE, *weeks_of(BRIDGE), NOW),
        proposal(BRIDGE, *weeks_of(BRIDGE, before=2, after=5), NOW),
    )
    grown, shrunk = found
    assert grown is not None and grown.way == "more" and shrunk is not None and shrunk.way == "less"
    return grown, shrunk


def test_what_was_put_off_comes_back_after_a_week() -> None:
    grown, _ = more_and_less()
    assert still_proposed([grown], [], [], NOW) == (grown,)
    assert still_proposed([grown], [put_off(grown, 6.9)], [session(2)], NOW) == ()
    assert still_proposed([grown], [put_off(grown, 7)], [session(2)], NOW) == (grown,)
    assert still_proposed([grown], [put_off(grown, 20), put_off(grown, 1)], [], NOW) == ()


def test_another_dose_or_another_line_was_not_put_off() -> None:
    grown, shrunk = more_and_less()
    elsewhere = replace(put_off(grown, 1), item="other")
    assert still_proposed([grown], [put_off(shrunk, 1), elsewhere], [], NOW) == (grown,)


def test_less_is_asked_again_after_the_next_session() -> None:
    _, shrunk = more_and_less()
    assert still_proposed([shrunk], [put_off(shrunk, 1)], [session(2)], NOW) == ()
    assert still_proposed([shrunk], [put_off(shrunk, 1)], [session(2), session(0.5)], NOW) == (shrunk,)


# --- more -----------------------------------------------------------------------------------------------


def test_the_next_step_is_proposed_after_three_clean_sessions() -> None:
    found = proposal(BRIDGE, *weeks_of(judged={"hold": 10}, faults={"hold": 2}, before=3, after=3), NOW)
    assert found is not None and found.way == "more"
    assert found.item == replace(BRIDGE, sets=2) and found.item_id == "b"
    assert found.why == (
        "The last 3 times all of it was done, with few faults, and it did not hurt more. "
        "The next step is 2 sets of 10 repetitions."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_is_told_in_every_language(language: Language) -> None:
    for told in ({}, {"before": 2, "after": 4}, {"counted": 2}):
        found = proposal(replace(BRIDGE, sets=1), *weeks_of(**told), NOW, language=language)
        assert found is not None and "{" not in found.why and found.why[-1] == "."


@pytest.mark.parametrize(
    "told",
    [
        {"n": 2},
        {"counted": 9},
        {"judged": {"hold": 10}, "faults": {"hold": 3}},
        {"seen_share": 0.3},
        {"before": 4, "after": 4},
        {"before": 2, "after": 2, "numb": True},
    ],
)
def test_no_more_without_enough_sessions_the_dose_a_clean_form_and_little_pain(told: dict[str, Any]) -> None:
    assert proposed(**told) is None


def test_three_sessions_of_one_day_are_one_day() -> None:
    sets, sessions = weeks_of()
    assert proposal(BRIDGE, sets, sessions, NOW) is not None
    same = [replace(one, started=ago(1 + n / 24), ended=ago(1 + n / 24)) for n, one in enumerate(sessions)]
    assert proposal(BRIDGE, sets, same, NOW) is None


def creeping(*before: int) -> tuple[list[SetSummary], list[Session]]:
    """The same pain before and after, on consecutive days, the last of them yesterday."""
    sets, sessions = weeks_of(n=len(before))
    told = zip(sessions, before, strict=True)
    return sets, [replace(one, before=Pain(score), after=Pain(score)) for one, score in told]


@pytest.mark.parametrize("language", LANGUAGES)
def test_less_when_pain_was_higher_than_the_time_before_twice(language: Language) -> None:
    found = proposal(BRIDGE, *creeping(2, 4, 6, 8), NOW, language=language)
    assert found is not None and found.way == "less" and "{" not in found.why
    assert proposal(BRIDGE, *creeping(2, 5, 8), NOW) is not None
    assert proposal(BRIDGE, *creeping(2, 4, 4), NOW) is None


def test_pain_that_was_higher_while_somebody_rested_counts_too() -> None:
    sets, sessions = creeping(2, 4, 6)
    rested = [one for one in sets if one.session != sessions[1].id]
    found = proposal(BRIDGE, rested, sessions, NOW)
    assert found is not None and found.way == "less"


def test_a_rise_in_a_session_and_one_from_day_to_day_are_two_and_on_one_day_one() -> None:
    sets, sessions = creeping(1, 1, 3)
    two = [replace(sessions[0], after=Pain(3)), *sessions[1:]]
    found = proposal(BRIDGE, sets, two, NOW)
    assert found is not None and found.way == "less"
    one = [*sessions[:2], replace(sessions[2], after=Pain(5))]
    assert proposal(BRIDGE, sets, one, NOW) is None


def test_no_more_while_pain_had_not_come_back_to_its_level() -> None:
    assert proposal(BRIDGE, *creeping(2, 0, 2), NOW) is None
    found = proposal(BRIDGE, *creeping(2, 1, 2), NOW)
    assert found is not None and found.way == "more"


def test_no_more_when_pain_rises_from_session_to_session() -> None:
    sets, sessions = weeks_of(before=1, after=1)
    sessions[-1] = replace(sessions[-1], after=Pain(2))
    assert proposal(BRIDGE, sets, sessions, NOW) is None


@pytest.mark.parametrize(
    "pains",
    [
        [(1, None), (2, None), (3, None)],
        [(7, 3), (8, 3), (9, 3)],
        [(3, 3), (3, 3), (8, None)],
        [(3, None), (3, 3), (2, 3)][::-1],
        [(2, 2), (3, 2), (3, 2)],
        [(None, None)] * 3,
        [(2, 2), (2, 2), (None, None)],
    ],
    ids=[
        "rises",
        "high before",
        "high at last",
        "higher at the end",
        "more before",
        "untold",
        "untold at last",
    ],
)
def test_no_more_unless_it_is_known_that_pain_stayed_low(pains: list[tuple[int | None, int | None]]) -> None:
    sets, sessions = weeks_of()
    told = [
        replace(one, before=pain(before), after=pain(after))
        for one, (before, after) in zip(sessions, pains, strict=True)
    ]
    assert proposal(BRIDGE, sets, told, NOW) is None


def test_pain_told_before_alone_is_enough_where_it_stays_low() -> None:
    assert proposed(before=2, after=None) == ("more", replace(asked(BRIDGE), sets=2))


@pytest.mark.parametrize("judged", [{}, {"hold": 1}, {"hold": 4, "straight_line": 3}])
def test_no_more_where_most_of_it_was_not_judged(judged: dict[str, int]) -> None:
    assert proposed(judged=judged) is None
    assert proposed(judged=judged | {"hold": 5}) is not None


@pytest.mark.parametrize(
    "since",
    [
        session(0.2, 8),
        session(0.2, numb=True, after=1),
        session(0.5, 1, 8),
        session(0.5, None, 8),
        session(0.5, 3),
    ],
    ids=["pain before", "numb", "rose", "pain after", "more before"],
)
def test_no_more_when_it_hurt_more_in_whatever_came_since(since: Session) -> None:
    sets, sessions = weeks_of()
    assert proposal(BRIDGE, sets, [*sessions, session(0.5, 2, 1)], NOW) is not None
    assert proposal(BRIDGE, sets, [*sessions, since], NOW) is None, "nothing of this line was done in it"
    other = replace(a_set(0.5, "squat"), session=since.id, item="other")
    assert proposal(BRIDGE, [*sets, other], [*sessions, since], NOW) is None


def test_a_session_that_the_camera_hardly_saw_is_left_out_but_not_its_pain() -> None:
    sets, sessions = weeks_of(n=4)
    sets[2] = replace(sets[2], seen_share=0.4, counted=2, faults={"hold": 9})
    assert proposal(BRIDGE, sets, sessions, NOW) is not None
    sessions[2] = replace(sessions[2], before=Pain(1), after=Pain(8))
    assert proposal(BRIDGE, sets, sessions, NOW) is None
    sessions[3], sets[3] = replace(sessions[3], after=Pain(7)), replace(sets[3], seen_share=0.4)
    two = replace(BRIDGE, sets=2)
    found = proposal(two, sets, sessions, NOW)
    assert found is not None and (found.way, found.item.sets) == ("less", 1), "it rose twice"


def test_no_more_while_the_plan_rests_or_a_physician_is_to_be_asked_first() -> None:
    sets, sessions = weeks_of()
    (found,) = proposals(plans(1), sets, sessions, NOW)
    assert found.way == "more"
    assert proposals(plans(1), sets, sessions, NOW, flags=("fever",)) == ()
    numb = session(0.1, numb=True, after=1)
    assert proposals(plans(1), sets, [*sessions, numb], NOW) == ()
    missed = [replace(one, counted=2) for one in sets]
    (found,) = proposals(plans(1), missed, [*sessions, numb], NOW, flags=("fever",))
    assert found.way == "less"


@pytest.mark.parametrize("judged", [{"hold": 10}, {"hold": 10, "straight_line": 10}])
def test_what_was_unsure_is_not_said_to_have_few_faults(judged: dict[str, int]) -> None:
    assert proposed(judged=judged, sure=0) is None
    assert proposed(judged=judged, sure=4) is None
    assert proposed(judged=judged, sure=5) is not None
    assert proposed(judged=judged | {"rolls": 10}, faults={"rolls": 1}, sure=10) is not None, "one in ten"


def test_of_every_exercise_that_is_judged_something_can_be_surely_right() -> None:
    for name in exercise_ids():
        exercise = load_exercise(name)
        told = [check for check in exercise.checks.values() if check.misses is None and check.unseen is None]
        assert bool(told) == bool(exercise.judged), f"no more of {name} could ever be proposed"


def test_what_is_led_is_not_said_to_have_few_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    led = (LIBRARY / "pelvic_tilt.yaml").read_text("utf-8")
    grows = "dose:\n  grows: {steps: [{sets: 2}]}\n"
    (tmp_path / "pelvic_tilt.yaml").write_text(led.replace("dose:\n", grows), "utf-8")
    monkeypatch.setattr(progression, "load_exercise", partial(load_exercise, own=tmp_path))
    item = item_of(load_exercise("pelvic_tilt", tmp_path), item_id="i")
    sets, sessions = weeks_of(item, judged={}, counted=1, attempts=1, hold_s={"both": 80.0})
    found = proposal(item, sets, sessions, NOW)
    assert found is not None and found.way == "more"
    assert found.why.startswith("The last 3 times all of it was done, and it did not hurt more.")


def test_no_more_for_many_short_holds_or_one_side_alone() -> None:
    hold = PlanItem("i", "runners_lunge", side="left", hold_s=30)
    short = {"counted": 0, "attempts": 10, "hold_s": {"left": 30.0}}
    assert proposed(hold, **short) == ("less", asked(replace(hold, hold_s=22)))
    assert proposed(hold, **short, longest_s={"left": 28.0}) is None
    hiker = PlanItem("i", "hip_hiker", reps=10)
    uneven = {"counted": 20, "attempts": 20, "judged": {"trunk": 20}, "counted_by_side": {"left": 20}}
    assert proposed(hiker, **uneven) == ("less", replace(asked(hiker), reps=7))
    both = uneven | {"counted_by_side": {"left": 10, "right": 10}}
    assert proposed(hiker, **both) == ("more", replace(asked(hiker), sets=2))


def test_a_sample_clip_and_sets_outside_the_plan_are_no_reason() -> None:
    sets, sessions = weeks_of()
    assert proposal(BRIDGE, [replace(s, source="sample") for s in sets], sessions, NOW) is None
    assert proposal(BRIDGE, [replace(s, item=None) for s in sets], sessions, NOW) is None


def test_a_session_under_way_is_not_looked_at_and_one_that_was_cut_off_is() -> None:
    sets, sessions = weeks_of()
    sessions[-1] = replace(sessions[-1], ended=None)
    assert proposal(BRIDGE, sets, sessions, NOW) is not None
    under_way = replace(sessions[-1], started=NOW - timedelta(minutes=5))
    assert proposal(BRIDGE, sets, [*sessions[:-1], under_way], NOW) is None


def test_an_exercise_that_is_not_known_any_more_has_no_proposal() -> None:
    assert proposed(replace(BRIDGE, exercise="gone")) is None


# --- less -----------------------------------------------------------------------------------------------


def test_pain_that_rose_twice_asks_for_less_however_clean_it_was() -> None:
    sets, sessions = weeks_of(replace(BRIDGE, sets=2), 3, before=2, after=2)
    sessions[0] = replace(sessions[0], after=Pain(4))
    sessions[2] = replace(sessions[2], after=Pain(5))
    found = proposal(replace(BRIDGE, sets=2), sets, sessions, NOW)
    assert found is not None and (found.way, found.item.sets) == ("less", 1)
    assert "hurt more" in found.why


def test_pain_that_creeps_up_within_a_day_asks_for_less() -> None:
    item = replace(BRIDGE, sets=2)
    sets, sessions = weeks_of(item)
    first = sessions[0].started
    crept = [
        replace(one, started=first + timedelta(hours=n), before=Pain(2 + n), after=Pain(3 + n))
        for n, one in enumerate(sessions)
    ]
    found = proposal(item, sets, crept, NOW)
    assert found is not None and (found.way, found.item.sets) == ("less", 1)
    assert "Two of the last 3 times it hurt more" in found.why


def test_a_dose_that_was_missed_each_time_asks_for_less() -> None:
    assert proposed(counted=5) == ("less", replace(asked(BRIDGE), reps=7))
    assert proposed(replace(BRIDGE, sets=3), counted=10) == ("less", replace(asked(BRIDGE), sets=2))
    assert proposed(counted=8) is None


def test_what_is_led_or_is_a_test_has_no_less() -> None:
    for name in ("pelvic_tilt", "thomas_test"):
        exercise = load_exercise(name)
        assert less(item_of(exercise), exercise) is None
    assert less(replace(BRIDGE, reps=1), load_exercise("bridge")) is None


# --- the steps ------------------------------------------------------------------------------------------


@given(exercises, st.integers(1, 6), st.integers(1, 60), st.floats(1, 200))
def test_more_is_a_step_of_the_file_and_less_is_less(name: str, sets: int, reps: int, hold_s: float) -> None:
    exercise = load_exercise(name)
    held = exercise.hold is not None
    item = replace(item_of(exercise), sets=sets, reps=None if held else reps, hold_s=hold_s if held else None)
    now, up, down = asked(item), more(item, exercise), less(item, exercise)
    if up is not None:
        assert up in exercise.amounts and now.within(up) and up != now
    if down is not None:
        assert down.within(now) and down != now


@given(exercises)
def test_from_the_dose_the_steps_lead_up_to_the_last_one_and_down_again(name: str) -> None:
    exercise = load_exercise(name)
    item = item_of(exercise)
    if exercise.dose.grows is None:
        assert more(item, exercise) is None
        return
    for _ in exercise.amounts:
        found = more(item, exercise)
        if found is not None:
            item = replace(item, sets=found.sets, reps=found.reps, hold_s=found.hold_s)
            assert problems((item,)) == ()
            exercise_for(item)
    assert asked(item) == exercise.amounts[-1]
    assert exercise.dose.progression in last_step(item, exercise)
    down = less(item, exercise)
    assert down == exercise.amounts[-2]


@given(
    exercises,
    st.lists(
        st.tuples(
            st.integers(0, 60), st.integers(0, 10), st.integers(0, 10), st.integers(0, 10), st.booleans()
        ),
        max_size=8,
    ),
)
def test_whatever_the_sessions_show_a_proposal_can_be_accepted(name: str, shown: list[Any]) -> None:
    exercise = load_exercise(name)
    item = item_of(exercise, item_id="i")
    sets, sessions = [], []
    for i, (counted, faults, before, after, closed) in enumerate(shown):
        day = float(len(shown) - i)
        hold = {"left": counted * 2.0, "right": counted * 2.0, "both": counted * 2.0} if item.hold_s else {}
        told = {
            "counted": counted,
            "faults": {"x": faults},
            "judged": {"x": 10},
            "hold_s": hold,
            "closed": closed,
        }
        sets.append(replace(a_set(day, name, **told), item="i"))
        sessions.append(session(day, before, after))
    found = proposal(item, sets, sessions, NOW)
    if found is not None:
        assert problems((found.item,)) == ()
        assert asked(found.item) != asked(item)
        if found.way == "more":
            assert len(shown) >= 3 and asked(found.item) in exercise.amounts
        else:
            assert asked(found.item).within(asked(item))


# --- since when -----------------------------------------------------------------------------------------


def plans(*doses: int) -> list[Plan]:
    """A plan a week, each with another number of sets."""
    made = [ago(7.0 * (len(doses) - n)) for n in range(len(doses))]
    return [
        Plan(f"{n}", "p", made[n], made[n].date(), (replace(BRIDGE, sets=sets),), "t")
        for n, sets in enumerate(doses)
    ]


def test_what_was_done_at_another_dose_does_not_count() -> None:
    sets, sessions = weeks_of(n=6)
    assert proposals(plans(1), sets, sessions, NOW)[0].way == "more"
    changed = replace(plans(1, 2)[1], made_at=ago(2.5))
    assert proposals([plans(1)[0], changed], sets, sessions, NOW) == ()
    assert proposals((), sets, sessions, NOW) == ()


def test_a_dose_that_stayed_in_a_new_plan_keeps_its_sessions() -> None:
    three = plans(1, 2, 2)
    assert unchanged_since(three[-1].items[0], three) == three[1].made_at
    assert unchanged_since(replace(BRIDGE, id="other"), three) is None


@pytest.mark.parametrize("changed", [{"side": "right"}, {"tolerances": {"trunk": 1.0}}])
def test_another_side_or_other_limits_are_another_thing_to_do(changed: dict[str, Any]) -> None:
    item = PlanItem("h", "hip_hiker", side="left", reps=10)
    old = Plan("1", "p", ago(20), ago(20).date(), (item,), "t")
    new = replace(old, id="2", made_at=ago(0.5), items=(replace(item, **changed),))
    sets, sessions = weeks_of(item, judged={"trunk": 10})
    assert proposals([old], sets, sessions, NOW)[0].way == "more"
    assert unchanged_since(new.items[0], [old, new]) == new.made_at
    assert proposals([old, new], sets, sessions, NOW) == ()


def test_only_the_sessions_of_a_line_are_its_own() -> None:
    sets, sessions = weeks_of(n=2)
    bridge = load_exercise("bridge")
    assert len(times(BRIDGE, bridge, sets, [*sessions, session(9)], NOW)) == 2
    assert times(BRIDGE, bridge, sets, sessions, NOW, since=NOW) == []
