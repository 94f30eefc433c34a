"""How wrong the angles, counts, holds and verdicts are, against rendered clips whose truth is known exactly.

    python -m benchmarks.accuracy DIR [DIR …] [--model MODEL] [--compare] [--stages] [--write [NAME]] [--errors [WHICH]]

DIR holds clips as the studio writes them (python -m sample_videos.studio).  Prints per measure and view the bias, the
mean absolute error and the 95th percentile; counts and holds; per check precision, recall and F1; what was unsure or
could not be judged, and how often that was right; the delay of cues; all split by exercise, body, view and light.

--model    lite, full or heavy; without it the one that `coach analyse` takes for files of the exercise
--compare  the landmarks as the model gives them (no repair, no smoothing), and the three models, side by side
--stages   each stage of the repair left out in turn
--write    put the tables into docs/measured: accuracy.md, or NAME.md; models.md and stages.md
--errors   write the error table that the engine reads (coach/motion/errors.json; errors_lite.json with `--model lite`,
           whose errors are about what the usual model is off by, by which the limits are set): all of it, or with
           `exercises` only what is told of each exercise by itself, from a part of the matrix, with `ranges` how far
           repetitions go
"""

import argparse
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.clips import Clip, clips_in
from benchmarks.error_table import write_errors
from benchmarks.scores import CheckScore, ClipScore, CueDelay, MeasureError, RangeError, leg_swaps, score
from benchmarks.tables import markdown, write
from coach.judge import Judgement
from coach.motion import MEASURES
from coach.pose import MODELS, QUICKER, ModelName, repair_track
from coach.pose.stages import STAGES

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)
SOON_S = 0.5
KEPT = 0.99  # share of the frames in which the one who exercises is to be kept beside somebody else
PASS, FAULT, UNSURE, UNKNOWN = Judgement.PASS, Judgement.FAULT, Judgement.UNSURE, Judgement.CANNOT_JUDGE


def scores_of(
    clips: Sequence[Clip], model: ModelName | None = None, without: Sequence[str] = ()
) -> list[ClipScore]:
    """Every clip in which somebody exercises; without a model by the one that files of the exercise are worth."""
    return [
        score(clip, clip.track(model or clip.exercise.model), without)
        for clip in clips
        if clip.exercise is not None
    ]


# --- tables -----------------------------------------------------------------------------------------


def measure_table(errors: Iterable[MeasureError]) -> str:
    """Bias, mean absolute error and 95th percentile of each measure in each view, over all clips."""
    rows = []
    for (name, view, against), group in grouped(errors, lambda e: (e.measure, e.view, e.against)).items():
        off = np.concatenate([e.off for e in group])
        if not len(off):
            continue
        digits = 1 if MEASURES[name].unit == "deg" else 3
        told = name if against == "zero" else f"{name}, change from rest"
        by_body = [np.concatenate([e.off for e in g]) for g in grouped(group, lambda e: e.body).values()]
        worst = max((float(np.abs(o).mean()) for o in by_body if len(o)), default=float("nan"))
        numbers = (off.mean(), np.abs(off).mean(), np.percentile(np.abs(off), 95), worst)
        share = np.mean([e.share for e in group])
        rows.append(
            (
                told,
                view,
                MEASURES[name].unit,
                *(f"{n:.{digits}f}" for n in numbers),
                f"{share:.0%}",
                len(group),
            )
        )
    header = ("measure", "view", "unit", "bias", "mean abs.", "95th", "worst body", "given", "clips")
    return markdown(header, sorted(rows))


def count_table(scores: Iterable[ClipScore]) -> str:
    """Counts, attempts and holds by exercise and view."""
    rows = []
    for (exercise, view), group in grouped(scores, lambda s: (s.exercise, s.view)).items():
        exact = sum(s.counted == s.expected for s in group)
        near = sum(abs(s.counted - s.expected) == 1 for s in group)
        attempts = sum(s.attempts == s.expected_attempts for s in group)
        holds = np.abs([e for s in group for e in s.hold_errors_s])
        told = "-" if not len(holds) else f"{np.median(holds):.2f} / {holds.max():.2f}"
        outside = sum(s.outside_set for s in group)
        rows.append((exercise, view, len(group), exact, near, attempts, told, outside))
    header = ("exercise", "view", "clips", "count exact", "off by one", "attempts exact",
              "hold error median / worst, s", "counted outside the set")  # fmt: skip
    return markdown(header, sorted(rows))


