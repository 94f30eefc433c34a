"""Another frame rate, a mirror, a smaller or shifted person: the same counts, sides swapped by the mirror only."""

from pathlib import Path

import pytest

from benchmarks.invariance import outcome
from benchmarks.variants import VARIANTS, Variant, make
from coach.video import analyse
from tests.conftest import SAMPLES
from tests.integration.conftest import Analysed

# All clips and variants are in `python -m benchmarks.invariance`; these few are enough to notice a change.
CASES = [
    ("hip_hiker_clean", "hip_hiker", "mirrored"),
    ("squat_clean", "squat", "10 frames a second"),
    ("squat_clean", "squat", "60 frames a second"),
    ("squat_front_faulty", "squat", "shifted"),
    ("squat_front_faulty", "squat", "at 70 %"),
]


def variant(name: str) -> Variant:
    return next(v for v in VARIANTS if v.name == name)


@pytest.mark.parametrize(("clip", "exercise", "name"), CASES)
def test_nothing_changes(clip: str, exercise: str, name: str, analysed: Analysed, tmp_path: Path) -> None:
    changed = variant(name)
    plain = outcome(analysed(clip))
    copy = make(SAMPLES / f"{clip}.mp4", changed, tmp_path / "copy.mp4")
    assert outcome(analyse(copy, exercise).result, swap=changed.mirrors) == plain
