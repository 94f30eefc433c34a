"""What is asked before a set in front of the camera, and what is not."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from coach.care import safety
from coach.care.types import Pain, Screening
from coach.errors import CoachError
from coach.judge import exercise_ids
from coach.language import LANGUAGES, Language
from coach.records import Desk
from coach.web.plan import begin, gate
from coach.web.plan.wording import messages
from coach.web.session import here
from tests.web.plan.acting import EN, NOW, Home, labels, opened, press, texts

START, TRY = here("en")("setup.start"), here("en")("setup.try")


def set_up(language: Language = "en") -> AppTest:
    """In front of the button, at squats."""
    app = opened("coach_page", language)
    assert "squat" in exercise_ids()
    app.button(key="choose-squat").click().run()
    assert not app.exception
    return app


def tap(app: AppTest, score: int) -> AppTest:
    """Tell a pain."""
    app.button_group[0].select(score).run()
    assert not app.exception
    return app


def test_a_newcomer_who_tries_a_clip_is_asked_nothing(home: Home, desk: Desk) -> None:
    press(set_up(), TRY)
    (session,) = home.hub._sessions.values()
    assert session.place is None and desk.sessions(desk.me().id) == ()


def test_before_the_first_set_there_are_questions_then_the_pain_and_then_the_set(
    home: Home, desk: Desk
) -> None:
    app = press(set_up(), START)
    assert app.title[0].value == EN("questions.title") and safety.say("en")("not_medical") in texts(app)
    assert len(app.checkbox) == len(safety.FLAGS)
    press(app, EN("questions.none"))
    assert app.title[0].value == EN("pain.before") and not home.hub._sessions
    tap(app, 0)
    (session,) = home.hub._sessions.values()
    (kept,) = desk.sessions(desk.me().id)
    assert kept.before == Pain(0)
    assert session.place is not None and (session.place.session, session.place.item) == (kept.id, None)
    assert [one.flags for one in desk.screenings(desk.me().id)] == [()]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "pregnant"), ("de", "schwanger"), ("es", "embarazada")]
)
def test_who_is_to_ask_first_is_told_below_the_questions(language: Language, words: str) -> None:
    app = press(set_up(language), here(language)("setup.start"))
    assert len(app.checkbox) == len(safety.FLAGS) and words in texts(app)


def test_a_pain_is_told_with_its_place(screened: Desk) -> None:
    app = tap(press(set_up(), START), 4)
    app.button_group[1].select("left_hip").run()
    press(app, EN("pain.begin"))
    assert screened.sessions(screened.me().id)[0].before == Pain(4, "left_hip")


@pytest.fixture
def double_click(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each click at the question is made twice before the page can change."""
    tell = gate._tell

    def twice(number: bool = True) -> None:
        tell(number)
        tell(number)

    monkeypatch.setattr(gate, "_tell", twice)


@pytest.mark.usefixtures("double_click")
def test_a_pain_that_is_told_with_a_double_click_is_one_session(screened: Desk, home: Home) -> None:
    press(tap(press(set_up(), START), 4), EN("pain.begin"))
    (kept,), (session,) = screened.sessions(screened.me().id), home.hub._sessions.values()
    assert kept.before == Pain(4) and session.place is not None and session.place.session == kept.id


@pytest.mark.usefixtures("double_click")
@pytest.mark.parametrize("pressed", [EN("pain.not_told"), f"← {EN('back')}"])
def test_numbness_that_is_told_with_a_double_click_is_one_session(screened: Desk, pressed: str) -> None:
    app = press(set_up(), START)
    app.checkbox(key="numb-pain-before").check().run()
    press(app, pressed)
    assert [one.before for one in screened.sessions(screened.me().id)] == [Pain(None, numb=True)]


def test_another_answer_of_the_same_day_is_kept_too(screened: Desk) -> None:
    """As from a page that stood open while the question was answered on another one."""
    first, second = (press(set_up(), START) for _ in range(2))
    tap(first, 0)
    second.checkbox(key="numb-pain-before").check()
    press(second, EN("pain.not_told"))
    told = [one.before for one in screened.sessions(screened.me().id)]
    assert told == [Pain(0), Pain(None, numb=True)]


