"""Repetitions, results and tracks, made up for the tests of what is kept."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from coach.care.types import Person, Role
from coach.judge import HeldPose, Judgement, Rep, SetResult, Verdict
from coach.judge.results import RangeOfMotion
from coach.pose import PoseTrack
from coach.records import Actor, Desk, Records

START = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Time that passes when a test says so."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> datetime:
        """Later by so much."""
        self.now += timedelta(**time)
        return self.now


def rep(n: int = 0, side: str = "both", **changed: Any) -> Rep:
    """The nth repetition of somebody who takes three seconds for each."""
    start = 3.0 * n
    told: dict[str, Any] = {
        "start_s": start,
        "peak_s": start + 1.5,
        "end_s": start + 3.0,
        "side": side,
        "counted": True,
        "hold_s": 0.5,
        "out_s": 1.0,
        "back_s": 1.5,
        "range_deg": 90.0 + n,
        "view": "side",
        "verdicts": {
            "depth": Verdict(verdict=Judgement.PASS, value=95.0, unit="deg", band=6.0, at_s=start + 1.5),
            "trunk": Verdict(verdict=Judgement.FAULT, value=40.0, unit="deg", joints=("left_hip",)),
            "knees": Verdict(verdict=Judgement.CANNOT_JUDGE, reason="only seen from the front"),
        },
    }
    return Rep(**(told | changed))


def held(n: int = 0, side: str = "left", **changed: Any) -> HeldPose:
    """The nth hold, of twenty seconds."""
    told: dict[str, Any] = {
        "start_s": 30.0 * n,
        "end_s": 30.0 * n + 25,
        "side": side,
        "held_s": 20.0,
        "counted": True,
        "pauses": ((3.0, 5.0),),
        "verdicts": {"trunk": Verdict(verdict=Judgement.PASS)},
    }
    return HeldPose(**(told | changed))


def result(*parts: Rep | HeldPose, exercise: str = "squat", **changed: Any) -> SetResult:
    """A closed set of these parts."""
    reps = tuple(part for part in parts if isinstance(part, Rep))
    ranges = [one.range_deg for one in reps if one.counted and one.range_deg is not None]
    told: dict[str, Any] = {
        "exercise": exercise,
        "name": exercise.capitalize(),
        "duration_s": 30.0,
        "counted": sum(part.counted for part in parts),
        "attempts": len(parts),
        "reps": reps,
        "holds": tuple(part for part in parts if isinstance(part, HeldPose)),
        "faults": {"trunk": len(reps)} if reps else {},
        "view": "side",
        "seen_share": 0.97,
    }
    if ranges:
        median, best = float(np.median(ranges)), max(ranges)
        told["range_of_motion"] = (RangeOfMotion(side="both", median_deg=median, best_deg=best),)
    return SetResult(**(told | changed))


def track(frames: int = 30, start_s: float = 0.0, seed: int = 0) -> PoseTrack:
    """Somebody who is not seen in every frame."""
    rng = np.random.default_rng(seed)
    xy = rng.normal(300, 100, (frames, 33, 2)).astype(np.float32)
    xy[::7] = np.nan
    return PoseTrack(
        start_s + np.arange(frames) / 30,
        xy,
        rng.uniform(0, 1, (frames, 33)).astype(np.float32),
        rng.normal(0, 1, (frames, 33, 3)).astype(np.float32),
        (640, 480),
        rng.uniform(0, 1, frames),
    )


def kept_set(desk: Desk, person: Person, parts: int = 3, exercise: str = "squat") -> str:
    """A closed set in a session of its own; its id."""
    session = desk.begin_session(person.id, START)
    set_id = desk.begin_set(session.id, exercise, START, "camera")
    reps = [rep(n) for n in range(parts)]
    for n, one in enumerate(reps):
        desk.add_part(set_id, n, one)
    desk.close_set(set_id, result(*reps, exercise=exercise))
    return set_id


def clinic(records: Records, *logins: str) -> dict[str, Actor]:
    """People of a clinic by their logins; therapists are those whose login begins with `dr`."""
    return {
        login: records.enter(
            login, login.capitalize(), Role.THERAPIST if login.startswith("dr") else Role.PERSON
        )
        for login in logins
    }
