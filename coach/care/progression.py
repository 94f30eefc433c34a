"""When more, or less, of an exercise may be proposed: by the steps of its file, from what the sessions show.  Pure.

A proposal changes nothing by itself: somebody accepts it, and the plan is made anew with its line.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import floor
from typing import Final, Literal

from coach.care.days import day_of, own_sets
from coach.care.plans import dose_told, share_done, sides_of
from coach.care.safety import REST_FROM, RISE, crept, rises, say, today_stopped
from coach.care.types import Plan, PlanItem, PutOff, Session, SetSummary
from coach.errors import ExerciseError
from coach.judge import Exercise, load_exercise
from coach.judge.file_dose import Amount, When
from coach.language import Language

FEW_FAULTS: Final = 0.2  # share of what could be judged, of any check: two of ten repetitions
JUDGED: Final = 0.5  # share of what was tried; of less, few faults say little
SEEN: Final = 0.5  # share of the time a person was seen; a set that was seen less tells nothing about them
ROSE_TWICE: Final = 2
MISSED: Final = (
    0.75  # share of the dose below which it was missed: one repetition less is no reason for anything
)
LESS: Final = 0.75  # what is left of a dose for which the file has no smaller step
PUT_OFF_FOR: Final = timedelta(days=7)  # nobody is asked the same thing every day
OVER_AFTER: Final = timedelta(hours=6)  # a session that was never ended is over by then

Way = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of a plan with the next dose in place of its own, and why, in words.

    item_id  the line it is about; `item` has the same id
    """

    item_id: str
    item: PlanItem
    way: Way
    why: str


@dataclass(frozen=True, slots=True)
class Time:
    """One session as a line saw it.

    share   of all its sets and repetitions, 0 to 1
    clean   few faults in all that could be judged, and of enough something was surely right or at fault; of what is led
            and timed only there is nothing to judge
    seen    False: the camera saw too little of a set; share and clean then tell nothing, its pain counts all the same
    """

    session: Session
    share: float
    clean: bool
    seen: bool