def check_table(checks: Iterable[CheckScore]) -> str:
    """Precision, recall and F1 of each check, and what was left open."""
    rows = []
    for (exercise, name), group in grouped(checks, lambda c: (c.exercise, c.check)).items():
        precision, recall, f1 = quality(group)
        seen = [c for c in group if c.label != "unseen"]
        unseen = [c for c in group if c.label == "unseen"]
        silent = sum(c.verdict is UNKNOWN for c in unseen)
        rows.append(
            (
                exercise,
                name,
                sum(c.label == "fault" for c in group),
                sum(c.label == "clean" for c in group),
                number(precision),
                number(recall),
                number(f1),
                share(sum(c.verdict is UNSURE for c in seen), len(seen)),
                share(sum(c.verdict is UNKNOWN for c in seen), len(seen)),
                f"{silent} of {len(unseen)}" if unseen else "-",
            )
        )
    header = ("exercise", "check", "faults", "clean", "precision", "recall", "F1", "unsure", "cannot judge",
              "unseen, and so said")  # fmt: skip
    return markdown(header, rows)


def split_table(scores: Sequence[ClipScore], name: str, key: Callable[[ClipScore], object]) -> str:
    """The main figures by one property of the clips."""
    rows = []
    for value, group in grouped(scores, key).items():
        rows.append((value, len(group), *headline(group)))
    return markdown((name, "clips", *HEADLINE), sorted(rows, key=lambda row: str(row[0])))


def exercise_table(scores: Iterable[ClipScore]) -> str:
    """What may be relied on, exercise by exercise: counts, holds, planted faults, and what was left open."""
    rows = []
    for exercise, group in grouped(scores, lambda s: s.exercise).items():
        checks = [c for s in group for c in s.checks]
        seen = [c for c in checks if c.label != "unseen"]
        faults = [c for c in checks if c.label == "fault"]
        clean = [c for c in checks if c.label == "clean"]
        slight = [c for c in checks if c.label == "slight"]
        holds = np.abs([e for s in group for e in s.hold_errors_s])
        pauses = np.abs([e for s in group for e in s.pause_errors_s])
        swaps = np.array([s.leg_swaps for s in group])
        tried = {c.check for c in faults}
        rows.append(
            (
                exercise,
                len(group),
                sum(s.counted == s.expected for s in group),
                sum(s.expected > 0 for s in group),
                f"{holds.max():.1f}" if len(holds) else "-",
                f"{pauses.max():.1f}" if len(pauses) else "-",
                f"{np.nanmean(swaps):.0%}" if np.isfinite(swaps).any() else "-",
                f"{sum(c.verdict is FAULT for c in faults)} of {len(faults)}" if faults else "-",
                sum(c.verdict is PASS for c in faults),
                f"{sum(c.verdict is FAULT for c in slight)} of {len(slight)}" if slight else "-",
                sum(c.label == "not shown" for c in checks),
                f"{sum(c.verdict is FAULT for c in clean)} of {len(clean)}" if clean else "-",
                sum(s.made_up for s in group),
                share(sum(c.verdict is UNSURE for c in seen), len(seen)),
                share(sum(c.verdict is UNKNOWN for c in seen), len(seen)),
                ", ".join(dict.fromkeys(f"`{c.check}`" for c in seen if c.check not in tried)) or "-",
            )
        )
    header = ("exercise", "films", "counts exact", "with something to count", "worst hold, s off",
              "worst pause under a second, s off", "leg swaps", "clear faults named", "faults passed",
              "slight faults named", "not shown by the measure", "faultless verdicts called a fault",
              "attempts nobody made", "unsure", "cannot judge", "no fault planted")  # fmt: skip
    return markdown(header, sorted(rows))


