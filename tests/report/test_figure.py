"""The drawings: whole, well-formed, the right way round, and with every figure that ships."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from coach.judge import Exercise, exercise_ids, load_exercise
from coach.language import LANGUAGES
from coach.pose import INDEX
from coach.report.figure import (
    Eye,
    Figure,
    body_parts,
    camera_svg,
    convex,
    hull,
    load_figure,
    main_view,
    pose_svg,
)
from coach.report.wording import say

DRAWN = [name for name in exercise_ids() if load_figure(name) is not None]


def numbers(svg: str) -> list[float]:
    """All coordinates of the paths."""
    found = []
    for path in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        for word in path.attrib["d"].translate(str.maketrans("MLQZHV", "      ")).split():
            found.append(float(word))
    return found


@pytest.mark.parametrize("name", exercise_ids())
def test_every_exercise_that_ships_has_a_figure(name: str) -> None:
    assert name in DRAWN, "python -m sample_videos.studio.figures writes it"


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("draw", [pose_svg, camera_svg])
def test_a_drawing_is_well_formed_and_within_its_edges(name: str, draw) -> None:  # type: ignore[no-untyped-def]
    figure = load_figure(name)
    assert figure is not None
    svg = draw(load_exercise(name), figure)
    root = ElementTree.fromstring(svg)
    *_, width, height = map(float, root.attrib["viewBox"].split())
    assert root.find("{http://www.w3.org/2000/svg}title").text  # type: ignore[union-attr]  # there is one
    assert "prefers-color-scheme:dark" in svg
    assert "nan" not in svg and "script" not in svg
    found = numbers(svg)
    assert min(found) >= 0 and max(found) <= max(width, height)
    assert len(svg) < 40_000


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_tells_the_phases_and_from_where_it_is_seen(name: str) -> None:
    for language in LANGUAGES:
        told_in(load_exercise(name, language=language), load_figure(name))


def told_in(exercise: Exercise, figure: Figure | None) -> None:
    assert figure is not None
    svg = pose_svg(exercise, figure)
    assert say(exercise.language)(f"drawing.{main_view(exercise)}") in svg
    if exercise.repetition is not None:
        assert figure.moves
        assert exercise.repetition.phases.rest in svg and exercise.repetition.phases.peak in svg
        assert 'class="move"' in svg, "an arrow tells where it goes"


def test_an_exercise_of_ones_own_has_none() -> None:
    assert load_figure("my_bridge") is None


def test_the_main_view_is_the_one_from_which_most_is_judged() -> None:
    hydrant = load_exercise("fire_hydrant")
    assert hydrant.views[0] == "front" and main_view(hydrant) == "three_quarter"
    assert main_view(load_exercise("hip_hiker")) == "front", "of equals the file's first"
    squat = load_exercise("squat")
    assert main_view(squat) == "side"
    from_the_front = {name: c for name, c in squat.checks.items() if c.views and "front" in c.views}
    assert main_view(squat.model_copy(update={"checks": from_the_front})) == "front"
    assert main_view(squat.model_copy(update={"checks": {}})) == squat.views[0]


@pytest.mark.parametrize("name", DRAWN)
def test_the_main_view_is_named_to_people_in_every_language(name: str) -> None:
    named = {
        "en": {"side": "side", "front": "front", "back": "behind", "three_quarter": "half-way"},
        "de": {"side": "Seite", "front": "vorn", "back": "hinten", "three_quarter": "schräg"},
        "es": {"side": "lado", "front": "frente", "back": "atrás", "three_quarter": "diagonal"},
    }
    views = {main_view(load_exercise(name, language=language)) for language in LANGUAGES}
    assert len(views) == 1, "the words decide nothing"
    for language in LANGUAGES:
        exercise = load_exercise(name, language=language)
        assert named[language][main_view(exercise)] in exercise.camera.view


def test_from_the_front_the_left_is_on_the_right_and_from_the_left_the_face_looks_left() -> None:
    left, ahead, up = np.eye(3) * [[1], [-1], [1]]
    front, side = Eye(270.0, 0.0), Eye(0.0, 0.0)
    assert front.picture(left).real == pytest.approx(1)
    assert side.picture(ahead).real == pytest.approx(-1)
    assert front.picture(up).imag == side.picture(up).imag == pytest.approx(1)
    assert front.depth(ahead) > front.depth(-ahead)
    assert side.depth(left) > side.depth(-left)


def test_what_is_nearer_is_drawn_later_and_darker() -> None:
    figure = load_figure("squat")
    assert figure is not None
    parts = body_parts(figure.end, Eye(0.0, 0.0))
    assert [depth for depth, _, _ in parts] == sorted(depth for depth, _, _ in parts)
    kinds = [kind for _, kind, _ in parts]
    assert kinds.count("far") == 2 and kinds.count("near") == 2
    assert kinds.index("far") < kinds.index("near")


def test_who_lies_on_the_back_looks_up() -> None:
    figure = load_figure("bridge")
    assert figure is not None
    ears = figure.start[[INDEX["left_ear"], INDEX["right_ear"]], 2].mean()
    assert figure.start[INDEX["nose"], 2] > ears


def test_a_hull_goes_round_its_circles() -> None:
    around = hull([(0j, 1.0), (4 + 0j, 1.0)])
    assert around.real.min() == pytest.approx(-1) and around.real.max() == pytest.approx(5)
    turned = np.roll(around, -1) - around
    assert ((turned.conjugate() * np.roll(turned, -1)).imag > -1e-9).all(), "anticlockwise, without a dent"
    inside = np.array([0, 1, 1 + 1j, 1j, 0.5 + 0.5j])
    assert len(convex(inside)) == 4
