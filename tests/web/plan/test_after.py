"""After a set: what comes next, the pain that is kept, the exercise that hurts."""

import os
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.plans import plan_on
from coach.care.types import Pain, PlanItem
from coach.judge import Exercise, load_exercise
from coach.live import Dose, InRecords, LiveSession, LiveSettings
from coach.live.journal import journal_path
from coach.pose import Side
from coach.records import Desk
from coach.web.plan import begin
from coach.web.plan.next import next_data
from coach.web.plan.wording import messages
from coach.web.preferences import Preferences
from tests.judge.films import squats
from tests.web.plan.acting import EN, NOW, Home, labels, page, press, texts


def _script(token: str) -> None:
    from coach.web.plan import after

    after.live(token, "en")


def after(session: LiveSession) -> AppTest:
    """What is shown when a set is over."""
    app = AppTest.from_function(_script, kwargs={"token": session.token}, default_timeout=60).run()
    assert not app.exception
    return app


def a_set(home: Home, desk: Desk, item: str | None, whole: bool = True) -> LiveSession:
    """Three squats, as a line of the plan asks for them, or as somebody chose."""
    place = InRecords(desk.sessions(desk.me().id)[-1].id, item, desk.actor.id, desk.actor.role)
    settings = LiveSettings(load_exercise("squat"), Dose(3 if whole else 9, None, 1, 40.0))
    session = home.hub.open(settings, place)
    for frame in squats(3):
        session.take(frame)
    session.stop()
    return session


def three_hours_later(home: Home, session: LiveSession, restarted: bool) -> None:
    """restarted: with another process."""
    if restarted:
        home.hub._sessions.clear()
        path = journal_path(home.folder / "live", session.token)
        os.utime(path, (path.stat().st_mtime - 3 * 3600,) * 2)
    else:
        session._clock = lambda: session.touched_s + 3 * 3600


def given(app: AppTest) -> str:
    """What the components of the page are told."""
    return "".join(f"{one.proto.json}{one.proto.mixed}" for one in app.get("bidi_component"))


def test_what_comes_next_begins_by_itself_after_the_rest(planned: Desk, home: Home) -> None:
    app = after(a_set(home, planned, "one"))
    assert '"Bridge"' in given(app) and '"seconds":40' in given(app).replace(" ", "")
    assert EN("to_today") in labels(app)
    assert planned.sessions(planned.me().id)[-1].ended is not None


def test_who_stopped_says_when_it_goes_on(planned: Desk, home: Home) -> None:
    assert '"seconds":null' in given(after(a_set(home, planned, "one", whole=False))).replace(" ", "")


def test_a_page_that_is_opened_again_goes_on_with_the_rest(planned: Desk, home: Home) -> None:
    session = a_set(home, planned, "one")
    session._clock = lambda: session.touched_s + 25.0
    assert '"seconds":15' in given(after(session)).replace(" ", "")


@pytest.mark.parametrize("restarted", [False, True])
def test_a_page_that_is_opened_hours_later_starts_no_camera(
    planned: Desk, home: Home, restarted: bool
) -> None:
    session = a_set(home, planned, "one")
    three_hours_later(home, session, restarted)
    told = given(after(session))
    assert '"Bridge"' in told and '"seconds":null' in told.replace(" ", "")


@pytest.mark.parametrize("restarted", [False, True])
def test_a_look_at_an_old_summary_moves_no_end(planned: Desk, home: Home, restarted: bool) -> None:
    session, me = a_set(home, planned, "one"), planned.me().id
    ended = planned.sessions(me)[-1].started + timedelta(minutes=5)
    planned.end_session(planned.sessions(me)[-1].id, ended)
    three_hours_later(home, session, restarted)
    app = after(session)
    assert planned.sessions(me)[-1].ended == ended
    app.button_group[0].select(3).run()
    assert planned.sessions(me)[-1].after == Pain(3)
    assert planned.sessions(me)[-1].ended == ended