def range_table(ranges: Iterable[RangeError]) -> str:
    """How far a repetition without a fault went, ours minus the truth in space; and on the worst body."""
    rows = []
    for exercise, group in grouped(ranges, lambda r: r.exercise).items():
        off = np.array([r.ours - r.true for r in group])
        bodies = [
            np.mean([abs(r.ours - r.true) for r in of]) for of in grouped(group, lambda r: r.body).values()
        ]
        numbers = (
            np.mean([r.true for r in group]),
            off.mean(),
            np.abs(off).mean(),
            np.percentile(np.abs(off), 95),
        )
        rows.append((exercise, len(group), *(f"{n:.1f}" for n in numbers), f"{max(bodies):.1f}"))
    header = ("exercise", "repetitions", "true, deg", "bias", "mean abs.", "95th", "worst body")
    return markdown(header, sorted(rows)) if rows else "None."


def cue_table(cues: Sequence[CueDelay]) -> str:
    """How soon faults are said aloud, in repetitions and in held poses; one that is not said is late."""
    kinds = {
        "of repetitions": [c for c in cues if not c.pose],
        "of poses": [c for c in cues if c.pose],
        "all": cues,
    }
    rows = []
    for kind, group in kinds.items():
        delays = np.array([c.delay_s for c in group])
        came = delays[np.isfinite(delays)]
        if len(came):
            soon = share(int((came <= SOON_S).sum()), len(delays))
            rows.append((kind, len(delays), len(came), f"{np.median(came):.2f}", _late(delays), soon))
    header = ("faults", "number", "said in time", "median of those, s", "median with the others late, s",
              f"within {SOON_S:g} s")  # fmt: skip
    return markdown(header, rows) if rows else "None."


def _late(delays: np.ndarray) -> str:
    """The median delay, where what did not come is later than all that did."""
    median = np.median(np.where(np.isnan(delays), np.inf, delays)) if len(delays) else np.inf
    return f"{median:.2f}" if np.isfinite(median) else "-"


def others_table(scores: Iterable[ClipScore]) -> str:
    """Of films with somebody else in the picture: how much of the set the landmarks were of who exercises."""
    films = [s for s in scores if s.others]
    if not films:
        return "None."
    rows = [
        (s.clip, s.body, s.others[0], f"{s.counted} for {s.expected}", s.made_up, f"{s.kept:.1%}")
        for s in films
    ]
    for doing, group in {**grouped(films, lambda s: s.others[0]), "": films}.items():
        something = [s for s in group if s.expected]
        exact = (
            f"{sum(s.counted == s.expected for s in something)} of {len(something)} with something to count"
        )
        kept = np.array([s.kept for s in group])
        well = f"{np.nanmean(kept):.1%}, at least 99% in {(kept >= KEPT).sum()} of {len(group)}"
        rows.append(("all", "", doing, exact, sum(s.made_up for s in group), well))
    header = ("film", "body", "the other one", "counted", "attempts nobody made", "own person kept")
    return markdown(header, rows)


HEADLINE = ("median of the measures, deg", "worst measure, deg", "counts exact", "with something to count", "F1",
            "false faults per 100 clean repetitions", "unsure", "leg swaps", "own person kept",
            "cue after, s", "cues that came")  # fmt: skip


def headline(scores: Sequence[ClipScore]) -> tuple[str, ...]:
    """The figures that HEADLINE names: mean absolute errors in degrees, counts, verdicts, tracking, delay.

    Half of all cues came sooner than the delay: one that did not come counts as late.
    """
    angles = angle_errors(scores)
    checks = [c for s in scores for c in s.checks]
    seen = [c for c in checks if c.label != "unseen"]
    swaps = np.array([s.leg_swaps for s in scores])
    delays = np.array([c.delay_s for s in scores for c in s.cues])
    something = [s for s in scores if s.expected]
    return (
        f"{np.median(angles):.1f}" if angles else "-",
        f"{max(angles):.1f}" if angles else "-",
        f"{sum(s.counted == s.expected for s in scores)} of {len(scores)}",
        f"{sum(s.counted == s.expected for s in something)} of {len(something)}",
        number(quality(checks)[2]),
        number(false_faults(scores)),
        share(sum(c.verdict is UNSURE for c in seen), len(seen)),
        f"{np.nanmean(swaps):.1%}" if np.isfinite(swaps).any() else "-",
        f"{np.nanmean([s.kept for s in scores]):.1%}",
        _late(delays),
        f"{np.isfinite(delays).sum()} of {len(delays)}" if len(delays) else "-",
    )


