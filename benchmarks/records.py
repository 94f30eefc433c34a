"""How quickly months of records are read: one person of 200 sessions, and a clinic of 1,000 people.

    python -m benchmarks.records [--url postgresql://…] [--people 1000] [--sessions 20] [--long 200] [--write]

Fills a database with made-up sets (two a session, five repetitions of three checks each), and times what the pages ask
for, seven times after a first one: the median.  `--url` is an empty PostgreSQL database, to be used as well.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, insert

from benchmarks.tables import markdown, write
from coach.care.types import Person, Plan, PlanItem, Role, Screening
from coach.judge import Judgement, Rep, SetResult, Verdict
from coach.judge.results import RangeOfMotion
from coach.pose import PoseTrack
from coach.records import Actor, Desk, Records, asking, open_records, people
from coach.records.ids import new_id
from coach.records.summaries import numbers_of
from coach.records.tables import PARTS, RESULTS, SESSIONS, SETS

TIMES: Final = 7
REPS: Final = 5
EXERCISES: Final = ("squat", "bridge")
LAST: Final = datetime(2026, 11, 20, 17, tzinfo=UTC)
APART: Final = timedelta(days=2)
WEEKS: Final = timedelta(weeks=4)


def fill(records: Records, doctor: Actor, number: int, each: int, long: int) -> str:
    """People of `each` sessions, entrusted to one therapist, and one of `long` sessions, whose id is given."""
    database = records.desk(doctor).guard.database
    with database.writing() as rows:
        first = _person(rows, doctor, 0, long)
        for n in range(1, number):
            _person(rows, doctor, n, each)
    return first


def _person(rows: Connection, doctor: Actor, n: int, often: int) -> str:
    person = people.add(rows, Person(new_id(), f"Person {n:04d}", date(1960, 1, 1)), doctor)
    asking.save_screening(rows, Screening(person.id, LAST - often * APART))
    items = tuple(PlanItem(new_id(), exercise, reps=REPS) for exercise in EXERCISES)
    asking.save_plan(rows, Plan(new_id(), person.id, LAST, LAST.date(), items, doctor.id))
    starts = [(new_id(), LAST - k * APART, k) for k in range(often)]
    rows.execute(insert(SESSIONS), [_session(person.id, *start) for start in starts])
    made = [(new_id(), exercise, *start) for start in starts for exercise in EXERCISES]
    rows.execute(insert(SETS), [_set(person.id, *one) for one in made])
    told = [(id, *written(exercise, 80.0 + k % 30)) for id, exercise, _, _, k in made]
    rows.execute(insert(RESULTS), [{"set": id, "parts": REPS, "data": data} for id, data, _, _ in told])
    parts = [(id, n, data) for id, _, _, reps in told for n, data in enumerate(reps)]
    rows.execute(
        insert(PARTS),
        [{"set": id, "number": n, "kind": "rep", "counted": True, "data": data} for id, n, data in parts],
    )
    return person.id


def _session(person: str, id: str, started: datetime, k: int) -> dict[str, Any]:
    pains = dict.fromkeys(("before", "after"), f'{{"score":{k % 5},"place":"low_back","numb":false}}')
    return {"id": id, "person": person, "started": started, "ended": started + timedelta(minutes=20), **pains}


def _set(person: str, id: str, exercise: str, session: str, started: datetime, k: int) -> dict[str, Any]:
    whole = {"item": None, "source": "camera", "target": float(REPS), "closed": True}
    counts = {"counted": REPS, "attempts": REPS, "numbers": written(exercise, 80.0 + k % 30)[1]}
    of = {"id": id, "session": session, "person": person, "exercise": exercise, "started": started}
    return {**of, **whole, **counts}


@cache
def written(exercise: str, range_deg: float) -> tuple[str, str, tuple[str, ...]]:
    """A set as it stands in the database: its result without the parts, its summary, its parts."""
    made = result(exercise, range_deg)
    return (
        made.model_dump_json(exclude={"reps", "holds"}),
        numbers_of(made).model_dump_json(exclude_defaults=True),
        tuple(rep.model_dump_json() for rep in made.reps),
    )


def result(exercise: str, range_deg: float) -> SetResult:
    """A set of REPS repetitions."""
    verdicts = {
        "depth": Verdict(verdict=Judgement.PASS, value=range_deg, unit="deg", band=6.0, at_s=1.5),
        "trunk": Verdict(verdict=Judgement.FAULT, value=41.0, unit="deg", joints=("left_shoulder",)),
        "knees": Verdict(verdict=Judgement.CANNOT_JUDGE, reason="this is only seen from the front"),
    }
    times: dict[str, Any] = {"hold_s": 0.4, "out_s": 1.2, "back_s": 1.4, "side": "both", "counted": True}
    reps = tuple(
        Rep(
            start_s=3.0 * n,
            peak_s=3.0 * n + 1.5,
            end_s=3.0 * n + 3,
            range_deg=range_deg,
            verdicts=verdicts,
            **times,
        )
        for n in range(REPS)
    )
    return SetResult(
        exercise=exercise,
        name=exercise,
        duration_s=30.0,
        counted=REPS,
        attempts=REPS,
        reps=reps,
        faults={"trunk": REPS},
        range_of_motion=(RangeOfMotion(side="both", median_deg=range_deg, best_deg=range_deg),),
        view="side",
        seen_share=0.98,
    )


def track(seconds: float = 30.0) -> PoseTrack:
    """A track of half a minute, as noisy as a real one."""
    n = int(30 * seconds)
    noise = np.random.default_rng(1).normal(0, 1, (n, 33, 6)).astype(np.float32).round(3)
    return PoseTrack(np.arange(n) / 30, noise[..., :2], noise[..., 2], noise[..., 3:], (640, 480))


@dataclass(frozen=True, slots=True)
class Timing:
    """What was timed: the median in milliseconds, and how much came of it."""

    what: str
    ms: float
    found: str


def timed(what: str, work: Callable[[], object]) -> Timing:
    """The median of TIMES after a first one."""
    took = []
    for _ in range(TIMES + 1):
        begin = time.perf_counter()
        found = work()
        took.append(1000 * (time.perf_counter() - begin))
    return Timing(what, statistics.median(took[1:]), _much(found))


def _much(found: object) -> str:
    if isinstance(found, dict) and all(isinstance(value, tuple) for value in found.values()):
        return f"{len(found):,} people, {sum(map(len, found.values())):,}"
    return f"{len(found):,}" if isinstance(found, (dict, tuple, PoseTrack)) else ""


def readings(desk: Desk, long: str) -> list[Timing]:
    """What the pages ask for."""
    last = desk.sessions(long)[-1]
    set_id = desk.sets(last.id)[0].summary.id
    desk.keep_track(set_id, track())
    since = LAST - WEEKS
    again = iter(range(10_000))
    one_rep = result("squat", 90.0).reps[0]
    return [
        timed("person: `summaries`, all", lambda: desk.summaries(long)),
        timed("person: `summaries`, four weeks", lambda: desk.summaries(long, since)),
        timed("person: `sessions`, all", lambda: desk.sessions(long)),
        timed("person: `plans`, `notes`, `corrections`", lambda: _small(desk, long)),
        timed("session: `sets`, with all parts", lambda: desk.sets(last.id)),
        timed("set: `track`, half a minute", lambda: desk.track(set_id)),
        timed("list: `people`", desk.people),
        timed("list: `overview`, four weeks", lambda: desk.overview(since)),
        timed("list: `pains`, four weeks", lambda: desk.pains(since)),
        timed("list: `plans_of_all`", desk.plans_of_all),
        timed("list: `overview`, all", desk.overview),
        timed("live: `add_part`", lambda: desk.add_part(set_id, next(again), one_rep)),
    ]


def _small(desk: Desk, person: str) -> None:
    desk.plans(person)
    desk.notes(person)
    desk.corrections(person)


def measured(url: str, folder: Path, asked: argparse.Namespace) -> list[Timing]:
    """Fill a database and read it."""
    with open_records(url, folder) as records:
        doctor = records.enter("benchmark", "Dr. A", Role.THERAPIST)
        begin = time.perf_counter()
        long = fill(records, doctor, asked.people, asked.sessions, asked.long)
        print(f"filled in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
        if records.desk(doctor).guard.database.file is None:
            _analyse(records.desk(doctor))
        found = readings(records.desk(doctor), long)
    return [timed("start: open", lambda: open_records(url, folder).close()), *found]


def _analyse(desk: Desk) -> None:
    """What PostgreSQL's own vacuum does within a minute."""
    with desk.guard.database.writing() as rows:
        rows.exec_driver_sql("ANALYZE")


