"""The plan is changed by the person, and kept when they say so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coach.care.plans import plan_on
from coach.care.types import PlanItem
from coach.judge import load_exercise
from coach.language import LANGUAGES, Language
from coach.live import Dose, LiveSettings
from coach.records import Desk
from coach.web.plan.adding import _add, line_of
from coach.web.plan.plan_page import days_told
from coach.web.plan.wording import day_and_month, messages
from tests.web.plan.acting import EN, NOW, labels, opened, press, texts

PAGE = "plan.plan_page"


def plan_of(desk: Desk) -> tuple[PlanItem, ...]:
    plan = desk.plan(desk.me().id)
    assert plan is not None
    return plan.items


def test_an_exercise_comes_with_the_dose_of_its_file(desk: Desk) -> None:
    app = opened(PAGE)
    assert EN("plan.empty") in texts(app)
    app.selectbox(key="plan-add").select("bridge").run()
    press(app, EN("plan.add"))
    assert not next(one for one in app.button if one.label == EN("plan.keep")).disabled
    app.session_state["pages"] = {}  # there is nowhere to go in this test
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    (line,) = plan_of(desk)
    dose = load_exercise("bridge").dose
    assert (line.exercise, line.reps, line.sets, line.days) == ("bridge", dose.reps, dose.sets, ())


def test_an_exercise_that_was_chosen_just_before_is_added(planned: Desk) -> None:
    app = opened(PAGE)
    app.selectbox(key="plan-add").select("pigeon")  # the page has not come back yet
    press(app, EN("plan.add"))
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    assert [line.exercise for line in plan_of(planned)] == ["squat", "bridge", "pigeon"]


def test_everything_of_a_line_can_be_changed(planned: Desk) -> None:
    app = opened(PAGE)
    app.number_input(key="sets-one-0").set_value(3).run()
    app.number_input(key="reps-one-0").set_value(12).run()
    app.text_input(key="note-one-0").set_value("slowly").run()
    app.button_group(key="days-one-0").set_value([0, 2, 4]).run()
    assert not app.exception
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    line = plan_of(planned)[0]
    assert (line.id, line.sets, line.reps, line.note, line.days) == ("one", 3, 12, "slowly", (0, 2, 4))


def test_a_note_about_the_whole_plan_is_kept_and_stands_above_the_day(planned: Desk) -> None:
    app = opened(PAGE)
    (field,) = [one for one in app.text_area if one.label == EN("plan.whole_note")]
    field.set_value("  Stop when it pinches <b>  ").run()
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    plan = planned.plan(planned.me().id)
    assert plan is not None and plan.note == "Stop when it pinches <b>"
    assert "Stop when it pinches &lt;b&gt;" in texts(opened("plan.today_page"))


def test_an_undone_note_is_as_it_was(planned: Desk) -> None:
    app = opened(PAGE)
    next(one for one in app.text_area if one.label == EN("plan.whole_note")).set_value("other").run()
    press(app, EN("plan.undo"))
    assert next(one for one in app.text_area if one.label == EN("plan.whole_note")).value == ""


def test_undone_fields_are_as_they_were(planned: Desk) -> None:
    app = opened(PAGE)
    app.number_input(key="sets-one-0").set_value(5).run()
    press(app, EN("plan.undo"))
    assert app.number_input(key="sets-one-1").value == 1 and EN("plan.undo") not in labels(app)


def test_an_open_page_does_not_undo_what_was_changed_elsewhere(planned: Desk) -> None:
    app = opened(PAGE)
    first, second = plan_of(planned)
    planned.save_plan(planned.me().id, (replace(first, sets=3), second), NOW().date())
    app.run()
    assert app.number_input(key="sets-one-1").value == 3 and EN("plan.undo") not in labels(app)
    assert EN("plan.overtaken") not in [one.value for one in app.warning], "nothing of it was changed here"


def test_changes_that_were_overtaken_are_told_and_kept_only_after_that(planned: Desk) -> None:
    app = opened(PAGE)
    first, second = plan_of(planned)
    app.number_input(key="sets-two-0").set_value(5).run()
    planned.save_plan(planned.me().id, (replace(first, sets=3), second), NOW().date())
    press(app, EN("plan.keep"))
    assert EN("plan.overtaken") in [one.value for one in app.warning]
    assert [line.sets for line in plan_of(planned)] == [3, second.sets], "who pressed did not know of it"
    assert app.number_input(key="sets-two-0").value == 5, "nothing is lost"
    app.session_state["pages"] = {}
    press(app, EN("plan.keep"))
    assert [line.sets for line in plan_of(planned)] == [first.sets, 5]


def test_changes_that_were_overtaken_can_be_given_up(planned: Desk) -> None:
    app = opened(PAGE)
    first, second = plan_of(planned)
    app.number_input(key="sets-two-0").set_value(5).run()
    planned.save_plan(planned.me().id, (replace(first, sets=3), second), NOW().date())
    app.run()
    press(app, EN("plan.undo"))
    told = [app.number_input(key=f"sets-{line}-1").value for line in ("one", "two")]
    assert told == [3, second.sets] and not app.warning


def test_what_is_finer_than_a_field_shows_is_not_changed_by_a_look_at_it(screened: Desk) -> None:
    """Half seconds, days in another order, all of them one by one: as somebody else may have written them."""
    person = screened.me().id
    lines = (
        PlanItem("one", "pigeon", hold_s=7.5, rest_s=22.5, days=(4, 0)),
        PlanItem("two", "squat", reps=5, days=(0, 1, 2, 3, 4, 5, 6)),
    )
    screened.save_plan(person, lines, NOW().date())
    app = opened(PAGE)
    assert EN("plan.undo") not in labels(app), "nothing is changed"
    app.number_input(key="hold-one-0").set_value(9).run()
    app.number_input(key="rest-one-0").set_value(20).run()
    app.button_group(key="days-one-0").set_value([4, 0, 2]).run()
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    first, second = plan_of(screened)
    assert (first.hold_s, first.rest_s, first.days) == (9.0, 20.0, (0, 2, 4)) and second == lines[1]


def test_limits_are_a_therapists_and_the_person_sees_that_there_are_own_ones(planned: Desk) -> None:
    first, second = plan_of(planned)
    moved = replace(first, tolerances={"depth": 4.0})
    planned.save_plan(planned.me().id, (moved, second), NOW().date())
    app = opened(PAGE)
    assert not [one for one in app.number_input if str(one.key).startswith("limit-")]
    told = [one.label for one in app.expander]
    assert EN("plan.limits_moved") in told[0] and EN("plan.limits_moved") not in told[1]
    app.number_input(key="sets-one-0").set_value(3).run()
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    assert plan_of(planned)[0].tolerances == {"depth": 4.0}, "they stay where something else is changed"


def test_lines_change_places_and_go(planned: Desk) -> None:
    app = opened(PAGE)
    app.button(key="down-one").click().run()
    app.button(key="remove-one").click().run()
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    assert [line.id for line in plan_of(planned)] == ["two"]


def test_what_makes_no_sense_is_told_and_not_kept(planned: Desk) -> None:
    app = opened(PAGE)
    app.selectbox(key="plan-add").select("squat").run()
    press(app, EN("plan.add"))
    assert app.warning and next(one for one in app.button if one.label == EN("plan.keep")).disabled
    press(app, EN("plan.undo"))
    assert not app.warning and EN("to_today") in labels(app)


def test_days_are_told() -> None:
    line = PlanItem("a", "squat")
    assert days_told(line, EN) == "every day" == days_told(replace(line, days=tuple(range(7))), EN)
    assert days_told(replace(line, days=(4, 0)), EN) == "Mon, Fri"


def coming(desk: Desk, days: int = 5) -> tuple[date, tuple[PlanItem, ...]]:
    """A plan that a therapist might have made for later: its first day, and its lines."""
    day, lines = NOW().date() + timedelta(days=days), plan_of(desk)
    items = (*lines, PlanItem("three", "hip_hiker", reps=6))
    desk.save_plan(desk.me().id, items, day)
    return day, items


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_is_to_come_says_from_when_it_holds(planned: Desk, language: Language) -> None:
    say = messages(language)
    assert say("plan.from", day="").strip() not in texts(opened(PAGE, language))
    day, _ = coming(planned)
    assert say("plan.from", day=day_and_month(day, say)) in texts(opened(PAGE, language))


def test_a_plan_that_is_to_come_stays_so_when_it_is_changed(planned: Desk) -> None:
    day, _ = coming(planned)
    app = opened(PAGE)
    app.number_input(key="sets-three-0").set_value(3).run()
    app.session_state["pages"] = {}
    next(one for one in app.button if one.label == EN("plan.keep")).click().run()
    plan = planned.plan(planned.me().id)
    assert plan is not None and plan.from_day == day and plan.items[-1].sets == 3
    held = plan_on(planned.plans(planned.me().id), NOW().date())
    assert held is not None and [one.id for one in held.items] == ["one", "two"]


def test_what_is_added_holds_now_and_in_the_plan_that_is_to_come(planned: Desk) -> None:
    day, items = coming(planned)
    _add(LiveSettings(load_exercise("pigeon"), Dose(None, 20.0)))
    plans = planned.plans(planned.me().id)
    for on, before in ((NOW().date(), items[:2]), (day, items)):
        held = plan_on(plans, on)
        assert held is not None
        assert held.items[:-1] == before and held.items[-1].exercise == "pigeon"
    before_it = plan_on(plans, day - timedelta(days=1))
    assert before_it is not None and len(before_it.items) == 3


def test_what_is_added_to_a_plan_that_is_to_come_waits_with_it(screened: Desk) -> None:
    person, day = screened.me().id, NOW().date() + timedelta(days=3)
    screened.save_plan(person, [PlanItem("one", "squat", reps=5)], day)
    _add(LiveSettings(load_exercise("bridge"), Dose(7, None)))
    plan = screened.plan(person)
    assert plan is not None and plan.from_day == day and len(plan.items) == 2
    assert plan_on(screened.plans(person), NOW().date()) is None


def test_what_was_set_up_goes_into_the_plan() -> None:
    bridge, pigeon = load_exercise("bridge"), load_exercise("pigeon")
    line = line_of(LiveSettings(bridge, Dose(7, None, 2, 45.0)))
    assert (line.exercise, line.reps, line.hold_s, line.sets, line.rest_s) == ("bridge", 7, None, 2, 45.0)
    line = line_of(LiveSettings(pigeon, Dose(None, 20.0), "left"))
    assert (line.reps, line.hold_s, line.side) == (None, 20.0, "left")