def test_pain_need_not_be_told(screened: Desk, home: Home) -> None:
    press(press(set_up(), START), EN("pain.not_told"))
    assert len(home.hub._sessions) == 1
    assert screened.sessions(screened.me().id)[0].before is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbness_told_without_a_number_is_kept_and_stops(
    screened: Desk, home: Home, language: Language
) -> None:
    say = messages(language)
    app = press(set_up(language), here(language)("setup.start"))
    app.checkbox(key="numb-pain-before").check().run()
    assert say("pain.how_strong") in texts(app) and say("pain.begin") not in labels(app)
    press(app, say("pain.not_told"))
    assert screened.sessions(screened.me().id)[0].before == Pain(None, numb=True)
    assert app.title[0].value == say("questions.title") and not home.hub._sessions
    press(app, say("questions.none"))
    assert app.title[0].value == say("stopped.title") and not home.hub._sessions
    assert say("own_word") not in labels(app)


def test_the_box_for_numbness_is_met_before_a_number_that_begins_by_itself(screened: Desk) -> None:
    app = press(set_up(), START)
    kinds = [element.type for element in app.main if element.type in ("checkbox", "button_group")]
    assert kinds == ["checkbox", "button_group"]


@pytest.mark.parametrize("score", [0, 4])
def test_numbness_with_a_number_begins_nothing(screened: Desk, home: Home, score: int) -> None:
    app = press(set_up(), START)
    app.checkbox(key="numb-pain-before").check().run()
    tap(app, score)
    assert not home.hub._sessions and EN("pain.begin") not in labels(app)
    press(app, EN("questions.go_on"))
    assert screened.sessions(screened.me().id)[0].before == Pain(score, numb=True)
    assert app.title[0].value == EN("questions.title") and not home.hub._sessions


def test_rather_not_say_after_a_number_keeps_the_numbness_alone(screened: Desk, home: Home) -> None:
    app = tap(press(set_up(), START), 4)
    app.checkbox(key="numb-pain-before").check().run()
    press(app, EN("pain.not_told"))
    assert screened.sessions(screened.me().id)[0].before == Pain(None, numb=True)
    assert not home.hub._sessions


def test_a_box_ticked_and_the_button_pressed_at_once_is_not_lost(screened: Desk, home: Home) -> None:
    app = press(set_up(), START)
    app.checkbox(key="numb-pain-before").check()  # its own answer has not come back yet
    press(app, EN("pain.not_told"))
    assert screened.sessions(screened.me().id)[0].before == Pain(None, numb=True)
    assert not home.hub._sessions


def test_who_ticks_the_box_and_goes_back_has_told_it(screened: Desk, home: Home) -> None:
    app = press(set_up(), START)
    app.checkbox(key="numb-pain-before").check().run()
    press(app, f"← {EN('back')}")
    assert screened.sessions(screened.me().id)[0].before == Pain(None, numb=True)
    press(app, START)
    assert app.title[0].value == EN("questions.title") and not home.hub._sessions


def test_a_box_that_is_unticked_again_tells_nothing(screened: Desk, home: Home) -> None:
    app = press(set_up(), START)
    app.checkbox(key="numb-pain-before").check().run()
    app.checkbox(key="numb-pain-before").uncheck().run()
    press(app, EN("pain.not_told"))
    assert len(home.hub._sessions) == 1
    assert screened.sessions(screened.me().id)[0].before is None


def test_the_pain_of_one_day_is_not_told_for_the_next(screened: Desk) -> None:
    app = tap(press(set_up(), START), 0)
    assert "told-pain-before" not in app.session_state


def test_the_second_set_of_a_day_is_asked_nothing(planned: Desk, home: Home) -> None:
    press(set_up(), START)
    assert len(home.hub._sessions) == 1


