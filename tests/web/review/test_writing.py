"""A note stays in its field until it stands in the records."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from coach.language import LANGUAGES, Language
from coach.records import Desk
from coach.records.problems import problem
from coach.web.review.wording import messages
from tests.web.review.conftest import Clinic, Opened, html, newest_session

EN = messages("en")
FULL = problem("full", place="the records")


def busy(*_: object) -> None:
    raise FULL


def place(clinic: Clinic, where: str) -> dict[str, str]:
    session = newest_session(clinic, "Ada Ahlers")
    return {"person": session.person} | ({"session": session.id} if where == "session" else {})


def view(app: AppTest, name: str) -> None:
    app.segmented_control(key=f"review-view-{app.query_params['person']}").set_value(name).run()


def area(app: AppTest) -> TextArea:
    """The only one."""
    assert len(app.text_area) == 1
    return app.text_area[0]


def keep(app: AppTest, language: Language = "en") -> None:
    next(button for button in app.button if button.label == messages(language)("note.keep")).click().run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["person", "session"])
def test_a_note_that_cannot_be_kept_is_not_lost(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch, where: str, language: Language
) -> None:
    app, text = opened(language, **place(clinic, where)), f"Typed for long, {where} {language}."
    if where == "person":
        view(app, "notes")
    area(app).set_value(text)
    with monkeypatch.context() as full:
        full.setattr(Desk, "add_note", busy)
        keep(app, language)
        assert not app.exception
        assert [error.value for error in app.error] == [FULL.told(language)]
        assert area(app).value == text and text not in html(app)
    assert area(app.run()).value == text and not app.error
    keep(app, language)
    assert area(app).value == "" and text in html(app)
    notes = [note for note in clinic.desk(clinic.mine).notes(app.query_params["person"]) if note.text == text]
    assert [note.about is None for note in notes] == [where == "person"]


def test_half_a_note_is_still_there_after_a_look_elsewhere(clinic: Clinic, opened: Opened) -> None:
    app = opened(**place(clinic, "person"))
    view(app, "notes")
    area(app).set_value("Half a note")
    view(app, "overview")
    assert not app.text_area
    view(app, "notes")
    assert area(app).value == "Half a note"
    app.query_params["person"] = clinic.people["Bruno Berg"].id
    app.run()
    view(app, "notes")
    assert area(app).value == "", "it is of one person"
    app.query_params["person"] = clinic.people["Ada Ahlers"].id
    app.run()
    view(app, "notes")
    keep(app)
    assert "Half a note" in html(app)
    view(app, "overview")
    view(app, "notes")
    assert area(app).value == ""


def test_nothing_is_no_note(clinic: Clinic, opened: Opened) -> None:
    app = opened(**place(clinic, "person"))
    view(app, "notes")
    before = len(clinic.desk(clinic.mine).notes(app.query_params["person"]))
    area(app).set_value("   ")
    keep(app)
    assert len(clinic.desk(clinic.mine).notes(app.query_params["person"])) == before
