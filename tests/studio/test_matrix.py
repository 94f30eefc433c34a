"""The matrices: each scene can be filmed, and is the same each time."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sample_videos.studio import matrix
from sample_videos.studio.plans import BODIES, PLANS
from sample_videos.studio.scene import Scene
from sample_videos.studio.skeleton import MIXED

Made = Callable[[], Iterator[tuple[str, dict[str, Any]]]]
ALL: dict[str, Made] = {
    **{name: lambda size=size: matrix.matrix(size) for name, size in matrix.SCENES.items()},  # type: ignore[misc]
    **{name: lambda numbers=numbers: matrix.beyond(numbers) for name, numbers in matrix.BEYOND.items()},  # type: ignore[misc]
    **matrix.BY_NAME,
}


@pytest.mark.parametrize("name", ALL)
def test_every_scene_can_be_filmed_and_is_the_same_each_time(name: str) -> None:
    scenes = dict(ALL[name]())
    assert scenes == dict(ALL[name]())
    for made in scenes.values():
        Scene.model_validate(made)


@pytest.mark.parametrize(
    "name",
    [*matrix.BEYOND, "rim", "bodies", "cameras", "aims", "tempos", "mixed", "again", "later", "beside"],
)
def test_every_family_is_in_each(name: str) -> None:
    scenes = [name for name, _ in ALL[name]()]
    assert all(any(scene.startswith(f"{family}_") for scene in scenes) for family in PLANS)


def test_the_other_bodies_are_in_no_other_matrix() -> None:
    people = {name: {made["who"] for _, made in scenes()} for name, scenes in ALL.items() if name != "others"}
    assert people.pop("bodies") == people.pop("mixed") == set(MIXED)
    assert set(MIXED) < people.pop("again")
    assert set(MIXED) < people.pop("later")
    assert set.union(*people.values()) == set(BODIES)


def test_others_are_seen_otherwise_or_move_otherwise() -> None:
    usual = [Scene.model_validate(made) for _, made in matrix.matrix(4)]
    assert {(scene.camera.lens_mm, scene.camera.size) for scene in usual} == {(30.0, (640, 480))}
    cameras = [Scene.model_validate(made).camera for _, made in matrix.cameras()]
    assert {camera.lens_mm for camera in cameras} == {22.0, 26.0, 48.0}
    aims = [Scene.model_validate(made).camera for _, made in matrix.aims()]
    assert {abs(camera.past_deg[0]) for camera in aims} == {8.0, 14.0}
    assert {camera.rolled_deg for camera in aims} == {-3.0, 3.0}
    slow, quick = (Scene.model_validate(made).rhythm.out_s for _, made in [*matrix.tempos()][:2])
    assert quick < usual[0].rhythm.out_s < slow


def test_somebody_else_stands_comes_or_passes_beside_each_family() -> None:
    others = [Scene.model_validate(made).others for _, made in matrix.beside()]
    assert {tuple(other.doing for other in there) for there in others} == {("stands",), ("passes", "passes")}
    assert {there[0].from_s for there in others} == {0.0, 6.0, 14.0}, "all the time, and during the set"
    assert all(there[0].at[1] > 0 for there in others), "nearer the camera"
