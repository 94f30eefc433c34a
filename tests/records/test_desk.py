"""What is saved is read again, the same on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from coach.care.safety import standing
from coach.care.types import (
    Consent,
    Correction,
    Note,
    Pain,
    PlanItem,
    PutOff,
    Rating,
    Role,
    Screening,
)
from coach.judge import Judgement, Verdict
from coach.records import OWNER, Records, RecordsError
from coach.records.people import LONGEST_NAME
from tests.records.made import START, Clock, clinic, held, kept_set, rep, result

VIENNA = timezone(timedelta(hours=1))


def test_the_laptops_own_person_is_made_once(records: Records) -> None:
    me = records.desk(OWNER).me()
    assert me.name == "" and me.login is None and not me.sample
    assert records.desk(OWNER).me() == me
    assert records.desk(OWNER).people() == (me,)


def test_people_are_added(records: Records) -> None:
    desk = records.desk(OWNER)
    added = desk.add_person("Ümit Ö. 🦵", date(1950, 2, 28), "de", "sub-1", sample=True)
    assert desk.person(added.id) == added
    assert desk.people() == (added,)


def test_a_name_is_one_line_that_moves_nothing_on_a_screen(records: Records) -> None:
    desk = records.desk(OWNER)
    added = desk.add_person(" Ana\x1b]0;evil\x07\n\u202eLima ")
    assert added.name == desk.person(added.id).name == "Ana ]0;evil   Lima"
    assert desk.add_person("a" * 1000).name == "a" * LONGEST_NAME


def test_names_have_one_order(records: Records) -> None:
    desk, names = records.desk(OWNER), ["ana", "Änne", "Ángel", "ben", "Ben", "Zoë", "Ω"]
    for name in reversed(names):
        desk.add_person(name)
        records.enter(f"dr {name}", name, Role.THERAPIST)
    alike = {"ben": "Ben"}
    for told in (desk.people(), desk.therapists()):
        found = [alike.get(one.name, one.name) for one in told if one.name]
        assert found == ["ana", "Ángel", "Änne", "Ben", "Ben", "Zoë", "Ω"]


def test_a_login_belongs_to_one(records: Records) -> None:
    desk = records.desk(OWNER)
    desk.add_person("One", login="sub")
    with pytest.raises(RecordsError, match="login"):
        desk.add_person("Two", login="sub")
    assert [person.name for person in desk.people()] == ["One"]


def test_consents_and_answers(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me().id
    said = [
        Consent(me, "video", True, START, 14),
        Consent(me, "tracks", False, START),
        Consent(me, "video", False, START + timedelta(days=1)),
    ]
    for one in said:
        desk.save_consent(one)
    assert desk.consents(me) == tuple(said)
    answers = [Screening(me, START, ("fever", "numb_groin")), Screening(me, START + timedelta(days=9))]
    for answer in answers:
        desk.save_screening(answer)
    assert desk.screenings(me) == tuple(answers)


def test_a_changed_plan_is_a_new_one(records: Records, clock: Clock) -> None:
    desk = records.desk(OWNER)
    me = desk.me().id
    assert desk.plan(me) is None
    item = PlanItem("i1", "squat", "left", 2, 10, None, 45.0, (0, 2, 4), {"trunk": 5.0}, "slowly")
    hold = PlanItem("i2", "pigeon", hold_s=30.0)
    first = desk.save_plan(me, [item, hold], date(2026, 3, 2), "to begin with")
    second = desk.save_plan(me, [item], date(2026, 3, 9))
    assert first.items == (item, hold) and first.by == "owner" and first.made_at == clock.now
    assert desk.plans(me) == (first, second)
    assert desk.plan(me) == second
    third = desk.save_plan(me, [hold], date(2026, 3, 9), instead_of=second.id)
    with pytest.raises(RecordsError, match="changed meanwhile"):
        desk.save_plan(me, [item], date(2026, 3, 9), instead_of=second.id)
    assert desk.plan(me) == third


def test_what_was_said_last_holds_though_the_clock_was_ahead_before(records: Records, clock: Clock) -> None:
    desk = records.desk(OWNER)
    me = desk.me().id
    right, ahead = START, START + timedelta(days=365)
    clock.now, line = ahead, PlanItem("i1", "squat", reps=8)
    first = desk.save_plan(me, [line], ahead.date())
    desk.save_consent(Consent(me, "video", True, ahead))
    desk.save_consent(Consent(me, "tracks", True, ahead + timedelta(hours=1)))
    for hours in (0, 1):
        desk.save_screening(Screening(me, ahead + timedelta(hours=hours)))
    clock.now = right
    desk.save_consent(Consent(me, "video", False, right))
    desk.save_screening(Screening(me, right, ("fever",)))
    second = desk.save_plan(me, [replace(line, reps=3)], right.date(), instead_of=first.id)
    assert [one.given for one in desk.consents(me) if one.what == "video"] == [True, False]
    assert [one.flags for one in desk.screenings(me)] == [(), (), ("fever",)]
    assert desk.plan(me) == desk.plans(me)[-1] == desk.plans_of_all()[me][-1] == second
    assert desk.newest_screenings()[me] == Screening(me, right, ("fever",))
    assert standing(desk.screenings(me), "en").see == "physician"
    for times in (
        [one.at for one in desk.consents(me)],
        [one.at for one in desk.screenings(me)],
        [one.made_at for one in desk.plans(me)],
    ):
        assert times == sorted(set(times)) and times[-1] == right
    assert desk.save_plan(me, [line], right.date(), instead_of=second.id) == desk.plan(me)


def test_what_was_put_off_is_kept(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me().id
    said = (
        PutOff(me, "i1", 3, 12, None, START),
        PutOff(me, "i2", 2, None, 42.5, START + timedelta(days=1)),
    )
    for one in said:
        desk.put_off(one)
    assert desk.put_offs(me) == said


def test_the_worst_of_what_is_told_after_a_session_is_kept(records: Records) -> None:
    desk = records.desk(OWNER)
    session, later = desk.begin_session(desk.me().id, START).id, START + timedelta(minutes=40)
    worst = Pain(8, "low_back", numb=True)
    assert desk.end_session(session, later, Pain(8, "low_back")).after == Pain(8, "low_back")
    assert desk.end_session(session, later, Pain(2, "left_knee", numb=True)).after == worst
    assert desk.end_session(session, later, Pain(2), instead_of=Pain(8)).after == worst, "more was told since"
    assert desk.end_session(session, later, Pain(2), instead_of=worst).after == Pain(2), "it was corrected"


def test_sessions_begin_and_end(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me().id
    first = desk.begin_session(me, START, Pain(3, "low_back"))
    assert desk.session(first.id) == first and first.ended is None
    ended = desk.end_session(first.id, START + timedelta(minutes=20), Pain(5, "low_back", numb=True))
    assert desk.session(first.id) == ended
    assert desk.end_session(first.id, ended.ended or START) == ended  # what was told of pain stays
    second = desk.begin_session(me, START + timedelta(days=1))
    assert desk.sessions(me) == (ended, second)
    assert desk.sessions(me, START + timedelta(hours=1)) == (second,)
    assert desk.pains() == {me: (ended, second)}
    assert desk.pains(START + timedelta(days=3)) == {}


def test_times_are_told_in_utc_whatever_they_were_given_in(records: Records) -> None:
    desk = records.desk(OWNER)
    local = datetime(2026, 3, 2, 18, 30, 0, 123456, tzinfo=VIENNA)
    session = desk.begin_session(desk.me().id, local)
    found = desk.session(session.id).started
    assert found == local and found.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(records: Records) -> None:
    desk = records.desk(OWNER)
    with pytest.raises(Exception, match="time zone"):
        desk.begin_session(desk.me().id, datetime(2026, 3, 2))


def test_a_set_grows_part_by_part(records: Records) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera", "item", 10.0)
    assert desk.kept_set(set_id).parts == ()
    first, second = rep(0), rep(1, counted=False, why_not="Go lower")
    desk.add_part(set_id, 0, first)
    desk.add_part(set_id, 1, second)
    kept = desk.kept_set(set_id)
    assert kept.parts == (first, second) and kept.result is None and kept.target == 10.0
    summary = kept.summary
    assert (summary.closed, summary.counted, summary.attempts) == (False, 1, 2)
    assert (summary.item, summary.exercise, summary.source) == ("item", "squat", "camera")
    desk.add_part(set_id, 1, rep(1))  # the same number again replaces
    assert desk.kept_set(set_id).summary.counted == 2


def test_a_closed_set_knows_its_result_and_its_summary(records: Records) -> None:
    desk = records.desk(OWNER)
    me = desk.me()
    set_id = kept_set(desk, me, parts=3)
    kept = desk.kept_set(set_id)
    whole = result(rep(0), rep(1), rep(2))
    assert kept.result == whole and kept.parts == whole.parts
    (summary,) = desk.summaries(me.id)
    assert summary == kept.summary
    assert summary.closed and summary.range_deg == {"both": 91.0} and summary.spread_deg == {"both": 6.1}
    assert summary.faults == {"trunk": 3} and summary.judged == {"depth": 3, "trunk": 3}
    assert summary.hold_s == {} and summary.seen_share == 0.97
    assert desk.sets(summary.session) == (kept,)
    assert desk.overview() == {me.id: (summary,)}


@pytest.mark.parametrize(
    ("told", "model"),
    [("lite", "lite"), ("heavy, mediapipe 0.10.33", "heavy"), ("track", None), ("", None)],
)
def test_a_set_keeps_which_pose_model_saw_it(records: Records, told: str, model: str | None) -> None:
    desk = records.desk(OWNER)
    set_id = desk.begin_set(desk.begin_session(desk.me().id, START).id, "squat", START, "camera")
    whole = result(rep(0))
    desk.close_set(set_id, whole.model_copy(update={"versions": {**whole.versions, "model": told}}))
    assert desk.kept_set(set_id).summary.model == model


def test_what_was_unsure_is_not_counted_as_sure(records: Records) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera")
    unsure = rep(1, verdicts={"depth": Verdict(verdict=Judgement.UNSURE, value=84.0, unit="deg")})
    unseen = rep(2, verdicts={"depth": Verdict(verdict=Judgement.CANNOT_JUDGE)})
    desk.close_set(set_id, result(rep(0), unsure, unseen))
    summary = desk.kept_set(set_id).summary
    assert (summary.judged["depth"], summary.told_of["depth"], summary.sure) == (2, 1, 1)
    none = desk.begin_set(session.id, "squat", START, "camera")
    desk.close_set(none, result(unsure, unseen))
    assert desk.kept_set(none).summary.sure == 0, "which is not the same as not known"
    assert desk.kept_set(none).summary.told_of == {"depth": 0}


def test_holds_are_added_up_by_side(records: Records) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "pigeon", START, "video")
    holds = (held(0, "left"), held(1, "right", held_s=12.5, counted=False), held(2, "left"))
    desk.close_set(set_id, result(*holds, exercise="pigeon"))
    kept = desk.kept_set(set_id)
    assert kept.parts == holds and kept.result is not None and kept.result.holds == holds
    assert kept.summary.hold_s == {"left": 40.0, "right": 12.5}
    assert kept.summary.longest_s == {"left": 20.0, "right": 12.5}
    assert kept.summary.counted_by_side == {"left": 2}
    assert (kept.summary.counted, kept.summary.attempts) == (2, 3)


def test_a_set_may_be_begun_and_closed_again(records: Records) -> None:
    """After a restart it is written once more."""
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    for _ in range(2):
        assert desk.begin_set(session.id, "squat", START, "camera", set_id="chosen-1") == "chosen-1"
        desk.add_part("chosen-1", 0, rep(0))
        desk.close_set("chosen-1", result(rep(0)))
    (kept,) = desk.sets(session.id)
    assert kept.result == result(rep(0)) and kept.summary.attempts == 1


def test_a_result_that_knows_of_fewer_parts_takes_none_away(records: Records) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera")
    for n in range(3):
        desk.add_part(set_id, n, rep(n))
    desk.close_set(set_id, result(rep(0), rep(1)))
    kept = desk.kept_set(set_id)
    assert kept.parts == (rep(0), rep(1), rep(2))
    assert kept.result == result(rep(0), rep(1)) and kept.summary.attempts == 2


def test_an_exercise_of_ones_own_has_no_error_band(records: Records) -> None:
    desk = records.desk(OWNER)
    set_id = kept_set(desk, desk.me(), exercise="my_own_bridge")
    summary = desk.kept_set(set_id).summary
    assert summary.range_deg == {"both": 91.0} and summary.spread_deg == {}


@pytest.mark.parametrize("chosen", ["", "../up", "a/b", "a b", "x" * 65, "ä", "a\0b"])
def test_an_id_that_could_be_a_path_is_refused(records: Records, chosen: str) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    with pytest.raises(RecordsError, match="no id of a set"):
        desk.begin_set(session.id, "squat", START, "camera", set_id=chosen)


def test_a_therapists_word_is_kept_beside_the_machines(records: Records, clock: Clock) -> None:
    me = records.desk(OWNER).me()
    set_id = kept_set(records.desk(OWNER), me)
    desk = records.desk(OWNER)
    correction = Correction(set_id, 1, "trunk", Judgement.PASS, "fine for him", "owner", START)
    counts = Correction(set_id, 1, None, Judgement.FAULT, "", "owner", START)
    desk.correct(correction)
    desk.correct(counts)
    assert desk.corrections(me.id) == (correction, counts)
    rating = Rating(set_id, 0, "depth", Judgement.UNSURE, "owner", START)
    desk.rate(rating)
    assert desk.ratings(me.id) == desk.ratings() == (rating,)
    note = desk.add_note(me.id, "Less pain\nthan last week", about=set_id)
    assert note == Note(note.id, me.id, set_id, "Less pain\nthan last week", "owner", clock.now)
    assert desk.notes(me.id) == (note,)
    assert desk.kept_set(set_id).result == result(rep(0), rep(1), rep(2))


def test_what_no_database_takes_is_written_all_the_same(records: Records) -> None:
    desk = records.desk(OWNER)
    added = desk.add_person("a\0b\ud800", login="\0")
    assert desk.person(added.id).name == "a b"
    assert desk.add_note(added.id, "a\0b\ud800").person == added.id
    assert [note.text for note in desk.notes(added.id)] == ["a\ufffdb?"]


def test_numbers_that_are_none_come_back(records: Records) -> None:
    desk = records.desk(OWNER)
    session = desk.begin_session(desk.me().id, START)
    set_id = desk.begin_set(session.id, "squat", START, "camera")
    desk.add_part(set_id, 0, rep(0, hold_s=float("nan"), back_s=float("inf")))
    (part,) = desk.kept_set(set_id).parts
    assert part.model_dump_json() == rep(0, hold_s=float("nan"), back_s=float("inf")).model_dump_json()


def test_names_of_those_one_may_know(records: Records) -> None:
    actors = clinic(records, "ana", "ben", "dr_x")
    desk = records.desk(actors["ana"])
    ids = [actor.id for actor in actors.values()]
    assert desk.names(ids) == {actors["ana"].id: "Ana", actors["dr_x"].id: "Dr_x"}
    assert desk.therapists() == (actors["dr_x"],)


def test_who_logs_in_is_known_again(records: Records) -> None:
    ana = records.enter("sub-1", "Ana", Role.PERSON, "es")
    assert records.enter("sub-1", "Ana Maria", Role.PERSON) == ana
    assert records.desk(ana).me().language == "es"
    doctor = records.enter("sub-1", "Dr. A", Role.THERAPIST)
    assert doctor.id != ana.id
    assert records.enter("sub-1", "Dr. B", Role.THERAPIST).name == "Dr. B"
    with pytest.raises(RecordsError):
        records.enter("sub-1", "Ana", Role.OWNER)


def test_who_was_written_down_before_finds_their_records(records: Records) -> None:
    doctor = records.enter("dr", "Dr. A", Role.THERAPIST)
    added = records.desk(doctor).add_person("", login="sub-2")
    entered = records.enter("sub-2", "Ben", Role.PERSON)
    assert entered.id == added.id and records.desk(doctor).person(added.id).name == "Ben"
