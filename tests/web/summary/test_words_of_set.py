"""What is told of a set in large letters."""

from string import Formatter

import pytest

from coach.judge import Judgement, NotJudged
from coach.judge.results import Measured
from coach.language import LANGUAGES, Language, Message
from coach.live import Coached, Ended
from coach.web.summary.words_of_set import (
    Figure,
    attempts,
    headline,
    measured,
    messages,
    not_judged,
    ranges,
    told_by_side,
    work_on,
)
from tests.web.summary.sets import a_set, coached, hold, live, loaded, rep, result

BRIDGE, HIKER, PIGEON = loaded("bridge"), loaded("hip_hiker"), loaded("pigeon")
NOTHING = Coached((), (), (), Ended.STOPPED)


# --- the messages -------------------------------------------------------------------------------------


def places(message: Message) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name} | {"n"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: Language) -> None:
    english, own = messages("en").messages, messages(language).messages
    assert list(own) == list(english)
    assert {key: places(own[key]) for key in own} == {key: places(english[key]) for key in own}
    assert all(isinstance(own[key], dict) == isinstance(english[key], dict) for key in own)


# --- what was done ------------------------------------------------------------------------------------


def test_repetitions_that_counted_and_how_it_ended() -> None:
    told = headline(a_set(BRIDGE, *(rep(BRIDGE, 10 * i) for i in range(8))), BRIDGE)
    assert told.done == "8 repetitions"
    assert told.beside == ("All done as planned",)


def test_one_is_one() -> None:
    told = headline(a_set(BRIDGE, rep(BRIDGE, 0), rep(BRIDGE, 9, why_not="Higher")), BRIDGE)
    assert told.done == "1 repetition" and told.beside[0] == "One more did not count"


def test_sides_are_told_apart_where_they_were() -> None:
    parts = [rep(HIKER, 10 * i, side="left" if i < 3 else "right") for i in range(5)]
    assert headline(a_set(HIKER, *parts), HIKER).done == "3 repetitions left, 2 right"


def test_none_that_counted_is_not_none_at_all() -> None:
    refused = headline(a_set(BRIDGE, rep(BRIDGE, 0, why_not="Higher"), ended=Ended.LEFT), BRIDGE)
    assert refused.done == "No repetition counted"
    assert refused.beside == ("One was tried", "I had not seen you for a while, so the set ended")
    assert headline(a_set(BRIDGE), BRIDGE).done == "No repetition was seen"


def test_of_a_clip_nobody_here_ended_anything() -> None:
    clip = "Sample clip, a recorded person"
    for ended, told in ((Ended.STOPPED, ()), (Ended.LEFT, ()), (Ended.DOSE, ("All done as planned",))):
        assert headline(a_set(BRIDGE, rep(BRIDGE, 0), ended=ended), BRIDGE, clip=True).beside == (*told, clip)
    assert headline(NOTHING, BRIDGE).done == "No repetition was seen"


def test_sets_are_added_up() -> None:
    both = coached(result(BRIDGE, rep(BRIDGE, 0)), result(BRIDGE, rep(BRIDGE, 60), rep(BRIDGE, 70)))
    told = headline(both, BRIDGE)
    assert (told.done, told.beside[0]) == ("3 repetitions", "2 sets")


def test_holds_are_told_in_seconds_a_side_each() -> None:
    two = a_set(PIGEON, hold(PIGEON, 0, 28.2), hold(PIGEON, 60, 30.1, side="right"))
    assert headline(two, PIGEON).done == "Held 28 seconds left, 30 right"
    again = a_set(PIGEON, hold(PIGEON, 0, 12), hold(PIGEON, 60, 20))
    assert headline(again, PIGEON).done == "Longest hold: 20 seconds left"
    assert headline(a_set(PIGEON), PIGEON).done == "The pose was not held"


def test_a_hold_of_both_sides_has_no_side() -> None:
    hero = loaded("hero_pose", "de")
    assert headline(a_set(hero, hold(hero, 0, 1.2, side="both")), hero).done == "1 Sekunde gehalten"


