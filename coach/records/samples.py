"""Made-up people with months of records, so that plans and the review can be tried at once.

What they did is composed of rendered movements, judged by the engine (`stock.py`); how it went is one of a few stories.
The same seed makes the same months, up to the day of the call; only ids are new each time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

import numpy as np

from coach.care.plans import due, exercise_for, item_of, plan_on, sides_of
from coach.care.progression import more
from coach.care.safety import RISE, SCALE
from coach.care.types import Correction, Pain, Person, Plan, PlanItem, Screening
from coach.judge import Exercise, HeldPose, Judgement, Rep, SetResult, load_exercise
from coach.judge.results import FORMAT_VERSION, faults_of, ranges_of, sided, symmetry_of
from coach.judge.rules import rules_of
from coach.language import Language
from coach.motion import load_errors
from coach.pose import PoseFrame, PoseTrack, Side
from coach.records.desk import Desk
from coach.records.stock import Piece, Stock, before, load_stock, part_of, resized

MONTH: Final = timedelta(days=30.4)
WITH_TRACKS: Final = 2  # the last sessions, of which the landmarks are kept
BEGINS_S, BETWEEN_S, TURNS_S = (
    2.0,
    (0.6, 1.6),
    6.0,
)  # within a set: the start, from one to the next, to the other side
AROUND_S: Final = 0.25  # of what is shown of a movement

Ends = tuple[float, float]  # of something that goes evenly from the first session to the last
Progress = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Story:
    """How the months of one person went.

    days    weekdays of the plan
    size    of the movements, 1 as it was rendered; faults: share of movements with one; pain: before exercising
    comes   share of planned days on which there was a session; whole: share of sets that reached their dose
    rises   in so many of the last sessions it hurts more afterwards
    only    so many sessions in all; None: as many as the months hold
    late    size, faults and pain change in the last weeks only
    grows   half-way through, the first exercise goes one step up
    """

    name: str
    language: Language
    age: int
    exercises: tuple[str, ...]
    days: tuple[int, ...] = (0, 2, 4)
    size: Ends = (0.96, 0.96)
    faults: Ends = (0.15, 0.15)
    pain: Ends = (3, 3)
    place: str = "low_back"
    comes: Ends = (0.95, 0.95)
    whole: float = 0.95
    rises: int = 0
    only: int | None = None
    late: bool = False
    grows: bool = False
    flags: tuple[str, ...] = ()
    note: str = ""


STORIES: Final = (
    Story("Ana Beltrán", "es", 44, ("bridge", "squat", "standing_leg_lift"), size=(0.85, 1.02), faults=(0.35, 0.05),
          pain=(6, 1), grows=True, note="Begins to trust the hip again."),
    Story("Friedrich-Wilhelm von Hohenstein-Schwarzenberg", "de", 58, ("bridge", "thread_the_needle"), pain=(2, 6),
          late=True, rises=2, whole=0.7, place="left_hip", note="More pain since he carries boxes at work."),
    Story("Jo Li", "en", 29, ("squat", "side_lying_leg_raise"), days=(1, 3, 5), comes=(1.0, 0.15), pain=(3, 2),
          place="right_knee"),
    Story("Олена Коваленко", "en", 37, ("bridge", "standing_leg_lift"), faults=(0.05, 0.95), late=True, pain=(3, 2),
          place="right_buttock"),
    Story("محمد العلي", "en", 63, ("squat", "bridge"), days=(0, 3), size=(1.04, 0.84), late=True, pain=(3, 4),
          place="right_hip", flags=("onset_age",), note="Has seen his physician about it: nothing serious."),
    Story("Noor Jansen", "en", 24, ("bridge", "side_lying_leg_raise"), only=1, pain=(4, 4)),
)  # fmt: skip
LATE: Final = 0.75  # share of the months after which a late change begins
GIVEN: Final = (
    "Ada",
    "Bo",
    "Chidi",
    "Dilek",
    "Elif",
    "Fionnuala",
    "Gintarė",
    "Håkon",
    "Iñaki",
    "Jürgen",
    "楓",
    "Łucja",
)
FAMILY: Final = (
    "Ng",
    "Okafor",
    "Yılmaz",
    "O'Brien",
    "Šimkutė",
    "Åberg",
    "Etxeberria",
    "Weiß",
    "佐藤",
    "Wójcik",
    "de la Cruz",
)


# --- people ---------------------------------------------------------------------------------------------


def fill(
    desk: Desk,
    people: int = len(STORIES),
    months: float = 4,
    seed: int = 0,
    now: datetime | None = None,
    on_progress: Progress | None = None,
) -> tuple[Person, ...]:
    """Put made-up people with their months into the records; returns them.

    now          when their records end: in the day before
    on_progress  called with the people done and the people in all

    Raises NotYours where the actor is one who may not add people, and ValueError for less than a person or a week.
    """
    if people < 1 or months * MONTH < timedelta(days=7):
        raise ValueError("one person and a week at least")
    end = now or datetime.now(UTC)
    told = on_progress or (lambda done, of: None)
    made = []
    for n, story in enumerate(stories(people)):
        made.append(_person(desk, story, Random(f"{seed} {n}"), end - months * MONTH, end))
        told(n + 1, people)
    return tuple(made)


def remove(desk: Desk) -> int:
    """Erase all made-up people whom the owner sees, and only them; returns how many."""
    found = [person for person in desk.people() if person.sample]
    for person in found:
        desk.erase(person.id)
    return len(found)


def stories(people: int) -> Iterator[Story]:
    """The stories, and after them the same ones again under other names."""
    for n in range(people):
        story, again = STORIES[n % len(STORIES)], n // len(STORIES)
        if again:
            given, family = GIVEN[n % len(GIVEN)], FAMILY[n // len(GIVEN) % len(FAMILY)]
            story = replace(story, name=f"{given} {family}")
        yield story


def _person(desk: Desk, story: Story, rng: Random, start: datetime, end: datetime) -> Person:
    born = date(end.year - story.age, rng.randint(1, 12), rng.randint(1, 28))
    person = desk.add_person(story.name, born, story.language, sample=True)
    if story.only is not None:
        start = max(start, end - timedelta(days=4 * story.only))
    desk.save_screening(Screening(person.id, start, story.flags))
    items = tuple(item_of(load_exercise(name), days=story.days) for name in story.exercises)
    plans = [desk.save_plan(person.id, items, start.date(), at=start)]
    days = _days(story, plans[0], rng, start.date(), end.date())
    kept: list[str] = []
    for n, day in enumerate(days):
        x = n / max(1, len(days) - 1)
        at = datetime.combine(day, time(16, rng.randrange(60)), UTC)
        if story.grows and len(plans) == 1 and x >= 0.5:
            plans.append(desk.save_plan(person.id, _grown(plans[0].items), day, at=at - timedelta(hours=2)))
        if story.late:
            x = max(0.0, (x - LATE) / (1 - LATE))
        kept += _session(desk, story, plan_on(plans, day) or plans[0], rng, at, x, len(days) - n)
    if story.note:
        desk.add_note(person.id, story.note, at=end - timedelta(days=2))
    _correct(desk, kept, end)
    return person


def _days(story: Story, plan: Plan, rng: Random, start: date, end: date) -> list[date]:
    """The days with a session, the last of them before the end."""
    span = (end - start).days
    planned = [day for n in range(span) if due(plan, day := start + timedelta(days=n))]
    come = [day for day in planned if rng.random() < _at(story.comes, (day - start).days / max(1, span))]
    come = come or planned[-1:] or [end - timedelta(days=1)]
    return come if story.only is None else come[-story.only :]


def _grown(items: Sequence[PlanItem]) -> tuple[PlanItem, ...]:
    """The lines with the first one a step further."""
    first, *others = items
    step = more(first, load_exercise(first.exercise))
    if step is None:
        return tuple(items)
    return (replace(first, sets=step.sets, reps=step.reps, hold_s=step.hold_s), *others)


def _correct(desk: Desk, sets: Sequence[str], at: datetime) -> None:
    """A therapist's word on the newest fault: it was fine."""
    for id in reversed(sets[-6:]):
        for number, part in enumerate(desk.kept_set(id).parts):
            for check, verdict in part.verdicts.items():
                if verdict.verdict is Judgement.FAULT:
                    comment = "Seen in the replay: this one was fine."
                    desk.correct(Correction(id, number, check, Judgement.PASS, comment, desk.actor.id, at))
                    return


