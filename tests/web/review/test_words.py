"""A therapist's words on verdicts: no comment comes back, and none is lost."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.agreement import all_said
from coach.care.types import Correction
from coach.judge import Judgement
from coach.language import LANGUAGES, Language
from coach.records import Desk, RecordsError
from coach.records.problems import not_yours, problem
from coach.web.review import file
from coach.web.review.wording import messages
from coach.web.review.words_on import Place
from tests.web.review.conftest import NOW, Clinic, Opened, html, labels, newest_session

EN = messages("en")
CHECK = "hips_level"
PART = 1  # with the first fault, of Carla and Bruno
ANOTHER = EN("session.by_another", comment="new remark")
LOCKED = problem("locked", place="the records")


def busy(*_: object) -> None:
    raise LOCKED


def place_of(clinic: Clinic, name: str, back: int = 1) -> tuple[str, Place]:
    """Of a check of the first set of a session: the last one, or further back."""
    desk = clinic.desk(clinic.mine)
    session = desk.sessions(clinic.people[name].id)[-back]
    return session.id, Place(desk.sets(session.id)[0].summary.id, PART, CHECK)


def at(app: AppTest, place: Place) -> tuple[object, str]:
    """What stands in the two fields."""
    return app.segmented_control(key=place.field).value, str(app.text_input(key=place.comment).value)


def said(clinic: Clinic, name: str, place: Place) -> list[Correction]:
    """All words on it, the newest last."""
    of = (place.set, place.n, place.check)
    words = clinic.desk(clinic.mine).corrections(clinic.people[name].id)
    return [word for word in words if (word.set, word.part, word.check) == of]


def commented(opened: Opened, clinic: Clinic, name: str, back: int, says: Judgement, text: str) -> AppTest:
    """The page of a session on which something was said and commented."""
    session, place = place_of(clinic, name, back)
    app = opened(person=clinic.people[name].id, session=session)
    app.segmented_control(key=f"review-part-{place.set}").set_value(PART).run()
    app.segmented_control(key=place.field).set_value(says).run()
    app.text_input(key=place.comment).set_value(text).run()
    assert said(clinic, name, place)[-1].comment == text
    return app


def newer(clinic: Clinic, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile a colleague says something else."""
    word = Correction(
        place.set, place.n, place.check, Judgement.PASS, "new remark", "else", NOW + timedelta(minutes=1)
    )
    clinic.desk(clinic.mine).correct(word)
    monkeypatch.setattr(file, "now", lambda: NOW + timedelta(minutes=2))


