"""The performance of a scene: who is in which posture at any time, and where camera and things stand."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np

from sample_videos.studio.camera import Camera
from sample_videos.studio.movements import EVERY, Movement, Prop
from sample_videos.studio.movements.walking import Passage, Walk, heading_of, nearest_deg, walking
from sample_videos.studio.rotations import Floats, about_x, about_z
from sample_videos.studio.scene import CameraSettings, Other, Scene, WorkoutScene
from sample_videos.studio.score import Moment, Score, Ways, compose
from sample_videos.studio.skeleton import Body, Posture

# Direction from the person to the camera, degrees anticlockwise from +x (the person's left), seen from above.
STANDS_DEG: Final = {"left": 0.0, "back": 90.0, "head": 90.0, "right": 180.0, "front": 270.0, "feet": 270.0}
BEYOND_M: Final = 0.75  # outside the picture's edge: an arm's swing and a shadow


def camera_of(settings: CameraSettings, middle: tuple[float, float, float]) -> Camera:
    """The camera of a scene, about the middle (3,) of its exercise's space."""
    toward = np.radians(STANDS_DEG[settings.stands] + settings.turned_deg)
    x = middle[0] + settings.distance_m * np.cos(toward)
    y = middle[1] + settings.distance_m * np.sin(toward)
    eye = (float(x), float(y), settings.height_m)
    return Camera(eye, middle, settings.size, settings.lens_mm, settings.past_deg, settings.rolled_deg)


def on_floor(camera: Camera, at: tuple[float, float]) -> Floats:
    """A place of a scene file, (2,) metres: x toward the camera's right, y toward the camera, from the middle."""
    right, toward = camera.floor_axes()
    return np.asarray(np.array(camera.target[:2]) + at[0] * right[:2] + at[1] * toward[:2])


def facing_camera_deg(camera: Camera) -> float:
    """Heading of somebody who faces the camera."""
    return heading_of(camera.floor_axes()[1][:2])


def outside(camera: Camera, spot: Floats, right: bool) -> Floats:
    """The place (2,) beside a spot, seen from the camera, where nobody is in the picture any more."""
    sign = 1.0 if right else -1.0
    axis = camera.floor_axes()[0]
    (x, _, away), (x_of_step, _, away_of_step) = (
        camera.in_camera([spot[0], spot[1], camera.target[2]]),
        camera.axes() @ axis,
    )
    # So many metres along the floor until the distance from the picture's middle plane is that of the edge and more.
    slope = sign * camera.size[0] / 2 / camera.focal_px
    metres = (slope * away + sign * BEYOND_M - x) / (x_of_step - slope * away_of_step)
    return np.asarray(spot + metres * axis[:2])


def edge_with_least_turning(camera: Camera, spot: Floats, heading_deg: float, coming: bool) -> bool:
    """Whether to come from (or go to) the right: the side for which one turns less."""

    def turns(right: bool) -> float:
        way = outside(camera, spot, right) - spot
        return abs(nearest_deg(heading_of(-way if coming else way), heading_deg) - heading_deg)

    return turns(True) < turns(False) - 1e-6


@dataclass(frozen=True)
class Performance:
    """A scene brought to life: `posture(t)` of the person, None while outside the picture.

    comes_from  the place (2,) from which one enters, else from outside the picture
    stays       who leaves gets up and stays there
    seen_from   the camera, else it is the scene's about the exercise's space
    """

    scene: Scene
    body: Body
    comes_from: Floats | None = None
    stays: bool = False
    seen_from: Camera | None = None

    @cached_property
    def movement(self) -> Movement:
        """The exercise of this body."""
        scene = self.scene
        return EVERY[scene.exercise](self.body, scene.side, scene.tremor_deg, scene.in_place)

    @cached_property
    def camera(self) -> Camera:
        """Where it is seen from."""
        return self.seen_from or camera_of(self.scene.camera, self.movement.middle)

    @property
    def props(self) -> tuple[Prop, ...]:
        """What the exercise needs in the room."""
        return self.movement.props

    @property
    def duration_s(self) -> float:
        """Of the film."""
        return self.score.duration_s

    @cached_property
    def coming(self) -> Walk:
        """From outside the picture, or from where one is, to the spot."""
        spot = self.movement.spot
        if self.comes_from is not None:
            return Walk(self.body, self.comes_from, spot, 0.0, 0.0)
        right = edge_with_least_turning(self.camera, spot, 0.0, coming=True)
        start = outside(self.camera, spot, right)
        return Walk(self.body, start, spot, heading_of(spot - start), 0.0)

    @cached_property
    def going(self) -> Walk:
        """From the spot out of the picture."""
        spot = self.movement.spot
        right = edge_with_least_turning(self.camera, spot, 0.0, coming=False)
        end = outside(self.camera, spot, right)
        return Walk(self.body, spot, end, 0.0, heading_of(end - spot))

    @cached_property
    def down(self) -> Passage:
        """From standing into position."""
        return Passage(self.body, self.coming.posture(self.coming.takes_s), self.movement.arrival())

    @cached_property
    def score(self) -> Score:
        """What happens when."""
        scene, walk = self.scene, self.coming.takes_s
        out, down = 0.0 if self.stays else self.going.takes_s, self.down.takes_s
        ways = Ways(
            (walk, down) if scene.enter else None,
            (down, out) if scene.leave else None,
            (down, out, walk, down) if scene.away else None,
        )
        return compose(self.movement, scene.entries, scene.rhythm, ways, scene.away)

    def posture(self, t: float) -> Posture | None:
        """The person at a time, seconds; None while away."""
        moment = self.score.moment(t)
        now = self.movement.posture(self.score.values(t), t)
        since, until = t - moment.start_s, moment.end_s - t
        if moment.what == "walks_in":
            return self.coming.posture(since)
        if moment.what == "gets_down":
            return self.down.posture(since, now)
        if moment.what == "gets_up":
            return self.down.posture(max(until, 0.0), now)
        if moment.what == "walks_out":
            return self.going.posture(since)
        return None if moment.what == "away" else now

    def moments(self) -> tuple[Moment, ...]:
        """What happens when, for the truth."""
        return self.score.moments


