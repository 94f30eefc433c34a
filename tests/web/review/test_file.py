"""What the lines of the list are worked out from, and when anew."""

import gc
from datetime import date, timedelta

import pytest

from coach.care.review import Line
from coach.care.types import Pain, Role, Screening
from coach.judge import SetResult
from coach.web.review import file
from tests.web.review.conftest import NOW, Clinic

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    file._KNOWN.clear()


def line_of(clinic: Clinic, person: str) -> Line:
    lines = file.lines(clinic.desk(clinic.mine), LATER)
    return next(one for one in lines if one.person.id == person)


def test_each_change_of_somebody_is_in_their_line_at_once(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.mine)
    eva = desk.add_person("", login="eva").id
    assert (line_of(clinic, eva).sessions, line_of(clinic, eva).reasons) == (0, ())
    desk.save_screening(Screening(eva, NOW, ("fever",)))
    assert [reason.code for reason in line_of(clinic, eva).reasons] == ["flagged"]
    desk.save_screening(Screening(eva, NOW, ("fever",), seen=True))
    assert line_of(clinic, eva).reasons == () == file.person_file(desk, eva, LATER).reasons
    desk.save_screening(Screening(eva, LATER))
    assert line_of(clinic, eva).reasons == ()
    items = desk.plans(clinic.people["Ada Ahlers"].id)[-1].items
    desk.save_plan(eva, items, date(2026, 10, 1), at=NOW)
    assert [reason.code for reason in line_of(clinic, eva).reasons] == ["silent"]
    session = desk.begin_session(eva, NOW, Pain(3, "hip"))
    told = line_of(clinic, eva)
    assert (told.sessions, told.pain, "silent" in {reason.code for reason in told.reasons}) == (1, 3, True)
    desk.end_session(session.id, LATER, Pain(8, "hip"))
    assert line_of(clinic, eva).reasons[0].code == "pain_rose"
    before = desk.marks(file.since_of(NOW))[eva]
    set_id = desk.begin_set(session.id, "squat", NOW, "camera")
    begun = desk.marks(file.since_of(NOW))[eva]
    desk.close_set(set_id, SetResult(exercise="squat", name="squat", duration_s=9.0, counted=1, attempts=1))
    assert "silent" not in {reason.code for reason in line_of(clinic, eva).reasons}
    assert len({before, begun, desk.marks(file.since_of(NOW))[eva]}) == 3
    clinic.records.enter("eva", "Eva Engel", Role.PERSON)
    assert line_of(clinic, eva).person.name == "Eva Engel"
    clinic.desk().erase(eva)
    assert eva not in {one.person.id for one in file.lines(desk, LATER)}


@pytest.mark.parametrize("few", [0, 1000])
def test_many_at_once_and_one_by_one_are_the_same(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    asked = file.lines(clinic.desk(clinic.mine), NOW)
    file._KNOWN.clear()
    monkeypatch.setattr(file, "FEW", few)
    assert file.lines(clinic.desk(clinic.mine), NOW) == asked
    assert {one.person.name for one in asked} >= set(clinic.people)


def test_what_was_read_ahead_is_not_read_again(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the server itself, before any therapist came: they find it as it is."""
    file.lines(clinic.desk(), NOW)
    worked_out: list[object] = []
    monkeypatch.setattr(file, "line", lambda *given: worked_out.append(given))
    lines = file.lines(clinic.desk(clinic.mine), NOW)
    assert {one.person.name for one in lines} >= set(clinic.people) and not worked_out
    assert file.lines(clinic.desk(clinic.stranger), NOW) == ()


def test_more_people_than_are_kept_in_mind_are_all_in_the_list(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "MOST_KNOWN", 1)
    for few in (0, 100):
        monkeypatch.setattr(file, "FEW", few)
        lines = file.lines(clinic.desk(clinic.mine), NOW)
        assert {one.person.name for one in lines} >= set(clinic.people)
        assert len(file._KNOWN) == 1


def test_who_was_deleted_is_forgotten(clinic: Clinic) -> None:
    file.lines(clinic.desk(clinic.mine), NOW)
    ada = clinic.people["Ada Ahlers"].id
    file.keep_only({ada})
    assert file._KNOWN.keys() == {ada}


def test_memory_is_looked_after_again_when_many_were_worked_out(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "FEW", 0)
    file.lines(clinic.desk(clinic.mine), NOW)
    assert gc.isenabled()
    file._KNOWN.clear()
    monkeypatch.setattr(file, "line", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        file.lines(clinic.desk(clinic.mine), NOW)
    assert gc.isenabled() and not file._WORKING.locked()


def test_a_list_is_the_same_all_day_long() -> None:
    midnight = file.since_of(NOW)
    assert file.since_of(NOW + timedelta(hours=1)) == midnight
    assert file.since_of(NOW + timedelta(days=1)) > midnight
