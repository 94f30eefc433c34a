"""Rendered films as the model sees them in a mirror: another look at the same truth.

    python -m benchmarks.mirrored MATRIX OUT

A person in a mirror does the same with the other side, so the landmarks are turned back and told against the film's
own truth: what differs is the model's alone.  OUT gets the films with these landmarks beside them, for the other
benchmarks, such as `python -m benchmarks.accuracy OUT`.  What is there already is left as it is.
"""

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clips import Clip, clips_in
from benchmarks.variants import VARIANTS, make
from coach.pose import ModelName, PoseTrack
from coach.video import analyse

IN_A_MIRROR = next(variant for variant in VARIANTS if variant.mirrors)
FILES = (".mp4", ".json", ".truth.npz", ".yaml")


def looked_at(clip: Clip, model: ModelName) -> PoseTrack:
    """The landmarks that a model finds in the film's mirror image, turned back."""
    with TemporaryDirectory() as folder:
        film = make(clip.video, IN_A_MIRROR, Path(folder) / "mirrored.mp4")
        found = Path(folder) / "found.npz"
        analyse(film, clip.exercise or "squat", model=model, track=found)
        return PoseTrack.load(found).mirrored()


def look(clip: Clip, out: Path) -> None:
    """Put a film into OUT with the landmarks of the model that files of its exercise are seen by."""
    model: ModelName = clip.exercise.model if clip.exercise is not None else "full"
    target = out / f"{clip.name}.{model}.npz"
    if target.exists():
        return
    for ending in FILES:
        source = clip.video.with_suffix(ending)
        if source.exists():
            shutil.copy2(source, out / source.name)
    looked_at(clip, model).save(target)


def main() -> int:
    """Look at all films of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("matrix", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for clip in clips_in([chosen.matrix]):
        look(clip, chosen.out)
        print(clip.name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