@pytest.mark.parametrize("seen", [True, False])
def test_an_old_comment_does_not_come_back_over_a_newer_one(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    """Whether the page was told anew meanwhile, or is as old as the remark."""
    _, place = place_of(clinic, "Carla Castro", 2 + seen)
    app = commented(opened, clinic, "Carla Castro", 2 + seen, Judgement.FAULT, "old remark")
    newer(clinic, place, monkeypatch)
    if seen:
        app.run()
        assert at(app, place) == (Judgement.PASS, "")
        assert html(app).count(ANOTHER) == 1, "beside the field; in the table it is that of the last word"
    app.segmented_control(key=place.field).set_value(Judgement.CANNOT_JUDGE).run()
    kept = said(clinic, "Carla Castro", place)[-1]
    assert (kept.by, kept.says, kept.comment) == (clinic.mine.id, *at(app, place))
    assert at(app, place) == (Judgement.CANNOT_JUDGE, "")
    assert ANOTHER in html(app), "it stands, and not as one's own"


def test_agreeing_with_all_keeps_a_comment_and_says_nothing_twice(clinic: Clinic, opened: Opened) -> None:
    _, place = place_of(clinic, "Carla Castro", 4)
    kept = clinic.desk(clinic.mine).kept_set(place.set)
    machine = kept.parts[PART].verdicts[CHECK].verdict
    app = commented(opened, clinic, "Carla Castro", 4, machine, "It drops here")
    for button in ("agree", "agree", "fine"):
        app.button(key=f"{button}-{place.set}-{PART}").click().run()
        words = said(clinic, "Carla Castro", place)
        assert words[-1].comment == at(app, place)[1] == "It drops here"
        assert len([word for word in words if word.comment]) == 1 + (button == "fine")
    assert said(clinic, "Carla Castro", place)[-1].says is Judgement.PASS


def test_who_agrees_with_a_colleague_says_so_and_leaves_the_comment_to_them(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, place = place_of(clinic, "Carla Castro", 5)
    newer(clinic, place, monkeypatch)
    app = opened(person=clinic.people["Carla Castro"].id, session=session)
    app.segmented_control(key=f"review-part-{place.set}").set_value(PART).run()
    monkeypatch.setattr(file, "now", lambda: NOW + timedelta(minutes=2))
    app.button(key=f"agree-{place.set}-{PART}").click().run()
    kept = said(clinic, "Carla Castro", place)
    assert [(word.by, word.comment) for word in kept] == [("else", "new remark"), (clinic.mine.id, "")]
    assert ANOTHER in html(app) and at(app, place)[1] == ""
    app.text_input(key=place.comment).set_value("I saw it too").run()
    assert said(clinic, "Carla Castro", place)[-1].comment == at(app, place)[1] == "I saw it too"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_that_cannot_be_kept_stays_in_its_field(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    back = 1 + LANGUAGES.index(language)
    session, place = place_of(clinic, "Bruno Berg", back)
    app = opened(language, person=clinic.people["Bruno Berg"].id, session=session)
    app.segmented_control(key=f"review-part-{place.set}").set_value(PART).run()
    app.segmented_control(key=place.field).set_value(Judgement.FAULT).run()
    again = messages(language)("session.comment_unkept")
    with monkeypatch.context() as locked:
        locked.setattr(Desk, "correct", busy)
        app.text_input(key=place.comment).set_value("A long remark").run()
        assert not app.exception and app.title
        assert [error.value for error in app.error] == [LOCKED.told(language)]
        assert at(app, place)[1] == "A long remark" and again in labels(app)
        app.segmented_control(key=f"review-part-{place.set}").set_value(0).run()
    app.segmented_control(key=f"review-part-{place.set}").set_value(PART).run()
    assert at(app, place)[1] == "A long remark" and said(clinic, "Bruno Berg", place)[-1].comment == ""
    app.button(key=f"{place.field}-again").click().run()
    kept = said(clinic, "Bruno Berg", place)[-1]
    assert (kept.says, kept.comment) == (Judgement.FAULT, "A long remark")
    assert not app.error and again not in labels(app) and "A long remark" in html(app)


def test_a_verdict_takes_the_comment_along_that_could_not_be_kept(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, place = place_of(clinic, "Bruno Berg", 5)
    app = commented(opened, clinic, "Bruno Berg", 5, Judgement.FAULT, "First")
    with monkeypatch.context() as locked:
        locked.setattr(Desk, "correct", busy)
        app.text_input(key=place.comment).set_value("Second").run()
        app.segmented_control(key=place.field).set_value(Judgement.PASS).run()
        assert at(app, place) == (Judgement.FAULT, "Second"), "what is kept, and what was typed"
    app.segmented_control(key=place.field).set_value(Judgement.PASS).run()
    kept = all_said(said(clinic, "Bruno Berg", place))[place.set, PART, CHECK].word
    assert (kept.says, kept.comment) == at(app, place) == (Judgement.PASS, "Second")


@pytest.mark.parametrize("error", [LOCKED, not_yours()])
def test_agreeing_that_cannot_be_kept_is_told_with_the_page(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch, error: RecordsError
) -> None:
    session = newest_session(clinic, "Ada Ahlers")
    app = opened(person=session.person, session=session.id)

    def wrong(*_: object) -> None:
        raise error

    with monkeypatch.context() as locked:
        locked.setattr(Desk, "correct", wrong)
        next(button for button in app.button if button.label == EN("session.all_agree")).click().run()
        assert [one.value for one in app.error] == [error.told("en")]
        assert EN("session.all_agree") in labels(app) and app.title
    assert not clinic.desk(clinic.mine).corrections(session.person)
    assert not app.run().error


def test_who_is_withdrawn_while_looked_at_is_told_in_one_sentence(clinic: Clinic, opened: Opened) -> None:
    session = newest_session(clinic, "Ada Ahlers")
    app = opened(person=session.person, session=session.id)
    clinic.desk().entrust(session.person, clinic.stranger.id)
    clinic.desk().withdraw(session.person, clinic.mine.id)
    next(button for button in app.button if button.label == EN("session.all_agree")).click().run()
    assert not app.exception and len(app.error) == 1
    assert EN("person.back") in labels(app)
    clinic.desk().entrust(session.person, clinic.mine.id)
