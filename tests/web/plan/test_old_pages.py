"""Pages that stood open while something changed, and what was typed on pages that were left: nothing old comes back."""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.days import day_of
from coach.care.plans import exercise_for, movable
from coach.care.types import Consent, Pain, PlanItem, Screening
from coach.judge import load_exercise
from coach.live import Dose
from coach.records import Desk
from coach.records.database import Database
from coach.records.problems import problem
from coach.web.plan import begin, growth, records_page, today_page
from coach.web.plan.day import may_keep
from coach.web.plan.wording import messages
from coach.web.session import here
from coach.web.video.jobs import Jobs
from coach.web.video.uploads import Uploads
from coach.web.video.work import Task
from tests.judge.films import squats
from tests.web.plan.acting import EN, NOW, Home, labels, opened, press, texts

TODAY, RECORDS = "plan.today_page", "plan.records_page"


def _pages() -> None:
    from importlib import import_module

    import streamlit as st

    from coach.web import session

    st.session_state.setdefault("pages", {})
    page = st.session_state["pages"].get("shown", "plan.today_page")
    import_module(f"coach.web.{page}").show(session.current_language())


def going_about(page: str = TODAY) -> AppTest:
    """A visit that can go from page to page."""
    app = AppTest.from_function(_pages, default_timeout=60)
    return at(app, page)


def at(app: AppTest, page: str) -> AppTest:
    assert import_module(f"coach.web.{page}")
    app.session_state["pages"] = {"shown": page}
    app.run()
    assert not app.exception
    return app


def locked(*_: object) -> None:
    """Another program is busy with the records."""
    raise problem("locked", place="records")


def settings_of(home: Home, app: AppTest) -> tuple[str, int | None, str]:
    """What was begun: the exercise, the repetitions, the language."""
    found = home.hub.find(app.session_state["live_token"])
    assert found is not None
    return found.settings.exercise.id, found.settings.dose.reps, found.settings.language


# --- the plan -------------------------------------------------------------------------------------------


def test_what_the_plan_asks_for_no_more_is_not_begun(planned: Desk, home: Home) -> None:
    app = opened(TODAY)
    _, bridges = planned.plan(planned.me().id).items  # type: ignore[union-attr]
    planned.save_plan(planned.me().id, (replace(bridges, reps=3),), NOW().date())
    app.button(key="start-today").click().run()
    assert settings_of(home, app)[:2] == ("bridge", 3)


def test_a_line_that_is_gone_begins_nothing(planned: Desk) -> None:
    app = opened(TODAY)
    _, bridges = planned.plan(planned.me().id).items  # type: ignore[union-attr]
    planned.save_plan(planned.me().id, (bridges,), NOW().date())
    app.button(key="only-one").click().run()
    assert "live_token" not in app.session_state and "only-one" not in [one.key for one in app.button]


