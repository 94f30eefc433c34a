"""A queue with a clock of its own, and what a set looks like, without a camera or a model."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from coach.judge import HeldPose, Judgement, NotJudged, Rep, SetResult, Verdict, load_exercise
from coach.video import Analysis, MainCurve
from coach.web.video.jobs import Jobs
from coach.web.video.uploads import Uploads
from coach.web.video.work import Outcome, Share, Task


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Work:
    """Work that does what a test tells it: `shares` are reported, `during` is called between them."""

    shares: tuple[float, ...] = (0.0, 0.5, 1.0)
    during: Callable[[float], None] = lambda share: None
    error: Exception | None = None
    done: list[Task] = field(default_factory=list)
    outcome: Outcome | None = None

    def __call__(self, task: Task, folder: Path, on_share: Share) -> Outcome:
        for share in self.shares:
            on_share(share)
            self.during(share)
        if self.error is not None:
            raise self.error
        self.done.append(task)
        (folder / "result.json").write_text("{}")
        return self.outcome or Outcome(files={"result.json": folder / "result.json"})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def queue(tmp_path: Path, work: Work, clock: Clock) -> Jobs:
    return Jobs(tmp_path, work, clock)


@pytest.fixture
def tickets(tmp_path: Path, clock: Clock) -> Uploads:
    return Uploads(tmp_path, clock)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.mp4"
    path.write_bytes(b"not really")
    return path


def a_verdict(kind: Judgement, at_s: float | None = None, reason: str = "") -> Verdict:
    return Verdict(verdict=kind, value=154.0, unit="deg", band=9.1, reason=reason, at_s=at_s)


def a_rep(start_s: float, counted: bool = True, **verdicts: Verdict) -> Rep:
    return Rep(
        start_s=start_s,
        peak_s=start_s + 2,
        end_s=start_s + 5,
        side="both",
        counted=counted,
        why_not=None if counted else "Not high enough to count",
        hold_s=3.0,
        out_s=1.0,
        back_s=1.0,
        verdicts=verdicts,
    )


def an_analysis(*reps: Rep, from_s: float = 0.0, language: str = "en") -> Analysis:
    """A set of bridges, watched from `from_s` for half a minute."""
    exercise = load_exercise("bridge", language=language)  # type: ignore[arg-type]
    t = np.arange(from_s, from_s + 30.1, 0.1)
    result = SetResult(
        exercise="bridge",
        name=exercise.name,
        duration_s=30.0,
        counted=sum(rep.counted for rep in reps),
        attempts=len(reps),
        reps=reps,
        not_judged=(NotJudged(check="feet_flat", reason="no camera sees it", share=1.0),),
    )
    return Analysis(result, exercise, MainCurve(t, np.full_like(t, 120.0), "hip_extension", "deg"))


def a_hold(start_s: float, counted: bool = True) -> HeldPose:
    return HeldPose(start_s=start_s, end_s=start_s + 20, side="left", held_s=18.0, counted=counted)
