"""The button that fills in made-up people, where there is nobody yet; never in a clinic."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.language import LANGUAGES, Language
from coach.records import OWNER, open_records
from coach.web import visitor
from coach.web.review import offer
from coach.web.review.wording import messages
from tests.web.review.conftest import html, rows

EN = messages("en")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    monkeypatch.setattr(offer, "PEOPLE", 2)
    monkeypatch.setattr(offer, "MONTHS", 0.5)
    return tmp_path


def _script(language: str) -> None:
    from coach.web.review import page

    page.show(language)  # type: ignore[arg-type]


def opened(language: Language = "en") -> AppTest:
    app = AppTest.from_function(_script, kwargs={"language": language}, default_timeout=120).run()
    assert not app.exception
    return app


def test_people_are_made_up_at_a_press_and_offered_no_more() -> None:
    app = opened()
    assert EN("people.offer") in [one.value for one in app.info]
    app.button(key="review-fill").click().run()
    assert not app.exception and "review-fill" not in {one.key for one in app.button}
    with open_records() as records:
        made = [one for one in records.desk(OWNER).people() if one.sample]
    assert len(made) == 2
    shown = [row for row in rows(app) if row["tag"] == EN("people.sample")]
    assert len(shown) == 2 and EN("people.offer") not in html(app)
    assert "review-fill" not in {one.key for one in opened().button}


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_without_a_session_is_not_called_nobody(language: Language) -> None:
    visitor.desk().me()
    app, say = opened(language), messages(language)
    assert len(rows(app)) == 1 and say("people.needing_none") in html(app)
    assert "0" not in say("people.needing_none") and say("people.offer") in [one.value for one in app.info]


def test_it_is_not_offered_in_a_clinic(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.desk().me()  # somebody without a session
    monkeypatch.setattr(visitor, "mode", lambda: "clinic")
    app = opened()
    assert "review-fill" not in {one.key for one in app.button}
    assert not [one for one in app.info if one.value == EN("people.offer")]