@dataclass(frozen=True)
class Workout:
    """Several sets one after the other before one camera: getting up after each, going over, getting into the next."""

    scene: WorkoutScene
    body: Body

    @cached_property
    def camera(self) -> Camera:
        """Where it is seen from: about the middle of all spaces, as high as the highest."""
        scenes = self.scene.scenes
        middles = np.array([Performance(scene, self.body).movement.middle for scene in scenes])
        x, y = middles[:, :2].mean(axis=0)
        return camera_of(self.scene.camera, (float(x), float(y), float(middles[:, 2].max())))

    @cached_property
    def parts(self) -> tuple[Performance, ...]:
        """Each set, with the way to it and the getting up after it."""
        scenes, found, spot = self.scene.scenes, list[Performance](), None
        for i, scene in enumerate(scenes):
            part = Performance(scene, self.body, spot, i < len(scenes) - 1, self.camera)
            found.append(part)
            spot = part.movement.spot
        return tuple(found)

    @cached_property
    def starts_s(self) -> tuple[float, ...]:
        """When each part begins."""
        return tuple(accumulate((part.duration_s for part in self.parts[:-1]), initial=0.0))

    @property
    def duration_s(self) -> float:
        """Of the film."""
        return self.starts_s[-1] + self.parts[-1].duration_s

    @property
    def props(self) -> tuple[Prop, ...]:
        """What the exercises need in the room, with one mat under all of them."""
        needed = dict.fromkeys(prop for part in self.parts for prop in part.props)
        mats = [prop for prop in needed if prop.what == "mat"]
        return (*(prop for prop in needed if prop.what != "mat"), *([_mat_under(mats)] if mats else ()))

    def posture(self, t: float) -> Posture | None:
        """The person at a time, seconds; None while outside the picture."""
        i = self.part_at(t)
        return self.parts[i].posture(t - self.starts_s[i])

    def part_at(self, t: float) -> int:
        """Which set, with the way to it, it is at a time."""
        return max(0, bisect_right(self.starts_s, t) - 1)


def _mat_under(mats: Sequence[Prop]) -> Prop:
    """One mat that covers others."""
    at, half = np.array([mat.at for mat in mats]), np.array([mat.size_m for mat in mats]) / 2
    low, high = (at - half).min(axis=0), (at + half).max(axis=0)
    middle, size = (low + high) / 2, high - low
    return Prop("mat", (float(middle[0]), float(middle[1])), (float(size[0]), float(size[1])))


@dataclass(frozen=True)
class Bystander:
    """Another person of a scene: `posture(t)`, None while not there."""

    other: Other
    body: Body
    camera: Camera

    @property
    def spot(self) -> Floats:
        """Where they stand or pass."""
        return on_floor(self.camera, self.other.at)

    def posture(self, t: float) -> Posture | None:
        """Standing there, coming or going, or passing."""
        return self._passing(t) if self.other.doing == "passes" else self._standing(t)

    def _standing(self, t: float) -> Posture | None:
        heading = facing_camera_deg(self.camera) + self.other.facing_deg
        edge = outside(self.camera, self.spot, self.other.at[0] > 0)
        coming = Walk(self.body, edge, self.spot, heading_of(self.spot - edge), heading)
        going = Walk(self.body, self.spot, edge, heading, heading_of(edge - self.spot))
        here, gone = self.other.from_s, self.other.to_s
        if here is not None and t < here:
            since = t - (here - coming.takes_s)
            return coming.posture(since) if since >= 0 else None
        if gone is not None and t >= gone:
            return going.posture(t - gone) if t < gone + going.takes_s else None
        upright = walking(self.body, self.spot, heading, 0.0, 0.0)
        return upright.with_rotations(spine_03=about_z(heading) @ about_x(1.2 * np.sin(1.5 * t)))

    def _passing(self, t: float) -> Posture | None:
        """Across the picture at an even pace; as fast as the time given asks for."""
        start, end = self.other.from_s or 0.0, self.other.to_s or 0.0
        if not start <= t <= end:
            return None
        right = self.other.facing_deg < 0
        a, b = outside(self.camera, self.spot, not right), outside(self.camera, self.spot, right)
        share = (t - start) / (end - start)
        walked = share * float(np.linalg.norm(b - a))
        return walking(self.body, a + share * (b - a), heading_of(b - a), walked, 1.0)
