"""The sample clips and their ground truth."""

import json
from functools import cache
from typing import Any

from tests.conftest import SAMPLES

SCENES = SAMPLES / "scenes"
CLIPS = sorted(path.stem for path in SAMPLES.glob("*.mp4"))


@cache
def truth(clip: str) -> Any:
    """What really happened in a clip (docs/studio.md has the format)."""
    return json.loads((SAMPLES / f"{clip}.json").read_text("utf-8"))
