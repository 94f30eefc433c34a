"""Clothes, skin and hair on the body."""

import numpy as np
import pytest
from pydantic import ValidationError

from sample_videos.studio.colours import linear
from sample_videos.studio.dress import LOOKS, SLEEVE, Dressed
from sample_videos.studio.mesh import border
from sample_videos.studio.parts import Fit, Part
from sample_videos.studio.rotations import about_x
from sample_videos.studio.skeleton import Body, Posture


@pytest.fixture(scope="module", params=sorted(LOOKS))
def dressed(request: pytest.FixtureRequest) -> Dressed:
    return Dressed(Body.load(request.param), LOOKS[request.param])


def part(dressed: Dressed, name: str) -> Part:
    return next(part for part in dressed.parts if part.name == name)


def test_everybody_has_clothes_skin_eyes_and_hair(dressed: Dressed) -> None:
    names = [part.name for part in dressed.parts]
    assert names[:5] == ["shirt", "shorts", "skin", "eyes", "hair"]


def test_the_meshes_are_whole_in_any_posture(dressed: Dressed) -> None:
    posture = Posture({"pelvis": about_x(-80), "thigh_l": about_x(-150), "upperarm_r": about_x(170)})
    for mesh in dressed.meshes(dressed.body.place(posture)):
        assert np.isfinite(mesh.vertices).all()
        lengths = np.linalg.norm(mesh.normals, axis=1)
        assert lengths == pytest.approx(np.ones(len(lengths)))
        assert mesh.faces.max() == len(mesh.vertices) - 1
        assert mesh.colours.shape == mesh.vertices.shape
        assert mesh.colours.min() >= 0 and mesh.colours.max() <= 1


def test_hems_are_straight(dressed: Dressed) -> None:
    shirt = part(dressed, "shirt")
    edge = shirt.vertices0[border(len(shirt.vertices0), shirt.faces)]
    fit = Fit(dressed.body)
    sleeves = edge[fit.by_arm(edge)]
    assert np.ptp(fit.down_arm(sleeves)) < 0.04
    assert fit.down_arm(sleeves).mean() == pytest.approx(SLEEVE, abs=0.02)
    lower = edge[(edge[:, 2] < fit.joint("pelvis")[2] + 0.2) & ~fit.by_arm(edge)]
    assert np.ptp(lower[:, 2]) < 0.02


def test_clothes_are_outside_the_skin(dressed: Dressed) -> None:
    """The chest's front: the shirt's is before the body's."""
    shirt, body = part(dressed, "shirt").vertices0, dressed.body.vertices0[:13380]
    chest = dressed.body.heads0[dressed.body.index["spine_03"], 2]
    front = [at[(abs(at[:, 2] - chest) < 0.03) & (abs(at[:, 0]) < 0.1), 1].min() for at in (shirt, body)]
    assert front[0] < front[1]


def test_hair_and_brows_have_one_colour(dressed: Dressed) -> None:
    hair = part(dressed, "hair").colours[0]
    painted = part(dressed, "skin").colours
    assert (painted == hair).all(axis=1).sum() > 10


def test_a_bun_goes_with_the_head(female: Body) -> None:
    dressed = Dressed(female, LOOKS["female"])
    placed = female.place(Posture({"head": about_x(40)}))
    bun = dressed.meshes(placed)[-1].vertices
    head = female.joint(placed, "head")
    assert np.linalg.norm(bun - head, axis=1).mean() == pytest.approx(
        np.linalg.norm(part(dressed, "bun").vertices0 - female.heads0[female.index["head"]], axis=1).mean()
    )


def test_a_look_can_be_varied(female: Body) -> None:
    look = LOOKS["female"].varied({"shirt": "#102030", "hairstyle": "short"})
    dressed = Dressed(female, look)
    assert part(dressed, "shirt").colours[0] == pytest.approx(linear("#102030"))
    assert "bun" not in [part.name for part in dressed.parts]


@pytest.mark.parametrize("wrong", [{"shirt": "red"}, {"hat": "#000000"}, {"hairstyle": "mohawk"}])
def test_a_look_that_is_none(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        LOOKS["male"].varied(wrong)
