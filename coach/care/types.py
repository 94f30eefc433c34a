"""The plain data of care: what is kept about a person over months, told in types that know nothing of a database.

Times are aware datetimes in UTC; a day is the person's own date.  Ids are unguessable strings; two are never the same.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from coach.judge import HeldPose, Judgement, Rep, SetResult
from coach.judge.rules import COUNTING
from coach.language import Language
from coach.pose import Side

Source = Literal["camera", "video", "sample"]


class Role(StrEnum):
    """What somebody may do: `owner` is whoever sits at a laptop of their own, without a login."""

    PERSON = "person"
    THERAPIST = "therapist"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who exercises.

    login  the subject that the clinic's login knows them by; None on a laptop of one's own
    sample made up, to try the review with
    """

    id: str
    name: str
    born: date | None = None
    language: Language = "en"
    login: str | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody allowed or took back; the newest of a kind holds.  keep_days: how long a video may be kept."""

    person: str
    what: Literal["tracks", "video"]
    given: bool
    at: datetime
    keep_days: int | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """The safety questions as they were answered: `flags` are the codes that were ticked (coach.care.safety).

    seen  the person said that a physician has looked at what was ticked
    """

    person: str
    at: datetime
    flags: tuple[str, ...] = ()
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Pain:
    """Pain of 0 to 10, where (a code of coach.care.safety, or None), and whether numbness is new.

    score  None: no number was told, as by who tells of numbness alone
    """

    score: int | None
    place: str | None = None
    numb: bool = False


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of a plan.

    id          stays the same when the plan is made anew with this line changed
    side        None: both sides, or the exercise has none
    reps        a side where sides are trained in turn; None for a held pose; hold_s None for repetitions
    days        weekdays, 0 is Monday; empty: every day
    tolerances  check -> by how much its limits are moved outwards, in the unit of its measure, within bounds
    """

    id: str
    exercise: str
    side: Side | None = None
    sets: int = 1
    reps: int | None = None
    hold_s: float | None = None
    rest_s: float = 30.0
    days: tuple[int, ...] = ()
    tolerances: dict[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody is to do, from a day on until the next plan; a changed plan is a new one.

    by  the id of who made it
    """

    id: str
    person: str
    made_at: datetime
    from_day: date
    items: tuple[PlanItem, ...]
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Not now, said to a proposal: `item` is the line that it was about; sets, reps and hold_s what was proposed."""

    person: str
    item: str
    sets: int
    reps: int | None
    hold_s: float | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One time of exercising; ended None: under way, or cut off."""

    id: str
    person: str
    started: datetime
    ended: datetime | None = None
    before: Pain | None = None
    after: Pain | None = None

    @property
    def score_before(self) -> int | None:
        """Pain before it, 0 to 10; None where no number was told."""
        return None if self.before is None else self.before.score

    @property
    def score_after(self) -> int | None:
        """Pain after it, 0 to 10; None where no number was told."""
        return None if self.after is None else self.after.score

    @property
    def numb(self) -> bool:
        """Whether numbness was told that is new."""
        return any(pain is not None and pain.numb for pain in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class SetSummary:
    """What lists and trends need of a set, quick to read for hundreds at once.

    closed   False: under way, or cut off: then counted and attempts are of what was kept, and nothing else is known
    range_deg, hold_s  side -> median range of counted repetitions, and total time held
    longest_s, counted_by_side  side -> the longest single hold, and how many repetitions or holds counted; both empty
                                in what was kept before they were told
    spread_deg  side -> the error of a change of that range: the half-width that coach.motion.errors tells for the angle
    faults   check -> repetitions or holds with that fault; judged: check -> how many could be judged, unsure ones too;
             told_of: check -> of how many its faults are told: of all of these where there is one, else of those
             that were surely right; empty in what was kept before it was told
    sure     repetitions or holds of which anything was surely right or at fault; None: kept before it was told
    target   how many repetitions, or seconds of holding, were asked for; None: not known, as of an uploaded video
    model    the pose model that saw most of it; None: not known
    rules    the marks of the rules by which it was counted and judged (coach.judge.rules); empty: not known
    """

    id: str
    session: str
    person: str
    item: str | None
    exercise: str
    started: datetime
    source: Source
    closed: bool
    counted: int = 0
    attempts: int = 0
    range_deg: dict[str, float] = field(default_factory=dict)
    spread_deg: dict[str, float] = field(default_factory=dict)
    hold_s: dict[str, float] = field(default_factory=dict)
    longest_s: dict[str, float] = field(default_factory=dict)
    counted_by_side: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    told_of: dict[str, int] = field(default_factory=dict)
    sure: int | None = None
    symmetry_percent: float | None = None
    seen_share: float = 0.0
    target: float | None = None
    model: str | None = None
    rules: dict[str, str] = field(default_factory=dict)

    @property
    def counting(self) -> str | None:
        """The mark of the rules of what counts; None: not known."""
        return self.rules.get(COUNTING)

    def of_how_many(self, check: str) -> int:
        """Of how many repetitions or holds faults of a check are told; 0 where none was at fault, nor surely right.

        Of what was kept before that was told, no more than could have been sure.
        """
        if check in self.told_of:
            return self.told_of[check]
        judged = self.judged.get(check, 0)
        return judged if self.sure is None or self.faults.get(check) else min(judged, self.sure)

    def longest_hold_s(self, side: str) -> float:
        """Seconds of the longest single hold of a side.

        Where only the total is known, it stands for one hold if any counted; else for as many as were tried.
        """
        if self.longest_s:
            return self.longest_s.get(side, 0.0)
        others = len(self.hold_s.keys() - {side})  # each was tried once at least
        tries = 1 if self.counted else max(1, self.attempts - others)
        return self.hold_s.get(side, 0.0) / tries


@dataclass(frozen=True, slots=True)
class KeptSet:
    """One set in full: its repetitions or holds as they ended, and the result once it was closed.

    target  how many repetitions, or seconds of holding, were asked for
    """

    summary: SetSummary
    parts: tuple[Rep | HeldPose, ...] = ()
    result: SetResult | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A therapist's word on one verdict, kept beside the machine's; the newest on the same thing holds.

    part   the repetition or hold, from 0, in the order in which they were kept
    check  None: whether it counts (PASS: it should have counted, FAULT: it should not)
    """

    set: str
    part: int
    check: str | None
    says: Judgement
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rating:
    """A therapist's own judgement, given without seeing the machine's; fields as in Correction."""

    set: str
    part: int
    check: str
    says: Judgement
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about a person, or about one of their sessions or sets (`about` is its id)."""

    id: str
    person: str
    about: str | None
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """One look at, or change of, what belongs to a person; refused ones too."""

    at: datetime
    who: str
    role: Role
    person: str
    what: str
    granted: bool
