"""Months of exercise, made up quickly: rendered sets that were judged, with other numbers each day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from coach.care.types import Pain, Person, PlanItem
from coach.judge import HeldPose, Judgement, Rep, SetResult, Verdict
from coach.judge.results import RangeOfMotion
from coach.pose import PoseTrack, Repair, Side
from coach.records import Desk
from coach.video import analyse

TRACKS: Final = Path(__file__).parent.parent / "sample_videos" / "library"
EXERCISES: Final = ("fire_hydrant", "lunge", "standing_leg_lift")
DAYS: Final = (0, 2, 4)
SIDES: Final[tuple[Side, Side]] = ("left", "right")
FIRST: Final = ("Ada", "Bruno", "Carla", "Dana", "Emil", "Frida", "Goran", "Hanna", "Iris", "Jon")
LAST: Final = ("Ahlers", "Berg", "Castro", "Díaz", "Eder", "Fischer", "García", "Hoffmann", "Ibarra", "Jung")


@dataclass(frozen=True, slots=True)
class Course:
    """How somebody fares: by how much things change from the first session to the last.

    range_deg, pain, faults (a share) are added bit by bit; stops: days before the end without a session
    """

    range_deg: float = 10.0
    pain: float = -2.0
    faults: float = -0.2
    stops: int = 0
    skips: float = 0.1


COURSES: Final = (
    Course(),
    Course(range_deg=-22, pain=1),
    Course(pain=5),
    Course(faults=0.7),
    Course(stops=16),
    Course(skips=0.75),
    Course(range_deg=4, pain=-1),
    Course(range_deg=14, pain=-3),
)


@cache
def judged(exercise: str) -> tuple[SetResult, PoseTrack]:
    """A rendered set with its faults, and its landmarks as they are judged."""
    path = TRACKS / f"{exercise}_faulty_1.npz"
    repair = Repair()
    track = PoseTrack.of([repair.step(frame) for frame in PoseTrack.load(path)])
    return analyse(path, exercise).result, track


def fill(
    desk: Desk, name: str, course: Course, now: datetime, sessions: int, sets: int, tracks: int, seed: int
) -> Person:
    """Somebody with so many sessions, three a week up to now, each of so many sets; the last ones with landmarks."""
    chance, person = Random(seed), desk.add_person(name, sample=True)
    began = list(_mornings(now, sessions, course, chance))
    items = tuple(PlanItem(f"{person.id}-{one}", one, sets=1, reps=8, days=DAYS) for one in EXERCISES)
    desk.save_plan(person.id, items, (began[0] - timedelta(days=3)).date(), at=began[0] - timedelta(days=3))
    for n, at in enumerate(began):
        done = n / max(1, len(began) - 1)
        pain = min(10, max(0, round(4 + course.pain * done + chance.gauss(0, 0.6))))
        session = desk.begin_session(person.id, at, Pain(pain, "low_back"))
        for k in range(sets):
            exercise = EXERCISES[k % len(EXERCISES)]
            result, track = judged(exercise)
            begun = at + timedelta(minutes=4 * k)
            kept = desk.begin_set(session.id, exercise, begun, "camera", f"{person.id}-{exercise}")
            if n >= len(began) - tracks:
                desk.keep_track(kept, track)
                desk.close_set(kept, another(result, course, done, chance, as_seen=True))
            else:
                desk.close_set(kept, another(result, course, done, chance))
        rose = 2 if course.pain > 3 and done > 0.9 else 0
        desk.end_session(session.id, at + timedelta(minutes=20), Pain(min(10, pain + rose), "low_back"))
    return person


def _mornings(now: datetime, sessions: int, course: Course, chance: Random) -> Iterator[datetime]:
    """The last so many days of the plan up to now, without those that were skipped; oldest first."""
    day, found = now - timedelta(days=1 + course.stops), list[datetime]()
    while len(found) < sessions:
        lately = (now - day).days < 28
        if day.weekday() in DAYS and chance.random() > (course.skips if lately else 0.0):
            found.append(day.replace(hour=7, minute=chance.randrange(60)))
        day -= timedelta(days=1)
    yield from reversed(found)


def another(
    result: SetResult, course: Course, done: float, chance: Random, as_seen: bool = False
) -> SetResult:
    """The same set on another day: other ranges, and other repetitions with a fault, unless they stay as seen."""
    changed = course.range_deg * done + chance.gauss(0, 2)
    ranges = tuple(
        RangeOfMotion(side=side, median_deg=max(5.0, 42 + changed + off), best_deg=max(6.0, 46 + changed))
        for side, off in zip(SIDES, (-3.0, 2.0), strict=True)
    )
    share = 0.35 + course.faults * done
    parts = result.parts if as_seen else tuple(_part(part, share, chance) for part in result.parts)
    faults: dict[str, int] = {}
    for part in parts:
        for name, verdict in part.verdicts.items():
            if verdict.verdict is Judgement.FAULT:
                faults[name] = faults.get(name, 0) + 1
    low, high = sorted(one.median_deg for one in ranges)
    return result.model_copy(
        update={
            "reps": tuple(part for part in parts if isinstance(part, Rep)),
            "holds": tuple(part for part in parts if isinstance(part, HeldPose)),
            "faults": faults,
            "range_of_motion": ranges,
            "symmetry_percent": round(100 * low / high, 1),
        }
    )


def _part(part: Rep | HeldPose, share: float, chance: Random) -> Rep | HeldPose:
    verdicts = {name: _verdict(verdict, share, chance) for name, verdict in part.verdicts.items()}
    return part.model_copy(update={"verdicts": verdicts})


def _verdict(verdict: Verdict, share: float, chance: Random) -> Verdict:
    if verdict.verdict is Judgement.CANNOT_JUDGE:
        return verdict
    said = Judgement.FAULT if chance.random() < share else Judgement.PASS
    return verdict.model_copy(update={"verdict": said})


def name_of(n: int) -> str:
    """The nth name; no two are the same."""
    again = n // (len(FIRST) * len(LAST))
    name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}"
    return f"{name} {again + 1}" if again else name
