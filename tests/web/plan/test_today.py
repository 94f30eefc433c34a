"""Today as the plan has it, and the page that shows it."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach.care.plans import Done, PlanDay
from coach.care.types import Pain, PlanItem
from coach.errors import CoachError
from coach.judge import load_exercise
from coach.records import Desk
from coach.web.plan.today import following, settings_for, today_of
from coach.web.plan.week import how, week_html
from tests.judge.files import CURL, write
from tests.web.plan.acting import EN, NOW, Home, done, labels, opened, press, texts

PAGE = "plan.today_page"


def do(desk: Desk, item: str, exercise: str, n: int) -> None:
    """A set of a line of the plan."""
    session = desk.sessions(desk.me().id)[-1]
    kept = desk.begin_set(session.id, exercise, NOW(), "camera", item)
    desk.close_set(kept, done(exercise, n))


def test_what_is_due_and_what_comes_next(planned: Desk) -> None:
    today = today_of(planned, planned.me().id, NOW(), "en")
    assert [line.item.id for line in today.left] == ["one", "two"] and today.sets_left == 3
    do(planned, "one", "squat", 5)
    do(planned, "two", "bridge", 8)
    today = today_of(planned, planned.me().id, NOW(), "en")
    assert [line.item.id for line in today.left] == ["two"] and today.sets_left == 1
    assert sum(day.done for day in today.week) == 2
    assert settings_for(today.left[0], "en", "nothing").dose.sets == 1, "what is left of it"


def test_what_follows_is_never_what_was_left_before() -> None:
    lines = [Done(PlanItem(name, "squat", reps=5), sets) for name, sets in (("a", 0), ("b", 1), ("c", 0))]
    assert following(lines, "a") == lines[2]
    assert following(lines, "c") is None
    assert following(lines, "gone") == lines[0]


def test_a_line_is_done_as_it_asks() -> None:
    item = PlanItem("a", "bridge", sets=3, reps=4, rest_s=20, tolerances={"knees_over_ankles": 3.0})
    settings = settings_for(Done(item, 1), "en", "everything")
    assert (settings.dose.reps, settings.dose.sets, settings.dose.rest_s) == (4, 2, 20)
    limits, usual = settings.exercise.checks["knees_over_ankles"].range, load_exercise("bridge").checks
    assert limits != usual["knees_over_ankles"].range
    assert settings.tolerances == item.tolerances


def test_a_day_is_told_without_a_reproach() -> None:
    monday = NOW().date() - timedelta(days=NOW().weekday())
    days = [PlanDay(monday + timedelta(days=n), planned, n_done) for n, (planned, n_done) in
            enumerate([(2, 2), (2, 1), (2, 0), (0, 0), (0, 1), (None, 0), (2, 0)])]  # fmt: skip
    told = [how(day) for day in days]
    assert told == ["done", "partly", "open", "free", "extra", "free", "open"]
    html = week_html(days, monday, EN)
    assert html.count("<li") == 7 and html.count("aria-current") == 1
    assert "1 of 2 sets done" in html and "missed" not in html


# --- the page -----------------------------------------------------------------------------------------------


def test_without_a_plan_one_can_be_made() -> None:
    app = opened(PAGE)
    assert EN("today.make") in labels(app) and EN("today.start") not in labels(app)


def test_one_button_begins_with_the_first_exercise(planned: Desk, home: Home) -> None:
    app = opened(PAGE)
    assert "on the mat" in texts(app) and "2 sets of 8 repetitions" in texts(app)
    press(app, EN("today.start"))
    (session,) = home.hub._sessions.values()
    assert session.settings.exercise.id == "squat" and session.settings.dose.reps == 5
    assert session.place is not None and session.place.item == "one"
    assert session.place.session == planned.sessions(planned.me().id)[-1].id


def test_who_has_begun_goes_on_and_who_is_done_is_told_so(planned: Desk) -> None:
    do(planned, "one", "squat", 5)
    app = opened(PAGE)
    assert EN("today.go_on") in labels(app) and EN("today.whole") in texts(app)
    do(planned, "two", "bridge", 8)
    do(planned, "two", "bridge", 8)
    app = opened(PAGE)
    assert EN("today.done") in texts(app) and EN("today.start") not in labels(app)


def test_a_clear_rise_of_pain_ends_the_day(planned: Desk) -> None:
    session = planned.sessions(planned.me().id)[-1]
    planned.end_session(session.id, NOW(), Pain(6))
    app = opened(PAGE)
    assert "therapist" in texts(app) and EN("stopped.title") in texts(app)
    assert EN("today.start") not in labels(app) and EN("today.only") not in labels(app)


def test_records_that_cannot_be_read_are_told_in_one_sentence(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def locked() -> Desk:
        raise CoachError("Another program is busy with the records.")

    monkeypatch.setattr("coach.web.visitor.desk", locked)
    app = opened(PAGE)
    assert app.error[0].value == "Another program is busy with the records."


def test_the_page_speaks_german_and_spanish(planned: Desk) -> None:
    assert "Mit den Übungen von heute beginnen" in labels(opened(PAGE, "de"))
    assert "Empezar los ejercicios de hoy" in labels(opened(PAGE, "es"))


def test_own_exercises_of_a_plan_are_told_by_their_id_while_their_file_is_gone(
    planned: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LIBRARY", str(tmp_path))
    path = write(tmp_path, CURL)
    planned.save_plan(
        planned.me().id, (PlanItem("own", "curl", reps=5), PlanItem("two", "bridge")), NOW().date()
    )
    do(planned, "own", "curl", 5)
    assert "Knee curl" in texts(opened("plan.today_page"))
    path.unlink()
    for page in ("plan.today_page", "plan.plan_page", "plan.progress_page"):
        app = opened(page)
        told = texts(app) + " ".join(one.proto.body for one in app.get("html"))
        assert "Knee curl" not in told and ("curl" in told or page == "plan.progress_page")
    path.write_text(CURL, "utf-8")
    app = opened("plan.today_page")
    assert EN("today.whole") in " ".join(one.proto.body for one in app.get("html")), "nothing was lost"
