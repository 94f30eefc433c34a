"""From the scene file to the video and its truth, with the command as people run it."""

import json
from pathlib import Path

import av
import numpy as np
import pytest

from coach.pose import PoseTrack
from sample_videos.studio import __main__ as command
from sample_videos.studio import studio
from sample_videos.studio.performance import Bystander, Performance, camera_of, on_floor, outside
from sample_videos.studio.scene import CameraSettings, Other, Scene
from sample_videos.studio.skeleton import Body
from sample_videos.studio.truth import read_truth

SHORT = """
exercise: squat
who: male
camera: {from: left, height_m: 0.9, distance_m: 3.1, size: [160, 120]}
picture: {fps: 5}
tempo: {out_s: 0.6, hold_s: 0.2, back_s: 0.6, rest_s: 0}
set: [{faults: {trunk: 30}}]
things: [{what: box, at: [0, 1.2]}]
others: [{who: female, at: [-0.9, -0.5]}]
"""


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, "utf-8")
    return path


def frames(path: Path) -> np.ndarray:
    with av.open(str(path)) as film:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)])


@pytest.mark.usefixtures("opengl")
def test_a_scene_becomes_a_video_and_its_truth(
    scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert command.main([str(scene), str(out)]) == 0
    truth, facts = read_truth(out / "short"), json.loads((out / "short.json").read_text("utf-8"))
    pictures = frames(out / "short.mp4")
    assert len(pictures) == len(truth.track) == round(facts["duration_s"] * 5)
    assert pictures.shape[1:] == (120, 160, 3)
    assert facts["version"] == 2 and facts["reps"][0]["faults"] == {"trunk": 30}
    assert len(PoseTrack.load(out / "short.truth.npz")) == len(pictures)
    assert "short" in capsys.readouterr().out


@pytest.mark.usefixtures("opengl")
def test_the_person_is_where_the_truth_says(scene: Path) -> None:
    made = studio.perform(Scene.model_validate(_keys(others=[], things=[])))
    landmarks = made.body.landmarks(made.body.place(made.posture(0.0)))  # type: ignore[arg-type]
    with studio.studio_set(made) as stage:
        empty = stage.picture(0.0, None).astype(int)
        person = stage.picture(0.0, made.body.place(made.posture(0.0))).astype(int)  # type: ignore[arg-type]
    changed = abs(person - empty).sum(-1) > 30
    for x, y in made.camera.project(landmarks)[11:29].astype(int):
        assert changed[y, x]


@pytest.mark.usefixtures("opengl")
def test_what_stands_before_the_person_hides_them(scene: Path, tmp_path: Path) -> None:
    stem = tmp_path / "hidden"
    truth = studio.film(Scene.model_validate(_keys()), stem)
    ankles = truth.track.visibility[:, [27, 28]].astype(float).mean()
    assert ankles < 0.5 < truth.track.visibility[:, 11].astype(float).mean()
    assert not truth.facts["checks"]["heels_down"]["seen"]


@pytest.mark.usefixtures("opengl")
def test_what_is_there_is_left_alone_unless_forced(scene: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command.main([str(scene), str(out)])
    video = out / "short.mp4"
    first, made = video.read_bytes(), video.stat().st_mtime_ns
    command.main([str(tmp_path), str(out)])
    assert video.stat().st_mtime_ns == made
    command.main(["--force", str(scene), str(out)])
    assert video.stat().st_mtime_ns > made
    assert video.read_bytes() == first  # the same bytes each time


@pytest.mark.usefixtures("opengl")
def test_a_film_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoils(image: np.ndarray, settings: object, number: int) -> np.ndarray:
        if number == 3:
            raise RuntimeError("light on the film")
        return image

    monkeypatch.setattr(studio, "develop", spoils)
    with pytest.raises(RuntimeError, match="light"):
        studio.film(Scene.model_validate(_keys()), tmp_path / "a")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("opengl")
def test_a_still_is_one_picture_and_nothing_else(scene: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command.main(["--still", "1.5", str(scene), str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["short.png"]
    with av.open(str(out / "short.png")) as image:
        assert next(image.decode(video=0)).to_ndarray(format="rgb24").shape == (120, 160, 3)
    assert command.main(["--still", "99", str(scene), str(out)]) == 2


def test_the_truth_alone_needs_no_opengl(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_opengl(size: tuple[int, int]) -> None:
        raise AssertionError("the truth alone was asked for")

    monkeypatch.setattr(studio, "Renderer", no_opengl)
    out = tmp_path / "out"
    assert command.main(["--truth", str(scene), str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["short.json", "short.truth.npz"]


def _keys(**changes: object) -> dict[str, object]:
    import yaml

    return {**yaml.safe_load(SHORT), **changes}


# --- where camera and bystanders stand --------------------------------------------------------------


@pytest.mark.parametrize(
    ("stands", "turned", "eye"),
    [
        ("left", 0, (3, 0)),
        ("right", 0, (-3, 0)),
        ("front", 0, (0, -3)),
        ("head", 0, (0, 3)),
        ("left", 90, (0, 3)),
    ],
)
def test_the_camera_stands_on_the_side_that_was_asked_for(
    stands: str, turned: float, eye: tuple[float, float]
) -> None:
    settings = CameraSettings.model_validate({"from": stands, "turned_deg": turned, "distance_m": 3})
    camera = camera_of(settings, (0.0, 0.0, 0.9))
    assert camera.eye[:2] == pytest.approx(eye, abs=1e-9)
    assert on_floor(camera, (0, 1)) == pytest.approx(np.array(eye) / 3, abs=1e-9)


def test_who_passes_comes_from_outside_and_goes_out_again() -> None:
    camera = camera_of(CameraSettings.model_validate({"from": "front"}), (0.0, 0.0, 0.9))
    other = Other(who="male", doing="passes", at=(0.2, 0.5), from_s=2, to_s=6)
    bystander = Bystander(other, Body.load("male"), camera)
    assert bystander.posture(1.9) is None and bystander.posture(6.1) is None
    xs = []
    for t in (2.0, 4.0, 6.0):
        posture = bystander.posture(t)
        assert posture is not None
        placed = bystander.body.place(posture)
        xs.append(float(camera.project(bystander.body.joint(placed, "pelvis"))[0]))
    assert (xs[0] < 0 or xs[0] > 640) and 0 < xs[1] < 640 and (xs[2] < 0 or xs[2] > 640)


def test_who_enters_begins_and_ends_outside_the_picture() -> None:
    scene = Scene.model_validate(_keys(enter=True, leave=True))
    made = Performance(scene, Body.load("male"))
    for t in (0.0, made.score.duration_s - 0.01):
        posture = made.posture(t)
        assert posture is not None
        xy = made.camera.project(made.body.landmarks(made.body.place(posture)))
        assert ((xy[:, 0] < 0) | (xy[:, 0] > 160)).all()
    assert outside(made.camera, np.zeros(2), right=True).shape == (2,)
