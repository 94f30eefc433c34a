"""The studio: builds a scene's set, films it frame by frame, and writes film and truth."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, overload

import av
import numpy as np

from sample_videos.studio import things
from sample_videos.studio.dress import LOOKS, Dressed
from sample_videos.studio.errors import StudioError
from sample_videos.studio.film import Film, Image, develop
from sample_videos.studio.mesh import Mesh
from sample_videos.studio.movements.base import Prop
from sample_videos.studio.movements.hip_hiker import STEP_M
from sample_videos.studio.performance import Bystander, Performance, Workout, facing_camera_deg, on_floor
from sample_videos.studio.renderer import Renderer, Shown
from sample_videos.studio.room import lamp, room
from sample_videos.studio.scene import Scene, WorkoutScene
from sample_videos.studio.sight import hidden_by_depth
from sample_videos.studio.skeleton import Body, Placed
from sample_videos.studio.truth import Truth, placements, truth_of, write_truth

SUFFIX: Final = ".mp4"


@overload
def perform(scene: Scene) -> Performance: ...
@overload
def perform(scene: WorkoutScene) -> Workout: ...
def perform(scene: Scene | WorkoutScene) -> Performance | Workout:
    """The scene with its body."""
    body = Body.load(scene.who)
    return Performance(scene, body) if isinstance(scene, Scene) else Workout(scene, body)


def film(scene: Scene | WorkoutScene, stem: Path) -> Truth:
    """Film a scene: writes STEM.mp4, STEM.json and STEM.truth.npz."""
    performance = perform(scene)
    times, placed = placements(performance)
    hidden = []
    with (
        studio_set(performance) as stage,
        Film(stem.with_name(stem.name + SUFFIX), scene.camera.size, scene.picture) as out,
        ThreadPoolExecutor(1) as lab,
    ):

        def keep(image: Image, number: int) -> None:
            out.add(develop(image, scene.picture, number))

        kept: Future[None] | None = None  # one picture is developed and encoded while the next is taken
        for number, (t, person) in enumerate(zip(times, placed, strict=True)):
            image = stage.picture(float(t), person)
            if kept is not None:
                kept.result()
            kept = lab.submit(keep, image, number)
            hidden.append(stage.hidden(person))
        if kept is not None:
            kept.result()
    truth = truth_of(performance, times, placed, np.stack(hidden))
    write_truth(truth, stem)
    return truth


def truth_only(scene: Scene | WorkoutScene, stem: Path) -> Truth:
    """Write a scene's truth without filming it: what is in the picture counts as seen."""
    performance = perform(scene)
    truth = truth_of(performance, *placements(performance))
    write_truth(truth, stem)
    return truth


def still(scene: Scene | WorkoutScene, seconds: float, stem: Path) -> None:
    """Write one frame, at so many seconds, as STEM.png."""
    performance = perform(scene)
    if not 0 <= seconds <= performance.duration_s:
        raise StudioError(
            f"The film has {performance.duration_s:.1f} s; there is no picture at {seconds:g} s."
        )
    posture = performance.posture(seconds)
    with studio_set(performance) as stage:
        image = stage.picture(seconds, None if posture is None else performance.body.place(posture))
    save_png(develop(image, scene.picture, 0), stem.with_name(stem.name + ".png"))


def save_png(image: Image, path: Path) -> None:
    """Write a picture (h, w, 3) RGB."""
    codec = av.CodecContext.create("png", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.height, codec.width = image.shape[:2]
    codec.pix_fmt = "rgb24"
    codec.time_base = 1  # type: ignore[assignment]  # one frame needs a clock too
    frame = av.VideoFrame.from_ndarray(image, format="rgb24")
    path.write_bytes(b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)]))


# --- the set ----------------------------------------------------------------------------------------


@dataclass
class Player:
    """Somebody in the picture: dressed, and shown while there."""

    dressed: Dressed
    shown: Shown | None = None

    def appear(self, renderer: Renderer, placed: Placed | None) -> None:
        """Take a place, or go."""
        if placed is None:
            if self.shown is not None:
                self.shown.visible = False
            return
        meshes = self.dressed.meshes(placed)
        if self.shown is None:
            self.shown = renderer.show(*meshes)
        self.shown.visible = True
        self.shown.update(meshes)


@dataclass
class StudioSet:
    """Everything that is in the picture of one scene."""

    performance: Performance | Workout
    renderer: Renderer
    person: Player
    bystanders: Sequence[tuple[Bystander, Player]]

    def picture(self, t: float, placed: Placed | None) -> Image:
        """The picture at a time, the person placed so."""
        camera = self.performance.camera
        self.person.appear(self.renderer, placed)
        for bystander, player in self.bystanders:
            posture = bystander.posture(t)
            player.appear(self.renderer, None if posture is None else bystander.body.place(posture))
        return self.renderer.render(camera, lamp(camera))

    def hidden(self, placed: Placed | None) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which of the person's landmarks (33,) something hides in the last picture."""
        if placed is None:
            return np.zeros(33, bool)
        landmarks = self.performance.body.landmarks(placed)
        return hidden_by_depth(self.renderer.depth(), self.performance.camera, landmarks)


@contextmanager
def studio_set(performance: Performance | Workout) -> Iterator[StudioSet]:
    """A renderer with the scene's room and things, and the people ready to come."""
    scene, camera = performance.scene, performance.camera
    with Renderer(scene.camera.size) as renderer:
        renderer.show(*room(scene.room, camera), *_things(performance))
        bystanders = [_bystander(performance, i) for i in range(len(scene.others))]
        yield StudioSet(performance, renderer, Player(Dressed(performance.body, scene.dressed)), bystanders)


def _bystander(performance: Performance | Workout, i: int) -> tuple[Bystander, Player]:
    other = performance.scene.others[i]
    body = Body.load(other.who)
    return Bystander(other, body, performance.camera), Player(Dressed(body, LOOKS[other.who]))


def _things(performance: Performance | Workout) -> list[Mesh]:
    scene, camera = performance.scene, performance.camera
    facing = facing_camera_deg(camera)
    standing = [
        things.place(thing.what, on_floor(camera, thing.at).tolist(), facing + thing.turned_deg)
        for thing in scene.things
    ]
    return [*(_prop(prop, scene) for prop in performance.props), *standing]


def _prop(prop: Prop, scene: Scene | WorkoutScene) -> Mesh:
    wide, deep = prop.size_m
    if prop.what == "chair":
        return things.place("chair", prop.at, prop.turned_deg)
    if prop.what == "table":
        made = things.table(deep, wide)
    elif prop.what == "step":
        made = things.step(wide, deep, STEP_M)
    else:
        made = things.mat(scene.room.mat, deep, wide)
    return made.placed([*prop.at, 0.0], prop.turned_deg)
