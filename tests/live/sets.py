"""Live sets without a camera: films of stick figures and kept landmarks, coached frame by frame."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from coach.judge import Feedback, load_exercise
from coach.language import Language
from coach.live import Coached, Coaching, Dose, LiveSettings, Screen, Stage
from coach.live.settings import Spoken
from coach.pose import PoseFrame, PoseTrack, Side, repair_track
from tests.conftest import SAMPLES
from tests.skeletons import LEFT, standing

LIBRARY = SAMPLES / "library"
MANY = Dose(1000, None)
THREE = Dose(3, None)


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@cache
def kept(name: str) -> tuple[str, tuple[PoseFrame, ...]]:
    """The exercise of a kept track, and its repaired frames."""
    exercise = json.loads((LIBRARY / f"{name}.json").read_text("utf-8"))["exercise"]
    return exercise, tuple(repair_track(PoseTrack.load(LIBRARY / f"{name}.npz")))


def asked(
    exercise: str = "squat",
    dose: Dose | None = None,
    *,
    side: Side | None = None,
    spoken: Spoken = "everything",
    language: Language = "en",
) -> LiveSettings:
    """A live set as it is asked for; without a dose, the exercise's own."""
    loaded = load_exercise(exercise, language=language)
    return LiveSettings(loaded, dose or Dose.of(loaded), side, spoken)


@dataclass
class Watched:
    """What was shown on each frame, by its time, and what was left."""

    coaching: Coaching
    shown: list[tuple[float, Screen]]

    @property
    def coached(self) -> Coached:
        return self.coaching.coached

    @property
    def said(self) -> list[str]:
        return [screen.say for _, screen in self.shown if screen.say]

    @property
    def stages(self) -> list[Stage]:
        """The stages in their order."""
        order: list[Stage] = []
        for _, screen in self.shown:
            if order[-1:] != [screen.stage]:
                order.append(screen.stage)
        return order

    def since(self, stage: Stage) -> float:
        """When a stage was first entered."""
        return next(t for t, screen in self.shown if screen.stage is stage)

    def at(self, t: float) -> Screen:
        """The first screen at or after a time."""
        return next(screen for shown_s, screen in self.shown if shown_s >= t - 1e-6)

    @property
    def last(self) -> Screen:
        return self.shown[-1][1]


def watch(frames: Iterable[PoseFrame], settings: LiveSettings, stop: bool = False) -> Watched:
    """Coach a film; `stop`: the person ends it after the last frame."""
    coaching = Coaching(settings)
    shown = [(frame.t, coaching.step(frame)) for frame in frames]
    if stop:
        shown.append((shown[-1][0] if shown else 0.0, coaching.stop(shown[-1][0] if shown else 0.0)))
    return Watched(coaching, shown)


def then(*films: Iterable[PoseFrame], fps: float = 12) -> list[PoseFrame]:
    """Films one after the other."""
    frames = [frame for each in films for frame in each]
    return [replace(frame, t=i / fps) for i, frame in enumerate(frames)]


def still(make: Callable[[], PoseFrame], seconds: float, fps: float = 12) -> list[PoseFrame]:
    """One frame for a time."""
    frame = make()
    return [replace(frame, t=i / fps) for i in range(round(seconds * fps))]


def nobody(seconds: float, fps: float = 12) -> list[PoseFrame]:
    """An empty picture for a time."""
    return still(lambda: PoseFrame.empty(0.0, (640, 480)), seconds, fps)


def upright() -> PoseFrame:
    """Somebody who stands and waits."""
    return standing(camera=LEFT)


def feedback(side: str = "both", **known: Any) -> Feedback:
    """Of a frame on which somebody is seen at rest, but for what is known better."""
    given = {
        "ready": True,
        "phase": "",
        "count": 0,
        "attempts": 0,
        "hold_s": 0.0,
        "progress": 0.0,
        "view": "side",
    }
    return Feedback(t=0.0, side=side, **(given | known))  # type: ignore[arg-type]
