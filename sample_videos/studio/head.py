"""The head: brows and lips painted on the skin, eyes, hair."""

from typing import Final

import numpy as np

from sample_videos.studio.colours import linear
from sample_videos.studio.mesh import ellipsoid
from sample_videos.studio.parts import Fit, Floats, Line, Mask, Part, cut, fixed
from sample_videos.studio.skeleton import SIDES, Body

# Sizes are metres on MakeHuman's head, which hardly differs from body to body; measured from the eyes.
BROW_OVER_EYE: Final = 0.021
BROW_ARCH: Final = 0.004
BROW_HALF_HIGH: Final = 0.0042
BROW_FROM, BROW_TO = -0.018, 0.026  # inner and outer end, from the eye's middle
LIPS_UNDER_EYE: Final = 0.070
LIPS_HALF_WIDE: Final = 0.024
LIPS_HALF_HIGH: Final = 0.011
LIPS_TINT: Final = np.array([0.80, 0.48, 0.48])
IRIS: Final = 0.0075
EYE_WHITE, EYE_BROWN = "#e8e4de", "#3a2a1c"
EYE_GLOSS, HAIR_GLOSS = 0.10, 0.10
HAIR_THICK, HAIR_THICK_AT_EDGE = 0.013, 0.004
HAIRLINE_OVER_EYE: Final = 0.062  # at the temples
HAIRLINE_FALL: Final = 0.105  # from there down to the nape
FACE_DEEP: Final = 0.035  # so far behind the eyes the face ends
EARS_FROM, EAR_RADIUS = 0.055, 0.045  # from the head's middle; no hair about the ear
NECK_UNDER_HEAD: Final = 0.09  # no hair below that
BUN_RADIUS: Final = 0.038


def eye_middles(body: Body) -> Floats:
    """(2, 3) the middles of the left and the right eyeball in the rest mesh."""
    eyes = [body.vertices0[np.unique(body.faces[f"eye_{side}"])].mean(axis=0) for side in SIDES]
    return np.array(eyes)


def skin_colours(body: Body, skin: str, hair: str) -> Floats:
    """(V, 3) the skin's colour with brows and lips, linear light."""
    colours = np.tile(linear(skin), (len(body.vertices0), 1))
    eyes = eye_middles(body)
    colours[_lips(body, eyes[0])] *= LIPS_TINT
    for eye, outward in zip(eyes, (1, -1), strict=True):
        colours[_brow(body, eye, outward)] = linear(hair)
    return colours


def eyes(body: Body) -> Part:
    """Both eyeballs, with the iris."""
    colours = np.tile(linear(EYE_WHITE), (len(body.vertices0), 1))
    for middle, side in zip(eye_middles(body), SIDES, strict=True):
        ball = np.unique(body.faces[f"eye_{side}"])
        from_middle = body.vertices0[ball] - middle
        front = (from_middle[:, 1] < 0) & (np.hypot(from_middle[:, 0], from_middle[:, 2]) < IRIS)
        colours[ball[front]] = linear(EYE_BROWN)
    both = np.concatenate([body.faces["eye_left"], body.faces["eye_right"]])
    return cut(body, "eyes", both, colours, gloss=EYE_GLOSS, closed=True)


def hair(body: Body, fit: Fit, colour: str, style: str) -> list[Part]:
    """Short hair: the scalp, pushed outwards; with a "bun" there is a ball behind it."""
    faces = body.faces["body"]
    eye, middles = eye_middles(body)[0], fit.middles(faces)
    line = _hairline(eye, body.vertices0[body.marks["left_ear"]].mean(axis=0))
    scalp = faces[(line(middles) > 0) & (middles[:, 2] > fit.joint("head")[2] - NECK_UNDER_HEAD)]
    cap = cut(
        body, "hair", scalp, linear(colour), offset_m=HAIR_THICK, edge_offset_m=HAIR_THICK_AT_EDGE,
        hems=(line,), gloss=HAIR_GLOSS,
    )  # fmt: skip
    parts = [cap]
    if style == "bun":
        back = body.vertices0[np.unique(scalp), 1].max()
        ball = ellipsoid([0, back + 0.012, eye[2] + 0.075], [BUN_RADIUS] * 3, colour)
        parts.append(fixed(body, "bun", ball, "head"))
    return parts


def _brow(body: Body, eye: Floats, outward: int) -> Mask:
    across, depth, over = (body.vertices0 - eye).T
    across = across * outward
    arch = BROW_ARCH * np.sin(np.clip((across + 0.02) / 0.045, 0, 1) * np.pi)
    in_line = abs(over - BROW_OVER_EYE - arch) < BROW_HALF_HIGH
    return np.asarray(in_line & (across > BROW_FROM) & (across < BROW_TO) & (depth < 0.01))


def _lips(body: Body, eye: Floats) -> Mask:
    across, depth, height = body.vertices0.T
    narrowing = 1 - (across / 0.026) ** 2
    in_line = abs(height - eye[2] + LIPS_UNDER_EYE) < LIPS_HALF_HIGH * narrowing
    return np.asarray(in_line & (abs(across) < LIPS_HALF_WIDE) & (depth < eye[1]))


def _hairline(eye: Floats, ear: Floats) -> Line:
    """From the forehead over the temples, in front of the ears and round them, down to the nape."""

    def above(points: Floats) -> Floats:
        across, depth, over = (points - [0, eye[1], eye[2]]).T
        backward = np.clip((depth - FACE_DEEP) / 0.10, 0, 1)
        line = over - HAIRLINE_OVER_EYE + HAIRLINE_FALL * backward
        off_face = np.maximum(depth - FACE_DEEP, over - 0.058)
        round_ear = np.hypot(points[:, 1] - ear[1], points[:, 2] - ear[2]) - EAR_RADIUS
        off_ears = np.maximum(EARS_FROM - abs(across), round_ear)
        return np.asarray(np.minimum(np.minimum(line, off_face), off_ears))

    return above
