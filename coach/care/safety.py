"""What is asked before somebody exercises, what stops them for a day, and what is said to it.  Pure.

No answer is a diagnosis, and none keeps anybody from reading on.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final, Literal

from coach.care.days import day_of
from coach.care.types import Pain, Screening, Session
from coach.errors import ExerciseError
from coach.judge import Exercise, load_exercise
from coach.language import Language, Words, words

FLAGS: Final = (
    "onset_age",
    "not_improving",
    "fever",
    "weight_loss",
    "urine",
    "saddle",
    "foot_drags",
    "both_legs",
    "cancer",
    "fall",
    "no_weight",
    "tapping",
)
TODAY: Final = frozenset(  # nerves of bladder, bowel and legs, and a hip that may be broken: they do not wait
    {"urine", "saddle", "foot_drags", "both_legs", "no_weight"}
)
SIDED: Final = ("hip", "groin", "buttock", "thigh", "knee", "lower_leg")
PLACES: Final = (
    "low_back",
    "upper_back",
    *(f"{side}_{place}" for place in SIDED for side in ("left", "right")),
    "elsewhere",
)
SCALE: Final = tuple(range(11))  # the numeric rating scale: 0 none, 10 the worst imaginable
REST_FROM: Final = (
    4  # below it is called mild; from it on rest is advised after a set, unless it is no more than before
)
STRONG: Final = 6  # from it on rest is advised in any case; up to 5 is commonly tolerated
RISE: Final = 2  # points on that scale; less is within what one and the same pain is told as
LAST_TIME: Final = timedelta(
    days=3
)  # what was told longer ago is no level to which pain could have come back
ASK_AGAIN: Final = timedelta(days=90)  # ours: answers of last season tell little about today

Urgency = Literal["none", "physician", "today"]
Reaction = Literal["noted", "unknown", "rise", "numb", "strong", "crept"]


def say(language: Language) -> Words:
    """The messages of care."""
    return words(language, Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Question:
    """One red flag as it is asked."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to the flags that were ticked: whom to see first, a calm text, and what was ticked, in words."""

    see: Urgency
    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PainReaction:
    """What a told pain leads to; `stops`: no more of the plan on that day, else it is an advice."""

    why: Reaction
    text: str

    @property
    def stops(self) -> bool:
        """Whether the plan rests for the day."""
        return self.why in ("rise", "numb")


@dataclass(frozen=True, slots=True)
class Instead:
    """What to do in place of an exercise that hurts.

    exercise  its id; None where the file tells of another kind
    """

    exercise: str | None
    name: str
    text: str


def questions(language: Language) -> tuple[Question, ...]:
    """The screening, in the order in which it is asked."""
    return tuple(Question(code, say(language)(f"flag.{code}")) for code in FLAGS)


def urgency(flags: Iterable[str]) -> Urgency:
    """How soon somebody with these flags is to be seen; a code of a newer version counts as a flag."""
    ticked = set(flags)
    if ticked & TODAY:
        return "today"
    return "physician" if ticked else "none"


def answer(flags: Collection[str], language: Language) -> Answer:
    """What is said to the flags.

    >>> answer((), "en").see, answer(("fever",), "en").see, answer(("fever", "saddle"), "en").see
    ('none', 'physician', 'today')
    """
    see = urgency(flags)
    reasons = tuple(question.text for question in questions(language) if question.code in flags)
    return Answer(see, say(language)(f"answer.{see}"), reasons)


def needs_screening(screenings: Sequence[Screening], now: datetime, something_changed: bool = False) -> bool:
    """Whether the safety questions are to be asked: before the first session, when something changed, and when the
    last answers are old; those from the future, of a clock that was wrong, may be.
    """
    if not screenings or something_changed:
        return True
    return not timedelta(0) <= now - _newest(screenings).at < ASK_AGAIN


def has_changed(screenings: Sequence[Screening], sessions: Iterable[Session]) -> bool:
    """Whether numbness came up since the questions were answered last: a change that the sessions themselves tell."""
    if not screenings:
        return False
    since = _newest(screenings).at
    return any(session.numb and (session.ended or session.started) > since for session in sessions)


def standing(screenings: Sequence[Screening], language: Language) -> Answer:
    """What the newest answers still say; as for no flag where nothing was answered yet."""
    return answer(newest_flags(screenings), language)


