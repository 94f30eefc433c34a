"""What is counted where a recording begins or ends in the middle of a repetition, or nobody is seen for a while.

    python -m benchmarks.cuts DIR… [--write]

DIR holds clips as the studio writes them, with the landmarks of the model beside them (NAME.full.npz).  Of each clip
in which three repetitions or more count, a part is analysed, and what counts there is compared with what counted in
the whole: the repetitions that the part shows from rest to rest.  One that it shows but for a moment may count or not.

right     clips in which as many counted
too few   repetitions missing, over all clips
too many  repetitions beyond that
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.clips import Clip, clips_in, judged
from benchmarks.tables import markdown, write
from coach.judge import Rep
from coach.pose import PoseTrack

HOLE_S: Final = 1.5
AFTER_S: Final = 0.05  # of a recording that ends as soon as a repetition does

Span = tuple[float, float]  # seconds, from and until
FROM_THE_START: Final = -float("inf")
TO_THE_END: Final = float("inf")


def out(rep: Rep) -> float:
    """Half-way to the end range, in time."""
    return (rep.start_s + rep.peak_s) / 2


def back(rep: Rep) -> float:
    """Half-way back from it."""
    return (rep.peak_s + rep.end_s) / 2


def top(rep: Rep) -> float:
    """At the end range."""
    return rep.peak_s


def after(rep: Rep) -> float:
    """As it ends."""
    return rep.end_s + AFTER_S


def begins(when: Callable[[Rep], float]) -> "Cut":
    """Within the first repetition."""
    return Cut(lambda reps: ((when(reps[0]), TO_THE_END),))


def ends(when: Callable[[Rep], float], may_count: bool = False) -> "Cut":
    """Within the last one."""
    return Cut(lambda reps: ((FROM_THE_START, when(reps[-1])),), may_count)


def unseen_from(when: Callable[[Rep], float]) -> "Cut":
    """For HOLE_S, from a moment of the second repetition on."""
    return Cut(
        lambda reps: ((FROM_THE_START, when(reps[1])), (when(reps[1]) + HOLE_S, TO_THE_END)), may_count=True
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """Which parts of a recording are shown, and whether what they show of a repetition may count still."""

    spans: Callable[[Sequence[Rep]], tuple[Span, ...]]
    may_count: bool = False

    def of(self, track: PoseTrack, reps: Sequence[Rep]) -> PoseTrack:
        """What is left of a track."""
        spans = self.spans(reps)
        return PoseTrack.of([frame for frame in track if any(a <= frame.t <= b for a, b in spans)])

    def shows(self, reps: Sequence[Rep]) -> int:
        """How many repetitions are shown from beginning to end."""
        spans = self.spans(reps)
        return sum(any(a <= rep.start_s and rep.end_s <= b for a, b in spans) for rep in reps)


CUTS: Final[dict[str, Cut]] = {
    "begins on the way out": begins(out),
    "begins at the end range": begins(top),
    "begins on the way back": begins(back),
    "ends at the end range": ends(top),
    "ends on the way back": ends(back, may_count=True),
    "ends as the last one does": ends(after),
    "shows nobody on the way out": unseen_from(out),
    "shows nobody on the way back": unseen_from(back),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one clip, cut in one way: what counts in it, and the least and the most that is right."""

    cut: str
    clip: str
    counted: int
    least: int
    most: int

    @property
    def missing(self) -> int:
        """Repetitions that are shown and did not count."""
        return max(self.least - self.counted, 0)

    @property
    def beyond(self) -> int:
        """Repetitions that count and are not shown."""
        return max(self.counted - self.most, 0)


def outcomes(clip: Clip) -> Iterator[Outcome]:
    """Of one clip, each cut; none where fewer than three repetitions count, or an attempt comes before the first."""
    if clip.exercise is None or clip.exercise.repetition is None:
        return
    track = clip.track()
    whole = judged(track, clip.exercise).result
    reps = [rep for rep in whole.reps if rep.counted]
    if len(reps) < 3 or reps[0] is not whole.reps[0]:
        return
    for name, cut in CUTS.items():
        counted = judged(cut.of(track, reps), clip.exercise).result.counted
        least = cut.shows(reps)
        yield Outcome(name, clip.name, counted, least, len(reps) if cut.may_count else least)


def table(found: Sequence[Outcome]) -> str:
    """A row for each cut."""
    rows = []
    for name in CUTS:
        own = [one for one in found if one.cut == name]
        missing, beyond = np.array([(one.missing, one.beyond) for one in own]).reshape(-1, 2).T
        rows.append(
            (name, f"{sum(missing + beyond == 0)} of {len(own)}", int(missing.sum()), int(beyond.sum()))
        )
    return markdown(("a recording that", "right", "too few", "too many"), rows)


def odd(found: Sequence[Outcome]) -> str:
    """A row for each clip and cut in which something else counts."""
    wrong = [one for one in found if one.missing or one.beyond]
    rows = [
        (
            one.clip,
            one.cut,
            f"{one.counted} for {one.least}" + (f" or {one.most}" if one.most > one.least else ""),
        )
        for one in wrong
    ]
    return markdown(("clip", "a recording that", "counted"), rows)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--write", action="store_true", help="put it into docs/measured/cuts.md")
    chosen = parser.parse_args()
    found = [one for clip in clips_in(chosen.folders) for one in outcomes(clip)]
    text = f"{table(found)}\n\n{odd(found)}"
    print(text)
    if chosen.write:
        write("cuts", "python -m benchmarks.cuts MATRIX --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