def test_what_is_due_is_asked_when_the_rest_is_over(
    screened: Desk, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pain was not told, and the visit that knew so is gone."""
    me = screened.me().id
    screened.save_plan(
        me, (PlanItem("one", "squat", reps=3), PlanItem("two", "bridge", reps=8)), NOW().date()
    )
    screened.begin_session(me, NOW())
    session, goes = a_set(home, screened, "one"), []
    rests = list[float | None]()

    def next_one(exercise: Exercise, dose: str, rest_s: float | None, *_: object) -> bool:
        rests.append(rest_s)
        return bool(goes and goes.pop())

    monkeypatch.setattr("coach.web.plan.after.next_one", next_one)
    told = {"module": "coach.web.coach_page", "language": "en"}
    app = AppTest.from_function(page, kwargs=told, default_timeout=60)
    app.query_params["set"] = session.token
    app.run()
    goes.append(True)
    app.run()
    assert not app.exception
    assert EN("to_today") not in labels(app) and EN("pain.not_told") in labels(app)
    assert set(rests) == {None}, "and nothing begins by itself meanwhile"


def test_nothing_follows_a_set_that_nobody_planned(planned: Desk, home: Home) -> None:
    assert "Bridge" not in given(after(a_set(home, planned, None)))


def test_the_pain_is_kept_with_its_session_and_a_rise_ends_the_day(planned: Desk, home: Home) -> None:
    app = after(a_set(home, planned, "one"))
    app.button_group[0].select(3).run()
    assert planned.sessions(planned.me().id)[-1].after == Pain(3)
    assert "Bridge" in given(app)
    app.button_group[0].select(4).run()
    app.run()
    assert planned.sessions(planned.me().id)[-1].after == Pain(4)
    assert "therapist" in texts(app) and "seconds" not in given(app), "nothing follows on that day"


def test_numbness_alone_is_kept_and_ends_the_day(planned: Desk, home: Home) -> None:
    session = a_set(home, planned, "one")
    app = after(session)
    app.checkbox(key=f"numb-{session.token}").check().run()
    assert planned.sessions(planned.me().id)[-1].after == Pain(None, numb=True)
    assert "Numbness that is new" in texts(app) and "Bridge" not in given(app), "nothing follows on that day"
    app.checkbox(key=f"numb-{session.token}").uncheck().run()
    assert planned.sessions(planned.me().id)[-1].after == Pain(None), "it was taken back"
    assert "Bridge" in given(app)


def test_numbness_is_not_lost_when_the_page_is_loaded_again(planned: Desk, home: Home) -> None:
    session = a_set(home, planned, "one")
    after(session).checkbox(key=f"numb-{session.token}").check().run()
    app = after(session)
    assert app.checkbox(key=f"numb-{session.token}").value
    app.button_group[0].select(1).run()
    assert planned.sessions(planned.me().id)[-1].after == Pain(1, numb=True)


def test_a_later_answer_of_the_same_session_takes_no_pain_back(planned: Desk, home: Home) -> None:
    first, me = a_set(home, planned, "one"), planned.me().id
    app = after(first)
    app.checkbox(key=f"numb-{first.token}").check().run()
    app.button_group[0].select(8).run()
    assert planned.sessions(me)[-1].after == Pain(8, numb=True)
    second = a_set(home, planned, "two")
    app = after(second)
    app.checkbox(key=f"numb-{second.token}").uncheck().run()
    app.button_group[0].select(2).run()
    assert planned.sessions(me)[-1].after == Pain(8, numb=True)
    assert "Bridge" not in given(app), "nothing follows on that day"


def test_a_corrected_answer_takes_back_itself_alone(planned: Desk, home: Home) -> None:
    me = planned.me().id
    after(a_set(home, planned, "one")).button_group[0].select(3).run()
    app = after(a_set(home, planned, "two"))
    app.button_group[0].select(9).run()
    assert planned.sessions(me)[-1].after == Pain(9)
    app.button_group[0].select(1).run()
    assert planned.sessions(me)[-1].after == Pain(3), "the answer after the first set stands"


def test_numbness_after_a_set_without_records_ends_the_day_of_this_visit(home: Home) -> None:
    session = home.hub.open(LiveSettings(load_exercise("squat"), Dose(3, None)))
    for frame in squats(3):
        session.take(frame)
    session.stop()
    app = after(session)
    app.checkbox(key=f"numb-{session.token}").check().run()
    (kept,) = app.session_state[begin.NUMB].values()
    assert kept.numb
    app.checkbox(key=f"numb-{session.token}").uncheck().run()
    assert not app.session_state[begin.NUMB]


def test_who_watched_a_clip_is_not_asked_for_pain(home: Home) -> None:
    session = home.hub.open(LiveSettings(load_exercise("squat"), Dose(9, None)))
    for frame in squats(3):
        session.take(frame)
    session.stop()
    app = AppTest.from_function(_script, kwargs={"token": session.token}, default_timeout=60)
    app.query_params["clip"] = "squat_clean.mp4"
    app.run()
    assert not app.exception and not app.checkbox and not app.button_group
    assert "a recorded person" in texts(app) and "You ended" not in texts(app)


def test_an_exercise_that_hurts_can_be_replaced(planned: Desk, home: Home) -> None:
    app = after(a_set(home, planned, "one"))
    app.button_group[0].select(5).run()
    (offer,) = [label for label in labels(app) if label.startswith("Put into the plan instead")]
    assert "Bridge" not in offer, "it is in the plan already"
    press(app, offer)
    plan = planned.plan(planned.me().id)
    assert plan is not None and [item.exercise for item in plan.items][1:] == ["bridge"]
    assert plan.items[0].exercise != "squat"
    assert any("From now on" in told.value for told in app.success)


def test_pain_that_fell_replaces_no_exercise(screened: Desk, home: Home) -> None:
    person = screened.me().id
    screened.save_plan(person, (PlanItem("one", "squat", reps=5),), NOW().date())
    screened.begin_session(person, NOW(), Pain(6))
    app = after(a_set(home, screened, "one"))
    app.button_group[0].select(4).run()
    assert not [label for label in labels(app) if label.startswith("Put into the plan instead")]
    assert "by tomorrow morning" in texts(app) and "take a rest" not in texts(app)


def test_what_is_replaced_is_so_in_the_plan_that_is_to_come_too(planned: Desk, home: Home) -> None:
    session, person = a_set(home, planned, "one"), planned.me().id
    now = planned.plan(person)
    assert now is not None
    day = now.from_day + timedelta(days=4)
    planned.save_plan(person, now.items[::-1], day)
    app = after(session)
    app.button_group[0].select(5).run()
    press(app, next(label for label in labels(app) if label.startswith("Put into the plan instead")))
    plans = planned.plans(person)
    today, later = plan_on(plans, now.from_day), plan_on(plans, day)
    assert today is not None and later is not None and later.from_day == day
    assert [one.exercise for one in today.items] == [one.exercise for one in later.items[::-1]]
    assert "squat" not in {one.exercise for one in later.items}


def test_what_could_not_be_kept_is_said(planned: Desk, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_set(home, planned, "one")
    problem = messages("en")("not_kept", why="The disk is full.")
    from coach.errors import CoachError
    from coach.live import DeskKeeper

    monkeypatch.setattr(DeskKeeper, "problem", property(lambda self: CoachError("The disk is full.")))
    assert [told.value for told in after(session).warning] == [problem]


@pytest.mark.parametrize("side", ["left", None])
def test_what_comes_next_is_told_in_the_language_of_the_exercise(side: Side | None) -> None:
    exercise = load_exercise("bridge", language="de")
    data = next_data(exercise, "zehn", 30.0, Preferences(), "de")
    assert data["say"] == "30 Sekunden Pause. Als Nächstes: Brücke." and data["seconds"] == 30
    assert next_data(exercise, "zehn", None, Preferences(), "de")["seconds"] is None
