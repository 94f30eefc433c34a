"""Each repetition in a row; the best and the worst."""

import pytest

from coach.judge import Judgement
from coach.live import Coached
from coach.web.summary.rows import FAILED, PASSED, Cell, best_and_worst, caption, table
from coach.web.summary.words_of_set import attempts
from tests.web.summary.sets import a_set, coached, hold, loaded, rep, result

BRIDGE, HIKER, PIGEON = loaded("bridge"), loaded("hip_hiker"), loaded("pigeon")


def numbers(of: Coached, worked_on: str | None = None) -> tuple[int, int] | None:
    pair = best_and_worst(attempts(of), BRIDGE, worked_on)
    return pair and (pair[0].number, pair[1].number)


def test_a_row_tells_times_and_what_was_missed() -> None:
    german = loaded("bridge", "de")
    shown = table(attempts(a_set(german, rep(german, 0, "hold", "no_arch", why_not="Zu niedrig"))), german)
    assert shown.heads == ("Nr.", "Gezählt", "Heben", "Oben", "Senken", "Nicht erfüllt")
    number, counted, *times, missed = shown.rows[0]
    assert number == (Cell("1"),) and counted == (Cell("Zu niedrig", FAILED),)
    assert [time[0].text for time in times] == ["1,2\xa0s", "1,0\xa0s", "1,8\xa0s"]
    assert [cell.text for cell in missed] == [german.checks[name].what for name in ("no_arch", "hold")]


def test_side_and_set_have_a_column_only_where_there_are_several() -> None:
    two = coached(result(HIKER, rep(HIKER, 0, side="left")), result(HIKER, rep(HIKER, 60, side="right")))
    shown = table(attempts(two), HIKER)
    assert shown.heads[:3] == ("Set", "No.", "Side") and "Not met" not in shown.heads
    assert [[cell[0].text for cell in row[:3]] for row in shown.rows] == [
        ["1", "1", "left"],
        ["2", "1", "right"],
    ]
    assert all(len(row) == len(shown.heads) for row in shown.rows)


def test_a_hold_has_its_time() -> None:
    shown = table(attempts(a_set(PIGEON, hold(PIGEON, 0, 31.04, "hips_square"))), PIGEON)
    assert shown.heads == ("No.", "Side", "Time reached", "Held", "Not met")
    assert shown.rows[0][2:4] == ((Cell("", PASSED),), (Cell("31\xa0s"),))


def test_the_best_has_fewest_faults_and_the_worst_most() -> None:
    parts = [rep(BRIDGE, 0, "hold"), rep(BRIDGE, 10), rep(BRIDGE, 20, "hold", "no_arch")]
    assert numbers(a_set(BRIDGE, *parts)) == (2, 3)


def test_one_that_did_not_count_is_worse_than_a_fault() -> None:
    parts = [rep(BRIDGE, 0, "hold", "no_arch"), rep(BRIDGE, 10, why_not="Higher")]
    assert numbers(a_set(BRIDGE, *parts)) == (1, 2)


def test_among_as_many_faults_the_one_to_work_on_and_the_severer_is_worse() -> None:
    parts = [rep(BRIDGE, 0, "no_arch"), rep(BRIDGE, 10, "hold"), rep(BRIDGE, 20, "knees_over_ankles")]
    assert numbers(a_set(BRIDGE, *parts)) == (2, 1)
    assert numbers(a_set(BRIDGE, *parts), "knees_over_ankles") == (2, 3)


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (rep(BRIDGE, 0, "hold"),),
        (rep(BRIDGE, 0), rep(BRIDGE, 10)),
        (rep(BRIDGE, 0, "hold"), rep(BRIDGE, 10, "hold")),
        (rep(BRIDGE, 0), rep(BRIDGE, 10, hold=Judgement.UNSURE)),
    ],
    ids=["none", "one", "both right", "both alike", "only unsure"],
)
def test_nothing_is_shown_that_does_not_differ(parts: tuple[object, ...]) -> None:
    assert numbers(a_set(BRIDGE, *parts)) is None  # type: ignore[arg-type]


def test_what_was_lost_cut_off_or_not_kept_is_not_held_against_others() -> None:
    lost = rep(BRIDGE, 10, why_not="Again, please", why_not_code="lost")
    cut_off = rep(BRIDGE, 20, why_not="Again, please", why_not_code="unfinished")
    assert numbers(a_set(BRIDGE, rep(BRIDGE, 0), lost, cut_off)) is None
    short = rep(BRIDGE, 30, why_not="Again, please", why_not_code="range")
    assert numbers(a_set(BRIDGE, rep(BRIDGE, 0), lost, cut_off, short)) == (1, 4)
    without = Coached(
        (result(BRIDGE, rep(BRIDGE, 0), rep(BRIDGE, 10, "hold")),), ((),), (), a_set(BRIDGE).ended
    )
    assert numbers(without) is None


def test_a_caption_tells_which_one_and_what_was_wrong_first() -> None:
    kept = coached(result(HIKER), result(HIKER, rep(HIKER, 0, "trunk_upright", side="right")))
    (attempt,) = attempts(kept)
    told = caption(attempt, HIKER, "worst", several_sets=True)
    assert told.title == "Most to mend: no. 1, set 2, right"
    assert [line.sign for line in told.lines] == [PASSED, FAILED, PASSED, PASSED]
    assert told.lines[1].text == "The trunk stays upright, without leaning to a side"
