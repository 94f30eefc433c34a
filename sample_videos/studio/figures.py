"""The postures of the exercises for their drawings: `python -m sample_videos.studio.figures` writes poses/figures.

For each exercise of the library that has a movement here: the landmarks of its start and of its end range, in clean
form, and what stands about.  The package draws them without the studio (coach/report/figure.py).
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from coach.judge import exercise_ids, load_exercise
from coach.judge.library import BUILT_IN
from coach.motion import ViewName
from coach.report.figure import main_view
from sample_videos.studio.movements import MOVEMENTS, Movement, Prop
from sample_videos.studio.rotations import Floats
from sample_videos.studio.skeleton import Body
from sample_videos.studio.things import MAT_THICK_M, SEAT_HIGH_M, TABLE_HIGH_M, TABLE_THICK_M

FOLDER: Final = BUILT_IN / "figures"
WHO: Final = "female"
SIDE: Final = "left"  # the working side of an exercise done a side at a time; it is near the camera
# Direction to the camera, degrees anticlockwise from the person's left, as they stand.  A little turned, so that the
# far limbs show beside the near ones.
TOWARD_DEG: Final[Mapping[ViewName, float]] = {
    "side": -14.0,
    "front": 270.0,
    "back": 90.0,
    "three_quarter": 318.0,
}
# From right at the side the shank that lies across points into the picture.
TURNED_DEG: Final[Mapping[str, float]] = {"thread_the_needle": 34.0}
# Top and bottom of what stands on the floor, metres.
HEIGHTS_M: Final = {
    "mat": (0.0, MAT_THICK_M),
    "step": (0.0, 0.15),
    "chair": (0.0, SEAT_HIGH_M),
    "table": (TABLE_HIGH_M - TABLE_THICK_M, TABLE_HIGH_M),
}
BLOCK_M: Final = (0.15, 0.24)  # what one sits on in the hero pose; its height is what is left under the hips
SOFT_M: Final = 0.075  # from the hip joints to what they sit on
DIGITS: Final = 3


def figure_of(exercise: str, body: Body) -> dict[str, Any]:
    """The figure of an exercise as plain data; lengths by the body's height, z up, the floor at 0.

    toward_deg  where the camera stands; start, end  (33, 3) landmarks; of a held pose they are alike
    props       boxes: two corners, turned about the first one's middle
    """
    movement = _movement(exercise, body)
    upright = body.landmarks(body.place(_standing(body)))
    tall = float(upright[:, 2].max()) + 0.1  # the eyes are the highest landmark
    start, end = postures(movement)
    props = [_prop(prop, tall) for prop in movement.props]
    if exercise == "hero_pose":
        props.append(_block(end, tall))
    return {
        "exercise": exercise,
        "height_m": round(tall, 2),
        "toward_deg": TURNED_DEG.get(exercise, TOWARD_DEG[main_view(load_exercise(exercise))]),
        "props": props,
        "start": np.round(start / tall, DIGITS).tolist(),
        "end": np.round(end / tall, DIGITS).tolist(),
    }


def _movement(exercise: str, body: Body) -> Movement:
    kind = MOVEMENTS[exercise]
    return kind(body, SIDE if kind.sided else None, tremor_deg=0.0)


def _standing(body: Body) -> Any:
    from sample_videos.studio.movements.base import standing

    return standing(body)


def postures(movement: Movement) -> tuple[Floats, Floats]:
    """Landmarks (33, 3) metres at the start and at the end range of a clean repetition."""
    plan = movement.plan_on(SIDE, {}) if movement.alternates else movement.plan({})
    rest = {**movement.rest, **plan.start}
    body = movement.body

    def landmarks(values: Mapping[str, float]) -> Floats:
        return body.landmarks(body.place(movement.posture(values, 0.0)))

    return landmarks(rest), landmarks({**rest, **plan.end})


def _prop(prop: Prop, tall: float) -> dict[str, Any]:
    (x, y), (wide, deep), (low, high) = prop.at, prop.size_m, HEIGHTS_M[prop.what]
    corners = np.array([[x - wide / 2, y - deep / 2, low], [x + wide / 2, y + deep / 2, high]])
    return {
        "what": prop.what,
        "box": np.round(corners / tall, DIGITS).tolist(),
        "turned_deg": prop.turned_deg,
    }


def _block(seated: Floats, tall: float) -> dict[str, Any]:
    """The block between the feet, under the hips of somebody who sits on it."""
    x, y, z = seated[[23, 24]].mean(0)
    (wide, deep), high = BLOCK_M, float(z) - SOFT_M
    corners = np.array([[x - wide / 2, y - deep / 2, MAT_THICK_M], [x + wide / 2, y + deep / 2, high]])
    return {"what": "block", "box": np.round(corners / tall, DIGITS).tolist(), "turned_deg": 0.0}


def as_json(figure: Mapping[str, Any]) -> str:
    """A figure as JSON, a landmark a line."""
    lines = []
    for key, value in figure.items():
        if isinstance(value, list):
            rows = ",\n".join(f"  {json.dumps(row)}" for row in value)
            lines.append(f' "{key}": [\n{rows}\n ]' if value else f' "{key}": []')
        else:
            lines.append(f' "{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def drawable() -> list[str]:
    """The exercises of the library that have a movement."""
    return [name for name in exercise_ids() if name in MOVEMENTS]


def main(folder: Path = FOLDER) -> None:
    """Write the figure of every exercise that can be drawn."""
    body = Body.load(WHO)
    folder.mkdir(exist_ok=True)
    for name in drawable():
        (folder / f"{name}.json").write_text(as_json(figure_of(name, body)), "utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
