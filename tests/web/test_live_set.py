"""A set on a sample clip stays one, wherever somebody looks meanwhile: the address is emptied on the way."""

import pytest
from streamlit.testing.v1 import AppTest

from coach.judge import load_exercise
from coach.language import words
from coach.live import Dose, LiveSession, LiveSettings
from coach.records import Desk
from coach.web import live_set
from coach.web.coach_page import CHOSEN
from coach.web.plan import begin
from coach.web.preferences import Preferences
from coach.web.session import here
from coach.web.stage import stage_data
from coach.web.summary import page as summary
from tests.judge.films import squats
from tests.web.plan.acting import Home, after_a_look_elsewhere, press, texts
from tests.web.plan.conftest import desk as desk
from tests.web.plan.conftest import home as home
from tests.web.plan.conftest import screened as screened

EN, AFTER = here("en"), words("en", summary.HERE)


def _pages() -> None:
    import streamlit as st

    from coach.web import about_page, coach_page

    st.session_state.setdefault("pages", {})
    (about_page if st.session_state.get("elsewhere") else coach_page).show("en")


@pytest.fixture
def app(screened: Desk) -> AppTest:
    """On a sample clip."""
    app = AppTest.from_function(_pages, default_timeout=60)
    app.session_state[CHOSEN] = "squat"
    app.run()
    return press(app, EN("setup.try"))


def plays_a_clip(app: AppTest) -> bool:
    """Whether the stage is told of one."""
    (told,) = (
        one
        for one in (f"{part.proto.json}{part.proto.mixed}" for part in app.get("bidi_component"))
        if '"mirror"' in one
    )
    return '"clip":"/clips/' in told.replace(" ", "")


def done(app: AppTest, home: Home) -> LiveSession:
    found = home.hub.find(app.session_state[live_set.TOKEN])
    assert found is not None
    for frame in squats(3):
        found.take(frame)
    found.stop()
    app.run()
    return found


def test_it_goes_on_with_the_clip(app: AppTest) -> None:
    assert plays_a_clip(app)
    assert plays_a_clip(after_a_look_elsewhere(app))


def test_also_when_the_page_was_loaded_again_before(app: AppTest) -> None:
    again = loaded_again(app)
    assert plays_a_clip(again)
    assert plays_a_clip(after_a_look_elsewhere(again))


def loaded_again(app: AppTest) -> AppTest:
    """Another visit at the same address."""
    again = AppTest.from_function(_pages, default_timeout=60)
    for name, told in app.query_params.items():
        again.query_params[name] = told
    again.run()
    assert not again.exception
    return again


def test_after_a_look_elsewhere_it_is_found_again_by_a_page_that_is_loaded_again(app: AppTest) -> None:
    token = app.session_state[live_set.TOKEN]
    again = loaded_again(after_a_look_elsewhere(app))
    assert again.session_state[live_set.TOKEN] == token and plays_a_clip(again)


def test_so_it_is_when_it_is_over(app: AppTest, home: Home) -> None:
    done(app, home)
    again = loaded_again(after_a_look_elsewhere(app))
    assert AFTER("source_clip") in texts(again)


def test_what_was_left_does_not_come_back_with_a_look_elsewhere(app: AppTest, home: Home) -> None:
    done(app, home)
    press(after_a_look_elsewhere(app), EN("after.other"))
    assert not after_a_look_elsewhere(app).query_params


def test_what_the_recorded_person_did_is_nobodys_own(app: AppTest, home: Home) -> None:
    done(app, home)
    after_a_look_elsewhere(app)
    assert AFTER("source_clip") in texts(app) and not app.button_group
    assert begin.NUMB not in app.session_state


def test_once_more_it_is_the_clip_again(app: AppTest, home: Home) -> None:
    done(app, home)
    press(after_a_look_elsewhere(app), EN("after.again"))
    assert plays_a_clip(app)


def _camera() -> None:
    from coach.live import Dose, LiveSettings
    from coach.web import live_set
    from coach.web.session import exercise_in

    settings = LiveSettings(exercise_in("squat", "en"), Dose(5, None))
    live_set.start(settings, "squat_faulty.mp4")
    assert live_set.clip() == "squat_faulty.mp4"
    live_set.start(settings)
    assert live_set.clip() is None


def test_a_set_in_front_of_the_camera_after_one_on_a_clip(screened: Desk) -> None:
    app = AppTest.from_function(_camera, default_timeout=60).run()
    assert not app.exception and live_set.CLIP not in app.query_params


def test_a_set_is_told_in_its_own_language_whatever_the_settings_say_since(home: Home) -> None:
    session = home.hub.open(LiveSettings(load_exercise("squat", language="de"), Dose(3, None)))
    told = stage_data(session, None, Preferences(language="en"))
    assert told["voice"]["language"] == "de" and told["words"]["stop"] == here("de")("stage.stop")
