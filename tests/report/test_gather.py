"""A person's course from what is kept: through the desk, which checks whose it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.care.types import Correction, KeptSet, Pain, PlanItem, Role, Screening
from coach.judge import Judgement
from coach.records import OWNER, Actor, NotYours, Records, open_records
from coach.report import course_files, course_of
from coach.report.gather import machine_said
from tests.report.conftest import a_rep, a_result
from tests.report.courses import course

AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with open_records(f"sqlite:///{tmp_path / 'r.sqlite'}", tmp_path) as kept:
        yield kept


def test_a_course_from_the_records(records: Records) -> None:
    desk = records.desk(OWNER)
    person = desk.add_person("Ada Example", language="de")
    desk.save_plan(person.id, (PlanItem("i", "bridge", reps=10),), AT.date(), at=AT)
    session = desk.begin_session(person.id, AT, Pain(4, "low_back"))
    set_id = desk.begin_set(session.id, "bridge", AT, "camera", item="i")
    reps = [a_rep(3 + 9 * n, lean=-22 if n == 1 else 4) for n in range(10)]
    for number, rep in enumerate(reps):
        desk.add_part(set_id, number, rep)
    desk.close_set(set_id, a_result(reps, 95))
    watched = desk.begin_set(session.id, "bridge", AT + timedelta(minutes=3), "sample")
    desk.close_set(watched, a_result(reps, 95))
    desk.end_session(session.id, AT + timedelta(minutes=9), Pain(3, "low_back"))
    word = Correction(set_id, 1, "knees_over_ankles", Judgement.FAULT, "Yes.", OWNER.id, AT)
    desk.correct(word)
    desk.correct(replace(word, says=Judgement.PASS, comment="No.", at=AT + timedelta(days=1)))
    desk.add_note(person.id, "Better on stairs.", at=AT)
    for day, flags in ((0, ("fever",)), (1, ("cancer",))):
        desk.save_screening(Screening(person.id, AT + timedelta(days=day), flags))

    found = course_of(desk, person.id, AT + timedelta(days=7), UTC)
    assert [one.id for one in found.sets] == [set_id], "a sample that was watched is not theirs"
    assert found.exercises["bridge"].language == "de"
    assert found.screening is not None and found.screening.flags == ("cancer",), "the newest"
    assert [(week.planned, week.done, week.sessions) for week in found.weeks] == [(7, 1, 1)]
    ((one),) = found.reviewed
    assert (one.correction.comment, one.machine) == ("No.", Judgement.FAULT), "the newest word holds"
    assert found.name_of(OWNER.id) == "wer diesen Rechner betreibt"
    assert all(file.content for file in course_files(found, "ada"))


def test_a_comment_is_told_by_its_author_and_not_by_who_agreed(records: Records) -> None:
    desk = records.desk(OWNER)
    person = desk.add_person("Ada Example")
    set_id = desk.begin_set(desk.begin_session(person.id, AT).id, "bridge", AT, "camera")
    desk.close_set(set_id, a_result([a_rep(3)], 9))
    word = Correction(set_id, 0, "knees_over_ankles", Judgement.FAULT, "It drops", OWNER.id, AT)
    desk.correct(word)
    desk.correct(replace(word, comment="", by="ben", at=AT + timedelta(days=1)))
    found = course_of(desk, person.id, AT + timedelta(days=7), UTC)
    told = [(one.correction.by, one.correction.comment) for one in found.reviewed]
    assert told == [(OWNER.id, "It drops"), ("ben", "")]


def test_somebody_elses_course_is_not_told(records: Records) -> None:
    person = records.desk(OWNER).add_person("Ada Example")
    stranger = records.enter("sub-2", "Eve", Role.THERAPIST, "en")
    assert isinstance(stranger, Actor)
    with pytest.raises(NotYours):
        course_of(records.desk(stranger), person.id, AT)


def test_what_the_machine_said_of_a_part() -> None:
    parts = (a_rep(1), a_rep(9, top=150))
    kept = KeptSet(course(1).sets[0], parts)
    word = course(1).reviewed[0].correction
    assert machine_said(kept, replace(word, part=1, check=None)) is Judgement.FAULT
    assert machine_said(kept, replace(word, part=0, check=None)) is Judgement.PASS
    assert machine_said(kept, replace(word, part=1, check="straight_line")) is Judgement.FAULT
    assert machine_said(kept, replace(word, part=0, check="unknown")) is None
    assert machine_said(kept, replace(word, part=7)) is None