def newest_flags(screenings: Sequence[Screening]) -> tuple[str, ...]:
    """What of the newest answers asks to be seen first; nothing where nothing was answered yet."""
    return still_first(_newest(screenings) if screenings else None)


def still_first(screening: Screening | None) -> tuple[str, ...]:
    """The flags of these answers that ask to be seen first: all, unless a physician has looked at them; what is for
    today stays in any case.

    >>> still_first(Screening("p", datetime.max, ("onset_age", "saddle"), seen=True))
    ('saddle',)
    """
    flags = screening.flags if screening is not None else ()
    return tuple(flag for flag in flags if flag in TODAY or not (screening and screening.seen))


def as_seen(screening: Screening) -> Screening:
    """The same answers, now that a physician has looked at them: as old as they were, so that the questions are asked
    again when they would have been, and numbness told since is not passed over.
    """
    return replace(screening, at=screening.at + timedelta(microseconds=1), seen=True)


def _newest(screenings: Sequence[Screening]) -> Screening:
    return max(screenings, key=lambda screening: screening.at)


def places(language: Language) -> dict[str, str]:
    """Where it can hurt: code -> word, in the order in which it is offered."""
    return {code: say(language)(f"place.{code}") for code in PLACES}


def place_name(code: str | None, language: Language) -> str:
    """The word for a place; a code that is not known is told as it is, None as nothing."""
    return "" if code is None else places(language).get(code, code)


def before_pain(before: Pain, language: Language, last: Pain | None = None) -> PainReaction | None:
    """What a pain told before a session leads to: new numbness stops the plan; strong pain, and one that is higher by 2
    than before the last time, are advised about; all else is only noted (None).

    Pain up to 5 is tolerable while it is back at its level the next day: the pain-monitoring model (Thomeé, Physical
    Therapy 77, 1997), as GLA:D has it for hips and knees.

    last  the pain before the day before it

    >>> before_pain(Pain(6), "en").why, before_pain(Pain(4), "en", Pain(2)).why, before_pain(Pain(5), "en", Pain(4))
    ('strong', 'crept', None)
    """
    speak = say(language)
    if before.numb:
        return PainReaction("numb", speak("pain.numb"))
    if before.score is not None and before.score >= STRONG:
        return PainReaction("strong", speak("pain.strong"))
    return PainReaction("crept", speak("pain.crept")) if rose(last, before) else None


def after_pain(before: Pain | None, after: Pain, language: Language) -> PainReaction:
    """What a pain told after a session leads to: a rise of 2 or more, or new numbness, stops the plan for the day.

    >>> after_pain(Pain(3), Pain(5), "en").stops, after_pain(Pain(3), Pain(4), "en").stops
    (True, False)
    """
    speak = say(language)
    if after.numb:
        return PainReaction("numb", speak("pain.numb"))
    if before is None or before.score is None or after.score is None:
        return PainReaction("unknown", speak("pain.unknown"))
    if rose(before, after):
        return PainReaction("rise", speak("pain.rise", n=after.score - before.score))
    return PainReaction("noted", speak("pain.noted"))


def rose(before: Pain | None, after: Pain | None) -> bool:
    """Whether pain rose by 2 or more; not where one of the two was not told."""
    if before is None or after is None or before.score is None or after.score is None:
        return False
    return after.score - before.score >= RISE


def needs_rest(before: Pain | None, after: Pain) -> bool:
    """Whether rest, and another exercise, are advised to a pain after a set: from 4 on where it is more than before, or
    that is not known, and from 6 on always; up to 5 it is tolerable while it is back at its level the next day.

    >>> needs_rest(Pain(6), Pain(4)), needs_rest(Pain(3), Pain(4)), needs_rest(Pain(9), Pain(6))
    (False, True, True)
    """
    if after.score is None or after.score < REST_FROM:
        return False
    return after.score >= STRONG or before is None or before.score is None or after.score > before.score


def worst(told: Pain | None, now: Pain) -> Pain:
    """Two answers after the same session as one: the higher pain with its place, and numbness where either tells of it.

    >>> worst(Pain(8, "low_back", numb=True), Pain(2, "left_knee"))
    Pain(score=8, place='low_back', numb=True)
    """
    if told is None:
        return now
    more = max(now, told, key=lambda one: (-1 if one.score is None else one.score, one.place is not None))
    return replace(more, numb=told.numb or now.numb)