def test_led_repetitions_and_measurements_have_words_of_their_own() -> None:
    tilt = loaded("pelvic_tilt")
    led = hold(tilt, 0, 60, side="both", wanted_s=80).model_copy(update={"led": 7})
    assert headline(a_set(tilt, led), tilt).done == "7 repetitions led"
    assert headline(live("thomas_test_clean", "thomas_test"), loaded("thomas_test")).done == "Measured: left"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "8 repetitions left, 1 right"),
        ("de", "8 Wiederholungen links, 1 rechts"),
        ("es", "8 repeticiones del lado izquierdo, 1 del lado derecho"),
    ],
)
def test_sides_in_each_language(language: Language, told: str) -> None:
    assert told_by_side({"left": 8, "right": 1}, "reps", messages(language)) == told


# --- the one thing to work on -------------------------------------------------------------------------


def test_the_most_frequent_fault_is_the_one_to_work_on() -> None:
    parts = [rep(BRIDGE, 0, "hold"), rep(BRIDGE, 10, "hold", "no_arch"), rep(BRIDGE, 20)]
    work = work_on(a_set(BRIDGE, *parts), BRIDGE)
    assert (work.kind, work.check) == ("fault", "hold")
    assert work.text == BRIDGE.checks["hold"].cue and work.why == BRIDGE.checks["hold"].why
    assert work.often == "Seen in 2 of 3 repetitions"


def test_among_equals_the_more_severe_one() -> None:
    work = work_on(a_set(BRIDGE, rep(BRIDGE, 0, "hold"), rep(BRIDGE, 10, "no_arch")), BRIDGE)
    assert work.check == "no_arch"


def test_it_is_what_was_said_at_the_end_of_the_set() -> None:
    kept = live("fire_hydrant_faulty_1", "fire_hydrant")
    assert work_on(kept, loaded("fire_hydrant")).text in kept.said[-1][1]


def test_without_a_fault_what_kept_them_from_counting() -> None:
    low = BRIDGE.repetition.why_not.range if BRIDGE.repetition else ""
    parts = [rep(BRIDGE, 0, why_not=low), rep(BRIDGE, 10, why_not=low), rep(BRIDGE, 20)]
    work = work_on(a_set(BRIDGE, *parts), BRIDGE)
    assert (work.kind, work.text) == ("uncounted", low)
    assert work.often == "This kept 2 repetitions from counting"


def test_one_that_the_end_of_the_set_cut_off_is_no_fault_of_anybody() -> None:
    cut = rep(BRIDGE, 10, why_not="Again, please", why_not_code="unfinished")
    assert work_on(a_set(BRIDGE, rep(BRIDGE, 0), cut), BRIDGE).kind == "fine"
    short = cut.model_copy(update={"why_not_code": "range"})
    assert work_on(a_set(BRIDGE, rep(BRIDGE, 0), short), BRIDGE).text == "Again, please"


def test_a_hold_that_was_too_short_asks_for_a_longer_one_unless_it_was_made_up_for() -> None:
    short = hold(PIGEON, 0, 12)
    work = work_on(a_set(PIGEON, short), PIGEON)
    assert (work.text, work.why) == ("Stay in the pose for longer", "held 12 of 30 seconds")
    assert work_on(a_set(PIGEON, short, hold(PIGEON, 60, 31)), PIGEON).kind == "fine"


def test_nothing_at_fault_is_said_and_how_to_go_on_when_all_was_done() -> None:
    work = work_on(a_set(BRIDGE, rep(BRIDGE, 0)), BRIDGE)
    assert (work.text, work.why) == ("Nothing was seen that needs mending", BRIDGE.dose.progression)
    assert work_on(a_set(BRIDGE, rep(BRIDGE, 0), ended=Ended.STOPPED), BRIDGE).why == ""


def test_nobody_is_praised_for_what_was_not_seen() -> None:
    blind = {name: Judgement.CANNOT_JUDGE for name in BRIDGE.checks if name != "hold"}
    work = work_on(a_set(BRIDGE, rep(BRIDGE, 0, **blind)), BRIDGE)
    assert work.kind == "partly" and work.why == "Only 1 of 6 points could be judged, so this says little."
    blind["hold"] = Judgement.UNSURE
    assert work_on(a_set(BRIDGE, rep(BRIDGE, 0, **blind)), BRIDGE).kind == "unjudged"


def test_who_was_not_seen_hears_what_to_change() -> None:
    unseen = coached(result(BRIDGE, advice=("Step back.",)))
    work = work_on(unseen, BRIDGE)
    assert (work.kind, work.why) == ("unjudged", "For next time: Step back.")
    assert work_on(NOTHING, BRIDGE).kind == "unjudged"


