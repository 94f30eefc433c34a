"""Counts and faults of each clip at other frame rates, mirrored, scaled and shifted.

    python -m benchmarks.invariance [CLIP.mp4 ...]

Prints a table; the exit code is 1 when a count, a side or a fault differs from the clip as it is.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.variants import VARIANTS, make
from coach.judge import SetResult
from coach.video import analyse

CLIPS = Path(__file__).parent.parent / "sample_videos"
SWAP = {"left": "right", "right": "left", "both": "both"}


def outcome(result: SetResult, swap: bool = False) -> list[tuple[str, bool, tuple[str, ...]]]:
    """Side, counted and faults of each repetition or hold; sides swapped back where the clip is a mirror's."""
    return [
        (
            SWAP[part.side] if swap else part.side,
            part.counted,
            tuple(sorted(n for n, v in part.verdicts.items() if v.verdict.value == "fault")),
        )
        for part in result.reps or result.holds
    ]


def compare(clip: Path, exercise: str, folder: Path) -> Iterator[tuple[str, bool, str]]:
    """For each variant: its name, whether it came out the same, and what came out."""
    plain = outcome(analyse(clip, exercise).result)
    yield "as it is", True, _told(plain)
    for variant in VARIANTS:
        found = outcome(
            analyse(make(clip, variant, folder / "variant.mp4"), exercise).result, variant.mirrors
        )
        yield variant.name, found == plain, _told(found)


def _told(parts: list[tuple[str, bool, tuple[str, ...]]]) -> str:
    counted = sum(part[1] for part in parts)
    faults = [name for part in parts for name in part[2]]
    return f"{counted} of {len(parts)}" + (f", {', '.join(faults)}" if faults else "")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", nargs="*", type=Path)
    chosen = parser.parse_args().clips or sorted(CLIPS.glob("*.mp4"))
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        for clip in chosen:
            truth = clip.with_suffix(".json")
            exercise = json.loads(truth.read_text("utf-8"))["exercise"] if truth.exists() else "squat"
            for name, same, told in compare(clip, exercise, Path(folder)):
                different += not same
                print(f"{clip.stem:20} {name:20} {'same' if same else 'DIFFERENT':10} {told}", flush=True)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
