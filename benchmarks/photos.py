"""What is counted and said of real people in photos of an exercise's start and end.

    python -m benchmarks.photos FOLDER [--write]

FOLDER holds NAME_0.jpg and NAME_1.jpg, as the public-domain collection free-exercise-db does.  The landmarks of the two
photos are blended into repetitions, so the postures are those of real bodies in real clothes, the movement is not.
A pair that is missing is left out.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from PIL import Image

from benchmarks.recognition import all_told
from benchmarks.tables import markdown, write
from benchmarks.track_variants import trembling
from coach.judge import HeldPose, Rep, SetResult
from coach.pose import MediaPipeEstimator, PoseFrame, PoseTrack
from coach.video import analyse, analyse_workout

Floats = np.ndarray
FPS: Final = 30.0
LOOKS: Final = 8  # at a photo, until the model's own smoothing has settled
STILL_S, WAY_S, STAYS_S, REPETITIONS = 2.5, 1.6, 1.2, 4
TREMBLE: Final = 0.003  # of the trunk, as landmarks of somebody who stands still do


@dataclass(frozen=True, slots=True)
class Shown:
    """What a pair of photos shows: the exercise, whether that can be judged from there, and what it is in words."""

    exercise: str
    judged: bool
    words: str


SHOWN: Final = {
    "Ankle_On_The_Knee": Shown("thread_the_needle", True, "figure four, the thigh drawn in and let go"),
    "Bodyweight_Squat": Shown("squat", True, "squat from the front, hands behind the head"),
    "Butt_Lift_Bridge": Shown("bridge", True, "bridge, the feet far away"),
    "Plie_Dumbbell_Squat": Shown("plie_squat", True, "plié with a dumbbell, bent forward"),
    "Romanian_Deadlift": Shown("hip_hinge", False, "deadlift from the front, knees bent"),
    "Runners_Stretch": Shown("runners_lunge", False, "bending over a straight front leg"),
    "Side_Leg_Raises": Shown("standing_leg_lift", True, "leg lifted sideways to 70 degrees, leaning away"),
    "Single_Leg_Glute_Bridge": Shown("bridge_march", False, "bridge on one leg, the other in the air"),
}


def seen(photo: Path) -> PoseFrame:
    """The landmarks in a photo."""
    with Image.open(photo) as picture, MediaPipeEstimator("full") as estimator:
        pixels = np.asarray(picture.convert("RGB"))
        return [estimator.estimate(pixels, n / FPS) for n in range(LOOKS)][-1]


def blended(first: PoseFrame, last: PoseFrame) -> PoseTrack:
    """From the first photo to the last and back, several times, with a little trembling."""

    def between(name: str, share: float) -> Floats:
        a, b = getattr(first, name), getattr(last, name)
        return np.asarray(a + share * (b - a), np.float32)

    frames = [
        PoseFrame(n / FPS, between("xy", w), between("visibility", w), between("world", w), first.size)
        for n, w in enumerate(weights())
    ]
    return trembling(TREMBLE)(PoseTrack.of(frames))


def weights() -> Floats:
    """(T,) how much of the last photo there is in each frame, 0 to 1."""
    way = (1 - np.cos(np.pi * np.arange(round(WAY_S * FPS)) / (WAY_S * FPS))) / 2
    stays = np.ones(round(STAYS_S * FPS))
    return np.concatenate([np.zeros(round(STILL_S * FPS)), *[way, stays, 1 - way, 0 * stays] * REPETITIONS])


def said(result: SetResult) -> str:
    """The checks that were at fault, and those that passed, in most of the repetitions or holds."""
    parts: list[Rep | HeldPose] = [*result.reps, *result.holds]
    words = []
    for verdict in ("fault", "unsure", "pass"):
        names = [n for part in parts for n, found in part.verdicts.items() if found.verdict == verdict]
        most = [name for name in dict.fromkeys(names) if 2 * names.count(name) > len(parts)]
        words += [f"{verdict}: {', '.join(most)}"] if most else []
    return "; ".join(words) or "-"


def row(name: str, shown: Shown, photos: Path, folder: Path) -> tuple[object, ...]:
    """A pair of photos in the table; its track is kept in `folder`."""
    path = folder / f"{name}.npz"
    blended(seen(photos / f"{name}_0.jpg"), seen(photos / f"{name}_1.jpg")).save(path)
    result = analyse(path, shown.exercise).result
    found = all_told(analyse_workout(path).result.sets)
    judged = "yes" if shown.judged else "no"
    held = sum(round(hold.held_s) for hold in result.holds)
    done = f"held {held} s" if result.holds else str(result.counted)
    return name, shown.words, shown.exercise, judged, done, said(result), found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        rows = [
            row(name, shown, chosen.folder, Path(folder))
            for name, shown in SHOWN.items()
            if (chosen.folder / f"{name}_1.jpg").exists()
        ]
    header = ("photos", "show", "analysed as", "can be judged", f"counted of {REPETITIONS}", "said", "named")
    text = markdown(header, rows)
    print(text)
    if chosen.write:
        write("photos", "python -m benchmarks.photos FOLDER --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
