"""Who may what: every method of the desk, for everybody; and what the log tells of it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coach.care.types import Consent, Correction, PutOff, Rating, Role, Screening
from coach.judge import Judgement
from coach.records import OWNER, Actor, Desk, NotYours, Records, RecordsError
from coach.records.tables import ACCESSES
from tests.records.conftest import Place
from tests.records.made import START, Clock, clinic, kept_set, rep, result, track


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody's things."""

    person: str
    session: str
    set: str
    folder: Path


# Every method that takes an id of a person's, as it is called from outside.
CALLS: dict[str, Callable[[Desk, Target], object]] = {
    "person": lambda desk, of: desk.person(of.person),
    "entrust": lambda desk, of: desk.entrust(of.person, desk.actor.id),
    "withdraw": lambda desk, of: desk.withdraw(of.person, desk.actor.id),
    "entrusted_to": lambda desk, of: desk.entrusted_to(of.person),
    "consents": lambda desk, of: desk.consents(of.person),
    "save_consent": lambda desk, of: desk.save_consent(Consent(of.person, "video", True, START)),
    "screenings": lambda desk, of: desk.screenings(of.person),
    "save_screening": lambda desk, of: desk.save_screening(Screening(of.person, START)),
    "plan": lambda desk, of: desk.plan(of.person),
    "plans": lambda desk, of: desk.plans(of.person),
    "save_plan": lambda desk, of: desk.save_plan(of.person, [], date(2026, 3, 2)),
    "put_offs": lambda desk, of: desk.put_offs(of.person),
    "put_off": lambda desk, of: desk.put_off(PutOff(of.person, "i", 3, 12, None, START)),
    "begin_session": lambda desk, of: desk.begin_session(of.person, START),
    "end_session": lambda desk, of: desk.end_session(of.session, START),
    "session": lambda desk, of: desk.session(of.session),
    "sessions": lambda desk, of: desk.sessions(of.person),
    "begin_set": lambda desk, of: desk.begin_set(of.session, "squat", START, "camera"),
    "add_part": lambda desk, of: desk.add_part(of.set, 0, rep(0)),
    "close_set": lambda desk, of: desk.close_set(of.set, result(rep(0))),
    "summaries": lambda desk, of: desk.summaries(of.person),
    "sets": lambda desk, of: desk.sets(of.session),
    "kept_set": lambda desk, of: desk.kept_set(of.set),
    "keep_track": lambda desk, of: desk.keep_track(of.set, track(3)),
    "track": lambda desk, of: desk.track(of.set),
    "keep_video": lambda desk, of: desk.keep_video(of.set, of.folder / "film.mp4"),
    "video": lambda desk, of: desk.video(of.set),
    "correct": lambda desk, of: desk.correct(
        Correction(of.set, 0, None, Judgement.PASS, "", desk.actor.id, START)
    ),
    "corrections": lambda desk, of: desk.corrections(of.person),
    "rate": lambda desk, of: desk.rate(Rating(of.set, 0, "trunk", Judgement.PASS, desk.actor.id, START)),
    "ratings": lambda desk, of: desk.ratings(of.person),
    "add_note": lambda desk, of: desk.add_note(of.person, "seen"),
    "notes": lambda desk, of: desk.notes(of.person),
    "accesses": lambda desk, of: desk.accesses(of.person),
    "export": lambda desk, of: desk.export(of.person, of.folder / "all.zip"),
    "erase": lambda desk, of: desk.erase(of.person),
}
OF_MANY = {
    "me",
    "people",
    "add_person",
    "therapists",
    "entrusted",
    "remove_therapist",
    "names",
    "overview",
    "pains",
    "marks",
    "tracked",
    "plans_of_all",
    "newest_screenings",
}
THERAPISTS = {"correct", "rate", "add_note"}  # what somebody may not do with what is their own
THEMSELVES = {"save_consent", "erase"}  # what a therapist may not do for them


@pytest.fixture
def actors(records: Records) -> dict[str, Actor]:
    """Ana is entrusted to Dr. A; Ben to nobody."""
    made = clinic(records, "ana", "ben", "dr_a", "dr_b")
    records.desk(OWNER).entrust(made["ana"].id, made["dr_a"].id)
    return made


