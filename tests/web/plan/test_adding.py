"""From where an exercise is set up into the plan, and what the plan has of it told as it stands there now."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.types import PlanItem
from coach.records import Desk
from coach.web.coach_page import CHOSEN
from tests.web.plan.acting import EN, NOW, labels, press, texts


def _script() -> None:
    import streamlit as st

    from coach.web import coach_page

    st.session_state.setdefault("pages", {})
    coach_page.show("en")


@pytest.fixture
def app(screened: Desk) -> AppTest:
    """A bridge that was put into the plan."""
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state[CHOSEN] = "bridge"
    app.run()
    assert EN("add.done") not in texts(app)
    return press(app, EN("add.to_plan"))


def is_told(app: AppTest) -> bool:
    """That it is in the plan: then there is no button for it."""
    told = EN("add.done") in texts(app)
    assert told != (EN("add.to_plan") in labels(app))
    return told


def test_it_is_told_to_be_there(app: AppTest, screened: Desk) -> None:
    plan = screened.plan(screened.me().id)
    assert is_told(app) and plan is not None and [line.exercise for line in plan.items] == ["bridge"]


def test_no_longer_when_it_was_taken_out(app: AppTest, screened: Desk) -> None:
    person = screened.me().id
    screened.save_plan(person, (PlanItem("other", "squat", reps=5),), NOW().date())
    assert not is_told(app.run())
    assert is_told(press(app, EN("add.to_plan")))
    plan = screened.plan(person)
    assert plan is not None and [line.exercise for line in plan.items] == ["squat", "bridge"]


def test_another_dose_can_be_put_there(app: AppTest, screened: Desk) -> None:
    app.number_input(key="reps-bridge").set_value(5).run()
    assert not is_told(app)
    assert is_told(press(app, EN("add.to_plan")))
    plan = screened.plan(screened.me().id)
    assert plan is not None and [line.reps for line in plan.items] == [5]


def test_a_dose_that_was_typed_just_before_is_put_there(app: AppTest, screened: Desk) -> None:
    screened.save_plan(screened.me().id, (PlanItem("other", "squat", reps=5),), NOW().date())
    app.run()
    app.number_input(key="reps-bridge").set_value(5)  # the field is left by the click on the button
    assert is_told(press(app, EN("add.to_plan")))
    plan = screened.plan(screened.me().id)
    assert plan is not None and [line.reps for line in plan.items] == [5, 5]


def test_what_a_line_has_beside_its_dose_stays(screened: Desk) -> None:
    person = screened.me().id
    line = PlanItem("mine", "bridge", reps=8, days=(0, 2), note="slowly")
    screened.save_plan(person, (line,), NOW().date())
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state[CHOSEN] = "bridge"
    app.run()
    app.number_input(key="reps-bridge").set_value(5).run()
    assert is_told(press(app, EN("add.to_plan")))
    (kept,) = screened.plan(person).items  # type: ignore[union-attr]
    assert (kept.id, kept.days, kept.note, kept.reps) == ("mine", (0, 2), "slowly", 5)


@pytest.mark.parametrize("by_another", [True, False])
def test_what_a_therapist_asks_for_or_of_one_side_only_is_not_replaced(
    screened: Desk, by_another: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, exercise = screened.me().id, "bridge" if by_another else "hip_hiker"
    line = PlanItem(
        "theirs", exercise, None if by_another else "left", sets=3, reps=12, note="left: it is new"
    )
    screened.save_plan(person, (line,), NOW().date())
    if by_another:
        known = Desk.plans
        monkeypatch.setattr(Desk, "plans", lambda *args: tuple(replace(p, by="them") for p in known(*args)))
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state[CHOSEN] = exercise
    app.run()
    press(app, EN("add.to_plan"))
    assert EN("add.otherwise") in texts(app) and "see-plan" in [one.key for one in app.button]
    monkeypatch.undo()
    assert screened.plan(person).items == (line,)  # type: ignore[union-attr]


def test_where_the_plan_cannot_be_read_it_can_be_tried_again(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.records.problems import problem

    def fails(*_: object) -> None:
        raise problem("locked", place="the records")

    monkeypatch.setattr(Desk, "plans", fails)
    assert not is_told(app.run())
