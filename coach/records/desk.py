"""The desk: everything that an actor may ask of the records, each call checked and logged before it is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coach.care.types import (
    Access,
    Consent,
    Correction,
    KeptSet,
    Note,
    Pain,
    Person,
    Plan,
    PlanItem,
    PutOff,
    Rating,
    Role,
    Screening,
    Session,
    SetSummary,
    Source,
)
from coach.judge import HeldPose, Rep, SetResult
from coach.language import Language
from coach.pose import PoseTrack
from coach.records import asking, erase, export, people, review, sessions, sets, tracks, videos
from coach.records.access import ERASED, NOBODY, REVIEWERS, THEMSELVES, Actor, Guard, accesses, insert
from coach.records.ids import checked, new_id
from coach.records.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Desk:
    """What the records hold, as far as one actor may see it; safe to use from several threads.

    Every method raises NotYours for what is not there and for what belongs to somebody else, and RecordsError where
    the database fails.  What is saved is on the disk when the call returns.  `at` left out is now.
    """

    guard: Guard
    shelves: Shelves

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.guard.actor

    # --- people -------------------------------------------------------------------------------------

    def me(self) -> Person:
        """Oneself; on a laptop without a login its own person, who is made at the first use.

        Raises NotYours for a therapist.
        """
        if self.actor.role is not Role.OWNER:
            return self.person(self.actor.id)
        with self.guard.database.reading() as rows:
            found = people.own(rows)
        if found is None:
            with self.guard.database.writing() as rows:
                people.make_own(rows)
                found = people.own(rows)
        return self.person(found.id) if found is not None else self.person("")

    def people(self) -> tuple[Person, ...]:
        """Those entrusted to a therapist, all for the owner, oneself for a person; by name."""
        with self.guard.listing("person") as rows:
            return people.people(rows, self.actor)

    def person(self, person_id: str) -> Person:
        """One of them."""
        with self.guard.reading("person", person_id) as (rows, person):
            return people.person(rows, person)

    def add_person(
        self,
        name: str,
        born: date | None = None,
        language: Language = "en",
        login: str | None = None,
        sample: bool = False,
    ) -> Person:
        """Somebody new, entrusted to the therapist who adds them.

        login: the subject that they will log in with.  Raises RecordsError where somebody has it already.
        """
        with self.guard.adding("person", REVIEWERS) as rows:
            return people.add(rows, Person(new_id(), name, born, language, login, sample), self.actor)

    def entrust(self, person_id: str, therapist_id: str) -> None:
        """Let a therapist see a person: said by the person, by a therapist who may already, or by the owner."""
        with self.guard.changing("entrusting", person_id) as (rows, person):
            people.entrust(rows, person, therapist_id)

    def withdraw(self, person_id: str, therapist_id: str) -> None:
        """A therapist is not to see a person any longer: said by the person or the owner; by a therapist of themselves.

        Raises RecordsError for the last therapist who would leave somebody to nobody.
        """
        with self.guard.changing("entrusting", person_id) as (rows, person):
            people.withdraw(rows, person, therapist_id, self.actor)

    def entrusted_to(self, person_id: str) -> tuple[Actor, ...]:
        """The therapists who may see a person, by name."""
        with self.guard.reading("entrusting", person_id) as (rows, person):
            return people.entrusted_to(rows, person)

    def therapists(self) -> tuple[Actor, ...]:
        """All therapists there are, by name."""
        with self.guard.database.reading() as rows:
            return people.therapists(rows)

    def entrusted(self) -> dict[str, frozenset[str]]:
        """Therapist -> the people entrusted to them, of all whom the actor may see; who sees nobody is not in it."""
        with self.guard.listing("entrusting") as rows:
            return people.entrusted(rows, self.actor)

    def remove_therapist(self, therapist_id: str) -> None:
        """A therapist sees nobody any longer, and is not known any more: said by the owner.

        What they wrote stays.  Raises RecordsError where there is no such therapist.
        """
        for person in self.entrusted().get(therapist_id, ()) if self.actor.role is Role.OWNER else ():
            self.withdraw(person, therapist_id)  # so that each one's log tells of it
        with self.guard.adding("therapists", frozenset({Role.OWNER})) as rows:
            people.remove_therapist(rows, therapist_id)

    def names(self, ids: Sequence[str]) -> dict[str, str]:
        """Id -> name, of therapists, and of people whom the actor may see; others are left out."""
        seen = {person.id for person in self.people()}
        with self.guard.database.reading() as rows:
            therapists = {one.id for one in people.therapists(rows)}
            return people.names(rows, [id for id in ids if id in seen | therapists])

    # --- consent, safety ----------------------------------------------------------------------------

    def consents(self, person_id: str) -> tuple[Consent, ...]:
        """Newest last; the newest of a kind holds."""
        with self.guard.reading("consents", person_id) as (rows, person):
            return asking.consents(rows, person)

    def save_consent(self, consent: Consent) -> None:
        """Who takes back the consent to videos has them deleted at once; kept tracks stay, no new ones come.

        Said by the person or the owner.
        """
        with self.guard.changing("consents", consent.person, roles=THEMSELVES) as (rows, person):
            asking.save_consent(rows, consent)
            taken_back = consent.what == "video" and not consent.given
            if taken_back:
                videos.expire(rows, person, self._now())
        if taken_back:
            videos.forget_of(self.shelves, person)

    def screenings(self, person_id: str) -> tuple[Screening, ...]:
        """Newest last."""
        with self.guard.reading("screenings", person_id) as (rows, person):
            return asking.screenings(rows, person)

    def newest_screenings(self) -> dict[str, Screening]:
        """Person -> the newest answers, of all whom the actor may see and who gave any; one query."""
        with self.guard.listing("screenings") as rows:
            return asking.newest_screenings(rows, self.actor)

    def save_screening(self, screening: Screening) -> None:
        """Keep the answers to the safety questions."""
        with self.guard.changing("screenings", screening.person) as (rows, _):
            asking.save_screening(rows, screening)

    # --- plans --------------------------------------------------------------------------------------

    def plan(self, person_id: str) -> Plan | None:
        """The newest; None: there is none yet."""
        with self.guard.reading("plans", person_id) as (rows, person):
            return asking.newest_plan(rows, person)

    def plans(self, person_id: str) -> tuple[Plan, ...]:
        """Newest last."""
        with self.guard.reading("plans", person_id) as (rows, person):
            return asking.plans(rows, person)

    def plans_of_all(self) -> dict[str, tuple[Plan, ...]]:
        """Person -> their plans, newest last, of all whom the actor may see and who have any; one query."""
        with self.guard.listing("plans") as rows:
            return asking.plans_of_all(rows, self.actor)

    def save_plan(
        self,
        person_id: str,
        items: Sequence[PlanItem],
        from_day: date,
        note: str = "",
        at: datetime | None = None,
        instead_of: str | None = None,
    ) -> Plan:
        """A new plan; the old ones stay.

        instead_of  the id of the plan that it was made from.  Raises RecordsError where that is not the newest any more
        """
        with self.guard.changing("plans", person_id) as (rows, person):
            plan = Plan(new_id(), person, at or self._now(), from_day, tuple(items), self.actor.id, note)
            asking.save_plan(rows, plan, instead_of)
        return plan

    def put_offs(self, person_id: str) -> tuple[PutOff, ...]:
        """The proposals that were put off; newest last."""
        with self.guard.reading("proposals", person_id) as (rows, person):
            return asking.put_offs(rows, person)

    def put_off(self, one: PutOff) -> None:
        """Keep that a proposal was put off."""
        with self.guard.changing("proposals", one.person) as (rows, _):
            asking.put_off(rows, one)

    # --- sessions and sets --------------------------------------------------------------------------

    def begin_session(self, person_id: str, at: datetime, before: Pain | None = None) -> Session:
        """Somebody begins to exercise."""
        with self.guard.changing("sessions", person_id) as (rows, person):
            session = Session(new_id(), person, at, before=before)
            sessions.begin(rows, session)
        return session

    def end_session(
        self,
        session_id: str,
        at: datetime,
        after: Pain | None = None,
        instead_of: Pain | None = None,
    ) -> Session:
        """It is over; may be said again, to tell of pain later: the worst of all that is told is kept.

        instead_of  what was kept of an answer that `after` corrects: taken back, unless more was told since
        """
        with self.guard.changing("sessions", session_id, "session") as (rows, _):
            sessions.end(rows, session_id, at, after, instead_of)
            return sessions.session(rows, session_id)

    def session(self, session_id: str) -> Session:
        """One by its id."""
        with self.guard.reading("sessions", session_id, "session") as (rows, _):
            return sessions.session(rows, session_id)

    def sessions(self, person_id: str, since: datetime | None = None) -> tuple[Session, ...]:
        """Newest last."""
        with self.guard.reading("sessions", person_id) as (rows, person):
            return sessions.sessions(rows, person, since)

    def pains(self, since: datetime | None = None) -> dict[str, tuple[Session, ...]]:
        """Person -> sessions with the pain before and after, newest last, of all whom the actor may see."""
        with self.guard.listing("sessions") as rows:
            return sessions.of_everybody(rows, self.actor, since)

    def begin_set(
        self,
        session_id: str,
        exercise: str,
        at: datetime,
        source: Source,
        item: str | None = None,
        target: float | None = None,
        set_id: str | None = None,
    ) -> str:
        """A new set, and its id; with the id of one that was begun in this session already, nothing changes.

        Raises RecordsError for an id with other characters than letters, digits, - and _.
        """
        id = new_id() if set_id is None else checked(set_id)
        with self.guard.changing("sets", session_id, "session") as (rows, person):
            summary = SetSummary(
                id, session_id, person, item, exercise, at, source, closed=False, target=target
            )
            sets.begin(rows, summary)
        return id

    def add_part(self, set_id: str, number: int, part: Rep | HeldPose) -> None:
        """A repetition or hold that ended, by its place in the set from 0; again, it replaces what stood there."""
        with self.guard.changing("sets", set_id, "set") as (rows, _):
            sets.add_parts(rows, set_id, [(number, part)])

    def close_set(self, set_id: str, result: SetResult) -> None:
        """The set is complete: its parts are put as the result tells them, and its summary is known."""
        with self.guard.changing("sets", set_id, "set") as (rows, _):
            sets.close(rows, set_id, result)

    def summaries(self, person_id: str, since: datetime | None = None) -> tuple[SetSummary, ...]:
        """Oldest first; quick for hundreds."""
        with self.guard.reading("sets", person_id) as (rows, person):
            return sets.summaries(rows, person, since)

    def overview(self, since: datetime | None = None) -> dict[str, tuple[SetSummary, ...]]:
        """Person -> summaries, oldest first, of all whom the actor may see; one query."""
        with self.guard.listing("sets") as rows:
            return sets.of_everybody(rows, self.actor, since)

    def marks(self, since: datetime) -> dict[str, tuple[object, ...]]:
        """Person -> what is another one whenever their plan, answers, or sessions or sets since then change.

        Quick for thousands; who has none of these is not in it.
        """
        with self.guard.listing("sets") as rows:
            of_sets = sets.marks(rows, self.actor, since)
        with self.guard.listing("sessions") as rows:
            of_sessions = sessions.marks(rows, self.actor, since)
        with self.guard.listing("plans") as rows:
            of_plans = asking.plan_marks(rows, self.actor)
        with self.guard.listing("screenings") as rows:
            of_screenings = asking.screening_marks(rows, self.actor)
        found: tuple[Mapping[str, object], ...] = (of_sets, of_sessions, of_plans, of_screenings)
        return {person: tuple(one.get(person) for one in found) for person in set().union(*found)}

    def sets(self, session_id: str) -> tuple[KeptSet, ...]:
        """The sets of a session in full, in their order."""
        with self.guard.reading("sets", session_id, "session") as (rows, _):
            return sets.of_session(rows, session_id)

    def kept_set(self, set_id: str) -> KeptSet:
        """One in full."""
        with self.guard.reading("sets", set_id, "set") as (rows, _):
            return sets.kept(rows, set_id)

    def keep_track(self, set_id: str, track: PoseTrack) -> None:
        """Add a piece to the landmarks of a set; keeps nothing of somebody who refused it.

        Raises OutputError where it cannot be written.
        """
        with self.guard.changing("track", set_id, "set") as (rows, person):
            consent = asking.consent(rows, person, "tracks")
            if consent is None or consent.given:
                tracks.add_piece(self.shelves.make_set(person, set_id), track)

    def track(self, set_id: str) -> PoseTrack | None:
        """The landmarks of a set, its pieces put together; None: none were kept."""
        with self.guard.reading("track", set_id, "set") as (_, person):
            return tracks.read_pieces(self.shelves.set(person, set_id))

    def tracked(self) -> dict[str, frozenset[str]]:
        """Person -> sets of which landmarks are kept, of all whom the actor may see; none of them is opened."""
        with self.guard.listing("track") as rows:
            seen = people.people(rows, self.actor)
        found = {one.id: tracks.sets_with_pieces(self.shelves.person(one.id)) for one in seen}
        return {person: sets for person, sets in found.items() if sets}

    def keep_video(self, set_id: str, path: Path) -> None:
        """Copy a video of a set, for as long as the consent tells.  Raises RecordsError without consent.

        Nobody waits for the copying: it is allowed before, and once more when the copy takes its place.
        """
        with self.guard.changing("video", set_id, "set") as (rows, person):
            videos.must_be_allowed(asking.consent(rows, person, "video"))
        with (
            videos.copied(self.shelves, path) as copy,
            self.guard.changing("video", set_id, "set") as (rows, person),
        ):
            consent = asking.consent(rows, person, "video")
            videos.keep(rows, self.shelves, person, set_id, copy, consent, self._now())

    def video(self, set_id: str) -> Path | None:
        """Where the video of a set is; None: none is kept."""
        with self.guard.reading("video", set_id, "set") as (rows, person):
            return videos.find(rows, self.shelves, person, set_id)

    # --- the therapist's word -----------------------------------------------------------------------

    def correct(self, correction: Correction) -> None:
        """Keep a therapist's word beside the machine's."""
        with self.guard.changing("corrections", correction.set, "set", REVIEWERS) as (rows, _):
            review.correct(rows, correction)

    def corrections(self, person_id: str | None = None) -> tuple[Correction, ...]:
        """Of a person's sets, or of all whom the actor may see; newest last."""
        if person_id is None:
            with self.guard.listing("corrections") as rows:
                return review.corrections_of_everybody(rows, self.actor)
        with self.guard.reading("corrections", person_id) as (rows, person):
            return review.corrections(rows, person)

    def rate(self, rating: Rating) -> None:
        """Keep a therapist's blinded judgement."""
        with self.guard.changing("ratings", rating.set, "set", REVIEWERS) as (rows, _):
            review.rate(rows, rating)

    def ratings(self, person_id: str | None = None) -> tuple[Rating, ...]:
        """Of a person's sets, or of all whom the actor may see; newest last."""
        if person_id is None:
            with self.guard.listing("ratings") as rows:
                return review.ratings_of_everybody(rows, self.actor)
        with self.guard.reading("ratings", person_id) as (rows, person):
            return review.ratings(rows, person)

    def add_note(
        self, person_id: str, text: str, about: str | None = None, at: datetime | None = None
    ) -> Note:
        """A remark about a person, or about one of their sessions or sets."""
        with self.guard.changing("notes", person_id, roles=REVIEWERS) as (rows, person):
            note = Note(new_id(), person, about, text, self.actor.id, at or self._now())
            review.add_note(rows, note)
        return note

    def notes(self, person_id: str) -> tuple[Note, ...]:
        """Newest last."""
        with self.guard.reading("notes", person_id) as (rows, person):
            return review.notes(rows, person)

    def accesses(self, person_id: str) -> tuple[Access, ...]:
        """Who looked at or changed what of a person, or was refused; newest last."""
        with self.guard.reading("accesses", person_id) as (rows, person):
            return accesses(rows, person)

    # --- everything about a person ------------------------------------------------------------------

    def export(self, person_id: str, target: Path) -> Path:
        """A zip of everything about a person: JSON, tracks as Parquet, videos.

        Raises OutputError where it cannot be written, RecordsError where something stands there already.
        """
        with self.guard.reading("everything", person_id) as (rows, person):
            return export.write(rows, self.shelves, person, target)

    def erase(self, person_id: str) -> None:
        """Delete everything about a person, for good; what stands in backups stays there.

        Said by the person or the owner.  That somebody was erased, by whom and when, is logged; of whom, nobody knows
        any longer.  Raises TracesLeft where all of that is done, and the database's files may still hold something.
        """
        log = self.guard.log
        with self.guard.changing("everything", person_id, roles=THEMSELVES, alone=True) as (rows, person):
            erase.everything(rows, self.shelves, person)
            by = Actor(NOBODY, self.actor.role) if person == self.actor.id else self.actor
            insert(rows, log.entry(by, NOBODY, ERASED, True))
        log.forget()
        erase.scrub(self.guard.database)

    def _now(self) -> datetime:
        return self.guard.log.now()
