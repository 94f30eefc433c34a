"""The safety questions, and what pain leads to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.safety import (
    ASK_AGAIN,
    FLAGS,
    PLACES,
    RISE,
    SCALE,
    STRONG,
    TODAY,
    after_pain,
    answer,
    as_seen,
    before_pain,
    crept,
    has_changed,
    instead_of,
    needs_screening,
    place_name,
    places,
    questions,
    rises,
    rose,
    standing,
    still_first,
    today_advised,
    today_stopped,
)
from coach.care.types import Pain, Screening, Session
from coach.judge import exercise_ids, load_exercise
from coach.language import LANGUAGES, Language
from tests.care.making import NOW, ago, session
from tests.judge.files import CURL

languages = st.sampled_from(LANGUAGES)
scores = st.sampled_from(SCALE)


def screening(days: float, *flags: str) -> Screening:
    return Screening("p", ago(days), flags)


# --- the questions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_red_flag_is_asked_in_every_language(language: Language) -> None:
    asked = questions(language)
    assert tuple(question.code for question in asked) == FLAGS
    assert len({question.text for question in asked}) == len(FLAGS)


@given(st.sets(st.sampled_from(FLAGS)), languages)
def test_the_most_urgent_flag_decides_and_all_are_told(flags: set[str], language: Language) -> None:
    said = answer(flags, language)
    assert said.see == ("today" if flags & TODAY else "physician" if flags else "none")
    assert len(said.reasons) == len(flags)


@pytest.mark.parametrize("flags", [("fever",), ("saddle",)])
def test_a_flag_is_a_reason_to_be_seen_and_no_diagnosis(flags: tuple[str, ...]) -> None:
    text = answer(flags, "en").text
    assert "not a diagnosis" in text
    assert "nothing serious" in text


@pytest.mark.parametrize("flag", ["urine", "saddle", "foot_drags", "both_legs", "no_weight"])
def test_what_may_not_wait_is_for_today(flag: str) -> None:
    assert answer((flag,), "en").see == "today"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", {"urine": "stool", "foot_drags": "weaker", "both_legs": "pain is new", "no_weight": "weight"}),
        (
            "de",
            {
                "urine": "Stuhl",
                "foot_drags": "schwächer",
                "both_legs": "neue Schmerzen",
                "no_weight": "belasten",
            },
        ),
        (
            "es",
            {"urine": "vientre", "foot_drags": "débil", "both_legs": "dolor nuevo", "no_weight": "apoyar"},
        ),
    ],
)
def test_bowel_a_weakening_leg_and_a_hip_that_bears_nothing_are_asked_for(
    language: Language, told: dict[str, str]
) -> None:
    asked = {question.code: question.text for question in questions(language)}
    assert all(word in asked[code] for code, word in told.items())


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("emergency department today", "a leg is weak", "bladder or bowel")),
        ("de", ("heute in eine Notaufnahme", "ein Bein schwach", "Blase oder Darm")),
        ("es", ("hoy mismo a urgencias", "una pierna está débil", "vejiga o el intestino")),
    ],
)
def test_new_numbness_says_what_is_for_an_emergency_department(
    language: Language, told: tuple[str, ...]
) -> None:
    text = after_pain(None, Pain(None, numb=True), language).text
    assert all(words in text for words in told)


def test_answers_of_before_a_question_was_asked_still_stand() -> None:
    assert standing((screening(3),), "en").see == "none"
    assert standing((screening(3, "foot_drags"),), "en").see == "today"
    assert not needs_screening((screening(3),), NOW)


def test_a_flag_of_a_newer_version_still_counts() -> None:
    assert answer(("dizzy",), "en").see == "physician"


def test_the_questions_come_first_and_again_when_something_changed_or_much_time_went_by() -> None:
    assert needs_screening((), NOW)
    assert not needs_screening((screening(1),), NOW)
    assert needs_screening((screening(1),), NOW, something_changed=True)
    assert needs_screening((screening(ASK_AGAIN.days),), NOW)
    assert not needs_screening((screening(200), screening(3)), NOW)
    assert needs_screening((screening(-1),), NOW), "of a clock that was wrong"


def test_numbness_since_the_questions_is_a_change() -> None:
    numb = session(2, before=3, after=3, numb=True)
    assert has_changed((screening(5),), (numb,))
    assert not has_changed((screening(1),), (numb,))
    assert not has_changed((screening(5),), (session(2, before=3, after=8),))
    assert not has_changed((), (numb,))


def test_the_newest_answers_stand() -> None:
    assert standing((screening(1, "fever"), screening(5, "saddle")), "en").see == "physician"
    assert standing((), "en").see == "none"


@given(st.lists(st.sampled_from(FLAGS), unique=True))
def test_what_a_physician_has_looked_at_asks_for_none_any_more_but_what_is_for_today(
    flags: list[str],
) -> None:
    answers = screening(3, *flags)
    assert still_first(answers) == tuple(flags)
    seen = as_seen(answers)
    assert set(still_first(seen)) == set(flags) & TODAY
    assert standing((answers, seen), "en").see == ("today" if set(flags) & TODAY else "none")
    assert still_first(None) == ()


def test_answers_that_a_physician_saw_are_as_old_as_they_were() -> None:
    old = screening(ASK_AGAIN.days)
    assert needs_screening((old, as_seen(old)), NOW + timedelta(seconds=1))
    assert has_changed((screening(5), as_seen(screening(5))), (session(2, before=3, after=3, numb=True),))


# --- pain -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_has_a_word_of_its_own(language: Language) -> None:
    told = places(language)
    assert tuple(told) == PLACES
    assert len(set(told.values())) == len(PLACES)
    assert place_name("left_groin", language) == told["left_groin"]
    assert place_name(None, language) == ""
    assert place_name("ear", language) == "ear"


@given(scores, scores, st.booleans(), languages)
def test_a_rise_of_two_or_new_numbness_stops_and_nothing_else(
    before: int, after: int, numb: bool, language: Language
) -> None:
    found = after_pain(Pain(before), Pain(after, numb=numb), language)
    assert found.stops is (numb or after - before >= RISE)
    assert any(word in found.text for word in ("therapist", "Therapeut", "fisioterapeuta")) is found.stops


def test_where_pain_before_is_not_known_no_rise_is_told() -> None:
    assert not after_pain(None, Pain(9), "en").stops
    assert after_pain(None, Pain(1, numb=True), "en").stops


@given(scores, languages)
def test_strong_pain_before_the_session_is_advised_to_rest_and_does_not_stop_the_plan(
    score: int, language: Language
) -> None:
    found = before_pain(Pain(score), language)
    assert (found is not None) is (score >= STRONG)
    assert found is None or (found.why == "strong" and not found.stops)


@pytest.mark.parametrize(
    ("last", "before", "why"),
    [(2, 4, "crept"), (2, 3, None), (5, 5, None), (None, 5, None), (2, 8, "strong"), (9, 6, "strong")],
)
def test_pain_that_is_higher_than_the_last_time_is_told(
    last: int | None, before: int, why: str | None
) -> None:
    found = before_pain(Pain(before), "en", Pain(last))
    assert (found.why if found else None) == why
    assert why != "crept" or (found and "Today do half, or rest." in found.text)


def test_pain_that_creeps_up_from_day_to_day_is_seen() -> None:
    days = [session(3 - day, before=2 + 2 * day, after=2 + 2 * day) for day in range(4)]
    assert crept(days, UTC) == {ago(2).date(), ago(1).date(), ago(0).date()}
    found = [today_advised(days, ago(day).date(), zone=UTC) for day in (3, 2, 1, 0)]
    assert [one.why if one else None for one in found] == [None, "crept", "strong", "strong"]
    assert today_advised(days, ago(-1).date(), zone=UTC) is None, "nothing is told of tomorrow"


def test_the_last_time_is_at_most_three_days_ago_and_of_another_day() -> None:
    assert crept((session(3, before=1), session(0, before=3)), UTC) == {NOW.date()}
    assert not crept((session(4, before=1), session(0, before=3)), UTC)
    assert not crept((session(0.2, before=1), session(0, before=3)), UTC)
    assert not crept((session(2, before=1), session(1, before=2), session(0, before=3)), UTC)
    assert not crept((session(1, before=5), session(0, before=3)), UTC)


def test_numbness_is_no_advice_for_it_stops() -> None:
    numb = replace(session(0), before=Pain(8, numb=True))
    assert today_advised((numb,), NOW.date(), zone=UTC) is None
    assert today_stopped((numb,), NOW.date(), zone=UTC) is not None


def test_numbness_before_the_session_stops_it() -> None:
    found = before_pain(Pain(0, numb=True), "en")
    assert found is not None and found.stops


def test_numbness_without_a_number_stops_and_hides_no_rise() -> None:
    numb = Pain(None, numb=True)
    assert after_pain(Pain(3), numb, "en").stops and before_pain(numb, "en") is not None
    assert not after_pain(Pain(3), Pain(None), "en").stops and not rose(Pain(None), Pain(9))
    told = replace(session(0.2), before=numb)
    assert has_changed((screening(1),), (told,))
    found = today_stopped((told,), NOW.date(), zone=UTC)
    assert found is not None and found.why == "numb"
    untold = replace(session(0.3), before=Pain(None))
    day = (untold, session(0.2, before=2, after=3), session(0.1, before=3, after=4))
    found = today_stopped(day, NOW.date(), zone=UTC)
    assert found is not None and found.why == "rise"
    assert rises(day, UTC) == {"s0.2": (2, 3), "s0.1": (2, 4)}


def test_the_plan_rests_on_the_day_on_which_it_hurt_more() -> None:
    rose = session(0, before=3, after=5)
    today = NOW.date()
    found = today_stopped((rose,), today, zone=UTC)
    assert found is not None and found.why == "rise"
    assert today_stopped((rose,), today + timedelta(days=1), zone=UTC) is None
    assert (
        today_stopped((session(0, before=3, after=4), session(1, before=0, after=9)), today, zone=UTC) is None
    )


def test_pain_cannot_creep_up_over_the_sessions_of_a_day() -> None:
    day = (session(0.2, before=2, after=3), session(0.1, before=3, after=4))
    found = today_stopped(day, NOW.date(), zone=UTC)
    assert found is not None and found.why == "rise"


def test_a_second_session_before_which_nobody_asked_is_held_against_the_first() -> None:
    day = (session(0.2, before=2, after=2), session(0.1, after=5))
    assert rises(day, UTC) == {"s0.2": (2, 2), "s0.1": (2, 5)}
    found = today_stopped(day, NOW.date(), zone=UTC)
    assert found is not None and found.why == "rise"
    told_later = (session(0.2, after=5), session(0.1, before=2, after=2))
    assert (
        rises(told_later, UTC) == {"s0.1": (2, 2)} and today_stopped(told_later, NOW.date(), zone=UTC) is None
    )


def test_pain_that_rose_over_midnight_is_held_against_the_day_on_which_it_began() -> None:
    evening = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    late = evening.replace(hour=23, minute=50)
    first = Session("a", "p", evening, evening + timedelta(minutes=20), Pain(2), Pain(2))
    second = Session("b", "p", late, late + timedelta(minutes=20), None, Pain(5))
    assert rises((first, second), UTC)["b"] == (2, 5)
    assert today_stopped((first, second), late.date() + timedelta(days=1), zone=UTC) is not None


def test_a_day_is_the_persons_own() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    rose = (Session("s", "p", late, late, Pain(1), Pain(4)),)
    assert today_stopped(rose, datetime(2026, 11, 21).date(), zone=ZoneInfo("Europe/Berlin")) is not None
    assert today_stopped(rose, datetime(2026, 11, 21).date(), zone=UTC) is None


# --- what to do instead ---------------------------------------------------------------------------------


def test_pain_that_rose_over_midnight_ends_the_day_on_which_it_was_told() -> None:
    begun = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
    over = Session("a", "me", begun, begun + timedelta(minutes=20), Pain(1), Pain(4))
    assert today_stopped((over,), begun.date() + timedelta(days=1), zone=UTC) is not None
    assert today_stopped((over,), begun.date(), zone=UTC) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exercise_names_what_to_do_instead(language: Language) -> None:
    for name in exercise_ids():
        exercise = load_exercise(name, language=language)
        instead = instead_of(exercise)
        assert instead is not None and exercise.swap.exercise in (instead.exercise, instead.name)
        assert (instead.exercise is None) is (exercise.swap.exercise not in exercise_ids())
        assert instead.name in instead.text and exercise.swap.when in instead.text


@given(st.sampled_from(exercise_ids()), st.sets(st.sampled_from(exercise_ids())))
def test_nothing_that_hurts_is_offered_instead(name: str, hurting: set[str]) -> None:
    instead = instead_of(load_exercise(name), hurting)
    assert instead is None or instead.exercise not in {name, *hurting}


def test_where_the_other_one_hurts_too_the_next_one_is_offered() -> None:
    needle = load_exercise("thread_the_needle")
    found = instead_of(needle, {"supine_hip_roll"})
    assert found is not None and found.exercise == "bridge"
    hydrant = load_exercise("fire_hydrant")
    assert instead_of(hydrant, {"side_lying_leg_raise", "standing_leg_lift"}) is None


def test_who_cannot_press_the_back_down_either_is_sent_to_no_exercise_that_bends_it_more() -> None:
    """It is told as what hurts now asks for it, and not as the one that was passed over."""
    bridge = load_exercise("bridge")
    found, rests = instead_of(bridge, {"pelvic_tilt"}), load_exercise("pelvic_tilt").swap.exercise
    assert found is not None and (found.exercise, found.name) == (None, rests)
    assert found.text == f"When {bridge.swap.when}, do this instead: {rests}."


def test_another_kind_of_exercise_is_told_as_the_file_tells_it(tmp_path: Path) -> None:
    (tmp_path / "curl.yaml").write_text(CURL.replace("exercise: bridge", "exercise: a short walk"), "utf-8")
    found = instead_of(load_exercise("curl", tmp_path))
    assert found is not None and (found.exercise, found.name) == (None, "a short walk")
