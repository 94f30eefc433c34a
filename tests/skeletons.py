"""Stick figures with commanded joint angles, seen by a camera without a lens, as PoseFrames and PoseTracks.

A `Figure` is a body in metres; a `Camera` turns it into a frame.  The projection is parallel and the
numbers are exact: what was commanded is what a measure reads, to float32's precision.  Made for tests; it
looks like a person to the rules (view, near side, position, framing, visibility), and to nobody else.

Angles are the lean of a segment's upper end from upright toward the toes, in the body's own sagittal plane:

    trunk  hips to shoulders     0 upright, 90 level and face down, -90 level and face up
    thigh  knee to hip           0 standing, -90 sitting, 90 prone
    shank  ankle to knee         0 standing, positive with the knee before the ankle

so that knee flexion = shank - thigh, and hip extension = 180 - (trunk - thigh).

>>> from coach.motion import MEASURES, Body
>>> frame = squat(depth=1.0, trunk_deg=40, thigh_deg=-90, shank_deg=30, camera=LEFT)
>>> round(float(MEASURES["knee_flexion"].value(Body.of(frame), "left")))
120

Tracks:

>>> track = film(lambda depth: squat(depth, camera=LEFT), cycles(0.0, 1.0, count=3, fps=20), fps=20)
>>> len(track)
240
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from math import asin, cos, degrees, radians, sin
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from coach.pose import INDEX, NAMES, PoseFrame, PoseTrack, Side, other

Vector = NDArray[np.float64]  # (3,): left, up, forward, metres
Joints = NDArray[np.float64]  # (33, 3): the same for each landmark

SHANK: Final = 0.42
THIGH: Final = 0.42
TRUNK: Final = 0.50
HIP_WIDTH: Final = 0.24
SHOULDER_WIDTH: Final = 0.36
UPPER_ARM: Final = 0.28
FOREARM: Final = 0.26
ANKLE_HEIGHT: Final = 0.08
SHOULDER_ON_FLOOR: Final = 0.10

NEAR: Final = 0.97  # visibility of what the camera sees
FAR: Final = 0.4  # and of the far limbs in a side view
SOLID: Final = 0.99  # hips and shoulders, always
HIDDEN_FROM_DEG: Final = 50.0  # azimuth from which the far limbs are hidden

UP: Final = np.array([0.0, 1.0, 0.0])

P = TypeVar("P", PoseFrame, PoseTrack)


# --- the body ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg.  `out` leans a segment's lower end away from the middle; `foot` 0 is flat, 90 toes down."""

    thigh_deg: float = 0.0
    shank_deg: float = 0.0
    thigh_out_deg: float = 0.0
    shank_out_deg: float = 0.0
    foot_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A body by its segments' angles.

    trunk_side_deg   lean of the trunk to the person's left
    pelvis_side_deg  tilt of the hip line, left hip down positive
    turn_deg         turn of pelvis and trunk about the vertical, legs stay: the left shoulder goes forward
    arms_deg         direction of both arms, 0 up, 90 forward, 180 hanging
    """

    trunk_deg: float = 0.0
    trunk_side_deg: float = 0.0
    pelvis_side_deg: float = 0.0
    turn_deg: float = 0.0
    arms_deg: float = 180.0
    left: Leg = Leg()
    right: Leg = Leg()

    def joints(self) -> Joints:
        """All landmarks, (33, 3): left, up, forward in metres; the origin is between the hips."""
        place: dict[str, Vector] = {}
        turn = radians(self.turn_deg)
        tilt = radians(self.pelvis_side_deg)
        line = np.array([cos(tilt) * cos(turn), -sin(tilt), cos(tilt) * sin(turn)])
        shoulder_line = np.array([cos(turn), 0.0, sin(turn)])
        spine = _direction(self.trunk_deg, self.trunk_side_deg)
        front = _direction(self.trunk_deg + 90)
        chest = TRUNK * spine
        for side, leg, sign in (("left", self.left, 1), ("right", self.right, -1)):
            hip = sign * line * HIP_WIDTH / 2
            place |= _leg(side, leg, sign, hip)
            place |= _arm(side, self.arms_deg, chest + sign * shoulder_line * SHOULDER_WIDTH / 2)
            place |= _face(side, chest, spine, front, sign * shoulder_line)
        place["nose"] = chest + 0.20 * spine + 0.12 * front
        return np.array([place[name] for name in NAMES])


def _direction(lean_deg: float, out_deg: float = 0.0) -> Vector:
    """Unit vector that leans from upright, forward by `lean` and to the left by `out`."""
    lean, out = radians(lean_deg), radians(out_deg)
    return np.array([sin(out), cos(out) * cos(lean), cos(out) * sin(lean)])


def _leg(side: str, leg: Leg, sign: int, hip: Vector) -> dict[str, Vector]:
    # `out` moves the lower end outward, hence the upper end inward.
    knee = hip - THIGH * _direction(leg.thigh_deg, -sign * leg.thigh_out_deg)
    ankle = knee - SHANK * _direction(leg.shank_deg, -sign * leg.shank_out_deg)
    sole, toes = -_direction(leg.foot_deg), _direction(leg.foot_deg + 90)
    return {
        f"{side}_hip": hip,
        f"{side}_knee": knee,
        f"{side}_ankle": ankle,
        f"{side}_heel": ankle + 0.06 * sole - 0.05 * toes,
        f"{side}_foot_index": ankle + 0.06 * sole + 0.15 * toes,
    }


def _arm(side: str, arms_deg: float, shoulder: Vector) -> dict[str, Vector]:
    along = _direction(arms_deg)
    wrist = shoulder + (UPPER_ARM + FOREARM) * along
    hand = {f"{side}_{finger}": wrist + 0.08 * along for finger in ("pinky", "index", "thumb")}
    return {
        f"{side}_shoulder": shoulder,
        f"{side}_elbow": shoulder + UPPER_ARM * along,
        f"{side}_wrist": wrist,
        **hand,
    }


def _face(side: str, chest: Vector, spine: Vector, front: Vector, outward: Vector) -> dict[str, Vector]:
    eye = chest + 0.23 * spine + 0.10 * front
    return {
        f"{side}_eye_inner": eye + 0.02 * outward,
        f"{side}_eye": eye + 0.03 * outward,
        f"{side}_eye_outer": eye + 0.04 * outward,
        f"{side}_ear": chest + 0.22 * spine + 0.07 * outward,
        f"mouth_{side}": chest + 0.16 * spine + 0.10 * front + 0.02 * outward,
    }


def standing_at(joints: Joints, *names: str, height_m: float = ANKLE_HEIGHT) -> Joints:
    """The body moved so that the middle of the named joints is over the origin, at a height."""
    middle: Vector = joints[[INDEX[name] for name in names]].mean(axis=0)
    return joints - middle + height_m * UP


# --- the camera -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the picture is taken from: the azimuth is what `coach.motion.situation.azimuth_deg` reads.

    0 the person faces the camera, 90 the right side is near and the person faces right, -90 the left, 180 the
    back.  `floor_px` is where the body's origin on the floor comes to lie.
    """

    azimuth_deg: float = 90.0
    size: tuple[int, int] = (640, 480)
    floor_px: tuple[float, float] = (320.0, 420.0)
    px_per_m: float = 200.0

    @property
    def near(self) -> Side:
        """The side nearer to the camera."""
        return "right" if self.azimuth_deg >= 0 else "left"

    def frame(self, joints: Joints, t: float = 0.0) -> PoseFrame:
        """The picture of a body: pixels, metres and visibility."""
        a = radians(self.azimuth_deg)
        left, up, forward = joints.T
        across, away = left * cos(a) + forward * sin(a), left * sin(a) - forward * cos(a)
        metres = np.stack([across, -up, away], axis=1)
        hips = metres[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
        xy = np.array(self.floor_px) + self.px_per_m * metres[:, :2]
        return PoseFrame(
            t,
            xy.astype(np.float32),
            self._visibility(),
            (metres - hips).astype(np.float32),
            self.size,
            centred=True,
        )

    def _visibility(self) -> NDArray[np.float32]:
        turned = abs(self.azimuth_deg)
        hides = min(turned, 180 - turned) > HIDDEN_FROM_DEG
        return _visibility(other(self.near) if hides else "nobody").copy()


@cache
def _visibility(hidden: str) -> NDArray[np.float32]:
    """What the model believes of each landmark when the limbs of one side are hidden."""

    def of(name: str) -> float:
        if name.endswith(("hip", "shoulder")):
            return SOLID
        return FAR if hidden in name else NEAR

    return np.array([of(name) for name in NAMES], np.float32)


RIGHT: Final = Camera(90.0)  # the person faces right, the right side is near
LEFT: Final = Camera(-90.0)
FRONT: Final = Camera(0.0)
BACK: Final = Camera(180.0)


# --- positions --------------------------------------------------------------------------------------


def standing(trunk_deg: float = 0.0, camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """Upright on both feet, arms hanging."""
    return squat(0.0, upright_deg=trunk_deg, camera=camera, t=t)


def squat(
    depth: float = 1.0,
    *,
    trunk_deg: float = 40.0,
    thigh_deg: float = -85.0,
    shank_deg: float = 30.0,
    heel_rise_deg: float = 0.0,
    knee_gap: float = 1.0,
    trunk_side_deg: float = 0.0,
    upright_deg: float = 0.0,
    camera: Camera = RIGHT,
    t: float = 0.0,
) -> PoseFrame:
    """A squat between standing (depth 0) and the commanded angles (depth 1), the feet where they are.

    knee_gap is the distance of the knees by that of the ankles at depth 1, seen from the front; the feet
    stand under the hips.  The thigh is level at -90.  upright_deg is the trunk's lean at depth 0.
    """
    knees_out = (1 + (knee_gap - 1) * depth) * HIP_WIDTH / 2 - HIP_WIDTH / 2
    leg = Leg(
        thigh_deg * depth,
        shank_deg * depth,
        degrees(asin(knees_out / THIGH)),
        -degrees(asin(knees_out / SHANK)),
        heel_rise_deg * depth,
    )
    trunk = upright_deg + (trunk_deg - upright_deg) * depth
    figure = Figure(trunk, trunk_side_deg * depth, arms_deg=180 - 90 * depth, left=leg, right=leg)
    return camera.frame(standing_at(figure.joints(), "left_ankle", "right_ankle"), t)


def bridge(
    hip_extension_deg: float = 180.0,
    *,
    shank_deg: float = 0.0,
    camera: Camera = RIGHT,
    t: float = 0.0,
) -> PoseFrame:
    """On the back with the feet on the floor and the shoulders down; 180: shoulder, hip and knee in one line.

    The pelvis is as high as it must be; about 122 is at rest on the floor.  The feet stay where they are.
    """
    opened = radians(180 - hip_extension_deg)  # trunk minus thigh
    leg = THIGH + TRUNK * complex(cos(opened), sin(opened))  # knee to shoulder, the thigh along x
    drop = ANKLE_HEIGHT + SHANK * cos(radians(shank_deg)) - SHOULDER_ON_FLOOR
    # The line from knee to shoulder points backward and falls by `drop`: a lean of -90 and less.
    thigh_deg = -90 - degrees(asin(drop / abs(leg))) - degrees(np.angle(leg))
    both = Leg(thigh_deg, shank_deg)
    trunk_deg = thigh_deg + degrees(opened)
    figure = Figure(trunk_deg, arms_deg=90, left=both, right=both)
    return camera.frame(standing_at(figure.joints(), "left_ankle", "right_ankle"), t)


def hip_hiker(
    drop_deg: float = 0.0,
    side: Side = "right",
    *,
    trunk_side_deg: float = 0.0,
    standing_knee_deg: float = 0.0,
    free_knee_deg: float = 0.0,
    camera: Camera = FRONT,
    t: float = 0.0,
) -> PoseFrame:
    """On one leg, the pelvis dropped on the free `side`, its leg hanging straight down; both feet level at 0.

    trunk_side_deg leans toward the free side.  Bent knees are bent forward, hip over ankle.
    """
    toward = 1 if side == "left" else -1
    free = Leg(-free_knee_deg / 2, free_knee_deg / 2)
    stance = Leg(-standing_knee_deg / 2, standing_knee_deg / 2)
    figure = Figure(
        trunk_side_deg=toward * trunk_side_deg,
        pelvis_side_deg=toward * drop_deg,
        left=free if side == "left" else stance,
        right=free if side == "right" else stance,
    )
    joints = standing_at(figure.joints(), f"{other(side)}_ankle")
    # The standing foot stays under its own hip, beside the picture's middle.
    joints[:, 0] -= toward * HIP_WIDTH / 2
    return camera.frame(joints, t)


def pigeon(
    side: Side = "right",
    *,
    turn_deg: float = 0.0,
    knee_out_deg: float = 0.0,
    hips_m: float = 0.0,
    camera: Camera = FRONT,
    t: float = 0.0,
) -> PoseFrame:
    """Sitting upright with the shin of `side` across in front and the other leg long behind.

    turn_deg turns pelvis and trunk, the shoulder of `side` forward; hips_m lifts the hips off the floor, the
    front foot staying; knee_out_deg swings the front thigh outward.
    """
    lift = degrees(asin(min(1.0, hips_m / THIGH)))
    front = Leg(-80 + lift, 0.0, knee_out_deg, -80.0, 90.0)
    back = Leg(85.0, 85.0, 0.0, 0.0, 90.0)
    toward = 1 if side == "left" else -1
    figure = Figure(
        turn_deg=toward * turn_deg,
        left=front if side == "left" else back,
        right=front if side == "right" else back,
    )
    joints = figure.joints()
    lowest = float(joints[INDEX[f"{side}_ankle"], 1])
    return camera.frame(joints + (ANKLE_HEIGHT - lowest) * UP, t)


def kneeling(camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """Upright on both knees."""
    leg = Leg(0, 90, foot_deg=90)
    return _on_floor(Figure(left=leg, right=leg), "ankle", camera, t)


def sitting(camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """On the floor with the legs straight in front."""
    leg = Leg(-90, -90, foot_deg=-90)
    return _on_floor(Figure(left=leg, right=leg), "hip", camera, t)


def quadruped(camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """On hands and knees, the back level."""
    leg = Leg(0, 90, foot_deg=90)
    return _on_floor(Figure(90, arms_deg=180, left=leg, right=leg), "knee", camera, t)


def supine(camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """Flat on the back, legs straight."""
    leg = Leg(-90, -90, foot_deg=-90)
    return _on_floor(Figure(-90, arms_deg=90, left=leg, right=leg), "hip", camera, t)


def prone(camera: Camera = RIGHT, t: float = 0.0) -> PoseFrame:
    """Flat on the belly, legs straight; the feet point away from the side one faces."""
    leg = Leg(90, 90, foot_deg=90)
    return _on_floor(Figure(90, arms_deg=-90, left=leg, right=leg), "hip", camera, t)


def side_lying(
    on: Side = "right",
    raised_deg: float = 0.0,
    camera: Camera = FRONT,
    t: float = 0.0,
    *,
    propped_deg: float = 0.0,
) -> PoseFrame:
    """On one side, straight, the upper leg abducted; the camera's azimuth 0 sees the front.

    propped_deg slopes the line of the shoulders, as an arm under the head or chest does.
    """
    raised = Leg(thigh_out_deg=raised_deg, shank_out_deg=raised_deg)
    upper = other(on)
    figure = Figure(left=raised if upper == "left" else Leg(), right=raised if upper == "right" else Leg())
    left, up, forward = figure.joints().T
    joints = np.stack([-up, left, forward] if on == "right" else [up, -left, forward], axis=1)
    shoulders = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
    middle = joints[shoulders].mean(axis=0)
    x, y, _ = (joints[shoulders] - middle).T
    slope = np.radians(propped_deg)
    joints[shoulders, 0] = middle[0] + np.cos(slope) * x - np.sin(slope) * y
    joints[shoulders, 1] = middle[1] + np.sin(slope) * x + np.cos(slope) * y
    return camera.frame(standing_at(joints, "left_hip", "right_hip", height_m=0.25), t)


def _on_floor(figure: Figure, joint: str, camera: Camera, t: float) -> PoseFrame:
    joints = figure.joints()
    return camera.frame(standing_at(joints, f"left_{joint}", f"right_{joint}"), t)


# --- in time ----------------------------------------------------------------------------------------


def film(make: Callable[[float], PoseFrame], values: Iterable[float], fps: float = 30.0) -> PoseTrack:
    """One frame for each value, evenly in time from 0."""
    return PoseTrack.of([replace(make(float(v)), t=i / fps) for i, v in enumerate(values)])


def cycles(
    rest: float,
    peak: float,
    *,
    count: int = 1,
    fps: float = 30.0,
    move_s: float = 1.25,
    hold_s: float = 0.5,
    rest_s: float = 1.0,
) -> NDArray[np.float64]:
    """Values that go from rest to peak and back, smoothly: rest, up, hold, down, `count` times over.

    One cycle lasts rest_s + 2 move_s + hold_s; it ends on the way to rest, so append a rest to end a set.
    """
    ramp = (1 - np.cos(np.linspace(0, np.pi, round(move_s * fps), endpoint=False))) / 2
    one = np.concatenate([np.zeros(round(rest_s * fps)), ramp, np.ones(round(hold_s * fps)), 1 - ramp])
    return rest + (peak - rest) * np.tile(one, count)


# --- changes to a frame or a track ------------------------------------------------------------------


def zoomed(pose: P, factor: float, shift_px: tuple[float, float] = (0.0, 0.0)) -> P:
    """The same body larger or elsewhere in a picture that grows with it."""
    width, height = pose.size
    return replace(
        pose,
        xy=(pose.xy * factor + np.array(shift_px)).astype(np.float32),
        size=(round(width * factor), round(height * factor)),
    )


def jittered(track: PoseTrack, px: float, seed: int = 0) -> PoseTrack:
    """Gaussian noise on every landmark of every frame, in pixels; the same seed gives the same noise."""
    noise = np.random.default_rng(seed).normal(0, px, track.xy.shape)
    return replace(track, xy=(track.xy + noise).astype(np.float32))


def without(pose: P, *names: str) -> P:
    """The named landmarks rejected: their place is NaN."""
    xy = pose.xy.copy()
    xy[..., [INDEX[name] for name in names], :] = np.nan
    return replace(pose, xy=xy)


def believed(pose: P, visibility: float, *names: str) -> P:
    """The named landmarks with another visibility."""
    changed = pose.visibility.copy()
    changed[..., [INDEX[name] for name in names]] = visibility
    return replace(pose, visibility=changed)
