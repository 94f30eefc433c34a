"""The sample clips, each analysed once for all tests."""

import json
from functools import cache
from typing import Any

from coach.judge import SetResult
from coach.video import analyse
from tests.conftest import SAMPLES

SCENES = SAMPLES / "scenes"
CLIPS = sorted(path.stem for path in SAMPLES.glob("*.mp4"))


@cache
def truth(clip: str) -> Any:
    """What really happened in a clip (docs/studio.md has the format)."""
    return json.loads((SAMPLES / f"{clip}.json").read_text("utf-8"))


@cache
def analysed(clip: str) -> SetResult:
    """What the program made of it, with the full model."""
    return analyse(SAMPLES / f"{clip}.mp4", truth(clip)["exercise"]).result