def test_a_flag_is_a_reason_to_be_seen_first_and_the_word_is_theirs(desk: Desk, home: Home) -> None:
    app = press(set_up(), START)
    app.checkbox(key="flag-fever").check().run()
    press(app, EN("questions.go_on"))
    assert app.title[0].value == EN("answer.physician") and "not a diagnosis" in texts(app)
    assert not home.hub._sessions
    press(app, EN("own_word"))
    tap(app, 0)
    assert len(home.hub._sessions) == 1


SEEN = safety.say("en")("answer.seen")


def test_what_a_physician_has_looked_at_is_kept_and_stands_in_nobodys_way(desk: Desk, home: Home) -> None:
    person = desk.me().id
    desk.save_screening(Screening(person, NOW(), ("onset_age", "not_improving")))
    app = press(set_up(), START)
    assert app.title[0].value == EN("answer.physician") and EN("own_word") in labels(app)
    tap(press(app, SEEN), 0)
    assert len(home.hub._sessions) == 1
    first, second = desk.screenings(person)
    assert not first.seen and second == safety.as_seen(first)
    press(set_up(), START)  # another visit
    assert len(home.hub._sessions) == 2


def test_a_physician_who_looked_is_told_of_without_a_set_that_waits(planned: Desk) -> None:
    app = press(opened("plan.today_page"), EN("questions.changed"))
    app.checkbox(key="flag-cancer").check().run()
    press(press(app, EN("questions.go_on")), SEEN)
    assert EN("today.start") in labels(app)
    assert planned.screenings(planned.me().id)[-1].seen


@pytest.mark.parametrize("since", [("saddle",), ("fever",)])
def test_a_physician_who_looked_before_other_answers_did_not_look_at_these(
    desk: Desk, home: Home, since: tuple[str, ...]
) -> None:
    person = desk.me().id
    desk.save_screening(Screening(person, NOW() - timedelta(hours=1), ("onset_age",)))
    app = press(set_up(), START)
    desk.save_screening(Screening(person, NOW(), since))  # on another page
    press(app, SEEN)
    assert not any(one.seen for one in desk.screenings(person)) and not home.hub._sessions


def test_what_does_not_wait_is_lifted_by_no_physician_who_looked(desk: Desk, home: Home) -> None:
    desk.save_screening(Screening(desk.me().id, NOW(), ("onset_age", "saddle"), seen=True))
    app = press(set_up(), START)
    assert app.title[0].value == EN("answer.today")
    assert SEEN not in labels(app) and EN("own_word") not in labels(app)


