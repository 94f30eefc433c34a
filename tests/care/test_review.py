"""Each reason by itself; what is more urgent comes first."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.care.review import (
    LOOK_BACK,
    PRIORITY,
    line,
    matching,
    needs_eyes,
    news,
    pain_now,
    planned,
    ranked,
)
from coach.care.types import Pain, Session, SetSummary
from tests.care.making import NOW, a_set, ago, person, plan, session


def codes(
    sets: list[SetSummary] | None = None, sessions: list[Session] | None = None, **more: object
) -> list[str]:
    told = {"plans": (), "now": NOW} | more
    return [reason.code for reason in needs_eyes(sets or [], sessions or [], **told)]  # type: ignore[arg-type]


def test_who_does_well_gives_no_reason() -> None:
    days = [d for d in range(41, 0, -1) if (NOW.date().toordinal() - d) % 7 in (1, 3, 5)]
    sessions = [session(d, 2, 2) for d in days]
    sets = [
        a_set(d, range_deg={"left": 60.0 + d % 3}, spread_deg={"left": 5.0}, judged={"hold": 10})
        for d in days
    ]
    weekdays = tuple(sorted({one.started.weekday() for one in sessions}))
    assert codes(sets, sessions, plans=[plan(*weekdays)]) == []


def test_a_flag_of_the_screening() -> None:
    assert codes(flags=("fever",)) == ["flagged"]


def test_pain_that_rose_in_a_session() -> None:
    assert codes(sessions=[session(3, 2, 4)]) == ["pain_rose"]
    assert codes(sessions=[session(3, 2, 3)]) == []
    assert codes(sessions=[session(20, 2, 6), session(1, 2, 2)]) == [], "that is over"


def test_pain_that_creeps_up_within_a_day_is_a_reason() -> None:
    crept = [session(1.5 - n / 24, 2 + n, 3 + n) for n in range(3)]
    (told,) = needs_eyes([], crept, (), NOW)
    assert (told.code, told.numbers) == ("pain_rose", {"before": 2, "after": 5, "change": 3})
    assert codes(sessions=[session(3 - n, 2 + n, 3 + n) for n in range(3)]) == [], (
        "from day to day is another"
    )


def test_new_numbness_comes_first() -> None:
    assert codes(sessions=[session(1, 2, 8, numb=True)]) == ["numb", "pain_rose", "pain_high"]


def test_pain_that_creeps_up() -> None:
    sessions = [session(20 - n, score, score) for n, score in enumerate((2, 2, 2, 2, 4, 5, 5))]
    assert codes(sessions=sessions) == ["pain_up"]


def test_a_range_that_falls_beyond_its_band() -> None:
    sets = [
        a_set(30 - 3 * n, range_deg={"left": 60.0 - 3 * n, "right": 60.0}, spread_deg={"left": 4.0})
        for n in range(8)
    ]
    told = needs_eyes(sets, [], (), NOW)
    assert [one.code for one in told] == ["range_down"]
    assert told[0].numbers["side"] == "left"
    assert told[0].numbers["change"] == -21


def test_a_range_that_falls_late_is_found_by_the_quick_look_too() -> None:
    sets = [
        a_set(40 - 2 * n, range_deg={"both": 60.0 if n < 16 else 45.0}, spread_deg={"both": 4.0})
        for n in range(20)
    ]
    (told,) = needs_eyes(sets, [], (), NOW)
    assert (told.code, told.numbers["change"]) == ("range_down", -15)


def test_a_range_whose_error_nobody_knows_is_no_reason() -> None:
    assert codes([a_set(30 - 3 * n, range_deg={"left": 80.0 - 3 * n}) for n in range(8)]) == []


def test_a_range_within_its_band_is_none() -> None:
    sets = [a_set(30 - 3 * n, range_deg={"left": 60.0 - n}, spread_deg={"left": 8.0}) for n in range(8)]
    assert codes(sets) == []


def test_faults_that_come_with_another_limit_are_none() -> None:
    before = [a_set(d, judged={"hold": 10}, faults={"hold": 1}, rules={"hold": "wide"}) for d in (30, 25, 20)]
    now = [a_set(d, judged={"hold": 10}, faults={"hold": 7}, rules={"hold": "tight"}) for d in (9, 5, 2)]
    assert codes([*before, *now]) == []


def test_faults_that_become_frequent() -> None:
    before = [a_set(d, judged={"hold": 10}, faults={"hold": 1}) for d in (30, 25, 20)]
    now = [a_set(d, judged={"hold": 10}, faults={"hold": 7}) for d in (9, 5, 2)]
    told = needs_eyes([*before, *now], [], (), NOW)
    assert [one.code for one in told] == ["faults_up"]
    assert told[0].numbers["check"] == "hold"
    unjudged = [replace(one, judged={}, faults={}) for one in now]
    assert codes([*before, *unjudged]) == []
    unsure = [replace(one, told_of={"hold": 1}) for one in before]
    assert codes([*unsure, *now]) == [], "what it was before was seldom sure"


def test_nothing_for_long() -> None:
    assert codes([a_set(12)], [session(12, 1, 1)], plans=[plan()]) == ["silent"]
    assert codes([a_set(9)], [session(9, 1, 1)], plans=[plan()]) != ["silent"]
    assert codes(plans=[plan()]) == ["silent"]
    assert codes(plans=[plan(from_day=date(2026, 11, 18))]) == [], "the plan has just begun"
    assert codes(sessions=[session(30, 1, 1)]) == [], "nobody asked for anything"


def test_a_plan_that_is_changed_takes_back_no_silence() -> None:
    old = plan()
    new = replace(old, id="new", made_at=ago(1), from_day=ago(1).date())
    assert codes([a_set(20)], plans=[old, new]) == ["silent"]
    (told,) = needs_eyes([a_set(20)], [], [old, new], NOW)
    assert told.numbers == {"n": 20, "since": "last"}
    coming = replace(new, from_day=NOW.date() + timedelta(days=7))
    assert codes([a_set(20)], plans=[old, coming]) == ["silent"]
    rested = replace(old, id="rest", made_at=ago(30), from_day=ago(30).date(), items=())
    assert codes([a_set(35)], plans=[old, rested, new]) == [], "nobody asked for anything for a month"
    begun = [replace(old, from_day=ago(12).date()), new]
    (told,) = needs_eyes([], [], begun, NOW)
    assert told.numbers == {"n": 12, "since": "begin"}
    (told,) = needs_eyes([a_set(53)], [], [old, new], NOW)
    assert told.numbers == {"n": LOOK_BACK.days, "since": "long"}, "as the list, which looks back no further"


def test_what_the_plan_of_each_day_asked_for_was_missed() -> None:
    old = plan()
    new = replace(plan(0), id="new", made_at=ago(2), from_day=ago(2).date())
    (told,) = needs_eyes([a_set(2)], [], [old, new], NOW)
    assert (told.code, told.numbers) == ("missed", {"n": 11, "of": 12})


def test_sessions_missed() -> None:
    told = needs_eyes([a_set(9), a_set(2)], [session(9, 1, 1), session(2, 1, 1)], [plan(0, 2, 4)], NOW)
    assert [(one.code, one.numbers) for one in told] == [("missed", {"n": 4, "of": 6})]
    assert codes([a_set(d) for d in (13, 11, 9, 7, 4, 2)], plans=[plan(0, 2, 4)]) == []


def test_who_tells_of_pain_and_does_nothing_has_not_exercised() -> None:
    begun = [session(float(day), 3) for day in range(27, 0, -1)]
    (told,) = needs_eyes([], begun, [plan()], NOW)
    assert (told.code, told.numbers["since"]) == ("silent", "long")
    idle = [a_set(25), a_set(5, counted=0), replace(a_set(4), source="sample")]
    (told,) = needs_eyes(idle, begun, [plan()], NOW)
    assert (told.code, told.numbers) == ("silent", {"n": 25, "since": "last"})
    held = [a_set(float(day), counted=0, hold_s={"both": 20.0}) for day in range(14, 0, -1)]
    assert codes(held, begun, plans=[plan()]) == []


def test_days_that_are_planned() -> None:
    assert planned([plan(0)], date(2026, 11, 2), date(2026, 11, 16)) == (date(2026, 11, 2), date(2026, 11, 9))
    assert len(planned([plan()], date(2026, 11, 2), date(2026, 11, 16))) == 14
    assert planned([plan()], date(2026, 11, 16), date(2026, 11, 2)) == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 10), st.integers(0, 10), st.booleans()), max_size=20
    ),
    st.booleans(),
)
def test_reasons_are_ranked_and_told_once(made: list[tuple[int, int, int, bool]], with_plan: bool) -> None:
    sessions = [session(day, before, after, numb) for day, before, after, numb in sorted(made, reverse=True)]
    told = needs_eyes([], sessions, [plan()] if with_plan else (), NOW)
    priorities = [one.priority for one in told]
    assert priorities == sorted(priorities)
    assert len({one.code for one in told}) == len(told)
    assert {one.code for one in told} <= PRIORITY.keys()
    old = [session(LOOK_BACK.days + 5, 0, 10, True), *sessions]
    assert [one.code for one in needs_eyes([], old, (), NOW)] == [
        one.code for one in needs_eyes([], sessions, (), NOW)
    ]


def test_the_list_begins_with_what_needs_eyes() -> None:
    calm = line(person("Bea", "b"), [], [session(1, 1, 1)], (), NOW)
    sore = line(person("Zoe", "z"), [], [session(1, 1, 5)], (), NOW)
    silent = line(person("Ada", "a"), [], [], [plan()], NOW)
    assert [one.person.name for one in ranked([calm, silent, sore])] == ["Zoe", "Ada", "Bea"]
    assert (sore.pain, sore.last, sore.sessions) == (5, ago(1), 1)


def test_a_name_is_found_by_its_parts() -> None:
    lines = [line(person(name, name), [], [], (), NOW) for name in ("Ada Lovelace", "Grace Hopper")]
    assert [one.person.name for one in matching(lines, "LOVE ada")] == ["Ada Lovelace"]
    assert len(matching(lines, " ")) == 2


def test_news_since_the_last_look() -> None:
    sessions = [session(9, 3, 3), session(2, 4, 5)]
    told = news([a_set(9), a_set(2), a_set(2)], sessions, ago(5))
    assert (told.sessions, told.sets, told.pain_was, told.pain_now) == (1, 2, 3, 5)
    assert news([], [], ago(5)).pain_now is None
    assert pain_now([session(2, 4, None)]) == 4


def test_numbness_without_a_number_is_a_reason_to_look_and_no_pain() -> None:
    numb = replace(session(1), after=Pain(None, numb=True))
    assert codes(sessions=[numb]) == ["numb"]
    assert pain_now([session(2, 4), numb]) == 4
