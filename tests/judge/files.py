"""The smallest exercise files that are complete, to break in one place."""

from pathlib import Path
from typing import Any

import yaml

import poses
from coach.judge.exercise import Exercise

COMMON = """\
id: curl
name: Knee curl
description: Standing, bend one knee and straighten it again.
start: Stand tall beside the camera.
steps:
  - Stand tall.
  - Bend the near knee, then straighten it.
camera:
  view: from the side
  height_m: [0.5, 1.0]
  distance_m: [2.0, 3.0]
  how: Put the camera at hip height.
position: [standing]
needs: [shoulder, hip, knee, ankle]
sides: both
dose: {reps: 10, progression: More of them.}
muscles: [hamstrings]
feel: The back of the thigh.
stop: [Stop when it hurts.]
swap: {exercise: bridge, when: it hurts}
wrong_view: Turn your side to the camera.
"""

CURL = (
    COMMON
    + """\
repetition:
  signal: knee_flexion
  rest: {max: 20}
  target: {min: 90}
  views: [side]
  range_of_motion: knee_flexion
  phases: {rest: Standing, out: Bending, peak: Bent, back: Straightening}
  why_not: {range: Bend it further}
checks:
  upright:
    what: The trunk stays upright
    measure: trunk_inclination
    when: whole
    range: {min: -10, max: 10}
    band: 4
    views: [side]
    cue: Stay tall
    why: Leaning helps the leg along.
    severity: 2
    highlight: [shoulder, hip]
"""
)

SIT = (
    COMMON.replace("id: curl", "id: sit").replace("reps: 10", "hold_s: 30")
    + """\
hold:
  conditions:
    - {measure: knee_flexion, min: 80, leave: 10, says: Bend your knees}
  views: [side]
  target_s: 30
checks:
  upright:
    what: The trunk stays upright
    measure: trunk_inclination
    when: hold
    range: {min: -10, max: 10}
    views: [side]
    cue: Stay tall
    why: Leaning rests the legs.
    severity: 1
"""
)


IN_TURN = {
    "what": "The sides take turns", "order": "alternating", "cue": "Now the other leg",
    "why": "Each side needs its share.", "severity": 1,
}  # fmt: skip


def write(folder: Path, text: str, name: str = "curl") -> Path:
    """An exercise file."""
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


def parsed(text: str = CURL, **changes: Any) -> Exercise:
    """An exercise from text, with some of its keys changed."""
    return Exercise.model_validate(yaml.safe_load(text) | changes)


def changed(part: str, text: str = CURL, **changes: Any) -> Exercise:
    """An exercise from text, with some keys of one of its parts changed."""
    data = yaml.safe_load(text)
    return Exercise.model_validate(data | {part: data[part] | changes})


def hiker(**changes: Any) -> Exercise:
    """The hip hiker with a check of the order of its sides, and some of its keys changed."""
    data = yaml.safe_load((Path(poses.__file__).parent / "hip_hiker.yaml").read_text("utf-8"))
    return Exercise.model_validate(data | {"checks": data["checks"] | {"in_turn": IN_TURN}} | changes)


def with_checks(text: str = CURL, **checks: dict[str, Any]) -> Exercise:
    """An exercise whose checks are these, each told by what differs from `upright`."""
    data = yaml.safe_load(text)
    plain = data["checks"]["upright"]
    return Exercise.model_validate(data | {"checks": {name: plain | c for name, c in checks.items()}})