def test_a_physician_who_looked_is_kept_in_the_visit_where_the_records_cannot_be_written(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> Desk:
        raise CoachError("Another program is busy with the records.")

    monkeypatch.setattr("coach.web.visitor.desk", locked)
    app = press(set_up(), START)
    app.checkbox(key="flag-fever").check().run()
    press(press(app, EN("questions.go_on")), SEEN)
    assert app.title[0].value == EN("pain.before")


def test_a_flag_ticked_and_the_button_pressed_at_once_is_not_lost(desk: Desk, home: Home) -> None:
    app = press(set_up(), START)
    app.checkbox(key="flag-fever").check().run()
    app.checkbox(key="flag-urine").check()  # its own answer has not come back yet
    press(app, EN("questions.go_on"))
    assert [one.flags for one in desk.screenings(desk.me().id)] == [("fever", "urine")]
    assert app.title[0].value == EN("answer.today") and not home.hub._sessions


def test_a_dose_typed_and_a_button_pressed_at_once_is_the_dose_of_the_set(planned: Desk, home: Home) -> None:
    for pressed in (START, TRY):
        app = set_up()
        app.number_input(key="reps-squat").set_value(3)  # the field is left by the click on the button
        press(app, pressed)
    assert [session.settings.dose.reps for session in home.hub._sessions.values()] == [3, 3]


def test_what_does_not_wait_is_begun_on_nobodys_word(desk: Desk) -> None:
    desk.save_screening(Screening(desk.me().id, NOW(), ("saddle",)))
    app = press(set_up(), START)
    assert app.title[0].value == EN("answer.today")
    assert EN("own_word") not in labels(app) and EN("answer.again") in labels(app)
    press(app, EN("answer.again"))
    assert app.title[0].value == EN("questions.title")
    press(app, EN("answer.back") if EN("answer.back") in labels(app) else f"← {EN('back')}")
    assert START in labels(app), "and everything can be read"


def test_new_numbness_asks_the_questions_again_and_ends_the_day(screened: Desk, home: Home) -> None:
    screened.begin_session(screened.me().id, NOW(), Pain(1, numb=True))
    app = press(set_up(), START)
    assert app.title[0].value == EN("questions.title")
    press(app, EN("questions.none"))
    assert app.title[0].value == EN("stopped.title") and not home.hub._sessions
    assert EN("own_word") not in labels(app)


def test_after_a_rise_a_set_of_ones_own_choice_is_on_ones_own_word(planned: Desk, home: Home) -> None:
    session = planned.sessions(planned.me().id)[-1]
    planned.end_session(session.id, NOW(), Pain(5))
    app = press(set_up(), START)
    assert app.title[0].value == EN("stopped.title")
    press(app, EN("own_word"))
    assert len(home.hub._sessions) == 1


@pytest.mark.parametrize(
    ("score", "words"), [(4, "It hurts more than last time"), (7, "That is strong pain")]
)
def test_who_tells_more_pain_than_the_last_time_or_strong_pain_is_advised_and_may_begin(
    screened: Desk, home: Home, score: int, words: str
) -> None:
    screened.begin_session(screened.me().id, NOW() - timedelta(days=1), Pain(2))
    app = press(tap(press(set_up(), START), score), EN("pain.begin"))
    assert app.title[0].value == EN("advised.title") and words in texts(app) and not home.hub._sessions
    press(app, EN("pain.begin"))
    assert len(home.hub._sessions) == 1


def test_the_advice_is_read_once_a_day_and_stays_on_the_page_of_today(planned: Desk, home: Home) -> None:
    planned.begin_session(planned.me().id, NOW() - timedelta(days=1), Pain(0))
    app = opened("plan.today_page")
    assert "It hurts more than last time" in texts(app)
    press(press(app, EN("today.start")), EN("answer.back"))
    assert not home.hub._sessions and EN("today.start") in labels(app)
    press(press(app, EN("today.start")), EN("pain.begin"))
    assert len(home.hub._sessions) == 1


def test_something_has_changed_is_asked_for_and_answered_without_a_set(planned: Desk) -> None:
    app = press(opened("plan.today_page"), EN("questions.changed"))
    assert app.title[0].value == EN("questions.title")
    app.checkbox(key="flag-cancer").check().run()
    press(app, EN("questions.go_on"))
    assert app.title[0].value == EN("answer.physician") and EN("own_word") not in labels(app)
    press(app, EN("answer.back"))
    assert EN("today.start") in labels(app)


def test_records_that_cannot_be_written_stop_nobody(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> Desk:
        raise CoachError("Another program is busy with the records.")

    monkeypatch.setattr("coach.web.visitor.desk", locked)
    app = press(set_up(), START)
    press(app, EN("questions.none"))
    tap(app, 2)
    press(app, EN("pain.begin"))
    (session,) = home.hub._sessions.values()
    assert session.place is None
    assert str(app.session_state[begin.PROBLEM]) == "Another program is busy with the records."


def test_numbness_that_the_records_cannot_keep_stops_all_the_same(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> Desk:
        raise CoachError("Another program is busy with the records.")

    monkeypatch.setattr("coach.web.visitor.desk", locked)
    app = press(set_up(), START)
    press(app, EN("questions.none"))
    app.checkbox(key="numb-pain-before").check().run()
    press(app, EN("pain.not_told"))
    assert app.title[0].value == EN("questions.title") and not home.hub._sessions
    press(app, EN("questions.none"))
    assert app.title[0].value == EN("stopped.title") and not home.hub._sessions


def test_old_answers_are_asked_for_again(desk: Desk) -> None:
    asked, known = None, begin.Known((Screening("p", NOW() - timedelta(days=100)),))
    assert begin.step(asked, known, NOW()) is None
    app = press(set_up(), START)
    assert app.title[0].value == EN("questions.title")
