"""The summary as a person meets it."""

import json
import re
from datetime import datetime
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from coach.care import safety
from coach.care.types import Pain
from coach.judge import Exercise, SetResult
from coach.language import LANGUAGES, Language
from coach.web.summary import page
from coach.web.summary.report import report_file
from coach.web.summary.words_of_set import messages
from tests.web.summary.sets import a_set, coached, hold, live, loaded, rep, result

HYDRANT = "fire_hydrant_faulty_1"


def _script(track: str, exercise: str, language: str) -> None:
    import streamlit as st

    from coach.web.summary import page
    from tests.web.summary.sets import live, loaded

    if not st.session_state.get("left"):
        kept = live(track, exercise, language)  # type: ignore[arg-type]
        page.show(kept, loaded(exercise, language), "abc")  # type: ignore[arg-type]


def opened(
    track: str = HYDRANT,
    exercise: str = "fire_hydrant",
    language: Language = "en",
) -> AppTest:
    told = {"track": track, "exercise": exercise, "language": language}
    app = AppTest.from_function(_script, kwargs=told, default_timeout=30).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """All that the page writes itself, its style left out."""
    return "\n".join(element.proto.body for element in app.get("html"))


def everything(app: AppTest) -> str:
    """Every text that reaches the browser: what is written, labels, and what the replays are given."""
    labels = [
        element.proto.label for kind in ("button_group", "download_button") for element in app.get(kind)
    ]
    given = [str(element.proto.json) + str(element.proto.mixed) for element in app.get("bidi_component")]
    return unescape("\n".join([html(app), *labels, *given]))


def english_of(exercise: Exercise) -> list[str]:
    """What would be English in a page of another language: sentences, and parts of them between places."""
    told = [
        message
        for text in messages("en").messages.values()
        for message in ([text] if isinstance(text, str) else text.values())
    ]
    pieces = [piece.strip(" :.,") for text in told for piece in re.split(r"{\w+}", text)]
    checks = [text for check in exercise.checks.values() for text in (check.what, check.cue, check.why)]
    return [piece for piece in pieces if " " in piece] + checks + list(exercise.stop) + [exercise.name]


def test_from_large_to_small() -> None:
    told = html(opened())
    parts = [
        "<h2>3 repetitions right</h2>",
        "The one thing to work on",
        "How is your pain now?",
        "Each repetition",
    ]
    places = [told.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["de", "es"])
@pytest.mark.parametrize(
    ("track", "exercise"),
    [(HYDRANT, "fire_hydrant"), ("thomas_test_faulty_2", "thomas_test"), ("lunge_wrong_view", "lunge")],
)
def test_no_english_in_another_language(track: str, exercise: str, language: Language) -> None:
    app = opened(track, exercise, language)
    app.button_group[0].select(6).run()
    told = everything(app)
    assert loaded(exercise, language).stop[0] in told
    assert [text for text in english_of(loaded(exercise)) if text in told] == []


def test_the_check_for_english_finds_it() -> None:
    told = everything(opened())
    assert len([text for text in english_of(loaded("fire_hydrant")) if text in told]) > 10


def test_the_replays_are_there_and_are_no_pictures() -> None:
    (element,) = opened().get("bidi_component")
    assert '"places"' in element.proto.json + element.proto.mixed.json


def test_pain_is_asked_kept_and_answered() -> None:
    app = opened()
    assert app.session_state["told-abc"] is None
    app.button_group[0].select(2).run()
    assert app.session_state["told-abc"].score == 2
    assert messages("en")("pain_noted") in html(app) and messages("en")("pain_rest") not in html(app)
    app.button_group[0].select(6).run()
    assert app.session_state["told-abc"].score == 6
    assert messages("en")("pain_rest") in html(app)


def test_no_pain_is_an_answer_too() -> None:
    app = opened()
    app.button_group[0].select(0).run()
    assert app.session_state["told-abc"].score == 0 and "sum pain" not in html(app)


def test_numbness_is_answered_without_a_number() -> None:
    app = opened()
    app.checkbox(key="numb-abc").check().run()
    assert app.session_state["told-abc"] == Pain(None, numb=True)
    assert safety.say("en")("pain.numb") in html(app)


def test_pain_outlives_the_page() -> None:
    app = opened()
    app.button_group[0].select(5).run()
    app.session_state["left"] = True
    app.run()
    assert app.session_state["told-abc"].score == 5
    app.session_state["left"] = False
    app.run()
    assert app.button_group[0].value == 5 and app.session_state["told-abc"].score == 5


def test_the_result_can_be_taken_along() -> None:
    kept = live(HYDRANT, "fire_hydrant")
    assert SetResult.model_validate_json(page.as_json(kept)) == kept.results[0]
    bridge = loaded("bridge")
    two = json.loads(page.as_json(coached(result(bridge), result(bridge))))
    assert isinstance(two, list) and len(two) == 2


def test_a_set_has_a_report_in_its_language() -> None:
    exercise = loaded("fire_hydrant", "de")
    (kept,) = live(HYDRANT, "fire_hydrant", "de").results
    told = unescape(report_file(kept, exercise, datetime(2026, 11, 23, 9, 30), ".html").decode())
    assert any(exercise.checks[name].cue in told for name in kept.faults)
    assert "Satz vor der Kamera" in told and "nicht zu sehen" not in told
    assert [text for text in english_of(loaded("fire_hydrant")) if text in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clip_is_reported_as_a_recorded_person(language: Language) -> None:
    exercise, say = loaded("fire_hydrant", language), messages(language)
    (kept,) = live(HYDRANT, "fire_hydrant", language).results
    told = unescape(report_file(kept, exercise, datetime(2026, 11, 23), ".html", clip=True).decode())
    assert say("source_clip") in told and say("source") not in told


def test_each_set_has_a_report_to_take_along() -> None:
    assert [button.proto.label for button in opened().get("download_button")] == [
        "Keep the report (PDF)",
        "Keep the report (HTML)",
        "Keep the result (JSON)",
    ]


def test_words_of_a_file_are_no_markup() -> None:
    bridge = loaded("bridge")
    check = bridge.checks["hold"].model_copy(update={"cue": "Stay <b>up</b>", "what": "<script>"})
    own = bridge.model_copy(update={"checks": bridge.checks | {"hold": check}})
    kept = a_set(own, rep(own, 0, "hold", why_not="<i>no</i>"))
    say = messages("en")
    told = page.work_html(page.work_on(kept, own), say)
    told += page.table_html(page.table(page.attempts(kept), own), "<u>", say)
    assert not re.search(r"<(b|i|u|script)>", told)


def test_every_value_has_its_name_on_a_narrow_screen() -> None:
    pigeon = loaded("pigeon", "de")
    kept = a_set(pigeon, hold(pigeon, 0, 12))
    told = page.table_html(page.table(page.attempts(kept), pigeon), "Jede", messages("de"))
    assert 'data-head="Gehalten"><div><div>12\xa0s' in told and 'aria-label="Nicht erfüllt"' in told
