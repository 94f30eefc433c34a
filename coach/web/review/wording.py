"""Numbers and codes as the sentences of the review."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from coach.care.days import day_of
from coach.care.review import Reason
from coach.care.trends import Point, Trend
from coach.care.types import Person, Session
from coach.judge import Exercise, Judgement
from coach.language import Language, Words, words
from coach.report.wording import check_inside, check_name, of_years, say
from coach.web.plan.wording import day_and_month, full_date
from coach.web.plan.wording import messages as plan_messages
from coach.web.session import exercise_name

HERE: Final = Path(__file__).parent
ALIKE: Final = 100.0  # percent: both sides move as far
LONG_AGO_DAYS: Final = 14  # what is older is told by its date
SIGNS: Final = {
    Judgement.PASS: "✓",
    Judgement.FAULT: "✕",
    Judgement.UNSURE: "?",
    Judgement.CANNOT_JUDGE: "–",
}
REASON_SIGNS: Final = {
    "numb": "‼",
    "flagged": "‼",
    "pain_rose": "▲",
    "pain_high": "▲",
    "pain_up": "▲",
    "range_down": "▼",
    "faults_up": "✕",
    "silent": "○",
    "missed": "○",
}
URGENT_TO: Final = 4  # priorities up to this one are told in the warning colour


def messages(language: Language) -> Words:
    """The messages of the review."""
    return words(language, HERE)


def reason_told(reason: Reason, language: Language) -> str:
    """A reason to look, in one sentence."""
    own, numbers = messages(language), reason.numbers
    if reason.code == "range_down":
        return own(
            "reason.range_down",
            exercise=exercise_name(str(numbers["exercise"]), language),
            side=own(f"side.{numbers['side']}"),
            change=whole(-float(numbers["change"])),
            band=whole(float(numbers["band"])),
        )
    if reason.code == "faults_up":
        return own(
            "reason.faults_up",
            exercise=exercise_name(str(numbers["exercise"]), language),
            check=check_inside(str(numbers["check"]), language),
            was=percent(float(numbers["was"]), language),
            now=percent(float(numbers["now"]), language),
        )
    if reason.code == "silent":
        return own(f"reason.silent_{numbers['since']}", n=numbers["n"])
    return own(f"reason.{reason.code}", **{k: v for k, v in numbers.items() if k != "change"})


def trend_told(told: Trend, side: str, language: Language) -> str:
    """What became of a range, in one sentence; of at least one point."""
    own, (first, last, change) = messages(language), told.rounded()
    first_day, last_day = (day_of(told.points[n].at) for n in (0, -1))
    key = "no_band" if not told.band_known else "uneven" if told.uneven else told.moved
    return own(
        f"trend.{key}",
        side=own(f"over.{side}").capitalize(),
        was=whole(first),
        now=whole(last),
        change=whole(abs(change)),
        band=whole(told.band),
        day=date_beside(first_day, last_day, language),
    )


def alike(point: Point) -> bool:
    """Whether the sides of a session differ by no more than the error."""
    return point.known and point.value + point.band >= ALIKE


def symmetry_told(points: Sequence[Point], language: Language) -> str:
    """How alike the sides were last time; "" where that was never told."""
    if not points:
        return ""
    own, last = messages(language), points[-1]
    now = own("symmetry.alike") if alike(last) else own("symmetry.now", n=round(last.value))
    return f"{now} {own('symmetry.band')}" if any(point.band for point in points) else now


def pain_told(session: Session, language: Language) -> str:
    """Pain before and after a session, and new numbness; "" where nothing was told."""
    scores = [session.score_before, session.score_after]
    before, after = ("–" if score is None else str(score) for score in scores)
    known = scores != [None, None]
    told = [messages(language)("list.pain", before=before, after=after)] if known else []
    return " · ".join([*told, *([f"‼ {say(language)('course.new_numbness')}"] if session.numb else [])])


def name_told(person: Person, language: Language) -> str:
    """A name; who has not told one yet is called so."""
    return person.name.strip() or messages(language)("people.nameless")


def day_told(day: date, today: date, language: Language) -> str:
    """A day as people tell it: yesterday, 3 days ago, 12 November."""
    own, days = messages(language), (today - day).days
    if days in (0, 1):
        return own("day.today" if days == 0 else "day.yesterday")
    if 1 < days < LONG_AGO_DAYS:
        return own("day.ago", n=days)
    return date_beside(day, today, language)


def date_beside(day: date, other: date, language: Language) -> str:
    """A day by its date, as after "since"; with its year where that is not the other day's."""
    own = messages(language)
    key = "day.date" if day.year == other.year else "day.date_year"
    return own(key, day=day.day, month=say(language)(f"month.{day.month}"), year=day.year)


def day_among(day: date, days: Collection[date], language: Language) -> str:
    """A day on a chart of these days: with its year where they are of about a year and more."""
    told = full_date if of_years(days) else day_and_month
    return told(day, plan_messages(language))


def date_told(at: datetime, language: Language) -> str:
    """A moment by its date and time."""
    local = at.astimezone()
    own, month = messages(language), say(language)(f"month.{local.month}")
    return f"{own('day.date_year', day=local.day, month=month, year=local.year)}, {local:%H:%M}"


def percent(share: float, language: Language) -> str:
    """A share in whole percent."""
    return say(language)("percent", n=f"{100 * share:.0f}")


def whole(value: float) -> str:
    """Rounded to a whole number, with a real minus.

    >>> whole(-11.6)
    '−12'
    """
    return f"{round(value)}".replace("-", "−")


def check_told(check: str, exercise: Exercise | None, language: Language) -> str:
    """A check in full: what its file asks for, else its name."""
    if exercise is not None and check in exercise.checks:
        return exercise.checks[check].what
    return check_name(check, language)