def test_a_page_of_yesterday_begins_what_is_due_today(
    screened: Desk, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    me, today = screened.me().id, day_of(NOW())
    yesterday = today - timedelta(days=1)
    lines = (
        PlanItem("one", "squat", reps=5, days=(yesterday.weekday(),)),
        PlanItem("two", "bridge", reps=8, days=(today.weekday(),)),
    )
    screened.save_plan(me, lines, yesterday, at=NOW() - timedelta(days=1))

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Yesterday":  # type: ignore[override]
            return datetime.now(tz) - timedelta(days=1)  # type: ignore[return-value]

    with monkeypatch.context() as patch:
        patch.setattr(today_page, "datetime", Yesterday)
        app = opened(TODAY)
    screened.begin_session(me, NOW(), Pain(1))
    app.button(key="start-today").click().run()
    assert settings_of(home, app)[0] == "bridge"


def test_a_note_that_was_typed_outlasts_a_look_elsewhere(planned: Desk) -> None:
    app = going_about("plan.plan_page")
    app.number_input(key="sets-one-0").set_value(4).run()
    next(one for one in app.text_area if one.label == EN("plan.whole_note")).set_value("Call on Monday").run()
    at(app, "settings_page")
    at(app, "plan.plan_page")
    assert app.number_input(key="sets-one-0").value == 4
    assert next(one for one in app.text_area if one.label == EN("plan.whole_note")).value == "Call on Monday"


def test_the_dose_that_was_set_is_there_after_the_way_back_from_the_questions(desk: Desk, home: Home) -> None:
    app = going_about("coach_page")
    app.button(key="choose-hip_hiker").click().run()
    app.number_input(key="reps-hip_hiker").set_value(4).run()
    app.number_input(key="sets-hip_hiker").set_value(3).run()
    app.number_input(key="rest-hip_hiker").set_value(75).run()
    app.button_group(key="side-hip_hiker").set_value("left").run()
    press(app, here("en")("setup.start"))
    press(app, f"← {EN('back')}")
    told = [app.number_input(key=f"{name}-hip_hiker").value for name in ("reps", "sets", "rest")]
    assert (told, app.button_group(key="side-hip_hiker").value) == ([4, 3, 75], "left")
    at(app, "settings_page")
    at(app, "coach_page")
    press(press(app, here("en")("setup.start")), EN("questions.none"))
    app.button_group[0].select(0).run()
    (session,) = home.hub._sessions.values()
    assert (session.settings.dose, session.settings.side) == (Dose(4, None, 3, 75.0), "left")


def test_a_set_beside_the_plan_has_the_limits_that_the_plan_moved(screened: Desk, home: Home) -> None:
    check, limit = next(iter(movable(load_exercise("squat")).items()))
    line = PlanItem(
        "one", "squat", reps=5, days=(NOW().date().weekday(),), tolerances={check: limit.most / 2}
    )
    screened.save_plan(screened.me().id, (line,), NOW().date())
    screened.begin_session(screened.me().id, NOW(), Pain(1))
    app = going_about("coach_page")
    app.button(key="choose-squat").click().run()
    press(app, here("en")("setup.start"))
    (begun,) = home.hub._sessions.values()
    assert begun.settings.tolerances == line.tolerances
    assert begun.settings.exercise.checks == exercise_for(line).checks != load_exercise("squat").checks


def test_where_the_records_are_busy_the_way_to_the_safety_questions_stays(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "put_offs", locked)
    monkeypatch.setattr(growth, "_found", locked)
    app = opened(TODAY)
    assert not app.exception and app.error and "changed" in [one.key for one in app.button]


def test_not_now_that_cannot_be_kept_is_told_and_breaks_nothing(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "put_off", locked)

    def pressed() -> None:
        from coach.care.progression import Proposal
        from coach.care.types import PlanItem
        from coach.web.plan import growth

        growth.not_now(Proposal("one", PlanItem("one", "squat", reps=6), "more", "why"))

    app = AppTest.from_function(pressed, default_timeout=60).run()
    assert not app.exception and begin.PROBLEM in app.session_state


# --- at the gate ----------------------------------------------------------------------------------------


def test_answers_that_could_not_be_kept_are_kept_later(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(TODAY)
    app.button(key="changed").click().run()
    app.checkbox(key="flag-saddle").check().run()
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "save_screening", locked)
        app.button(key="questions-done").click().run()
    assert EN("answer.not_kept") in [one.value for one in app.warning]
    assert planned.screenings(planned.me().id)[-1].flags == ()
    press(app, EN("answer.back"))
    assert planned.screenings(planned.me().id)[-1].flags == ("saddle",)
    app.run()
    assert [one.flags for one in planned.screenings(planned.me().id)].count(("saddle",)) == 1


def test_a_second_click_on_the_answers_keeps_them_once(planned: Desk) -> None:
    def clicked_twice() -> None:
        from coach.web.plan import begin

        begin.something_changed()
        begin.answered(("saddle",))
        begin.answered(("saddle",))

    before = len(planned.screenings(planned.me().id))
    app = AppTest.from_function(clicked_twice, default_timeout=60).run()
    assert not app.exception
    assert [one.flags for one in planned.screenings(planned.me().id)[before:]] == [("saddle",)]


def test_what_was_ticked_outlasts_a_look_elsewhere(desk: Desk) -> None:
    desk.save_plan(desk.me().id, (PlanItem("one", "squat", reps=5),), NOW().date())
    app = going_about()
    app.button(key="start-today").click().run()
    app.checkbox(key="flag-fever").check().run()
    at(app, "settings_page")
    at(app, TODAY)
    assert app.checkbox(key="flag-fever").value
    assert app.button(key="questions-done").label == EN("questions.go_on")
    press(app, f"← {EN('back')}")
    app.button(key="start-today").click().run()
    assert not app.checkbox(key="flag-fever").value, "given up, and asked anew"


def test_pain_that_was_tapped_and_given_up_is_none_of_the_next_time(screened: Desk) -> None:
    screened.save_plan(screened.me().id, (PlanItem("one", "squat", reps=5),), NOW().date())
    app = going_about()
    app.button(key="start-today").click().run()
    app.button_group[0].select(7).run()
    press(app, f"← {EN('back')}")
    at(app, "settings_page")
    at(app, TODAY)
    app.button(key="start-today").click().run()
    assert app.button_group[0].value is None


def test_a_set_that_waits_begins_in_the_language_of_now(screened: Desk, home: Home) -> None:
    screened.save_plan(screened.me().id, (PlanItem("one", "squat", reps=5),), NOW().date())
    app = going_about()
    app.button(key="start-today").click().run()
    at(app, "settings_page")
    app.radio[0].set_value("de").run()
    at(app, TODAY)
    app.button_group[0].select(0).run()
    assert settings_of(home, app) == ("squat", 5, "de")


def test_once_more_is_in_the_language_of_now(screened: Desk, home: Home) -> None:
    screened.begin_session(screened.me().id, NOW(), Pain(1))
    app = going_about("coach_page")
    app.button(key="choose-squat").click().run()
    press(app, next(label for label in labels(app) if "camera" in label.lower()))
    first = home.hub.find(app.session_state["live_token"])
    assert first is not None
    for frame in squats(3):
        first.take(frame)
    first.stop()
    at(app, "settings_page")
    app.radio[0].set_value("de").run()
    at(app, "coach_page")
    press(app, next(label for label in labels(app) if label.startswith("Noch")))
    assert settings_of(home, app)[2] == "de"


# --- what may be kept -----------------------------------------------------------------------------------


def test_what_was_refused_elsewhere_is_not_allowed_by_an_old_page(desk: Desk) -> None:
    me = desk.me().id
    desk.save_consent(Consent(me, "video", True, NOW(), 30))
    app = opened(RECORDS)
    for what in ("tracks", "video"):
        desk.save_consent(Consent(me, what, False, NOW()))  # type: ignore[arg-type]
    press(app, EN("backup.now"))
    assert not may_keep(desk.consents(me), "tracks") and not may_keep(desk.consents(me), "video")
    assert [one.value for one in app.toggle] == [False, False]


def test_after_everything_was_deleted_nothing_is_allowed(desk: Desk) -> None:
    app = opened(RECORDS)
    app.toggle(key="consent-video").set_value(True).run()
    app.text_input(key="erase-word").set_value(messages("en")("erase.word")).run()
    press(app, EN("erase.now"))
    assert EN("erase.done") in texts(app) and desk.consents(desk.me().id) == ()


def test_what_was_sent_and_answered_in_the_visit_goes_with_all_else(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "upload" / "me.mp4"
    sent.parent.mkdir()
    sent.write_bytes(b"film")
    own, videos = Uploads(tmp_path), Jobs(tmp_path)
    monkeypatch.setattr(records_page, "uploads", lambda: own)
    monkeypatch.setattr(records_page, "jobs", lambda: videos)
    job = videos.submit(Task(sent))
    of_another = videos.submit(Task(sent), "another")
    own.complete(own.ticket(), sent)
    app = going_about(RECORDS)
    app.session_state[begin.UNKEPT] = (Screening("", NOW(), ("fever",)),)
    app.text_input(key="erase-word").set_value(messages("en")("erase.word")).run()
    press(app, EN("erase.now"))
    assert begin.UNKEPT not in app.session_state and desk.screenings(desk.me().id) == ()
    assert videos.status(job) is None and videos.status(of_another, "another") is not None
    assert not sent.exists() and len(list(tmp_path.glob("job-*"))) == 1


def test_where_traces_are_left_all_else_goes_and_that_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "me.mp4"
    sent.write_bytes(b"film")
    videos = Jobs(tmp_path)
    monkeypatch.setattr(records_page, "jobs", lambda: videos)
    job, me = videos.submit(Task(sent)), desk.me()

    def busy(self: Database) -> None:
        raise problem("locked", place="the records")

    monkeypatch.setattr(Database, "scrub", busy)
    app = going_about(RECORDS)
    app.session_state[begin.UNKEPT] = (Screening("", NOW(), ("fever",)),)
    app.text_input(key="erase-word").set_value(messages("en")("erase.word")).run()
    press(app, EN("erase.now"))
    assert "traces may be left" in texts(app) and EN("erase.done") not in texts(app)
    assert desk.me() != me and begin.UNKEPT not in app.session_state and videos.status(job) is None


def test_a_consent_that_cannot_be_saved_is_told_and_not_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(RECORDS)
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "save_consent", locked)
        app.toggle(key="consent-video").set_value(True).run()
    assert not app.exception and app.error and not app.toggle(key="consent-video").value