@pytest.fixture
def anas(records: Records, actors: dict[str, Actor], tmp_path: Path) -> Target:
    """What Ana has."""
    ana = records.desk(actors["ana"])
    set_id = kept_set(ana, ana.me())
    (tmp_path / "film.mp4").write_bytes(b"film")
    ana.save_consent(Consent(ana.me().id, "video", True, START))
    return Target(ana.me().id, ana.kept_set(set_id).summary.session, set_id, tmp_path)


def test_no_method_is_forgotten_here() -> None:
    methods = {name for name, _ in inspect.getmembers(Desk, inspect.isfunction) if not name.startswith("_")}
    assert methods == CALLS.keys() | OF_MANY


def test_others_get_nothing(records: Records, actors: dict[str, Actor], anas: Target) -> None:
    before = records.desk(OWNER).export(anas.person, anas.folder / "before.zip").stat().st_size
    nobody = [
        actors["ben"],
        actors["dr_b"],
        Actor("", Role.PERSON),
        Actor("owner", Role.THERAPIST),
        Actor(anas.person, Role.THERAPIST),
        Actor(actors["dr_a"].id, Role.PERSON),
    ]
    for actor in nobody:
        for name, call in CALLS.items():
            with pytest.raises(NotYours) as told:
                call(records.desk(actor), anas)
            assert str(told.value) == "This is not there, or it is not yours.", name
    assert not (anas.folder / "all.zip").exists()
    desk = records.desk(OWNER)
    assert desk.person(anas.person).name == "Ana" and desk.plans(anas.person) == ()
    assert desk.notes(anas.person) == () and len(desk.sessions(anas.person)) == 1 and before


def test_what_is_not_there_sounds_the_same(
    records: Records, actors: dict[str, Actor], tmp_path: Path
) -> None:
    for actor in (actors["ana"], actors["dr_a"], OWNER):
        for missing in ("no_such", "", "\0", "'; DROP TABLE people; --", "%", actors["ben"].id * 9):
            for call in CALLS.values():
                with pytest.raises(NotYours, match="This is not there, or it is not yours"):
                    call(records.desk(actor), Target(missing, missing, missing, tmp_path))


@pytest.mark.parametrize("who", ["ana", "dr_a", "owner"])
def test_those_who_may_do(records: Records, actors: dict[str, Actor], anas: Target, who: str) -> None:
    desk = records.desk(actors.get(who, OWNER))
    for name, call in CALLS.items():  # to erase comes last
        if name in {"ana": THERAPISTS, "dr_a": THEMSELVES}.get(who, ()):
            with pytest.raises(NotYours):
                call(desk, anas)
        elif name == "entrust":
            desk.entrust(anas.person, actors["dr_b"].id)
        elif name == "withdraw" and who == "dr_a":
            with pytest.raises(NotYours):  # not from a colleague
                desk.withdraw(anas.person, actors["dr_b"].id)
        elif name == "withdraw":
            desk.withdraw(anas.person, actors["dr_b"].id)
        else:
            call(desk, anas)
    assert (anas.person in {person.id for person in records.desk(OWNER).people()}) == (who == "dr_a")


def test_lists_hold_what_one_may_see(records: Records, actors: dict[str, Actor], anas: Target) -> None:
    ben = records.desk(actors["ben"])
    bens = kept_set(ben, ben.me())
    records.desk(OWNER).rate(Rating(anas.set, 0, "trunk", Judgement.PASS, "owner", START))
    for kept in (anas.set, bens):
        records.desk(OWNER).keep_track(kept, track(3))
    for person in (anas.person, ben.me().id):
        for day in (2, 9):
            records.desk(OWNER).save_plan(person, [], date(2026, 3, day))
        records.desk(OWNER).save_screening(Screening(person, START, ("fever",)))
    seen = {
        "ana": {anas.person},
        "ben": {ben.me().id},
        "dr_a": {anas.person},
        "dr_b": set(),
        "owner": {anas.person, ben.me().id},
    }
    for who, people in seen.items():
        desk = records.desk(actors.get(who, OWNER))
        assert {person.id for person in desk.people()} == people, who
        assert desk.overview().keys() == desk.pains().keys() == desk.marks(START).keys() == people, who
        assert desk.plans_of_all() == {person: desk.plans(person) for person in people}, who
        assert desk.newest_screenings() == {id: Screening(id, START, ("fever",)) for id in people}, who
        assert len(desk.ratings()) == (anas.person in people), who
        kept = {anas.person: anas.set, ben.me().id: bens}
        assert desk.tracked() == {person: {kept[person]} for person in people}, who
    assert [summary.id for summary in ben.overview()[ben.me().id]] == [bens]


