"""Who sees a person is changed by who may, and by nobody else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.care.types import Role
from coach.language import LANGUAGES, Language, words
from coach.records import Actor, Desk, Records, open_records
from coach.web import visitor
from coach.web.clinic import entrusting
from coach.web.plan import records_page
from coach.web.review import page

EN = words("en", entrusting.HERE)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with open_records(f"sqlite:///{tmp_path / 'records.sqlite'}", tmp_path / "files") as opened:
        for login, role in (("ana", Role.PERSON), ("thea", Role.THERAPIST), ("tom", Role.THERAPIST)):
            opened.enter(login, login.capitalize(), role)
        yield opened


@pytest.fixture
def desk_of(records: Records, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Role], Desk]:
    """Somebody sits down at the pages of the clinic."""

    def sits(login: str, role: Role) -> Desk:
        desk = records.desk(records.enter(login, "", role))
        monkeypatch.setattr(visitor, "mode", lambda: "clinic")
        monkeypatch.setattr(visitor, "desk", lambda: desk)
        monkeypatch.setattr(visitor, "person", lambda: desk.me())
        monkeypatch.setattr(page, "current_desk", lambda: desk)
        monkeypatch.setattr(records_page, "placed", lambda say, key: say(key))
        return desk

    return sits


def _script(module: str, language: str) -> None:
    from importlib import import_module

    import_module(module).show(language)


def opened(module: str, language: Language = "en", **place: str) -> AppTest:
    told = {"module": f"coach.web.{module}", "language": language}
    app = AppTest.from_function(_script, kwargs=told, default_timeout=60)
    for name, value in place.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def team_of(person: str, language: Language = "en") -> AppTest:
    app = opened("review.page", language, person=person)
    app.segmented_control(key=f"review-view-{person}").set_value("team").run()
    assert not app.exception
    return app


def chosen(app: AppTest, therapist: Actor, button: str) -> AppTest:
    app.selectbox(key="team-choose").set_value(therapist.id).run()
    app.button(key=button).click().run()
    assert not app.exception
    return app


def names(app: AppTest) -> set[str]:
    return {text.value for text in app.text}


def test_a_person_entrusts_themselves_and_takes_it_back(desk_of: Callable[[str, Role], Desk]) -> None:
    ana = desk_of("ana", Role.PERSON)
    thea, _ = ana.therapists()
    app = opened("plan.records_page")
    assert EN("team.none") in [one.value for one in app.markdown]
    assert "team-hand-over" not in {one.key for one in app.button}
    chosen(app, thea, "team-add")
    assert ana.entrusted_to(ana.me().id) == (thea,)
    app = opened("plan.records_page")
    assert names(app) == {"Thea"}
    app.button(key=f"team-take-{thea.id}").click().run()
    assert ana.entrusted_to(ana.me().id) == ()


def test_a_therapist_lets_a_colleague_see_somebody_and_hands_over(
    records: Records, desk_of: Callable[[str, Role], Desk]
) -> None:
    ana = desk_of("ana", Role.PERSON)
    person, (thea, tom) = ana.me(), ana.therapists()
    ana.entrust(person.id, thea.id)
    desk = desk_of("thea", Role.THERAPIST)
    app = team_of(person.id)
    assert names(app) == {EN("team.you", name="Thea")}
    assert not [one for one in app.button if (one.key or "").startswith("team-take")]
    chosen(app, tom, "team-add")
    assert desk.entrusted_to(person.id) == (thea, tom)
    records.desk(tom).withdraw(person.id, tom.id)
    app = chosen(team_of(person.id), tom, "team-hand-over")
    assert "person" not in app.query_params and "Ana" not in str([one.label for one in app.button])
    assert records.desk(tom).entrusted_to(person.id) == (tom,) and desk.people() == ()
    (error,) = opened("review.page", person=person.id).error
    assert "Ana" not in error.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_colleague_it_is_told(
    tmp_path: Path, desk_of: Callable[[str, Role], Desk], language: Language
) -> None:
    ana = desk_of("ana", Role.PERSON)
    for one in ana.therapists():
        ana.entrust(ana.me().id, one.id)
    desk_of("thea", Role.THERAPIST)
    told = [one.value for one in team_of(ana.me().id, language).caption]
    assert words(language, entrusting.HERE)("team.no_other") in told


def test_alone_there_is_nobody_to_entrust_to(
    desk_of: Callable[[str, Role], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = desk_of("ana", Role.PERSON)
    monkeypatch.setattr(visitor, "mode", lambda: "alone")
    assert EN("team.person") not in [one.value for one in opened("plan.records_page").subheader]
    assert ana.therapists()
