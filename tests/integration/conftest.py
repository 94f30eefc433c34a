"""The sample clips, each analysed once for all tests."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from coach.judge import SetResult
from coach.video import analyse
from coach.video.files import atomic_write
from tests.conftest import SAMPLES
from tests.integration.clips import truth

Analysed = Callable[[str], SetResult]


@pytest.fixture(scope="session")
def analysed(shared: Path) -> Analysed:
    """What the program makes of a clip, with the full model: whichever process comes first tells the others."""

    @cache
    def result(clip: str) -> SetResult:
        kept = shared / f"{clip}.json"
        if not kept.is_file():
            made = analyse(SAMPLES / f"{clip}.mp4", truth(clip)["exercise"]).result
            with atomic_write(kept) as temporary:
                temporary.write_text(made.model_dump_json(), "utf-8")
        return SetResult.model_validate_json(kept.read_text("utf-8"))

    return result