def rises(sessions: Iterable[Session], zone: tzinfo | None = None) -> dict[str, tuple[int, int]]:
    """Session -> the pain that the one after it is held against, and that one; only where both are known.

    It is held against its own before and against the day's first, whichever was less, so that it cannot creep up by
    points.
    """
    sessions, found = tuple(sessions), {}
    first = _first_of_the_day(sessions, zone)
    for one in sessions:
        before = [
            pain.score for pain in (first[one.id], one.before) if pain is not None and pain.score is not None
        ]
        if one.score_after is not None and before:
            found[one.id] = (min(before), one.score_after)
    return found


def _first_of_the_day(sessions: Iterable[Session], zone: tzinfo | None) -> dict[str, Pain | None]:
    """Session -> the first pain that was told before one on the day on which it began, up to then; None: none was."""
    first: dict[date, Pain] = {}
    found: dict[str, Pain | None] = {}
    for one in sorted(sessions, key=lambda session: session.started):
        day = day_of(one.started, zone)
        if one.before is not None and one.before.score is not None:
            first.setdefault(day, one.before)
        found[one.id] = first.get(day)
    return found


def _first_told(sessions: Iterable[Session], zone: tzinfo | None) -> dict[date, Pain]:
    """Day -> the first pain that was told before a session of it, the days in their order."""
    first: dict[date, Pain] = {}
    for one in sorted(sessions, key=lambda session: session.started):
        if one.before is not None and one.before.score is not None:
            first.setdefault(day_of(one.started, zone), one.before)
    return first


def _last_time(first: dict[date, Pain], day: date) -> Pain | None:
    last = max((other for other in first if other < day), default=None)
    return first[last] if last is not None and day - last <= LAST_TIME else None


def crept(sessions: Iterable[Session], zone: tzinfo | None = None) -> set[date]:
    """The days on which it hurt by 2 or more above the time before, at most three days earlier: each before exercising,
    so that it had not come back to its level.
    """
    first = _first_told(sessions, zone)
    return {day for day, before in first.items() if rose(_last_time(first, day), before)}


def today_advised(
    sessions: Iterable[Session], day: date, language: Language = "en", zone: tzinfo | None = None
) -> PainReaction | None:
    """What is advised to the pain that was told before the first session of a day; None: nothing, or the plan rests."""
    first = _first_told(sessions, zone)
    if day not in first:
        return None
    found = before_pain(first[day], language, _last_time(first, day))
    return None if found is None or found.stops else found


def day_told(session: Session, zone: tzinfo | None = None) -> date:
    """The day of what was told of a session: that of its end, which may be past midnight."""
    return day_of(session.ended or session.started, zone)


def today_stopped(
    sessions: Iterable[Session], day: date, language: Language = "en", zone: tzinfo | None = None
) -> PainReaction | None:
    """Why the plan rests on a day, or None: what was told before or after a session of it.

    Pain after any session is held against that before the first one of the day on which it began, so that it cannot
    creep up by points.
    """
    sessions = sorted(sessions, key=lambda s: s.started)
    first = _first_of_the_day(sessions, zone)
    for session in (s for s in sessions if day_told(s, zone) == day):
        for found in _reactions(session, first[session.id], language):
            if found.stops:
                return found
    return None


def _reactions(session: Session, first: Pain | None, language: Language) -> Iterable[PainReaction]:
    if session.before is not None and (found := before_pain(session.before, language)):
        yield found
    if session.after is not None:
        yield after_pain(session.before, session.after, language)
        yield after_pain(first, session.after, language)


def instead_of(exercise: Exercise, hurting: Collection[str] = ()) -> Instead | None:
    """What to do instead of an exercise that hurts: what its file names, or, where that is among the `hurting` ones
    (ids), what that one's file names, and so on; None where nothing is left.
    """
    tried, this = {exercise.id, *hurting}, exercise
    passed = {exercise.id}
    while True:
        name = this.swap.exercise
        try:
            found = load_exercise(name, language=exercise.language)
        except ExerciseError:
            return Instead(None, name, _spared(exercise, name))
        if found.id not in tried:
            return Instead(found.id, found.name, _spared(exercise, found.name))
        if found.id in passed:
            return None
        passed.add(found.id)
        this = found


def _spared(exercise: Exercise, name: str) -> str:
    return say(exercise.language)("pain.spared", when=exercise.swap.when, name=name)