def test_a_therapist_has_no_records_of_their_own(records: Records, actors: dict[str, Actor]) -> None:
    with pytest.raises(NotYours):
        records.desk(actors["dr_a"]).me()
    with pytest.raises(NotYours):
        records.desk(actors["ana"]).add_person("Friend")


def test_whom_a_therapist_adds_is_entrusted_to_them(records: Records, actors: dict[str, Actor]) -> None:
    added = records.desk(actors["dr_b"]).add_person("New")
    assert records.desk(actors["dr_b"]).people() == (added,)
    with pytest.raises(NotYours):
        records.desk(actors["dr_a"]).person(added.id)


def test_who_may_see_somebody_may_let_a_colleague_see_them(
    records: Records, actors: dict[str, Actor], anas: Target
) -> None:
    with pytest.raises(NotYours):
        records.desk(actors["dr_b"]).entrust(anas.person, actors["dr_b"].id)
    for _ in range(2):
        records.desk(actors["dr_a"]).entrust(anas.person, actors["dr_b"].id)
    assert records.desk(actors["dr_b"]).person(anas.person).name == "Ana"
    with pytest.raises(RecordsError, match="no such therapist"):
        records.desk(actors["ana"]).entrust(anas.person, actors["ben"].id)


def test_who_hands_somebody_over_sees_them_no_longer(
    records: Records, actors: dict[str, Actor], anas: Target
) -> None:
    a, b = (records.desk(actors[name]) for name in ("dr_a", "dr_b"))
    with pytest.raises(RecordsError, match="only therapist"):
        a.withdraw(anas.person, actors["dr_a"].id)
    a.entrust(anas.person, actors["dr_b"].id)
    assert [one.id for one in b.entrusted_to(anas.person)] == [actors["dr_a"].id, actors["dr_b"].id]
    a.withdraw(anas.person, actors["dr_a"].id)
    assert a.people() == () and a.overview() == {} and a.ratings() == ()
    for call in (a.person, a.sessions, a.entrusted_to, a.plan):
        with pytest.raises(NotYours):
            call(anas.person)
    with pytest.raises(NotYours):  # nor back by themselves
        a.entrust(anas.person, actors["dr_a"].id)
    assert b.person(anas.person).name == "Ana"


def test_a_therapist_is_removed_by_the_owner_alone(
    records: Records, actors: dict[str, Actor], anas: Target
) -> None:
    owner, doctor, other = records.desk(OWNER), actors["dr_a"], actors["dr_b"]
    owner.add_note(anas.person, "seen")
    records.desk(doctor).add_note(anas.person, "by one who leaves")
    for who in (doctor, other, actors["ana"]):
        with pytest.raises(NotYours):
            records.desk(who).remove_therapist(doctor.id)
    assert owner.entrusted() == {doctor.id: frozenset({anas.person})}
    assert records.desk(other).entrusted() == {}
    owner.remove_therapist(doctor.id)
    assert [one.id for one in owner.therapists()] == [other.id] and owner.entrusted() == {}
    with pytest.raises(NotYours):
        records.desk(doctor).person(anas.person)
    assert [note.by for note in owner.notes(anas.person)] == ["owner", doctor.id]
    log = [(one.who, one.what) for one in records.desk(actors["ana"]).accesses(anas.person)]
    assert ("owner", "entrusting.change") in log
    with pytest.raises(RecordsError, match="no such therapist"):
        owner.remove_therapist(doctor.id)
    again = records.enter("dr_a", "Dr. A", Role.THERAPIST)
    assert again.id != doctor.id and records.desk(again).people() == ()


def test_whose_it_is_decides_who_sees_it(records: Records, actors: dict[str, Actor], anas: Target) -> None:
    ana = records.desk(actors["ana"])
    ana.withdraw(anas.person, actors["dr_a"].id)
    assert ana.entrusted_to(anas.person) == () and records.desk(actors["dr_a"]).people() == ()
    ana.entrust(anas.person, actors["dr_b"].id)
    assert [one.name for one in ana.entrusted_to(anas.person)] == ["Dr_b"]
    with pytest.raises(NotYours):
        records.desk(actors["ben"]).withdraw(anas.person, actors["dr_b"].id)
    assert [one.name for one in ana.entrusted_to(anas.person)] == ["Dr_b"]