def proposals(
    plans: Sequence[Plan],
    summaries: Sequence[SetSummary],
    sessions: Sequence[Session],
    now: datetime,
    language: Language = "en",
    flags: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """What may be proposed for the lines of the newest plan, in its order; no more of anything while the plan rests for
    today, or while the answers to the safety questions ask for a physician first.

    flags  what of the newest answers asks to be seen first
    """
    if not plans:
        return ()
    newest = max(plans, key=lambda plan: plan.made_at)
    rests = bool(flags) or today_stopped(sessions, day_of(now)) is not None
    found = (
        proposal(item, summaries, sessions, now, unchanged_since(item, plans), language)
        for item in newest.items
    )
    return tuple(one for one in found if one is not None and not (rests and one.way == "more"))


def unchanged_since(item: PlanItem, plans: Iterable[Plan]) -> datetime | None:
    """When a line got the dose that it has: what was done before was another one.  None: it stands in no plan."""
    since = None
    for plan in sorted(plans, key=lambda plan: plan.made_at, reverse=True):
        same = next((line for line in plan.items if line.id == item.id), None)
        if same is None or _what(same) != _what(item):
            break
        since = plan.made_at
    return since


def _what(item: PlanItem) -> tuple[object, ...]:
    """What makes the sessions of a line tell of it: another side, or other limits, are another thing to do."""
    return item.exercise, item.side, asked(item), item.tolerances


def proposal(
    item: PlanItem,
    summaries: Iterable[SetSummary],
    sessions: Iterable[Session],
    now: datetime,
    since: datetime | None = None,
    language: Language = "en",
) -> Proposal | None:
    """What may be proposed for a line of a plan; None where it is to stay as it is, or its exercise is not known.

    More, one step of the file further, when each of the last sessions (as many as the file says) reached the dose, with
    few faults, and it was told that pain did not rise, in whatever was done since the first of them.  Less when pain
    rose twice since the first of them, within a session of the line or from one time to the next, or when all of them
    missed the dose.

    sessions  all of the person's, of whatever exercise, those in which nothing was done too
    since     when the line got its dose: what is older does not count
    """
    try:
        exercise = load_exercise(item.exercise, language=language)
    except ExerciseError:
        return None
    grows = exercise.dose.grows
    n = (grows.when if grows else When()).clean_sessions
    known = tuple(sessions)
    done = times(item, exercise, summaries, known, now, since)
    higher = crept(known)
    risen = {id for id, (was, then) in rises(known).items() if then - was >= RISE}
    lately = done[-max(n, ROSE_TWICE) :]
    hurting = [day_of(time.session.started) for time in lately if time.session.id in risen]
    if len(hurting) >= ROSE_TWICE:
        return _changed(item, less(item, exercise), "less", "grow.less_pain", len(lately), language)
    if lately:
        first = day_of(lately[0].session.started)
        hurting += (day for day in higher if day >= first and day not in hurting)
    if len(hurting) >= ROSE_TWICE:
        return _changed(item, less(item, exercise), "less", "grow.less_crept", len(lately), language)
    seen = [time for time in done if time.seen]
    days = sorted({day_of(time.session.started) for time in seen})[-n:]  # many on one day show one day
    if len(days) < n:
        return None
    last = [time for time in seen if day_of(time.session.started) >= days[0]]
    if all(time.share < MISSED for time in last):
        return _changed(item, less(item, exercise), "less", "grow.less_missed", n, language)
    risen |= {one.id for one in known if day_of(one.started) in higher}
    if all(time.share >= 1 and time.clean for time in last) and calm(
        [time.session for time in last], known, risen
    ):
        key = "grow.more" if exercise.judged else "grow.more_led"
        return _changed(item, more(item, exercise), "more", key, n, language)
    return None


def _changed(
    item: PlanItem, to: Amount | None, way: Way, key: str, n: int, language: Language
) -> Proposal | None:
    if to is None:
        return None
    changed = replace(item, sets=to.sets, reps=to.reps, hold_s=to.hold_s)
    why = say(language)(key, n=n, dose=dose_told(changed, language))
    return Proposal(item.id, changed, way, why)


def still_proposed(
    found: Iterable[Proposal], put_off: Iterable[PutOff], sessions: Iterable[Session], now: datetime
) -> tuple[Proposal, ...]:
    """Those that were not put off: what was comes back after PUT_OFF_FOR, and at once when it is another dose.

    Less is asked again after the next session already, for it may have hurt again.
    """
    last = max((one.started for one in sessions), default=None)
    recent = {
        (one.item, Amount(one.sets, one.reps, one.hold_s)): one.at
        for one in sorted(put_off, key=lambda one: one.at)
        if one.at <= now < one.at + PUT_OFF_FOR
    }

    def stands(one: Proposal) -> bool:
        at = recent.get((one.item_id, asked(one.item)))
        return at is None or (one.way == "less" and last is not None and last > at)

    return tuple(one for one in found if stands(one))


# --- what the sessions show -----------------------------------------------------------------------------


def times(
    item: PlanItem,
    exercise: Exercise,
    summaries: Iterable[SetSummary],
    sessions: Iterable[Session],
    now: datetime,
    since: datetime | None = None,
) -> list[Time]:
    """The sessions in which a line was done, the oldest first; those under way are left out."""
    over = {s.id: s for s in sessions if s.ended is not None or now - s.started >= OVER_AFTER}
    kept: dict[str, list[SetSummary]] = defaultdict(list)
    for summary in own_sets(summaries):
        if summary.item == item.id and summary.session in over:
            kept[summary.session].append(summary)
    found = []
    for session in sorted((over[id] for id in kept), key=lambda session: session.started):
        if since is None or session.started >= since:
            sets = kept[session.id]
            share = _share(item, sets, sides_of(item, exercise))
            seen = all(one.seen_share >= SEEN for one in sets if one.closed)
            found.append(Time(session, share, _clean(sets) or not exercise.judged, seen))
    return found


def _share(item: PlanItem, sets: Sequence[SetSummary], sides: int) -> float:
    best = sorted((share_done(item, one, sides) for one in sets), reverse=True)[: item.sets]
    return sum(best) / item.sets


def _clean(sets: Sequence[SetSummary]) -> bool:
    faults: dict[str, int] = defaultdict(int)
    judged: dict[str, int] = defaultdict(int)
    for one in sets:
        for check, n in one.judged.items():
            judged[check] += n
            faults[check] += one.faults.get(check, 0)
    tried = sum(one.attempts for one in sets)
    sure = sum(max(one.judged.values(), default=0) if one.sure is None else one.sure for one in sets)
    return sure >= max(1, JUDGED * tried) and all(
        faults[check] <= FEW_FAULTS * n for check, n in judged.items()
    )


def calm(counted: Sequence[Session], sessions: Iterable[Session], risen: Collection[str] = ()) -> bool:
    """Whether it is known that pain did not rise since the first of the counted sessions: not in any session, not from
    the first to the last, and nothing numb; and that it was mild throughout.

    counted   the oldest first; where no pain was told of the first or the last of them, nothing is known
    sessions  all of the person's, of whatever exercise
    risen     the ids of sessions in which it rose, as `rises` tells, or to which, as `crept` tells
    """
    since = sorted((s for s in sessions if s.started >= counted[0].started), key=lambda s: s.started)
    if any(one.numb or one.id in risen for one in since):
        return False
    first, last = _told(counted[0]), _told(counted[-1])
    if not first or not last:
        return False
    before = [one.score_before for one in since if one.score_before is not None]
    told = [score for one in since for score in _told(one)]
    return max(told) < REST_FROM and told[-1] <= first[-1] and (not before or before[-1] <= before[0])


def _told(session: Session) -> list[int]:
    """The pain before and after a session, as far as it was told."""
    return [score for score in (session.score_before, session.score_after) if score is not None]


# --- the steps ------------------------------------------------------------------------------------------


def asked(item: PlanItem) -> Amount:
    """How much a line asks for."""
    return Amount(item.sets, item.reps, item.hold_s)


def more(item: PlanItem, exercise: Exercise) -> Amount | None:
    """The next step of the file; None on the last one, and where a line is beside the steps and none is more."""
    if exercise.dose.grows is None:
        return None
    now = asked(item)
    return next((step for step in exercise.amounts if now.within(step) and step != now), None)


def less(item: PlanItem, exercise: Exercise) -> Amount | None:
    """The step before; below the first one a set less, or three quarters; None where nothing less makes sense."""
    now = asked(item)
    if exercise.dose.grows is not None:
        below = [step for step in exercise.amounts if step.within(now) and step != now]
        if below:
            return below[-1]
    if now.sets > 1:
        return replace(now, sets=now.sets - 1)
    if now.reps is not None:
        return replace(now, reps=floor(now.reps * LESS)) if now.reps > 1 else None
    led = exercise.hold is not None and exercise.hold.guide is not None
    if led or not exercise.dose.grows or now.hold_s is None or now.hold_s < 2:
        return None  # what is led has its own rhythm, and a test is no dose
    return replace(now, hold_s=float(floor(now.hold_s * LESS)))


def last_step(item: PlanItem, exercise: Exercise) -> str:
    """What is said to who does the last step of a file: what may come after it, in the file's words; "" before."""
    if exercise.dose.grows is None or more(item, exercise) is not None:
        return ""
    return say(exercise.language)("grow.top", progression=exercise.dose.progression)
