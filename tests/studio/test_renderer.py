"""Pictures: their pixels are where the camera says, and the same each time."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from sample_videos.studio import renderer as module
from sample_videos.studio.camera import Camera
from sample_videos.studio.dress import LOOKS, Dressed
from sample_videos.studio.errors import StudioError
from sample_videos.studio.mesh import Mesh, box, ellipsoid, quad
from sample_videos.studio.renderer import BACKGROUND, Image, Renderer, open_context
from sample_videos.studio.room import Room, lamp, room
from sample_videos.studio.rotations import about_x, about_z
from sample_videos.studio.skeleton import Body, Posture

SMALL = (160, 120)
FRONT = Camera((0.3, -3.0, 1.2), (0, 0, 0.9), SMALL)
ball = ellipsoid([0, 0, 0], [0.05] * 3, "#ffffff")

pytestmark = pytest.mark.usefixtures("opengl")


def picture(camera: Camera, *meshes: Mesh) -> Image:
    with Renderer(camera.size) as renderer:
        renderer.show(*meshes)
        return renderer.render(camera, lamp(camera))


def bare(image: Image) -> np.ndarray:
    """(h, w) where nothing is but the background."""
    return (np.abs(image - 255 * np.array(BACKGROUND)) < 1).all(axis=2)


@pytest.mark.parametrize("size", [(640, 480), (480, 640)])
@pytest.mark.parametrize("at", [(0, 0, 0.9), (0.7, 0.3, 1.5), (-0.8, -0.5, 0.3)])
def test_pixels_are_where_points_are_projected(size: tuple[int, int], at: tuple[float, float, float]) -> None:
    camera = Camera((1.2, -2.9, 1.1), (0, 0, 0.9), size)
    black = quad([[-9, 3, -9], [9, 3, -9], [9, 3, 9], [-9, 3, 9]], "#000000")
    small = ellipsoid(at, [0.02] * 3, "#ffffff")
    weight = picture(camera, replace(black, gloss=0), small).max(axis=2) > 60
    rows, columns = np.nonzero(weight)
    middle = np.array([columns.mean() + 0.5, rows.mean() + 0.5])
    assert len(rows) > 20
    assert np.linalg.norm(middle - camera.project(at)) < 0.5


def test_the_same_bytes_each_time(female: Body) -> None:
    def take() -> bytes:
        dressed = Dressed(female, LOOKS["female"])
        meshes = dressed.meshes(female.place(Posture({})))
        return picture(FRONT, *room(Room(), FRONT), *meshes).tobytes()

    assert take() == take()


def test_a_picture_has_the_cameras_shape() -> None:
    image = picture(FRONT, ball)
    assert image.shape == (120, 160, 3)
    assert image.dtype == np.uint8


def test_an_odd_size() -> None:
    camera = Camera((0, -2, 0), (0, 0, 0), (101, 75))
    image = picture(camera, ball)
    seen = ~bare(image)
    assert seen[37, 50] and not seen[:, :30].any()


def test_depth_is_along_the_viewing_axis() -> None:
    wall = quad([[-1, 1, 0], [1, 1, 0], [1, 1, 2], [-1, 1, 2]], "#ffffff")
    camera = Camera((0, -3, 1), (0, 0, 1), SMALL)
    with Renderer(SMALL) as renderer:
        renderer.show(wall)
        renderer.render(camera, lamp(camera))
        depth = renderer.depth()
    corner = camera.project([[-0.9, 1, 1.9]]).astype(int)[0]
    assert depth[60, 80] == pytest.approx(4, abs=1e-3)
    assert depth[corner[1], corner[0]] == pytest.approx(4, abs=1e-3)
    assert np.isinf(depth[0, 0])


def test_depth_and_camera_agree_on_a_point() -> None:
    at = np.array([0.4, 0.2, 1.3])
    with Renderer(SMALL) as renderer:
        renderer.show(ball.placed(at))
        renderer.render(FRONT, lamp(FRONT))
        depth = renderer.depth()
    x, y = FRONT.project(at).astype(int)
    assert depth[y, x] == pytest.approx(FRONT.in_camera(at)[2] - 0.05, abs=0.005)


def test_what_is_hidden_is_not_seen() -> None:
    with Renderer(SMALL) as renderer:
        shown = renderer.show(ball.placed([0, 0, 0.9]))
        shown.visible = False
        assert bare(renderer.render(FRONT, lamp(FRONT))).all()
        shown.visible = True
        assert not bare(renderer.render(FRONT, lamp(FRONT))).all()


def test_a_mesh_moves() -> None:
    with Renderer(SMALL) as renderer:
        shown = renderer.show(ball.placed([0, 0, 0.9]))
        before = renderer.render(FRONT, lamp(FRONT))
        shown.update([ball.placed([0.3, 0, 0.9])])
        after = renderer.render(FRONT, lamp(FRONT))
    where = [np.nonzero(~bare(image))[1].mean() for image in (before, after)]
    assert where[1] > where[0] + 5
    assert np.array_equal(after, picture(FRONT, ball.placed([0.3, 0, 0.9])))


def difference(a: Image, b: Image) -> np.ndarray:
    """(h, w) grey levels, of the colour that differs most."""
    return np.abs(a.astype(int) - b).max(axis=2)


@pytest.mark.parametrize("at", [(0.0, 0.0, 1.0), (-0.6, 0.4, 0.15), (0.2, 1.2, 0.9)])
def test_over_what_is_kept_all_is_as_if_drawn_at_once(at: tuple[float, float, float]) -> None:
    """The room is kept from picture to picture, and lit again only where something throws its shadow."""
    post = box([0.3, 0.5, 0], [0.5, 0.7, 1.2], "#806040")
    moving = ellipsoid([0, 0, 0], [0.15, 0.1, 0.2], "#4080c0")
    camera = replace(FRONT, size=(320, 240))
    with Renderer(camera.size) as renderer:
        renderer.show(*room(Room(), camera), post)
        shown = renderer.show(moving)
        empty = renderer.render(camera, lamp(camera))
        for place in ([0.5, -0.5, 0.6], at):
            shown.update([moving.placed(place)])
            image = renderer.render(camera, lamp(camera))
    whole = picture(camera, *room(Room(), camera), post, moving.placed(at))
    off = difference(image, whole)  # at an edge that is cut elsewhere a pixel's share may round the other way
    assert (off > 2).sum() < 20 and (off > 8).sum() <= 3
    assert (difference(image, empty) > 3).sum() > 100


def test_what_is_kept_goes_when_the_camera_or_what_is_shown_changes() -> None:
    other = replace(FRONT, eye=(0.8, -3.0, 1.2))
    with Renderer(SMALL) as renderer:
        shown = renderer.show(ball.placed([0.3, 0, 0.9]))
        renderer.show(ball.placed([0, 0, 0.9])).update([ball.placed([-0.3, 0, 0.9])])
        renderer.render(FRONT, lamp(FRONT))
        after = renderer.render(other, lamp(FRONT))
        shown.visible = False
        alone = renderer.render(other, lamp(FRONT))
    with Renderer(SMALL) as renderer:
        renderer.show(ball.placed([0.3, 0, 0.9]), ball.placed([-0.3, 0, 0.9]))
        assert difference(after, renderer.render(other, lamp(FRONT))).max() <= 3
    with Renderer(SMALL) as renderer:
        renderer.show(ball.placed([-0.3, 0, 0.9]))
        assert difference(alone, renderer.render(other, lamp(FRONT))).max() <= 3


def test_a_closed_surface_looks_the_same_without_what_faces_away() -> None:
    floor = quad([[-3, -3, 0], [3, -3, 0], [3, 3, 0], [-3, 3, 0]], "#ffffff")
    shape = ellipsoid([0, 0, 0.5], [0.3, 0.2, 0.4], "#c04040")
    open_, closed = (picture(FRONT, floor, replace(shape, closed=closed)) for closed in (False, True))
    assert (difference(open_, closed) > 3).sum() <= 3


def test_the_skin_is_seen_from_outside_alone(female: Body) -> None:
    """Where it ends there is cloth over it, so that what faces away of it need not be drawn."""
    camera = replace(FRONT, size=(320, 240))
    for turn in (0, 90, 180):
        posture = Posture({"pelvis": about_z(turn), "thigh_l": about_z(turn) @ about_x(-80)})
        meshes = Dressed(female, LOOKS["female"]).meshes(female.place(posture))
        drawn = picture(camera, *meshes)
        whole = picture(camera, *(replace(mesh, closed=False) for mesh in meshes))
        assert (difference(drawn, whole) > 8).sum() <= 5


def test_who_stands_in_the_light_throws_a_shadow() -> None:
    camera = Camera((0, -3, 2), (0, 0, 0.3), SMALL)
    floor = quad([[-3, -3, 0], [3, -3, 0], [3, 3, 0], [-3, 3, 0]], "#ffffff")
    post = box([-0.1, -0.1, 0], [0.1, 0.1, 1.2], "#ffffff")
    lit, shaded = (picture(camera, floor, replace(post, casts=casts)) for casts in (False, True))
    at = np.array(lamp(camera))
    top = np.array([0, 0, 1.2])
    foot = top + (top - at) * top[2] / (at[2] - top[2])  # where the post's top is in the lamp's way
    x, y = camera.project(0.8 * foot).astype(int)
    assert shaded[y, x].mean() < lit[y, x].mean() - 20


def test_outside_the_lamps_cone_all_is_lit() -> None:
    """The shadow map ends somewhere; there must be no edge on the floor."""
    camera = Camera((0, -4, 4), (0, 0, 0), SMALL)
    floor = quad([[-15, -15, 0], [15, -15, 0], [15, 15, 0], [-15, 15, 0]], "#ffffff")
    image = picture(camera, replace(floor, gloss=0)).astype(int).mean(axis=2)
    assert max(np.abs(np.diff(image, axis=axis)).max() for axis in (0, 1)) < 8


def test_another_size_or_no_picture() -> None:
    with Renderer(SMALL) as renderer:
        with pytest.raises(ValueError, match="no picture"):
            renderer.depth()
        with pytest.raises(ValueError, match="pixels"):
            renderer.render(replace(FRONT, size=(640, 480)), (1, -2, 3))
        with pytest.raises(ValueError, match="vertices"):
            renderer.show(ball).update([box([0, 0, 0], [1, 1, 1], "#ffffff")])


def test_without_opengl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(**_: object) -> None:
        raise Exception("libEGL.so not found")

    monkeypatch.setattr("moderngl.create_context", missing)
    with pytest.raises(StudioError, match="libegl1 libegl-mesa0 libgl1-mesa-dri"):
        open_context()


def test_without_moderngl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moderngl", None)
    with pytest.raises(StudioError, match="studio"):
        module.open_context()