def test_a_set_is_not_begun_under_somebody_elses_id(
    records: Records, actors: dict[str, Actor], anas: Target
) -> None:
    ben = records.desk(actors["ben"])
    session = ben.begin_session(ben.me().id, START)
    with pytest.raises(NotYours):
        ben.begin_set(session.id, "squat", START, "camera", set_id=anas.set)
    assert ben.sets(session.id) == ()


# --- the log --------------------------------------------------------------------------------------------


def entries(desk: Desk, person: str) -> list[tuple[str, str, bool]]:
    return [(entry.who, entry.what, entry.granted) for entry in desk.accesses(person)]


def test_looks_and_refusals_are_logged(records: Records, actors: dict[str, Actor], clock: Clock) -> None:
    clock.pass_by(hours=1)
    ana, doctor, other = (actors[name] for name in ("ana", "dr_a", "dr_b"))
    records.desk(doctor).plan(ana.id)
    with pytest.raises(NotYours):
        records.desk(other).plan(ana.id)
    records.desk(ana).save_plan(ana.id, [], date(2026, 3, 2))
    hour = [entry for entry in records.desk(ana).accesses(ana.id) if entry.at >= clock.now]
    assert [(entry.who, entry.role, entry.what, entry.granted) for entry in hour] == [
        (doctor.id, Role.THERAPIST, "plans.read", True),
        (other.id, Role.THERAPIST, "plans.read", False),
        (ana.id, Role.PERSON, "plans.change", True),
        (ana.id, Role.PERSON, "accesses.read", True),
    ]
    assert all(entry.person == ana.id and entry.at == clock.now for entry in hour)


def test_a_minute_of_the_same_is_one_entry(records: Records, place: Place, clock: Clock) -> None:
    me = records.desk(OWNER).me().id
    for _ in range(5):
        records.desk(OWNER).plan(me)
        with place.open(clock) as another:  # another process knows nothing of what this one wrote
            another.desk(OWNER).plan(me)
    log = entries(records.desk(OWNER), me)
    assert log.count(("owner", "plans.read", True)) == 1
    clock.pass_by(seconds=60)
    records.desk(OWNER).plan(me)
    assert entries(records.desk(OWNER), me).count(("owner", "plans.read", True)) == 2


def test_guessing_fills_no_log(records: Records, actors: dict[str, Actor]) -> None:
    ben = records.desk(actors["ben"])
    for n in range(20):
        with pytest.raises(NotYours):
            ben.person(f"guess-{n}")
    with records.desk(OWNER).guard.database.reading() as rows:
        found = rows.execute(select(ACCESSES).where(ACCESSES.c.granted.is_(False))).all()
    assert [(row.who, row.person) for row in found] == [(actors["ben"].id, "")]


def test_a_change_that_fails_leaves_no_entry_of_it(records: Records, clock: Clock) -> None:
    desk = records.desk(OWNER)
    me = desk.me().id
    with pytest.raises(RecordsError):
        desk.entrust(me, "nobody")
    assert ("owner", "entrusting.change", True) not in entries(desk, me)


def test_a_change_is_logged_again_after_one_that_failed(records: Records, actors: dict[str, Actor]) -> None:
    desk = records.desk(OWNER)
    with pytest.raises(RecordsError):
        desk.entrust(actors["ben"].id, "nobody")
    desk.entrust(actors["ben"].id, actors["dr_a"].id)
    assert ("owner", "entrusting.change", True) in entries(desk, actors["ben"].id)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guess=st.text(max_size=80))
def test_no_guess_opens_anything(records: Records, guess: str) -> None:
    stranger = records.desk(Actor(guess, Role.PERSON))
    with pytest.raises(NotYours):
        stranger.person(guess)
    assert stranger.people() == () and stranger.overview() == {}


def test_what_is_old_is_forgotten_from_the_log(records: Records, clock: Clock) -> None:
    me = records.desk(OWNER).me().id
    first = clock.now
    clock.pass_by(days=3 * 365 - 1)
    assert records.forget_expired().entries == 0
    forgotten = records.forget_expired(clock.now + timedelta(days=2))
    assert forgotten.entries >= 1
    assert all(entry.at > first for entry in records.desk(OWNER).accesses(me))
