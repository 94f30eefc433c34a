"""The scene file: what it may say, and what is said of a bad one."""

from pathlib import Path
from typing import get_args

import pytest

from sample_videos.studio import __main__ as command
from sample_videos.studio.dress import LOOKS
from sample_videos.studio.errors import StudioError
from sample_videos.studio.movements import MOVEMENTS
from sample_videos.studio.scene import Scene, Who, WorkoutScene, read_film, read_scene

SCENES = Path(command.__file__).parent / "scenes"
WORKOUTS = SCENES.parent.parent / "scenes" / "workouts"
SQUAT = "exercise: squat\ncamera: {from: left}\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "scene.yaml"
    path.write_text(text, "utf-8")
    return path


def test_everything_that_is_not_said_has_a_default(tmp_path: Path) -> None:
    scene = read_scene(written(tmp_path, SQUAT + "set: [{}, {repeat: 2}]\n"))
    assert (scene.who, scene.side, scene.picture.fps) == ("female", None, 20)
    assert scene.rhythm == MOVEMENTS["squat"].tempo
    assert scene.camera.size == (640, 480)


def test_everybody_has_a_look() -> None:
    assert set(get_args(Who)) == set(LOOKS)


def test_a_number_is_a_faults_size_and_a_tempo_can_be_given_in_part(tmp_path: Path) -> None:
    scene = read_scene(written(tmp_path, SQUAT + "tempo: {out_s: 3}\nset: [{faults: {trunk: 30}}]\n"))
    assert scene.entries[0].faults["trunk"].size == 30
    assert (scene.rhythm.out_s, scene.rhythm.back_s) == (3, MOVEMENTS["squat"].tempo.back_s)


def test_a_look_changes_what_it_names(tmp_path: Path) -> None:
    scene = read_scene(written(tmp_path, SQUAT + 'look: {shirt: "#102030"}\nset: [{}]\n'))
    assert scene.dressed.shirt == "#102030"
    assert scene.dressed.hairstyle == "bun"


BAD = {
    "set: []": "set",
    "set: [{}]\nzoom: 3": "zoom: there is no such key",
    "set: [{faults: {knees: 3}}]": "set.0.faults: there is no fault 'knees'; known are depth, trunk",
    "set: [{}]\nside: left": "no side was expected",
    "set: [{hold_s: 3}]": "set.0: squat is not held; a repetition was expected",
    "set: [{pause_s: 3, hold_s: 3}]": "pause_s and hold_s cannot stand in one entry",
    "set: [{range: 2}]": "set.0.range",
    "set: [{does: walks}]": "set.0: no 'does' was expected for squat",
    "set: [{}]\nlook: {hat: red}": "look",
    "set: [{}]\npicture: {fps: 0}": "picture.fps",
    "set: [{}]\naway: [{from_s: 3}]": "enter: true was expected",
    "set: [{}]\nothers: [{who: male, doing: passes, at: [0, 1]}]": "others.0: who passes needs from_s and to_s",
    "set: [{}]\nthings: [{what: cat, at: [0, 1]}]": "things.0.what",
    "set: [{}]\ntremor_deg: .nan": "tremor_deg",
    "set: [{}": "scene.yaml, line",
}


@pytest.mark.parametrize(("text", "said"), BAD.items())
def test_a_bad_scene_names_the_file_and_the_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StudioError) as error:
        read_scene(written(tmp_path, SQUAT + text))
    assert "scene.yaml" in str(error.value) and said in str(error.value)
    assert "\n" not in str(error.value)


def test_other_bad_files_say_so(tmp_path: Path) -> None:
    for text, said in (
        ("exercise: squat\nset: [{}]\n", "camera: this is missing"),
        ("exercise: swim\ncamera: {from: left}\nset: [{}]\n", "exercise"),
        ("exercise: pigeon\nside: left\ncamera: {from: front}\nset: [{}]\n", "hold_s, leaves_s or pause_s"),
        ("exercise: pigeon\ncamera: {from: front}\nset: [{hold_s: 3}]\n", "left or right was expected"),
        ("exercise: squat\ncamera: {from: left, size: [641, 480]}\nset: [{}]\n", "camera.size"),
        ("- 1\n", "a scene with keys"),
    ):
        with pytest.raises(StudioError, match=said):
            read_scene(written(tmp_path, text))
    with pytest.raises(StudioError, match="There is no scene file"):
        read_scene(tmp_path / "none.yaml")


def test_the_command_answers_a_bad_scene_with_one_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = written(tmp_path, SQUAT + "set: [{faults: {knees: 3}}]")
    assert command.main([str(bad), str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert command.main([str(tmp_path / "none.yaml"), str(tmp_path / "out")]) == 2
    (tmp_path / "empty").mkdir()
    assert command.main([str(tmp_path / "empty"), str(tmp_path / "out")]) == 2


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scene_that_is_here_can_be_read(path: Path) -> None:
    assert isinstance(read_scene(path), Scene)


def test_there_is_a_scene_of_every_exercise() -> None:
    library = SCENES.parent.parent / "scenes" / "library"
    scenes = [*SCENES.glob("*.yaml"), *library.glob("*.yaml")]
    assert {read_scene(path).exercise for path in scenes} == set(MOVEMENTS)


WORKOUT = """\
camera: {from: left}
enter: true
workout:
  - {exercise: squat, set: [{repeat: 2}]}
  - {exercise: lunge, side: left, set: [{}]}
"""


def test_a_workout_is_a_scene_for_each_set(tmp_path: Path) -> None:
    workout = read_film(written(tmp_path, WORKOUT))
    assert isinstance(workout, WorkoutScene)
    first, second = workout.scenes
    assert (first.exercise, first.enter, first.leave) == ("squat", True, True)
    assert (second.exercise, second.side, second.enter, second.leave) == ("lunge", "left", True, False)
    assert isinstance(read_film(written(tmp_path, SQUAT + "set: [{}]\n")), Scene)


def test_a_bad_set_of_a_workout_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"workout\.1: side: lunge is done a side at a time"):
        read_film(written(tmp_path, WORKOUT.replace(", side: left", "")))


@pytest.mark.parametrize("path", sorted(WORKOUTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_workout_that_is_here_can_be_read(path: Path) -> None:
    assert isinstance(read_film(path), WorkoutScene)
