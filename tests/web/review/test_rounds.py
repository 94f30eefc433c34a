"""What is rated in one go, when something of it is gone, when it is finished, and when nothing can be kept."""

from collections.abc import Iterable

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.draw import EACH
from coach.records import Desk
from coach.records.problems import not_yours, problem
from coach.web.review import rating
from coach.web.review.rating import Question, Round
from coach.web.review.wording import messages
from tests.web.review.conftest import Clinic, Opened, labels

EN = messages("en")
LOCKED = problem("locked", place="the records")


def busy(*_: object) -> None:
    raise LOCKED


def round_of(app: AppTest, clinic: Clinic, person: str = "") -> Round:
    found: Round = app.session_state[f"review-round-{clinic.mine.id}-{person}-en"]
    return found


def left_of(app: AppTest, clinic: Clinic, person: str = "") -> tuple[Question, ...]:
    ratings = clinic.desk(clinic.mine).ratings(person or None)
    return rating.unanswered(round_of(app, clinic, person).questions, ratings, clinic.mine.id)


def sets_of(questions: Iterable[Question]) -> set[str]:
    return {one.set for one in questions}


def asks(app: AppTest) -> bool:
    return any(button.key == "rate-key-1" for button in app.button)


def test_what_cannot_be_kept_is_asked_again(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(view="rate")
    before = left_of(app, clinic)
    with monkeypatch.context() as locked:
        locked.setattr(Desk, "rate", busy)
        app.button(key="rate-key-1").click().run()
        assert [error.value for error in app.error] == [LOCKED.told("en")]
        assert asks(app) and EN("rate.stop") in labels(app)
    app.button(key="rate-key-1").click().run()
    assert not app.error and left_of(app, clinic) == before[1:]


def test_a_set_that_turns_out_to_be_gone_is_not_asked_about_again(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(view="rate")
    gone = left_of(app, clinic)[0].set

    def wrong(*_: object) -> None:
        raise not_yours()

    with monkeypatch.context() as withdrawn:
        withdrawn.setattr(Desk, "rate", wrong)
        app.button(key="rate-key-1").click().run()
        assert not app.exception
        assert [error.value for error in app.error] == [not_yours().told("en")]
    left = round_of(app, clinic)
    assert gone not in {*left.sets, *left.tracks, *sets_of(left.questions)}
    assert asks(app) and sets_of(left_of(app, clinic))


def test_who_is_withdrawn_is_not_shown_from_memory(clinic: Clinic, opened: Opened) -> None:
    app = opened(view="rate")
    app.button(key="rate-key-1").click().run()
    answered = app.session_state["review-answered-"].set
    gone = round_of(app, clinic).sets[answered].summary.person
    clinic.desk().entrust(gone, clinic.stranger.id)
    clinic.desk().withdraw(gone, clinic.mine.id)
    app.run()
    assert not app.exception and asks(app)
    assert gone not in {kept.summary.person for kept in round_of(app, clinic).sets.values()}
    assert answered not in round_of(app, clinic).tracks
    assert "rate-undo" not in {button.key for button in app.button}, "nor asked once more"
    clinic.desk().entrust(gone, clinic.mine.id)


def test_the_only_one_who_is_rated_is_gone(clinic: Clinic, opened: Opened) -> None:
    bruno = clinic.people["Bruno Berg"].id
    app = opened(person=bruno, view="rate")
    clinic.desk().entrust(bruno, clinic.stranger.id)
    clinic.desk().withdraw(bruno, clinic.mine.id)
    app.button(key="rate-key-1").click().run()
    assert not app.exception and not asks(app)
    assert [error.value for error in app.error] == [not_yours().told("en")]
    clinic.desk().entrust(bruno, clinic.mine.id)


def test_somebody_erased_meanwhile_is_left_out(clinic: Clinic, opened: Opened) -> None:
    app = opened(view="rate")
    first = left_of(app, clinic)[0]
    person = round_of(app, clinic).sets[first.set].summary.person
    own = sets_of(
        one for one in left_of(app, clinic) if round_of(app, clinic).sets[one.set].summary.person == person
    )
    clinic.desk().erase(person)
    app.button(key="rate-key-2").click().run()
    assert not app.exception
    assert not own & {*round_of(app, clinic).sets, *round_of(app, clinic).tracks}
    before = left_of(app, clinic)
    assert asks(app) and before
    app.button(key="rate-key-2").click().run()
    assert left_of(app, clinic) == before[1:]


def test_where_all_is_rated_another_draw_begins(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating, "EACH", 1)
    assert EACH > 1
    app = opened(view="agreement")
    app.button(key="review-draw").click().run()
    first = round_of(app, clinic)
    while asks(app):
        app.button(key="rate-key-1").click().run()
        assert not app.exception
    assert EN("rate.done") in [one.value for one in app.success]
    app.run()
    assert EN("rate.done") in [one.value for one in app.success], "what came of it stays to be seen"
    app.button[0].click().run()
    app.button(key="review-draw").click().run()
    second = round_of(app, clinic)
    assert asks(app) and "rate-undo" not in {button.key for button in app.button}
    parts = {(one.set, one.part) for one in first.questions}
    assert second.questions and not parts & {(one.set, one.part) for one in second.questions}
    app.button(key="rate-key-1").click().run()
    left = left_of(app, clinic)
    app.button[0].click().run()
    app.button(key="review-draw").click().run()
    assert round_of(app, clinic).questions == second.questions and left_of(app, clinic) == left


def test_where_nothing_is_left_to_draw_the_last_one_is_told(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating, "EACH", 1)
    app = opened(view="rate")
    while asks(app):
        app.button(key="rate-key-1").click().run()
    app.button[0].click().run()
    monkeypatch.setattr(rating, "draw", lambda *_: Round((), {}, {}))
    app.button(key="review-draw").click().run()
    assert EN("rate.done") in [one.value for one in app.success] and not app.info
