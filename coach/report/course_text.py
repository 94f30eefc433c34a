"""A course in words: its summary, and the cells of its tables, the same in every format that people read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Final

from coach.care.days import day_of
from coach.care.faults import Tally, by_present_rules, tallies
from coach.care.plans import dose_told
from coach.care.progress import AT_EACH_END, pain_course
from coach.care.safety import RISE, STRONG, place_name, questions, still_first
from coach.care.safety import say as care_say
from coach.care.trends import Point
from coach.care.types import Pain, Plan, PlanItem, Session
from coach.errors import ExerciseError
from coach.judge import Judgement
from coach.language import Language
from coach.report.course import CourseInput, Followed, Reviewed
from coach.report.wording import (
    check_inside,
    check_name,
    isolated,
    measure_name,
    opened,
    percent,
    quantity,
    say,
    seconds,
)

LATELY: Final = timedelta(weeks=4)
SESSIONS_TOLD: Final = 60  # in a table on paper; every one is in the CSV
UNJUDGED_TOLD: Final = 6
FEWEST_JUDGED: Final = 5  # what was judged less often is not what to work on


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """One side of an exercise on the first and the last day, and the change between; `moved` is for its style."""

    name: str
    first: str
    last: str
    change: str
    moved: str


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A therapist's word beside the machine's verdict."""

    date: str
    exercise: str
    number: str
    check: str
    machine: str
    therapist: str
    comment: str
    by: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session: when, pain before and after, where it hurts and whether numbness is new, what was done."""

    date: str
    pain: str
    where: str
    done: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan."""

    exercise: str
    amount: str
    days: str
    rest: str
    note: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A check of an exercise: by week "2/10" and the share at fault, which is None where nothing was judged."""

    exercise: str
    check: str
    weeks: tuple[tuple[str, float | None], ...]


def day_told(day: date, language: Language) -> str:
    """A day in full: "22 November 2026"."""
    own = say(language)
    return own("date.day", day=day.day, month=own(f"month.{day.month}"), year=day.year)


def day_short(day: date, course: CourseInput) -> str:
    """A day in as few letters as will do: "22 Nov", and "22 Nov 2026" in a course of a year and more."""
    own = say(course.language)
    told = {"day": day.day, "month": own(f"month.{day.month}")[:3]}
    return own("date.short_year", **told, year=day.year) if course.of_years else own("date.short", **told)


# --- the summary ------------------------------------------------------------------------------------------


def course_summary(course: CourseInput) -> str:
    """Plain text: how often, new numbness, pain, how much of the plan, what to work on, the safety questions."""
    return " ".join(_summary(course))


def _summary(course: CourseInput) -> Iterator[str]:
    own, days = say(course.language), course.days
    if days is None:
        yield own("course.none")
        yield from safety_told(course)
        return
    first, last = (day_told(day, course.language) for day in days)
    yield own("course.sessions", n=len(course.sessions), first=first, last=last)
    yield from _numb(course)
    yield from _pain(course)
    planned, done = kept(course)
    if planned:
        yield own("course.kept", done=done, planned=planned)
    worst = work_on(course)
    if worst is not None:
        exercise, check = worst
        tally = lately(course)[worst]
        yield own(
            "course.work_on",
            check=check_inside(check, course.language),
            exercise=isolated(course.exercise_name(exercise)),
            faults=tally.faults,
            n=tally.judged,
        )
    yield from safety_told(course)


def _numb(course: CourseInput) -> Iterator[str]:
    own, numb = say(course.language), numb_lately(course)
    if numb is not None:
        session, pain = numb
        date, place = day_told(day_of(session.started), course.language), _place(pain, course.language)
        yield own("course.numb_at", date=date, place=place) if place else own("course.numb", date=date)


def _pain(course: CourseInput) -> Iterator[str]:
    """Pain after the first and the last sessions that it was told of, by their days, several at each end where there
    are as many, so that one odd day is not the whole course; before the last, where it was told of no later moment.
    """
    own, told = say(course.language), pains_after(course)
    days = [day_told(day_of(session.started), course.language) for session, _ in told]
    ends = _pain_ends(course)
    if ends is not None:
        first, last = ends
        between = {"first_day": days[0], "last_day": days[-1]}
        yield own("course.pain_course", n=AT_EACH_END, first=first, last=last, **between)
        if told[-1][1] != last:
            yield own("course.pain_at_last", n=told[-1][1])
    elif len(told) > 1:
        yield own(
            "course.pain_told",
            first=told[0][1],
            first_day=days[0],
            last=told[-1][1],
            last_day=days[-1],
        )
    newest = course.sessions[-1] if course.sessions else None
    if newest is not None and newest.score_after is None and newest.score_before is not None:
        date = day_told(day_of(newest.started), course.language)
        yield own("course.pain_before_last", date=date, n=newest.score_before)


def _pain_ends(course: CourseInput) -> tuple[int, int] | None:
    """The middle of the pain after the first and after the last sessions that tell it; None where they are too few."""
    told = pain_course(course.sessions, after=True)
    return None if told.first is None or told.last is None else (round(told.first), round(told.last))


def pains_after(course: CourseInput) -> list[tuple[Session, int]]:
    """The sessions after which pain was told, and how much."""
    return [(session, session.score_after) for session in course.sessions if session.score_after is not None]


def numb_lately(course: CourseInput) -> tuple[Session, Pain] | None:
    """The last session of the last four weeks in which new numbness was told, and how; None: there is none."""
    told = [
        (session, pain)
        for session in course.sessions
        for pain in (session.before, session.after)
        if pain is not None and pain.numb and session.started > course.made_at - LATELY
    ]
    return told[-1] if told else None


# --- what comes before any exercise's form ------------------------------------------------------------------


def look_first(course: CourseInput) -> list[str]:
    """What to look at before the form of an exercise, in sentences: new numbness of the last four weeks, pain that rose
    by 2 or is strong, and safety questions that ask for a physician; empty where there is none of it.
    """
    flagged = safety_told(course) if still_first(course.screening) else ()
    return [*_numb(course), *_more_pain(course), *flagged]


def safety_told(course: CourseInput) -> Iterator[str]:
    """The newest answers to the safety questions with their date; nothing where there are none."""
    if course.screening is None:
        return
    own, flags = say(course.language), course.screening.flags
    date = day_told(day_of(course.screening.at), course.language)
    asked = {question.code: question.text for question in questions(course.language)}
    if flags:
        told = own("course.safety", date=date, flags=" ".join(asked.get(code, code) for code in flags))
        seen = f" {care_say(course.language)('answer.seen')}." if course.screening.seen else ""
        yield f"{told}{seen}"
    else:
        yield own("course.safety_none", date=date)


def _more_pain(course: CourseInput) -> Iterator[str]:
    """Pain that rose, by the same numbers as the figures tell; else the newest one where it is strong."""
    own, told = say(course.language), pains_after(course)
    ends = _pain_ends(course) or ((told[0][1], told[-1][1]) if told else (0, 0))
    newest = course.sessions[-1] if course.sessions else None
    if ends[1] - ends[0] >= RISE:
        high = list(takewhile(lambda one: one[1] - ends[0] >= RISE, reversed(told)))
        what = own("course.look_rose", first=ends[0], last=ends[1])
        session, since = told[-1][0], high[-1][0] if high else None
    elif newest is None:
        return
    elif (newest.score_after or 0) >= STRONG:
        what, session, since = own("course.look_after", n=newest.score_after), newest, None
    elif newest.score_after is None and (newest.score_before or 0) >= STRONG:
        what, session, since = own("course.look_before", n=newest.score_before), newest, None
    else:
        return
    day = day_told(day_of((since or session).started), course.language)
    place = _newest_place(course, session)
    where = f" ({place})" if place else ""
    yield own("course.look_since" if since else "course.look_on", what=f"{what}{where}", date=day)


def _newest_place(course: CourseInput, until: Session) -> str:
    """Where it hurt when that was told last, up to a session; "" where nobody said."""
    told = (
        _place(pain, course.language)
        for session in reversed(course.sessions)
        if session.started <= until.started
        for pain in (session.after, session.before)
        if pain is not None
    )
    return next(filter(None, told), "")


# --- the numbers of a summary -------------------------------------------------------------------------------


def kept(course: CourseInput) -> tuple[int, int]:
    """Sets that were planned, and those of them that were done."""
    return sum(week.planned for week in course.weeks), sum(week.done for week in course.weeks)


def lately(course: CourseInput) -> dict[tuple[str, str], Tally]:
    """Faults by exercise and check in the last four weeks before the report, by the limits of now."""
    since = course.made_at - LATELY
    return tallies(one for one in by_present_rules(course.sets) if one.started > since)


def work_on(course: CourseInput) -> tuple[str, str] | None:
    """Exercise and check with the largest share of faults lately; None where there is none, or too little to tell."""
    shares = {
        key: tally.share or 0.0 for key, tally in lately(course).items() if tally.judged >= FEWEST_JUDGED
    }
    worst = max(shares, key=lambda key: shares[key], default=None)
    return worst if worst is not None and shares[worst] > 0 else None


def course_figures(course: CourseInput) -> dict[str, str]:
    """The few numbers under the summary, by name; what nobody knows is left out."""
    own = say(course.language)
    planned, done = kept(course)
    shown = {
        own("course.figure.sessions"): str(len(course.sessions)),
        own("course.figure.sets"): str(len(course.sets)),
    }
    if planned:
        share = percent(done / planned, course.language)
        shown[own("course.figure.kept")] = own(
            "course.figure.kept_share", done=done, planned=planned, share=share
        )
    return shown | _pain_figures(course)


def _pain_figures(course: CourseInput) -> dict[str, str]:
    """Pain after the first sessions and the last ones; what the last session does not tell of is dated."""
    own, told, shown = say(course.language), pains_after(course), dict[str, str]()
    last = course.sessions[-1] if course.sessions else None
    if told:
        session, ends = told[-1][0], _pain_ends(course)
        first, now = ends or (told[0][1], told[-1][1])
        change = "lately" if ends else "change"
        words = str(now) if len(told) == 1 else own(f"course.figure.pain_{change}", first=first, last=now)
        if session is not last:
            date = day_short(day_of(session.started), course)
            until = {"first": first, "last": now, "date": date}
            words = own(f"course.figure.pain_{'once' if len(told) == 1 else 'until'}", **until)
        shown[own("course.figure.pain")] = words
    if last is not None and last.score_after is None and last.score_before is not None:
        shown[own("course.figure.pain_before")] = str(last.score_before)
    return shown


# --- tables -----------------------------------------------------------------------------------------------


def followed_rows(course: CourseInput) -> list[FollowedRow]:
    """Range and time held by exercise and side, on the first and the last day."""
    return [_followed(one, course) for one in course.followed]


def followed_name(one: Followed, course: CourseInput) -> str:
    """What is measured: exercise, angle, side."""
    own, exercise = say(course.language), course.exercises.get(one.exercise)
    part = (exercise.repetition or exercise.hold) if exercise else None
    angle = measure_name(part.range_of_motion, course.language) if part and part.range_of_motion else ""
    what = own("course.hold") if one.unit == "s" else angle or own("course.range")
    side = "" if one.side == "both" else f", {own(f'side.{one.side}')}"
    return f"{isolated(course.exercise_name(one.exercise))}: {what}{side}"


def _followed(one: Followed, course: CourseInput) -> FollowedRow:
    language, trend = course.language, one.trend
    first, last, by = one.rounded

    def told(value: float, of: Point) -> str:
        figure = quantity(value, one.unit, of.band or None, language)
        return f"{figure}, {day_short(day_of(of.at), course)}"

    change = quantity(abs(by), one.unit, language=language) if trend.moved in ("up", "down") else ""
    moved = "no_band" if not trend.band_known else "uneven" if trend.uneven else trend.moved
    return FollowedRow(
        name=followed_name(one, course),
        first=told(first, one.first),
        last=told(last, one.last),
        change=say(language)(f"course.moved.{moved}", **({"change": change} if change else {})),
        moved=trend.moved,
    )


def unjudged(course: CourseInput) -> list[str]:
    """Sentences on what no camera sees, and on what could be judged, or was sure, in none of the sets."""
    own, told = say(course.language), []
    judged = course.faults
    for name in course.exercise_ids:
        exercise = course.exercises.get(name)
        for check, rule in exercise.checks.items() if exercise else ():
            about = {
                "exercise": isolated(course.exercise_name(name)),
                "check": check_inside(check, course.language),
            }
            if rule.unseen is not None:
                told.append(own("course.unseen", **about, reason=rule.unseen))
            elif (tally := judged.get((name, check))) is None or not tally.judged:
                unsure = any(one.judged.get(check) for one in course.sets if one.exercise == name)
                told.append(own("course.never_sure" if unsure else "course.never", **about))
    return told


def fault_rows(course: CourseInput) -> list[FaultRow]:
    """Faults by check and week, the exercises in the order in which they were first done, the worst checks first."""
    by_week, order = course.faults_by_week, {name: n for n, name in enumerate(course.exercise_ids)}
    totals = course.faults
    keys = sorted(by_week, key=lambda key: (order[key[0]], -(totals[key].share or 0.0), key[1]))
    rows = []
    for exercise, check in keys:
        weeks = by_week[exercise, check]
        cells = tuple(
            (f"{tally.faults}/{tally.judged}", tally.share)
            if (tally := weeks.get(monday)) is not None and tally.judged
            else ("–", None)
            for monday in course.mondays
        )
        rows.append(FaultRow(course.exercise_name(exercise), check_name(check, course.language), cells))
    return rows


def reviewed_rows(course: CourseInput) -> list[ReviewedRow]:
    """The therapist's corrections beside the machine's verdicts, newest first."""
    ordered = sorted(course.reviewed, key=lambda one: one.correction.at, reverse=True)
    return [_reviewed(one, course) for one in ordered]


def _reviewed(one: Reviewed, course: CourseInput) -> ReviewedRow:
    language, word = course.language, one.correction
    return ReviewedRow(
        date=day_told(day_of(one.started), language),
        exercise=course.exercise_name(one.exercise),
        number=str(word.part + 1),
        check=_what(one, language),
        machine=_judged(one.machine, one, language),
        therapist=_judged(word.says, one, language),
        comment=word.comment,
        by=course.name_of(word.by),
        agreed=one.machine is word.says,
    )


def reviewed_text(one: Reviewed, course: CourseInput) -> str:
    """The same as one sentence."""
    row = _reviewed(one, course)
    told = say(course.language)(
        "course.word", what=row.check, number=row.number, machine=row.machine, therapist=row.therapist
    )
    return f"{told} {row.comment}".strip()


def _what(one: Reviewed, language: Language) -> str:
    check = one.correction.check
    return opened(say(language)("course.counts")) if check is None else check_name(check, language)


def _judged(verdict: Judgement | None, one: Reviewed, language: Language) -> str:
    own = say(language)
    if verdict is None:
        return "–"
    if one.correction.check is None:
        return own("course.counts_yes" if verdict is Judgement.PASS else "course.counts_no")
    return own(f"verdict.{verdict.value}")


def session_rows(course: CourseInput) -> list[SessionRow]:
    """The newest sessions, newest first."""
    return [
        SessionRow(
            date=day_told(day_of(session.started), course.language),
            pain=" / ".join(
                "–" if score is None else str(score) for score in (session.score_before, session.score_after)
            ),
            where=_where(session, course.language),
            done=", ".join(_set_done(name, course, session.id) for name in _done_in(session.id, course)),
        )
        for session in reversed(course.sessions[-SESSIONS_TOLD:])
    ]


def _where(session: Session, language: Language) -> str:
    """Where it hurt before and after, and new numbness."""
    told = [pain for pain in (session.before, session.after) if pain is not None]
    numb = [say(language)("course.new_numbness")] if session.numb else []
    return ", ".join([*dict.fromkeys(place for pain in told if (place := _place(pain, language))), *numb])


def _place(pain: Pain, language: Language) -> str:
    return place_name(pain.place, language)


def _done_in(session: str, course: CourseInput) -> list[str]:
    return list(dict.fromkeys(one.exercise for one in course.sets if one.session == session))


def _set_done(exercise: str, course: CourseInput, session: str) -> str:
    sets = [one for one in course.sets if one.session == session and one.exercise == exercise]
    return say(course.language)(
        "course.set_done",
        exercise=isolated(course.exercise_name(exercise)),
        counted=sum(one.counted for one in sets),
        attempts=sum(one.attempts for one in sets),
    )


def plan_shown(course: CourseInput) -> Plan | None:
    """The plan that is in force; before the first one begins, that one."""
    return course.plan or next(iter(course.coming), None)


def plan_rows(course: CourseInput) -> list[PlanRow]:
    """The lines of the plan that is shown."""
    plan = plan_shown(course)
    return [
        PlanRow(
            exercise=course.exercise_name(item.exercise) + side_told(item, course.language),
            amount=dose(item, course.language),
            days=days_told(item.days, course.language),
            rest=seconds(item.rest_s, course.language),
            note=item.note,
        )
        for item in (plan.items if plan else ())
    ]


def side_told(item: PlanItem, language: Language) -> str:
    """The side of a line of a plan, behind what it asks for: ", left"; "" where it asks for both."""
    return "" if item.side is None else f", {care_say(language)(f'side.{item.side}')}"


def dose(item: PlanItem, language: Language) -> str:
    """How much a line of a plan asks for; of an exercise that is gone, what can be told without it."""
    try:
        return dose_told(item, language)
    except ExerciseError:
        return f"{item.sets} × {item.reps if item.reps is not None else seconds(item.hold_s or 0, language)}"


def days_told(days: tuple[int, ...], language: Language) -> str:
    """Weekdays in words."""
    if not days or len(set(days)) == 7:
        return say(language)("course.every_day")
    return ", ".join(care_say(language)(f"day.{day}") for day in sorted(set(days)))
