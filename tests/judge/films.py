"""Sets with a known number of repetitions, as tracks of stick figures, and what the coach makes of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from coach.judge import Engine, Exercise, Feedback, SetResult, load_exercise
from coach.judge.lane import Seen
from coach.motion import Body, Situation
from coach.pose import PoseFrame, PoseTrack, Side, other
from tests.judge.waves import Move, Wave, reps
from tests.skeletons import (
    BACK,
    FRONT,
    LEFT,
    RIGHT,
    Camera,
    Figure,
    Leg,
    bridge,
    film,
    hip_hiker,
    pigeon,
    squat,
    standing_at,
)

SQUAT = Move(1.25, 0.5, 1.25, pause_s=1.2, height=1.0)
BRIDGE = Move(1.5, 3.8, 2.2, pause_s=1.2, height=58.0)
HIKER = Move(1.2, 0.6, 1.2, pause_s=1.0, height=14.0)


def shot(make: Callable[[float], PoseFrame], wave: Wave, fps: float = 12) -> PoseTrack:
    """A film of a figure that follows a wave."""
    return film(make, (x for _, x in wave.sampled(fps)), fps)


@cache
def squats(
    n: int = 2, fps: float = 12, camera: Camera = LEFT, move: Move = SQUAT, **figure: float
) -> PoseTrack:
    """n squats."""
    return shot(lambda depth: squat(depth, camera=camera, **figure), reps(n, move), fps)


@cache
def bridges(
    n: int = 2, fps: float = 12, camera: Camera = RIGHT, move: Move = BRIDGE, **figure: float
) -> PoseTrack:
    """n bridges; the move is in degrees of hip extension over 122, lying on the floor."""
    return shot(lambda x: bridge(x, camera=camera, **figure), reps(n, move, rest=122.0), fps)


@cache
def hikes(
    n: int = 2,
    fps: float = 12,
    side: Side = "right",
    camera: Camera = FRONT,
    move: Move = HIKER,
    bent: float = 0.0,
    lean: float = 0.0,
) -> PoseTrack:
    """n pelvic drops; `bent` and `lean` are degrees of standing knee and trunk at the bottom."""

    def make(drop: float) -> PoseFrame:
        share = drop / move.height
        return hip_hiker(
            drop, side, standing_knee_deg=bent * share, trunk_side_deg=lean * share, camera=camera
        )

    return shot(make, reps(n, move), fps)


@cache
def pigeons(seconds: float = 34.0, fps: float = 12, side: Side = "right", **figure: float) -> PoseTrack:
    """The pose held, after a second high up in the lunge; figure values are reached after five seconds."""
    times = [i / fps for i in range(round((seconds + 1) * fps) + 1)]

    def make(t: float) -> PoseFrame:
        late = {name: value * min(1.0, max(0.0, (t - 5) / 2)) for name, value in figure.items()}
        return pigeon(side, hips_m=0.4 if t < 1 else 0.0, **late)

    return film(make, times, fps)


def coached(
    frames: Iterable[PoseFrame], exercise: str | Exercise, side: Side | None = None
) -> tuple[list[Feedback], SetResult]:
    """What is said during a set, and its result."""
    engine = Engine(load_exercise(exercise) if isinstance(exercise, str) else exercise, side)
    said = [engine.step(frame) for frame in frames]
    return said, engine.finish()


def result_of(frames: Iterable[PoseFrame], exercise: str | Exercise, side: Side | None = None) -> SetResult:
    """The result of a set."""
    return coached(frames, exercise, side)[1]


def cues(said: Iterable[Feedback]) -> list[str]:
    """The codes of what was said, in order."""
    return [feedback.cue.code for feedback in said if feedback.cue is not None]


def joined(*films: Iterable[PoseFrame]) -> list[PoseFrame]:
    """Films one after the other, without a cut."""
    frames: list[PoseFrame] = []
    for one in films:
        first, second, *others = one
        start = frames[-1].t + second.t - first.t if frames else 0.0
        frames += [replace(frame, t=start + frame.t) for frame in (first, second, *others)]
    return frames


def unseen(frames: Iterable[PoseFrame], start_s: float, end_s: float) -> list[PoseFrame]:
    """The film with nobody in the picture for a time."""
    return [PoseFrame.empty(f.t, f.size) if start_s <= f.t < end_s else f for f in frames]


# --- one lane alone ---------------------------------------------------------------------------------------


def curl(knee_deg: float, trunk_deg: float = 0.0, camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """Standing, the near knee bent: the movement of files.CURL."""
    bent, straight = Leg(0.0, knee_deg), Leg()
    near_is_left = camera.near == "left"
    figure = Figure(
        trunk_deg, left=bent if near_is_left else straight, right=straight if near_is_left else bent
    )
    return camera.frame(standing_at(figure.joints(), f"{other(camera.near)}_ankle"), t)


@cache
def curls(move: Move, n: int = 1, fps: float = 12, trunk_deg: float = 0.0) -> list[PoseFrame]:
    """Knee curls in degrees; the trunk leans by `trunk_deg` at the top."""
    return list(shot(lambda x: curl(x, trunk_deg * x / move.height), reps(n, move), fps))


def seen(frame: PoseFrame, ready: bool = True, view: str = "side") -> Seen:
    """A frame as a lane gets it."""
    situation = Situation(90.0, view, "right", "standing")  # type: ignore[arg-type]  # a view's name
    return Seen(frame, Body.of(frame), situation, ready)


VIEWPOINTS = {"left": LEFT, "right": RIGHT, "front": FRONT, "back": BACK}
