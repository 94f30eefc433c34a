"""The stock of movements that made-up records are composed of, from rendered clips::

python -m sample_videos.stock

Each clip is judged at several sizes, and mirrored where sides are trained in turn, so that what a record tells is what
the engine said of just this movement.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from coach import analyse
from coach.judge import Engine, Exercise, NotJudged, SetResult, load_exercise
from coach.pose import PoseTrack, Repair
from coach.records.stock import SIZES, Piece, Stock, before, resized, write

HERE: Final = Path(__file__).parent
TARGET: Final = HERE.parent / "coach" / "records" / "movements"
CLIPS: Final = {
    "bridge": ("bridge_clean.mp4", "bridge_faulty.mp4"),
    "squat": ("squat_clean.mp4", "squat_faulty.mp4"),
    "standing_leg_lift": ("standing_leg_lift_clean.npz", "standing_leg_lift_faulty_1.npz"),
    "side_lying_leg_raise": ("side_lying_leg_raise_clean.npz", "side_lying_leg_raise_faulty_2.npz"),
    "thread_the_needle": ("thread_the_needle_clean.npz", "thread_the_needle_faulty_2.npz"),
}
FPS: Final = 13.0  # of what is kept


def raw_track(clip: str) -> PoseTrack:
    """The landmarks of a clip, as the model gave them."""
    if clip.endswith(".npz"):
        return PoseTrack.load(HERE / "library" / clip)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "track.npz"
        analyse(HERE / clip, clip.rsplit("_", 1)[0], track=path)
        return PoseTrack.load(path)


def repaired(track: PoseTrack) -> PoseTrack:
    """As it is judged."""
    repair = Repair()
    return PoseTrack.of([repair.step(frame) for frame in track])


def thinned(track: PoseTrack) -> PoseTrack:
    """With fewer frames a second."""
    apart = max(1, round(1 / FPS / float(np.median(np.diff(track.t)))))
    return PoseTrack.of([track[i] for i in range(0, len(track), apart)])


def judged(track: PoseTrack, exercise: Exercise) -> SetResult:
    """The set as the engine sees it."""
    engine = Engine(exercise)
    for frame in track:
        engine.step(frame)
    return engine.finish()


def pieces(clip: str, track: PoseTrack, exercise: Exercise) -> Iterator[tuple[Piece, SetResult]]:
    """Every repetition or hold of a clip, at every size and on either side."""
    for turned in (False, True) if exercise.sides == "each" else (False,):
        base = track.mirrored() if turned else track
        parts = judged(base, exercise).parts
        if not parts:
            continue
        rest = before(base, min(part.start_s for part in parts))
        for size in SIZES if exercise.repetition is not None else (1.0,):
            result = judged(resized(base, size, rest), exercise)
            for part in result.parts:
                yield Piece(clip, size, turned, part), result


def make() -> Stock:
    """All of it."""
    found: dict[str, tuple[Piece, ...]] = {}
    tracks: dict[str, PoseTrack] = {}
    views: dict[str, str] = {}
    hidden: dict[str, tuple[NotJudged, ...]] = {}
    for name, clips in CLIPS.items():
        exercise = load_exercise(name)
        all_of: list[tuple[Piece, SetResult]] = []
        for file in clips:
            clip = Path(file).stem
            tracks[clip] = thinned(repaired(raw_track(file)))
            all_of += pieces(clip, tracks[clip], exercise)
        found[name] = tuple(piece for piece, _ in all_of)
        views[name] = next(result.view for _, result in all_of if result.view is not None)
        hidden[name] = all_of[0][1].not_judged
    return Stock(found, tracks, views, hidden)


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    stock = make()
    write(stock, TARGET)
    for name, found in stock.pieces.items():
        clean = sum(piece.part.counted and not piece.faults for piece in found)
        print(f"{name}: {len(found)} pieces, {clean} of them clean")
