"""How a person is dressed: a T-shirt and shorts cut from the body's tights, the skin that shows, eyes, hair."""

from collections.abc import Mapping
from typing import Any, Final, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict

from sample_videos.studio.colours import Colour, linear
from sample_videos.studio.head import eyes, hair, skin_colours
from sample_videos.studio.mesh import Mesh
from sample_videos.studio.parts import Fit, Floats, Line, Part, cut
from sample_videos.studio.skeleton import Body, Placed

SLEEVE: Final = 0.62  # where the sleeve ends, as a share of the upper arm
LEG: Final = 0.72  # where the shorts end, as a share of the thigh
WAIST_M: Final = 0.10  # how far the shorts reach over the pelvis joint, under the shirt
SHIRT_OFF_M, SHORTS_OFF_M = 0.012, 0.006
CLOTH_GLOSS, SKIN_GLOSS = 0.01, 0.10
COLLAR_M, COLLAR_SLOPE = -0.012, 0.58  # height over the neck's joint; rise toward the nape
COLLAR_HALF_WIDE_M: Final = 0.1
FAR_OFF_M: Final = 1.0  # a line that is of another part of the body
# The skin goes on under the clothes for so much, lest there be a gap.
UNDER_SLEEVE, UNDER_LEG = 0.14, 0.12
UNDER_COLLAR_M: Final = 0.03


class Look(BaseModel):
    """Colours of skin, clothes and hair, and how the hair is worn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    skin: Colour
    shirt: Colour
    shorts: Colour
    hair: Colour
    hairstyle: Literal["short", "bun"]

    def varied(self, changes: Mapping[str, Any]) -> Self:
        """The look with some things changed.  Raises pydantic's ValidationError for what a look does not have."""
        return type(self).model_validate({**self.model_dump(), **changes})


LOOKS: Final = {
    "female": Look(skin="#c99276", shirt="#c8453b", shorts="#23262e", hair="#3a2114", hairstyle="bun"),
    "male": Look(skin="#8d5a3e", shirt="#e0b040", shorts="#2a4f7c", hair="#15100d", hairstyle="short"),
    "female_older_heavy": Look(
        skin="#7a4a30", shirt="#3f7d58", shorts="#2b2b33", hair="#777067", hairstyle="bun"
    ),
    "male_tall_thin": Look(
        skin="#d8ab86", shirt="#e8e6df", shorts="#33415c", hair="#15100d", hairstyle="short"
    ),
    "male_heavy": Look(skin="#e3b99a", shirt="#2f3b52", shorts="#6b6459", hair="#777067", hairstyle="short"),
    "female_tall_thin": Look(
        skin="#5c3a28", shirt="#7d8fa8", shorts="#23262e", hair="#15100d", hairstyle="bun"
    ),
    "female_short": Look(skin="#e3b99a", shirt="#3f7d58", shorts="#33415c", hair="#b08d57", hairstyle="bun"),
    "male_short_heavy": Look(
        skin="#c99276", shirt="#e8e6df", shorts="#2a4f7c", hair="#3a2114", hairstyle="short"
    ),
}


class Dressed:
    """A body with its look, to be shown in any posture."""

    def __init__(self, body: Body, look: Look) -> None:
        self.body = body
        fit = Fit(body)
        self.parts: tuple[Part, ...] = (
            shirt(body, fit, look.shirt),
            shorts(body, fit, look.shorts),
            bare_skin(body, fit, look),
            eyes(body),
            *hair(body, fit, look.hair, look.hairstyle),
        )

    def meshes(self, placed: Placed) -> list[Mesh]:
        """What is seen in a posture: one mesh for each of `parts`, always the same faces."""
        matrices = self.body.matrices(placed)
        return [part.mesh(matrices) for part in self.parts]


def shirt(body: Body, fit: Fit, colour: str) -> Part:
    """A T-shirt over the hips."""
    tights = body.faces["tights"]
    middles = fit.middles(tights)
    lower_edge = _shirt_edge(fit)
    covered = np.where(fit.on_arm(tights), fit.down_arm(middles) < SLEEVE, middles[:, 2] > lower_edge)
    collar = _collar(fit)
    kept = tights[(collar(middles) > 0) & covered]
    hems = (_sleeve(fit), _level(fit, lower_edge), collar)
    return cut(body, "shirt", kept, linear(colour), offset_m=SHIRT_OFF_M, hems=hems, gloss=CLOTH_GLOSS)


def shorts(body: Body, fit: Fit, colour: str) -> Part:
    """Shorts down to over the knees."""
    tights = body.faces["tights"]
    middles = fit.middles(tights)
    below_waist = middles[:, 2] < fit.joint("pelvis")[2] + WAIST_M
    kept = tights[~fit.on_arm(tights) & below_waist & (fit.down_thigh(middles) < LEG)]
    hems = (_level(fit, fit.thigh_height(LEG)),)
    return cut(body, "shorts", kept, linear(colour), offset_m=SHORTS_OFF_M, hems=hems, gloss=CLOTH_GLOSS)


def bare_skin(body: Body, fit: Fit, look: Look) -> Part:
    """The skin but for what the clothes cover."""
    faces = body.faces["body"]
    middles = fit.middles(faces)
    under_shirt = (_collar(fit)(middles) > UNDER_COLLAR_M) & (middles[:, 2] < fit.joint("neck_01")[2])
    trunk = under_shirt & (fit.down_thigh(middles) < LEG - UNDER_LEG)
    covered = np.where(fit.on_arm(faces), fit.down_arm(middles) < SLEEVE - UNDER_SLEEVE, trunk)
    colours = skin_colours(body, look.skin, look.hair)
    # Where it ends there is cloth over it: nobody looks in.
    return cut(body, "skin", faces[~covered], colours, gloss=SKIN_GLOSS, closed=True)


def _shirt_edge(fit: Fit) -> float:
    return float(fit.joint("pelvis")[2] - 0.01)


def _collar(fit: Fit) -> Line:
    """The edge of a round neck: a plane that slopes down to the front; what is farther aside is shoulder."""
    neck = fit.joint("neck_01")

    def below(points: Floats) -> Floats:
        from_neck = points - neck
        under = COLLAR_M + COLLAR_SLOPE * from_neck[:, 1] - from_neck[:, 2]
        return np.asarray(np.maximum(under, abs(from_neck[:, 0]) - COLLAR_HALF_WIDE_M))

    return below


def _sleeve(fit: Fit) -> Line:
    """The sleeves' edges: a plane across each upper arm; far off for the trunk."""

    def above(points: Floats) -> Floats:
        length = np.linalg.norm(fit.arm_axis(points), axis=1)
        inside = (SLEEVE - fit.down_arm(points)) * length
        return np.where(fit.by_arm(points), inside, FAR_OFF_M)

    return above


def _level(fit: Fit, height_m: float) -> Line:
    """A level edge round trunk or thighs; far off for the arms."""

    def above(points: Floats) -> Floats:
        return np.where(fit.by_arm(points), FAR_OFF_M, points[:, 2] - height_m)

    return above