def _at(ends: Ends, x: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * x


# --- one session ----------------------------------------------------------------------------------------


def _session(
    desk: Desk, story: Story, plan: Plan, rng: Random, at: datetime, x: float, left: int
) -> list[str]:
    """All that the plan asks for on that day; returns the ids of the sets.  left: sessions from here to the last."""
    score = _score(_at(story.pain, x) + rng.gauss(0, 0.6))
    session = desk.begin_session(plan.person, at, Pain(score, story.place if score else None))
    ids = []
    for item in due(plan, at.date()) or plan.items:
        exercise = exercise_for(item, story.language)
        for _ in range(item.sets):
            at += timedelta(seconds=item.rest_s + rng.uniform(10, 40))
            made = compose(item, exercise, rng, _at(story.size, x), _at(story.faults, x), story.whole)
            target = item.hold_s if item.reps is None else item.reps
            ids.append(desk.begin_set(session.id, item.exercise, at, "camera", item.id, target))
            desk.close_set(ids[-1], made.result)
            if left <= WITH_TRACKS:
                desk.keep_track(ids[-1], made.track())
            at += timedelta(seconds=made.result.duration_s)
    rise = RISE + rng.randint(0, 1) if left <= story.rises else rng.choice((-1, 0, 0, 0, 1))
    after = _score(score + rise)
    desk.end_session(session.id, at + timedelta(seconds=20), Pain(after, story.place if after else None))
    return ids


def _score(pain: float) -> int:
    return min(SCALE[-1], max(SCALE[0], round(pain)))


# --- one set --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Composed:
    """A set put together of pieces; `parts` are they, each with the time by which it was moved."""

    result: SetResult
    parts: tuple[tuple[Piece, Rep | HeldPose], ...]

    def track(self) -> PoseTrack:
        """The landmarks of all pieces, at the times of the set."""
        frames = [frame for piece, part in self.parts for frame in _frames(piece, part, load_stock())]
        return PoseTrack.of(frames)


def compose(
    item: PlanItem, exercise: Exercise, rng: Random, size: float, faults: float, whole: float = 1.0
) -> Composed:
    """One set of a line of a plan; `exercise` is what it asks for.

    size    of the movements; faults: the share of them with one; whole: how likely it is that the dose is reached
    """
    stock = load_stock()
    sides: tuple[Side | None, ...] = (item.side,)
    if sides_of(item, exercise) == 2:
        sides = ("left", "right")
    t, parts = BEGINS_S, list[tuple[Piece, Rep | HeldPose]]()
    for side in sides:
        for piece in _chosen(
            stock.pieces[exercise.id], exercise, side, rng, size, faults, _count(item, rng, whole)
        ):
            part = _moved(piece.part, t, item.hold_s)
            parts.append((piece, part))
            t = round(part.end_s + rng.uniform(*BETWEEN_S), 3)
        t += TURNS_S
    return Composed(_result(exercise, stock, [part for _, part in parts], t - TURNS_S), tuple(parts))


def _count(item: PlanItem, rng: Random, whole: float) -> int:
    """How many of a side: the dose, or some less."""
    if item.reps is None:
        return 1
    return item.reps if rng.random() < whole else max(1, round(item.reps * rng.uniform(0.4, 0.8)))


def _chosen(
    pieces: Sequence[Piece],
    exercise: Exercise,
    side: Side | None,
    rng: Random,
    size: float,
    faults: float,
    n: int,
) -> Iterator[Piece]:
    """Pieces of a side until n of them count, or would if they were held for longer."""
    wanted = sided(side or "left", exercise.sides == "both")
    of_side = [piece for piece in pieces if piece.part.side == wanted]
    while n > 0:
        near = _near(of_side, rng, size)
        faulty = rng.random() < faults
        fitting = [p for p in of_side if p.size == near and bool(p.faults) == faulty]
        piece = rng.choice(fitting or [p for p in of_side if p.part.counted and not p.faults])
        n -= piece.part.counted or isinstance(piece.part, HeldPose)
        yield piece


def _near(pieces: Sequence[Piece], rng: Random, size: float) -> float:
    wanted = size + rng.gauss(0, 0.02)
    return min((piece.size for piece in pieces), key=lambda known: abs(known - wanted))


def _moved(part: Rep | HeldPose, t: float, hold_s: float | None) -> Rep | HeldPose:
    """A part at another time; a hold is held for as long as it was asked for."""
    by = t - part.start_s
    verdicts = {
        name: v if v.at_s is None else v.model_copy(update={"at_s": round(v.at_s + by, 3)})
        for name, v in part.verdicts.items()
    }
    told = {"start_s": t, "end_s": round(part.end_s + by, 3), "verdicts": verdicts}
    if isinstance(part, Rep):
        return part.model_copy(update=told | {"peak_s": round(part.peak_s + by, 3)})
    held = hold_s or part.held_s
    return part.model_copy(
        update=told
        | {"end_s": round(t + held, 3), "held_s": held, "counted": True, "why_not": None, "pauses": ()}
    )


def _result(
    exercise: Exercise, stock: Stock, parts: Sequence[Rep | HeldPose], duration_s: float
) -> SetResult:
    reps = tuple(part for part in parts if isinstance(part, Rep))
    faults, ranges = faults_of(parts), ranges_of(reps)
    return SetResult(
        exercise=exercise.id,
        name=exercise.name,
        duration_s=round(duration_s, 3),
        counted=sum(part.counted for part in parts),
        attempts=len(parts),
        reps=reps,
        holds=tuple(part for part in parts if isinstance(part, HeldPose)),
        not_judged=stock.hidden[exercise.id],
        faults={name: faults[name] for name in exercise.checks if faults[name]},
        range_of_motion=ranges,
        symmetry_percent=symmetry_of(ranges),
        view=stock.views[exercise.id],
        seen_share=1.0,
        versions={"format": str(FORMAT_VERSION), "error_table": load_errors().date},
        rules=rules_of(exercise),
    )


# --- its track ------------------------------------------------------------------------------------------


def _frames(piece: Piece, part: Rep | HeldPose, stock: Stock) -> list[PoseFrame]:
    """The frames of a piece, at the time of the part that it became; a hold goes back and forth until it is long."""
    track = stock.tracks[piece.clip]
    if piece.mirrored:
        track = track.mirrored()
    first = min(
        (one.part.start_s for pieces in stock.pieces.values() for one in pieces if one.clip == piece.clip),
        default=piece.part.start_s,
    )
    track = resized(track, piece.size, before(track, first))
    by = part.start_s - piece.part.start_s
    if isinstance(part, Rep):
        return _shifted(part_of(track, piece.part.start_s - AROUND_S, piece.part.end_s + AROUND_S), by)
    return _long(part_of(track, piece.part.start_s, piece.part.end_s), part.start_s, part.end_s)


def _shifted(frames: Sequence[PoseFrame], by: float) -> list[PoseFrame]:
    return [replace(frame, t=frame.t + by) for frame in frames]


def _long(frames: Sequence[PoseFrame], start_s: float, end_s: float) -> list[PoseFrame]:
    """A row of frames, there and back again, from one moment to another."""
    step = float(np.median(np.diff([frame.t for frame in frames])))
    row = [*range(len(frames)), *range(len(frames) - 2, 0, -1)]
    n = int((end_s - start_s) / step)
    return [replace(frames[row[i % len(row)]], t=start_s + i * step) for i in range(n)]
