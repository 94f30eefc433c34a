"""Rendered films as the model sees them in a mirror: another look at the same truth.

    python -m benchmarks.mirrored MATRIX OUT

A person in a mirror does the same with the other side, so the landmarks are turned back and told against the film's
own truth: what differs is the model's alone.  OUT gets the films with these landmarks beside them, for the other
benchmarks, such as `python -m benchmarks.accuracy OUT`.  What is there already is left as it is.
"""

import argparse
import shutil
import sys
from contextlib import closing
from pathlib import Path

from benchmarks.clips import Clip, clips_in
from benchmarks.variants import mirrored
from coach.judge import likeness, load_exercise
from coach.pose import MediaPipeEstimator, ModelName, PersonLock, PoseTrack
from coach.video import VideoReader
from coach.video.analysis import Preparation

FILES = (".mp4", ".json", ".truth.npz", ".yaml")


def looked_at(clip: Clip, model: ModelName) -> PoseTrack:
    """The landmarks that a model finds in the film's mirror image, turned back."""
    watched_for = likeness(clip.exercise or load_exercise("squat"))
    with (
        VideoReader(clip.video) as reader,
        closing(Preparation(watched_for)) as preparation,
        closing(PersonLock(MediaPipeEstimator(model), likeness=watched_for)) as lock,
    ):
        seen = [preparation.step(frame).seen_by(lock) for frame in mirrored(reader.frames())]
    return PoseTrack.of(seen).mirrored()


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
