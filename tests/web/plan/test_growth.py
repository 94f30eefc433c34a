"""A proposal is told with its reason, and accepted or put off."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coach.care.progression import asked
from coach.care.types import Pain, PlanItem, Screening
from coach.judge import load_exercise
from coach.judge.results import RangeOfMotion
from coach.records import Desk
from coach.records.problems import problem
from tests.web.plan.acting import EN, NOW, done, labels, opened, press, texts

PAGE = "plan.today_page"
SEEN = {"seen_share": 1.0, "range_of_motion": (RangeOfMotion(side="both", median_deg=50, best_deg=52),)}


def practised(desk: Desk, times: int = 6) -> PlanItem:
    """A line whose dose was reached often enough for the next step."""
    exercise = load_exercise("bridge")
    first = exercise.amounts[0]
    line = PlanItem("one", "bridge", sets=first.sets, reps=first.reps, hold_s=first.hold_s)
    begun, person = NOW() - timedelta(days=20), desk.me().id
    desk.save_plan(person, [line], begun.date(), at=begun)
    for n in range(times):
        at = begun + timedelta(days=1 + n)
        session = desk.begin_session(person, at, Pain(1))
        for _ in range(line.sets):
            kept = desk.begin_set(session.id, "bridge", at, "camera", "one")
            desk.close_set(kept, done("bridge", line.reps or 1).model_copy(update=SEEN))
        desk.end_session(session.id, at + timedelta(minutes=9), Pain(1))
    return line


def test_a_step_is_proposed_with_its_reason_and_taken_when_accepted(screened: Desk) -> None:
    line = practised(screened)
    app = opened(PAGE)
    assert EN("grow.more", name="Bridge") in texts(app) and "The next step" in texts(app)
    press(app, EN("grow.accept"))
    plan = screened.plan(screened.me().id)
    assert plan is not None
    (grown,) = plan.items
    assert grown.id == line.id and (grown.sets, grown.reps) != (line.sets, line.reps)
    assert EN("grow.accept") not in labels(app)


def changed(desk: Desk, line: PlanItem) -> None:
    """Somebody else makes the plan anew, while a page of before is open."""
    desk.save_plan(desk.me().id, [line], NOW().date())


def test_who_accepts_on_an_old_page_undoes_nothing(screened: Desk) -> None:
    line = practised(screened)
    app = opened(PAGE)
    noted = replace(line, note="only to a chair", days=(0, 1, 2, 3, 4, 5, 6), rest_s=90.0)
    changed(screened, noted)
    press(app, EN("grow.accept"))
    plan = screened.plan(screened.me().id)
    assert plan is not None and asked(plan.items[0]) != asked(line)
    assert plan.items == (replace(noted, sets=plan.items[0].sets, reps=plan.items[0].reps),)


@pytest.mark.parametrize(
    "other", [{"reps": 5}, {"exercise": "squat"}, {"id": "new"}], ids=["dose", "exercise", "line"]
)
def test_what_is_not_proposed_any_more_is_not_taken_from_an_old_page(
    screened: Desk, other: dict[str, Any]
) -> None:
    line = replace(practised(screened), **other)
    app = opened(PAGE)
    changed(screened, line)
    press(app, EN("grow.accept"))
    plan = screened.plan(screened.me().id)
    assert plan is not None and plan.items == (line,)
    assert [told.value for told in app.warning] == [problem("plan_changed").told("en")]


def test_pain_that_was_told_elsewhere_meanwhile_keeps_the_plan(screened: Desk) -> None:
    line = practised(screened)
    app = opened(PAGE)
    screened.begin_session(screened.me().id, NOW(), Pain(8))
    press(app, EN("grow.accept"))
    plan = screened.plan(screened.me().id)
    assert plan is not None and plan.items == (line,) and len(app.warning) == 1


@pytest.mark.parametrize("told", [("fever",), ()], ids=["a flag", "numb today"])
def test_nothing_is_proposed_to_who_is_to_rest(screened: Desk, told: tuple[str, ...]) -> None:
    practised(screened)
    if told:
        screened.save_screening(Screening(screened.me().id, NOW(), told))
    else:
        screened.begin_session(screened.me().id, NOW(), Pain(1, numb=True))
    assert EN("grow.accept") not in labels(opened(PAGE))


def test_a_proposal_that_is_put_off_changes_nothing(screened: Desk) -> None:
    line = practised(screened)
    app = press(opened(PAGE), EN("grow.not_now"))
    plan = screened.plan(screened.me().id)
    assert plan is not None and plan.items == (line,)
    assert EN("grow.accept") not in labels(app)
    assert EN("grow.accept") not in labels(opened(PAGE))  # in another visit neither
    (said,) = screened.put_offs(screened.me().id)
    assert said.item == line.id and (said.sets, said.reps) != (line.sets, line.reps)


def test_the_progress_is_told_in_words_and_curves(screened: Desk) -> None:
    practised(screened)
    app = opened("plan.progress_page")
    assert any("cc-figure" in f"{one.proto.json}{one.proto.mixed}" for one in app.get("bidi_component"))
    assert EN("progress.range") in texts(app) and 'class="weeks"' in texts(app)
