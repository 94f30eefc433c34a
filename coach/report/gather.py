"""From what is kept about a person to what the report of their course is given."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from coach.care.agreement import all_said
from coach.care.days import day_of, own_sets
from coach.care.faults import as_told
from coach.care.types import Correction, KeptSet, Person
from coach.errors import CoachError
from coach.judge import Exercise, Judgement, load_exercise
from coach.language import Language
from coach.report.course import CourseInput, Reviewed, kept_weeks
from coach.report.wording import say

if TYPE_CHECKING:
    from coach.records import Desk

OWNER_ID: Final = "owner"  # who sits at a laptop of their own has no name beside it


def course_of(
    desk: "Desk",
    person_id: str,
    made_at: datetime,
    zone: tzinfo | None = None,
    language: Language | None = None,
) -> CourseInput:
    """Everything about one person's course that whoever sits at the desk may see; samples they watched are left out.

    zone      where the person's days begin; None: where this machine is
    language  in which it is told; None: the person's own
    Raises NotYours as the desk does.
    """
    person, sessions = desk.person(person_id), desk.sessions(person_id)
    person = replace(person, language=language or person.language)
    sets, plans = as_told(own_sets(desk.summaries(person_id))), desk.plans(person_id)
    notes, newest = desk.notes(person_id), _newest(desk.corrections(person_id))
    screenings = desk.screenings(person_id)
    kept = {word.set: desk.kept_set(word.set) for word in newest}
    authors = {one.by for one in plans} | {one.by for one in newest} | {one.by for one in notes}
    names = desk.names(sorted(authors))
    return CourseInput(
        person=person,
        made_at=made_at,
        sessions=sessions,
        sets=sets,
        plans=plans,
        weeks=kept_weeks(plans, sets, sessions, day_of(made_at, zone), zone) if plans else (),
        reviewed=tuple(
            Reviewed(
                word,
                kept[word.set].summary.exercise,
                kept[word.set].summary.started,
                machine_said(kept[word.set], word),
            )
            for word in newest
        ),
        notes=notes,
        screening=screenings[-1] if screenings else None,
        exercises=_exercises(
            {one.exercise for one in sets} | {item.exercise for plan in plans for item in plan.items}, person
        ),
        names={OWNER_ID: say(person.language)("course.owner")}
        | {who: name for who, name in names.items() if name},
    )


def machine_said(kept: KeptSet, word: Correction) -> Judgement | None:
    """The machine's verdict on what a therapist spoke of; None where it gave none."""
    if not 0 <= word.part < len(kept.parts):
        return None
    part = kept.parts[word.part]
    if word.check is None:
        return Judgement.PASS if part.counted else Judgement.FAULT
    found = part.verdicts.get(word.check)
    return found.verdict if found else None


def _newest(words: Iterable[Correction]) -> list[Correction]:
    """Of several on the same thing the newest, which holds; and that of another one whose comment stands beside it."""
    return [
        word
        for said in all_said(words).values()
        for word in ((said.remark, said.word) if said.by_another else (said.word,))
        if word is not None
    ]


def _exercises(ids: set[str], person: Person) -> dict[str, Exercise]:
    """Those that are still there, in the person's language."""
    found = {}
    for name in sorted(ids):
        with suppress(CoachError):  # its file is gone: it is told by its id
            found[name] = load_exercise(name, language=person.language)
    return found