def test_what_is_only_led_is_not_judged() -> None:
    tilt = loaded("pelvic_tilt")
    assert work_on(a_set(tilt, hold(tilt, 0, 20, side="both", wanted_s=80)), tilt).kind == "guided"


# --- what could not be judged -------------------------------------------------------------------------


def test_what_could_not_be_judged_has_its_reason_and_how_often() -> None:
    parts = [rep(BRIDGE, 0, hold=Judgement.UNSURE), rep(BRIDGE, 10)]
    dark, unseen = not_judged(a_set(BRIDGE, *parts), BRIDGE)
    assert dark == "The top is held for 3 to 5 seconds (in 1 of 2 repetitions): it was too dark"
    assert unseen == f"{BRIDGE.checks['feet_flat'].what}: {BRIDGE.checks['feet_flat'].unseen}"


def test_one_reason_is_told_once() -> None:
    parts = rep(BRIDGE, 0, hold=Judgement.CANNOT_JUDGE, no_arch=Judgement.CANNOT_JUDGE)
    told = not_judged(a_set(BRIDGE, parts), BRIDGE)
    whats = f"{BRIDGE.checks['no_arch'].what} · {BRIDGE.checks['hold'].what}"
    assert told[0] == f"It was too dark: {whats}"


def test_where_nothing_was_attempted_it_is_told_of_the_set() -> None:
    gap = NotJudged(check="hold", reason="nobody was there", share=1.0)
    told = not_judged(coached(result(BRIDGE, not_judged=(gap,))), BRIDGE)
    assert told == ("The top is held for 3 to 5 seconds: nobody was there",)


# --- the range, and what was measured -----------------------------------------------------------------


def test_the_range_is_that_of_the_result() -> None:
    kept, exercise = live("fire_hydrant_clean", "fire_hydrant"), loaded("fire_hydrant")
    (told,) = kept.results[0].range_of_motion
    assert ranges(attempts(kept), exercise)[0].number == f"{round(told.median_deg)}°"


def test_both_sides_are_compared() -> None:
    parts = [rep(HIKER, 0, side="left", range_deg=10), rep(HIKER, 9, side="right", range_deg=20)]
    told = ranges(attempts(a_set(HIKER, *parts)), HIKER)
    assert told == (
        Figure("10°", "left, typical"),
        Figure("20°", "right, typical"),
        Figure("50 %", "sides alike", "the left moves less"),
    )


def test_sides_that_cannot_be_told_apart_are_alike() -> None:
    parts = [
        rep(HIKER, 0, side="left", range_deg=10, view="front"),
        rep(HIKER, 9, side="right", range_deg=12, view="front"),
    ]
    assert ranges(attempts(a_set(HIKER, *parts)), HIKER)[-1] == Figure(
        "=", "sides alike", "no difference beyond the error"
    )


def test_sides_are_not_compared_within_the_error_of_a_measure() -> None:
    parts = [rep(HIKER, 0, side="left", range_deg=1), rep(HIKER, 9, side="right", range_deg=2)]
    assert [figure.what for figure in ranges(attempts(a_set(HIKER, *parts)), HIKER)] == [
        "left, typical",
        "right, typical",
    ]


def test_what_did_not_count_has_no_range_and_what_is_not_told_in_degrees_neither() -> None:
    assert not ranges(attempts(a_set(BRIDGE, rep(BRIDGE, 0, why_not="Higher"))), BRIDGE)
    march = loaded("bridge_march")
    assert not ranges(attempts(a_set(march, rep(march, 0, side="left"))), march)


def test_measured_values_are_told_with_their_error_and_meaning() -> None:
    test = loaded("thomas_test", "de")
    thigh, knee = measured(attempts(live("thomas_test_clean", "thomas_test", "de")), "de")
    assert "\xa0±\xa0" in thigh.number and thigh.what.endswith(", links")
    assert test.hold and thigh.beneath in {said.text for said in test.hold.results["thigh"].says}
    assert knee.number


def test_what_was_not_measured_is_a_dash() -> None:
    value = Measured(what="Thigh", value=None, unit="deg", band=None, says="Not seen.")
    test = loaded("thomas_test")
    part = hold(test, 0, 6, wanted_s=5).model_copy(update={"measured": {"thigh": value}})
    assert measured(attempts(a_set(test, part)), "en") == (Figure("–", "Thigh, left", "Not seen."),)
