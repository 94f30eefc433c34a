"""What changes in counts, verdicts and names when the same movement is seen by another camera, model or clothes.

    python -m benchmarks.robustness [--real FOLDER] [--rendered DIR …] [--names] [--write]

FOLDER is that of benchmarks.real; DIR holds clips as the studio writes them, with the landmarks of the model beside
them (NAME.full.npz).  Each track is analysed as it is and in the variants of benchmarks/track_variants.py, none of
which changes what the person did.  Limits that were set on these very clips show here: they give way at once.

exact          clips whose count is what people counted, or what the film's truth says
too many       repetitions or holds counted beyond that, over all clips
new faults     verdicts that are a fault in the variant alone, in clips with as many repetitions as the clip as it is
faults passed  verdicts that are a fault in the clip as it is and a pass in the variant
named, wrongly real clips named right, and named wrongly; with --names, since every exercise looks at every variant
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from benchmarks.clips import Clip, judged
from benchmarks.real import read_labels
from benchmarks.recognition import Shown, real_clip, rendered_clips, verdict
from benchmarks.scores import judgeable
from benchmarks.tables import markdown, write
from benchmarks.track_variants import AS_IT_IS, TRACK_VARIANTS, trembles
from coach.judge import Judgement, SetResult, load_exercise
from coach.pose import PoseTrack
from coach.video import analyse_workout

REAL: Final = "Real people"


@dataclass(frozen=True, slots=True)
class Case:
    """A track and what is to be counted in it; None: not known."""

    shown: Shown
    counted: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one track in one variant; see the module for the words.  `right` None: not known; named "": not asked."""

    variant: str
    clip: str
    right: int | None
    counted: int
    new_faults: tuple[str, ...]
    passed: tuple[str, ...]
    named: str = ""


def real_cases(folder: Path) -> list[Case]:
    """The clips of real people; from a view that cannot be judged nothing is to be counted."""
    clips = [(real_clip(folder, label), label) for label in read_labels(folder)]
    return [Case(clip, label.reps if clip.seen else 0) for clip, label in clips]


def rendered_cases(folder: Path) -> list[Case]:
    """The rendered clips; where a camera cannot judge the exercise, nothing is to be counted."""
    return [Case(shown, _true_count(shown)) for shown in rendered_clips(folder)]


def _true_count(shown: Shown) -> int:
    clip = Clip.load(shown.track.with_name(f"{shown.name}.mp4"))
    if clip.exercise is None or not judgeable(clip):
        return 0
    hold = clip.exercise.hold
    return clip.truth.expected(None if hold is None else hold.target_s)


def outcomes(case: Case, names: bool = False) -> Iterator[Outcome]:
    """Of one clip, each variant."""
    track, plain = PoseTrack.load(case.shown.track), None
    for variant, change in TRACK_VARIANTS.items():
        changed = change(track)
        named = _named(case.shown, changed) if names else ""
        if case.shown.exercise is None:
            yield Outcome(variant, case.shown.name, None, 0, (), (), named)
            continue
        result = judged(changed, load_exercise(case.shown.exercise)).result
        plain = plain or result
        yield Outcome(
            variant,
            case.shown.name,
            case.counted,
            result.counted,
            turned(plain, result, Judgement.FAULT, instead_of=None),
            turned(plain, result, Judgement.PASS, instead_of=Judgement.FAULT),
            named,
        )


def turned(
    plain: SetResult, varied: SetResult, to: Judgement, instead_of: Judgement | None
) -> tuple[str, ...]:
    """Checks that became a verdict, one for each repetition; `instead_of` None: whatever else they were."""
    if len(plain.parts) != len(varied.parts):
        return ()
    return tuple(
        name
        for before, after in zip(plain.parts, varied.parts, strict=True)
        for name, found in after.verdicts.items()
        if found.verdict is to
        and (was := before.verdicts[name].verdict) is not to
        and (instead_of is None or was is instead_of)
    )


def _named(shown: Shown, track: PoseTrack) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "track.npz"
        track.save(path)
        return verdict(shown, analyse_workout(path).result)


def table(found: Sequence[Outcome]) -> str:
    """A row for each variant."""
    rows = []
    for variant in TRACK_VARIANTS:
        own = [one for one in found if one.variant == variant]
        known = [one for one in own if one.right is not None]
        named = [one.named for one in own if one.named]
        rows.append(
            (
                variant,
                f"{sum(one.counted == one.right for one in known)} of {len(known)}",
                sum(max(one.counted - (one.right or 0), 0) for one in known),
                sum(len(one.new_faults) for one in own),
                sum(len(one.passed) for one in own),
                f"{named.count('right')}, {named.count('WRONG')}" if named else "-",
            )
        )
    return markdown(("variant", "exact", "too many", "new faults", "faults passed", "named, wrongly"), rows)


def told_of_trembling(cases: Sequence[Case]) -> str:
    """How much the marks of these clips tremble, whose noise one of the variants adds to."""
    shares = [trembles(PoseTrack.load(case.shown.track)) for case in cases]
    half, most = (f"{100 * np.nanpercentile(shares, percent):.1f}" for percent in (50, 90))
    return f"Marks tremble by up to {half} % of a trunk in half of the clips, by {most} % in nine of ten."


def odd(found: Sequence[Outcome]) -> str:
    """A row for each clip and variant in which something differs from the clip as it is."""
    plain = {one.clip: one for one in found if one.variant == AS_IT_IS}
    rows = []
    for one in found:
        count = one.right is not None and one.counted != one.right
        named = one.named == "WRONG" or (one.named != plain[one.clip].named and one.named != "right")
        if count or one.new_faults or one.passed or named:
            told = f"{one.counted} for {one.right}" if count else ""
            rows.append(
                (
                    one.clip,
                    one.variant,
                    told,
                    ", ".join(one.new_faults),
                    ", ".join(one.passed),
                    one.named if named else "",
                )
            )
    return markdown(("clip", "variant", "count", "new faults", "faults passed", "named"), rows)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--real", type=Path)
    parser.add_argument("--rendered", type=Path, nargs="*", default=[])
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--write", action="store_true", help="put it into docs/measured/robustness.md")
    chosen = parser.parse_args()
    cases = {}
    if chosen.real is not None:
        cases[REAL] = real_cases(chosen.real)
    if chosen.rendered:
        cases["Rendered people"] = [case for folder in chosen.rendered for case in rendered_cases(folder)]
    texts = []
    for title, some in cases.items():
        names = chosen.names and title == REAL
        found = [one for case in some for one in outcomes(case, names)]
        texts += [f"## {title}", told_of_trembling(some), table(found), odd(found)]
    text = "\n\n".join(texts)
    print(text)
    if chosen.write:
        command = "python -m benchmarks.robustness --real FOLDER --rendered DIR --names --write"
        write("robustness", command, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
