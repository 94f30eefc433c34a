"""The page as a person meets it, with a queue that does its work when the test says so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.errors import OutputError, VideoError
from coach.judge import FoundSet, WorkoutResult
from coach.language import LANGUAGES, Language, words
from coach.video import Workout
from coach.web import visitor
from coach.web.plan.wording import messages
from coach.web.video import page
from coach.web.video.jobs import Jobs, Status
from coach.web.video.uploads import Uploads
from coach.web.video.work import Outcome, Task
from tests.video.conftest import clip as clip
from tests.web.plan.acting import after_a_look_elsewhere, labels, press
from tests.web.video.conftest import Clock, Work, a_rep, an_analysis

EN, PLAN = words("en", page.HERE), messages("en")


@pytest.fixture(autouse=True)
def _own_queue(monkeypatch: pytest.MonkeyPatch, queue: Jobs, tickets: Uploads, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    monkeypatch.setattr(page, "jobs", lambda: queue)
    monkeypatch.setattr(page, "uploads", lambda: tickets)


def _script(language: str) -> None:
    import streamlit as st

    from coach.web import about_page
    from coach.web.video import page

    (about_page if st.session_state.get("elsewhere") else page).show(language)  # type: ignore[arg-type]


def opened(language: Language = "en") -> AppTest:
    app = AppTest.from_function(_script, kwargs={"language": language}, default_timeout=30).run()
    assert not app.exception
    return app


def sent(app: AppTest, tickets: Uploads, video: Path) -> AppTest:
    """The browser has sent a video to the ticket of the page."""
    target = tickets.begin(app.session_state[page.TICKET], video.name)
    target.write_bytes(video.read_bytes())
    tickets.complete(app.session_state[page.TICKET], target)
    return app.run()


def texts(app: AppTest) -> list[str]:
    kinds = (app.title, app.subheader, app.markdown, app.success, app.error, app.warning, app.info)
    return [element.value for kind in kinds for element in kind]


@pytest.fixture
def waiting(tickets: Uploads, clip: Callable[..., Path]) -> AppTest:
    """Sent, the bridge chosen, and in line."""
    app = sent(opened(), tickets, clip("bridge_1.mp4"))
    app.selectbox(key="video_exercise").select("bridge")
    app.run()
    app.button[0].click()
    app.run()
    assert not app.exception
    return app


def test_it_opens_and_asks_for_a_video() -> None:
    app = opened()
    assert app.title[0].value == "Upload a video"
    assert "normal speed" in app.markdown[0].value
    assert app.button.len == 0


def test_in_german_the_exercises_are_german_too() -> None:
    app = opened("de")
    assert app.title[0].value == "Video hochladen"
    assert "Brücke" in app.selectbox[0].options


def test_the_side_is_asked_where_one_works_at_a_time() -> None:
    app = opened()
    assert app.radio.len == 0
    app.selectbox[0].select("pigeon").run()
    assert app.radio[0].options == ["Both", "left", "right"]


def test_the_exercise_can_be_left_open_but_not_cleared() -> None:
    app = opened()
    assert app.selectbox[0].value == "" and app.selectbox[0].options[0] == "Find out which one it is"


def test_the_chosen_side_goes_along(tickets: Uploads, queue: Jobs, clip: Callable[..., Path]) -> None:
    app = sent(opened(), tickets, clip())
    app.selectbox[0].select("pigeon").run()
    app.radio[0].set_value("right").run()
    app.button[0].click().run()
    task = queue.task(app.session_state[page.JOB])
    assert task is not None and (task.side, task.known) == ("right", ())


def test_what_was_chosen_just_before_goes_along(
    tickets: Uploads, queue: Jobs, clip: Callable[..., Path]
) -> None:
    app = sent(opened(), tickets, clip("pigeon_1.mp4"))
    app.selectbox[0].select("pigeon").run()
    app.radio[0].set_value("right")  # the page has not come back yet
    app.button[0].click().run()
    task = queue.task(app.session_state[page.JOB])
    assert task is not None and (task.side, task.known) == ("right", ())


@pytest.mark.parametrize("exercise", ["hip_hiker", ""])
def test_another_exercise_that_was_chosen_just_before_is_watched_for(
    exercise: str, tickets: Uploads, queue: Jobs, clip: Callable[..., Path]
) -> None:
    app = sent(opened(), tickets, clip("hip_hiker_1.mp4"))
    app.selectbox[0].select("pigeon").run()
    app.radio[0].set_value("right").run()
    app.selectbox[0].select(exercise)
    app.button[0].click().run()
    task = queue.task(app.session_state[page.JOB])
    assert task is not None and (task.exercise.id if task.exercise else "", task.side) == (exercise, None)


def test_what_was_chosen_outlasts_a_look_at_another_page(tickets: Uploads, clip: Callable[..., Path]) -> None:
    app = sent(opened(), tickets, clip("pigeon_1.mp4"))
    app.selectbox(key="video_exercise").select("pigeon").run()
    app.radio(key="video_side").set_value("left").run()
    after_a_look_elsewhere(app)
    assert app.success and app.selectbox(key="video_exercise").value == "pigeon"
    assert app.radio(key="video_side").value == "left"
    app.selectbox(key="video_exercise").select("").run()
    assert after_a_look_elsewhere(app).selectbox(key="video_exercise").value == ""


def test_the_side_is_that_of_its_exercise() -> None:
    app = opened()
    app.selectbox(key="video_exercise").select("pigeon").run()
    app.radio(key="video_side").set_value("left").run()
    app.selectbox(key="video_exercise").select("hip_hiker").run()
    assert app.radio(key="video_side").value == "any"


def test_nothing_is_chosen_for_the_next_video(waiting: AppTest, queue: Jobs) -> None:
    waiting.button(key="video_cancel").click()
    waiting.run()
    waiting.run()
    waiting.button(key="video_other").click().run()
    assert waiting.selectbox(key="video_exercise").value == ""


def test_a_video_that_was_deleted_meanwhile_is_told(
    tickets: Uploads, clip: Callable[..., Path], clock: Clock
) -> None:
    app = sent(opened(), tickets, clip("bridge_1.mp4"))
    clock.now += 3601
    tickets.ticket()
    app.button[0].click().run()
    assert [error.value for error in app.error] == [EN("gone")]


def test_a_full_disk_is_told(
    tickets: Uploads, clip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    app = sent(opened(), tickets, clip("bridge_1.mp4"))
    monkeypatch.setattr("coach.web.video.jobs.same_file", fails)
    app.button[0].click().run()
    assert [error.value for error in app.error] == [EN("no_room")]


def test_a_second_press_of_the_same_button_says_nothing(
    tickets: Uploads, queue: Jobs, work: Work, clip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = page._submit
    monkeypatch.setattr(page, "_submit", lambda *told: (submit(*told), submit(*told)))
    app = sent(opened(), tickets, clip("bridge_1.mp4"))
    app.button[0].click().run()
    work.outcome = Outcome(analysis=an_analysis(a_rep(2)))
    assert queue.work_once() and not queue.work_once()
    assert not app.run().error


def test_a_video_is_checked_by_reading_it(tickets: Uploads, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("no video")
    app = sent(opened("de"), tickets, text)
    assert "ist kein lesbares Video" in app.error[0].value
    assert app.button.len == 0


def test_one_picture_is_not_watched(tickets: Uploads, clip: Callable[..., Path]) -> None:
    app = sent(opened("es"), tickets, clip(times=[0.0]))
    assert "una sola imagen" in app.error[0].value and app.button.len == 0


def test_a_video_that_is_here_can_be_started(waiting: AppTest, queue: Jobs) -> None:
    token = waiting.session_state[page.JOB]
    assert queue.status(token) == Status("waiting", 0)
    assert waiting.query_params[page.ADDRESS] in (token, [token])
    assert waiting.subheader[0].value == "bridge\\_1\\.mp4 · Bridge"


def test_its_place_in_line(waiting: AppTest, queue: Jobs, video: Path) -> None:
    assert page.progress_words(Status("waiting", 0), EN) == "Waiting for its turn. Yours is next."
    assert (
        page.progress_words(Status("waiting", 1), EN) == "Waiting for its turn. One video comes before yours."
    )
    assert page.progress_words(Status("waiting", 2), EN).endswith("2 videos come before yours.")


@pytest.mark.parametrize(
    ("left_s", "told"),
    [
        (0.2, "about 1 second left"),
        (7.2, "about 7 seconds left"),
        (42.0, "about 40 seconds left"),
        (170.0, "about 3 minutes left"),
    ],
)
def test_progress_with_time_left(left_s: float, told: str) -> None:
    assert page.progress_words(Status("running", share=0.381, left_s=left_s), EN) == f"38% watched, {told}"


def test_progress_without_it() -> None:
    assert page.progress_words(Status("running", share=0.1), EN) == "10% watched"
    assert page.progress_words(Status("running"), EN) == "Watching"
    assert page.progress_words(Status("running", share=1.0), EN) == EN("finishing")


def test_it_can_be_cancelled(waiting: AppTest, queue: Jobs) -> None:
    waiting.button(key="video_cancel").click()
    waiting.run()
    waiting.run()
    assert queue.status(waiting.session_state[page.JOB]) == Status("cancelled")
    assert waiting.info[0].value == EN("cancelled")


def test_a_result_is_shown_and_survives_a_reload(waiting: AppTest, queue: Jobs, work: Work) -> None:
    work.outcome = Outcome(analysis=an_analysis(a_rep(2), a_rep(10)))
    queue.work_once()
    waiting.run()
    assert "#### 2 of 2 repetitions counted." in texts(waiting)
    again = AppTest.from_function(_script, kwargs={"language": "en"}, default_timeout=30)
    again.query_params[page.ADDRESS] = waiting.session_state[page.JOB]
    assert "#### 2 of 2 repetitions counted." in texts(again.run())


def test_after_a_look_elsewhere_a_reload_finds_it_again(waiting: AppTest, queue: Jobs, work: Work) -> None:
    queue.work_once()
    token = waiting.run().query_params[page.ADDRESS]
    assert after_a_look_elsewhere(waiting).query_params[page.ADDRESS] == token


@pytest.mark.parametrize("several", [True, False])
def test_a_result_is_told_in_the_language_in_which_it_was_judged(
    waiting: AppTest, queue: Jobs, work: Work, several: bool
) -> None:
    work.outcome = Outcome(workout=a_workout()) if several else Outcome(analysis=an_analysis(a_rep(2)))
    queue.work_once()
    english = waiting.run()
    german = AppTest.from_function(_script, kwargs={"language": "de"}, default_timeout=30)
    german.query_params[page.ADDRESS] = waiting.session_state[page.JOB]
    assert texts(german.run()) == texts(english) and labels(german) == labels(english)
    given = [[one.proto.json for one in app.get("bidi_component")] for app in (german, english)]
    assert given[0] == given[1]
    german.button(key="video_other").click().run()
    assert german.title[0].value == words("de", page.HERE)("title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_was_seen_no_exercise_is_asked_for(
    tickets: Uploads, queue: Jobs, work: Work, clip: Callable[..., Path], language: Language
) -> None:
    app, say = sent(opened(language), tickets, clip()), words(language, page.HERE)
    app.button[0].click().run()
    work.outcome = Outcome(workout=Workout(WorkoutResult(duration_s=9), ()), nobody=True)
    queue.work_once()
    assert say("nobody") in texts(app.run()) and say("none_found") not in texts(app)
    assert not app.selectbox


def test_a_very_short_film_has_no_length_in_minutes(tickets: Uploads, clip: Callable[..., Path]) -> None:
    (told,) = sent(opened(), tickets, clip("short.mp4")).success
    assert told.value == EN("ready", name="short\\.mp4")


def test_another_video_drops_the_first(waiting: AppTest, queue: Jobs, work: Work) -> None:
    work.outcome = Outcome(analysis=an_analysis(a_rep(2)))
    queue.work_once()
    token = waiting.run().session_state[page.JOB]
    waiting.button(key="video_other").click().run()
    assert queue.status(token) is None
    assert waiting.selectbox.len == 1 and not waiting.warning


def test_a_failure_is_one_sentence(waiting: AppTest, queue: Jobs, work: Work) -> None:
    work.error = VideoError("'a_b.mp4' is longer than 45 minutes.")
    queue.work_once()
    waiting.run()
    assert waiting.error[0].value == "'a\\_b\\.mp4' is longer than 45 minutes\\."
    assert page.failure_words(OutputError("'coached.mp4'"), EN) == EN("not_written")
    assert page.failure_words(None, EN) == EN("failed")


def test_one_that_is_gone_is_told_so() -> None:
    app = AppTest.from_function(_script, kwargs={"language": "en"}, default_timeout=30)
    app.query_params[page.ADDRESS] = "long-gone"
    app.run()
    assert app.warning[0].value == EN("gone") and app.selectbox.len == 1


def test_a_full_line_is_told(
    tickets: Uploads, queue: Jobs, clip: Callable[..., Path], video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.web.video.jobs.WAITING_MOST", 0)
    app = sent(opened(), tickets, clip())
    app.button[0].click()
    app.run()
    assert app.error[0].value == EN("full")


def a_workout() -> Workout:
    """A set of bridges, and one of which nobody can tell what it is."""

    def a_set(exercise: str | None, start_s: float, **more: object) -> FoundSet:
        return FoundSet.model_validate(
            {
                "exercise": exercise,
                "name": exercise or "Not sure",
                "sides": ("both",),
                "start_s": start_s,
                "end_s": start_s + 20,
                "confidence": "sure" if exercise else "not_sure",
                **more,
            }
        )

    unsure = a_set(None, 40, candidates=("squat", "plie_squat"), why="nothing in it counted")
    result = WorkoutResult(duration_s=90, sets=(a_set("bridge", 2), unsure))
    return Workout(result, (an_analysis(a_rep(2), from_s=1.0), None))


@pytest.fixture
def several(waiting: AppTest, queue: Jobs, work: Work) -> AppTest:
    """All sets of a video are shown."""
    work.outcome = Outcome(workout=a_workout())
    queue.work_once()
    waiting.run()
    assert not waiting.exception
    work.outcome = Outcome(analysis=an_analysis(a_rep(2)))
    return waiting


def one_of(several: AppTest, queue: Jobs) -> AppTest:
    """The first of them is shown alone."""
    several.button(key="video_set_1").click().run()
    queue.work_once()
    return several.run()


def is_one(app: AppTest) -> bool:
    """Whether one set is shown, and not all."""
    return "**Set 1: Bridge** · 0:02 – 0:22" not in texts(app)


def test_several_sets_are_listed_and_one_can_be_shown(several: AppTest, queue: Jobs) -> None:
    everything = several.session_state[page.JOB]
    told = texts(several)
    assert "**Set 1: Bridge** · 0:02 – 0:22" in told
    assert "**? Set 2: not sure which exercise** · 0:40 – 1:00" in told
    assert "Nothing in it counted." in told
    assert several.button(key="video_watch_as").disabled
    assert "All sets" not in labels(several)
    shown = queue.task(one_of(several, queue).session_state[page.JOB])
    assert isinstance(shown, Task) and shown.exercise is not None
    assert (shown.exercise.id, shown.between[0]) == ("bridge", 1.0)
    press(several, "All sets")
    assert several.session_state[page.JOB] == everything
    assert not is_one(several)


def test_the_browser_leads_back_to_all_sets_and_forth_again(several: AppTest, queue: Jobs) -> None:
    everything = several.query_params[page.ADDRESS]
    one = one_of(several, queue).query_params[page.ADDRESS]
    several.query_params[page.ADDRESS] = everything
    assert not is_one(several.run()) and "All sets" not in labels(several)
    several.query_params[page.ADDRESS] = one
    assert is_one(several.run()) and "All sets" in labels(several)
    after_a_look_elsewhere(several)
    assert is_one(several)
    jobs = [told[0] if isinstance(told, list) else told for told in (everything, one)]
    assert all(queue.status(token) is not None for token in jobs)
    press(several, "Another video")
    assert all(queue.status(token) is None for token in jobs)


def test_the_browser_leads_back_to_what_is_gone(several: AppTest, queue: Jobs) -> None:
    one = one_of(several, queue).query_params[page.ADDRESS]
    press(several, "All sets")
    several.query_params[page.ADDRESS] = one
    assert not is_one(several.run()) and not several.warning


def test_all_sets_that_were_deleted_meanwhile_cannot_be_gone_back_to(several: AppTest, queue: Jobs) -> None:
    everything = several.session_state[page.JOB]
    one_of(several, queue)
    queue.drop(everything)
    assert "All sets" not in labels(several.run())


def test_a_set_that_failed_and_is_tried_again_still_leads_back(
    several: AppTest, queue: Jobs, work: Work
) -> None:
    work.error = VideoError("'a.mp4' is longer than 45 minutes.")
    one_of(several, queue)
    work.error = None
    press(several, "Try again")
    queue.work_once()
    assert is_one(several.run())
    assert not is_one(press(several, "All sets"))


def test_the_same_set_of_a_video_is_in_the_records_once(several: AppTest, queue: Jobs) -> None:
    press(one_of(several, queue), PLAN("video.keep"))
    press(several, "All sets")
    one_of(several, queue)
    assert PLAN("video.kept") in texts(several) and PLAN("video.keep") not in labels(several)
    desk = visitor.desk()
    assert len(desk.summaries(desk.me().id)) == len(desk.sessions(desk.me().id)) == 1