def angle_errors(scores: Iterable[ClipScore]) -> list[float]:
    """Mean absolute error of each measure in degrees, in the views that exercises name."""
    errors = [
        e
        for s in scores
        if s.plain
        for e in s.measures
        if MEASURES[e.measure].unit == "deg" and e.against == "zero"
    ]
    groups = grouped(errors, lambda e: (e.measure, e.view)).values()
    return [float(np.abs(np.concatenate([e.off for e in group])).mean()) for group in groups]


# --- figures ----------------------------------------------------------------------------------------


def quality(checks: Iterable[CheckScore]) -> tuple[float, float, float]:
    """Precision, recall and F1 of faults; one that came back unsure was missed; NaN where nothing was planted."""
    found = list(checks)
    hit = sum(c.label == "fault" and c.verdict is FAULT for c in found)
    missed = sum(c.label == "fault" and c.verdict is not FAULT for c in found)
    false = sum(c.label == "clean" and c.verdict is FAULT for c in found)
    precision = hit / (hit + false) if hit + false else float("nan")
    recall = hit / (hit + missed) if hit + missed else float("nan")
    return precision, recall, 2 * hit / (2 * hit + missed + false) if hit + missed else float("nan")


def false_faults(scores: Iterable[ClipScore]) -> float:
    """Faults reported where there were none, per 100 repetitions without a planted fault.

    A fault told of an attempt that nobody made is one.
    """
    clean: dict[tuple[str, int], list[CheckScore]] = {}
    for s in scores:
        width = len({c.check for c in s.checks})
        for i, check in enumerate(s.checks):
            clean.setdefault((s.clip, i // width), []).append(check)
    reps = [group for group in clean.values() if all(c.label in ("clean", "unseen") for c in group)]
    false = sum(any(c.verdict is FAULT for c in group) for group in reps) + sum(
        s.made_up_faults for s in scores
    )
    return 100 * false / len(reps) if reps else float("nan")


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Items by a key, in the order of their first."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def number(value: float) -> str:
    """Two digits, or a dash."""
    return "-" if np.isnan(value) else f"{value:.2f}"


def share(part: int, whole: int) -> str:
    """A percentage, or a dash."""
    return f"{part / whole:.0%}" if whole else "-"


# --- the command ------------------------------------------------------------------------------------


def report(scores: Sequence[ClipScore]) -> str:
    """All tables on one model with all stages."""
    parts = {
        "In short": markdown(HEADLINE, [headline(scores)]),
        "By exercise": exercise_table(scores),
        "Counts and holds": count_table(scores),
        "Measures": measure_table(e for s in scores if s.plain for e in s.measures),
        "Range of a repetition": range_table(r for s in scores for r in s.ranges),
        "Somebody else in the picture": others_table(scores),
        "Cues": cue_table([c for s in scores for c in s.cues]),
        "Checks": check_table(c for s in scores for c in s.checks),
        "By body": split_table(scores, "body", lambda s: s.body),
        "By view": split_table(scores, "view", lambda s: s.view),
        "By light": split_table(scores, "light", lambda s: s.light),
        "Where it was wrong": wrong_table(scores),
    }
    return "\n\n".join(f"### {title}\n\n{table}" for title, table in parts.items())


def wrong_table(scores: Sequence[ClipScore]) -> str:
    """Every wrong count and side, missed fault, false fault and verdict on something unseen."""
    rows: list[tuple[object, ...]] = []
    for s in scores:
        if s.counted != s.expected:
            rows.append((s.clip, "count", f"{s.counted} for {s.expected}", "", ""))
        if s.made_up:
            rows.append(
                (s.clip, "attempts that nobody made", f"{s.made_up}, {s.made_up_faults} with a fault", "", "")
            )
        if not s.sides_right:
            rows.append((s.clip, "side", "left for right, or right for left", "", ""))
        for c in s.checks:
            told = c.verdict.value
            wrong = (
                (c.label == "fault" and c.verdict is not FAULT)
                or (c.label == "clean" and c.verdict is FAULT)
                or (c.label == "unseen" and c.verdict is not UNKNOWN)
                or c.label == "not shown"
            )
            if wrong:
                rows.append((s.clip, c.check, f"{told} for {c.label}", _value(c.value), _value(c.true_value)))
    return markdown(("clip", "what", "said", "value", "true"), rows) if rows else "Nothing."


def _value(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def compare_table(clips: Sequence[Clip]) -> str:
    """Raw landmarks and the three models beside the pipeline, over all clips and by exercise."""
    landmarks = {"full, as the model gives them": scores_of(clips, "full", (*STAGES, "cuts"))}
    landmarks |= {f"{model}, repaired": scores_of(clips, model) for model in MODELS}
    over_all = markdown(("landmarks", *HEADLINE), [(name, *headline(s)) for name, s in landmarks.items()])
    by_exercise = [
        (exercise, name, len(group), *in_brief(group))
        for name, scores in landmarks.items()
        for exercise, group in grouped(scores, lambda s: s.exercise).items()
    ]
    header = ("exercise", "landmarks", "clips", "counts exact", "worst hold error, s", "F1", "leg swaps")
    table = markdown(header, sorted(by_exercise, key=lambda row: str(row[0])))
    return f"{over_all}\n\n### By exercise\n\n{table}"


def in_brief(scores: Sequence[ClipScore]) -> tuple[str, ...]:
    """Counts exact, worst error of a hold, F1 of faults and leg swaps of some clips."""
    holds = np.abs([e for s in scores for e in s.hold_errors_s])
    swaps = np.array([s.leg_swaps for s in scores])
    return (
        f"{sum(s.counted == s.expected for s in scores)} of {len(scores)}",
        f"{holds.max():.2f}" if len(holds) else "-",
        number(quality([c for s in scores for c in s.checks])[2]),
        f"{np.nanmean(swaps):.1%}" if np.isfinite(swaps).any() else "-",
    )


def swap_table(clips: Sequence[Clip], model: ModelName | None) -> str:
    """Share of frames with a leg under the other one's name, in the lunges."""
    rows = []
    for clip in (c for c in clips if "lunge" in c.truth.exercise):
        raw = clip.track(model or (clip.exercise.model if clip.exercise else "full"))
        before, after = leg_swaps(clip.true_track, raw), leg_swaps(clip.true_track, repair_track(raw))
        rows.append((clip.name, clip.truth.body, f"{before:.1%}", f"{after:.1%}"))
    return (
        markdown(("clip", "body", "as the model gives them", "repaired"), rows) if rows else "No such clip."
    )


def stage_table(clips: Sequence[Clip]) -> str:
    """What each stage of the repair does: all of them, then each left out."""
    rows = [("none", *headline(scores_of(clips)))]
    rows += [(stage, *headline(scores_of(clips, without=(stage,)))) for stage in (*STAGES, "cuts")]
    return markdown(("left out", *HEADLINE), rows)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", choices=MODELS)
    for flag in ("compare", "stages"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("--errors", nargs="?", const="all", choices=("all", "exercises", "ranges"))
    parser.add_argument("--write", nargs="?", const="accuracy", metavar="NAME")
    chosen = parser.parse_args()
    clips = list(clips_in(chosen.folders))
    if not clips:
        parser.error("there are no clips with a truth beside them")
    scores = scores_of(clips, chosen.model)
    text = report(scores) + "\n\n### Leg swaps in lunges\n\n" + swap_table(clips, chosen.model)
    pages = {chosen.write: (text, f" --model {chosen.model}" if chosen.model else "")}
    if chosen.compare:
        pages["models"] = compare_table(clips), " --compare"
    if chosen.stages:
        pages["stages"] = stage_table(clips), " --stages"
    for name, (page, flag) in pages.items():
        print(page)
        if chosen.write:
            named = "" if chosen.write == "accuracy" else f" {chosen.write}"
            write(name, f"python -m benchmarks.accuracy MATRIX{flag} --write{named}", page)
    if chosen.errors:
        usual = scores_of(clips) if chosen.model == QUICKER else []
        print(write_errors(scores, chosen.folders, chosen.errors, usual))
    return 0


if __name__ == "__main__":
    sys.exit(main())