def table(columns: Sequence[tuple[str, list[Timing]]]) -> str:
    """A line for each reading, a column for each database."""
    header = ("what", "found", *(f"{name}, ms" for name, _ in columns))
    rows = [
        (first.what, first.found, *(f"{timings[i].ms:.1f}" for _, timings in columns))
        for i, first in enumerate(columns[0][1])
    ]
    return markdown(header, rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--long", type=int, default=200)
    parser.add_argument("--url", help="an empty PostgreSQL database, to be used as well")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.sqlite"
        columns = [("SQLite", measured(f"sqlite:///{file}", Path(folder) / "a", asked))]
        size = sum(path.stat().st_size for path in Path(folder).glob("records.sqlite*")) / 1e6
        if asked.url:
            columns.append(("PostgreSQL", measured(asked.url, Path(folder) / "b", asked)))
    many = 2 * ((asked.people - 1) * asked.sessions + asked.long)
    text = (
        f"{asked.people:,} people of {asked.sessions} sessions, one of them of {asked.long}: {many:,} sets, "
        f"{many * REPS:,} repetitions, {size:.0f} MB as SQLite.\n\n{table(columns)}"
    )
    print(text)
    if asked.write:
        write("records", "python -m benchmarks.records --url postgresql://… --write", text)


if __name__ == "__main__":
    main()
