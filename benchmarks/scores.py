"""What the engine said of a clip, beside the truth: errors of measures, counts, holds, verdicts, delays of cues."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from benchmarks.clips import Clip, Judged, judged, measures_of, values
from benchmarks.true_facts import TruePart
from benchmarks.true_verdicts import shown_on, true_verdict
from coach.judge import Exercise, HeldPose, Judgement, Rep
from coach.judge.checks import told
from coach.judge.exercise import Check
from coach.motion import landmark
from coach.pose import INDEX, PoseTrack, Side
from sample_videos.studio.sight import judged_in, seen_by_a_coach

Part = Rep | HeldPose
Pair = tuple[TruePart, Part | None]
Label = Literal["fault", "slight", "not shown", "clean", "unseen", "side effect"]
LATE_S = 2.0  # after the end of a repetition its cue may still come


@dataclass(frozen=True, slots=True)
class MeasureError:
    """A measure on one side of one clip: off (n,) measured minus true; share of the frames in which it was given.

    against  zero: the measure itself; rest, share_of_rest: its change from the person's own value before the set
    true     (n,) what it truly is
    counted  whether it is the signal by which the exercise is counted
    """

    clip: str
    measure: str
    view: str
    body: str
    light: float
    side: Side
    against: str
    off: np.ndarray
    share: float
    true: np.ndarray
    counted: bool


@dataclass(frozen=True, slots=True)
class CheckScore:
    """One check of one repetition or hold: what was planted, and what was said of it."""

    clip: str
    exercise: str
    check: str
    view: str
    body: str
    light: float
    label: Label
    verdict: Judgement
    true_value: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class CueDelay:
    """Seconds of the video from the start of a fault to its cue; NaN where it was not said in that repetition.

    pose  whether it is of a held pose, and not of a repetition
    """

    clip: str
    check: str
    pose: bool
    delay_s: float


@dataclass(frozen=True, slots=True)
class RangeError:
    """How far a repetition went: degrees, ours and as it truly was in space."""

    exercise: str
    body: str
    ours: float
    true: float


@dataclass(frozen=True, slots=True)
class ClipScore:
    """Everything about one clip."""

    clip: str
    exercise: str
    view: str
    body: str
    light: float
    expected: int
    counted: int
    expected_attempts: int
    attempts: int
    sides_right: bool
    hold_errors_s: tuple[float, ...]
    pause_errors_s: tuple[float, ...]  # of shorter ones, at the end range of repetitions
    made_up: int  # attempts that nobody made
    made_up_faults: int  # and of which a fault is told
    outside_set: int  # counted while getting into position, leaving, or in the empty room
    leg_swaps: float  # share of frames with a leg under the other one's name; NaN where nobody was seen
    others: tuple[str, ...]  # what each other person in the picture does: stands, or passes
    kept: float  # share of the set's frames in which the landmarks are those of the person who exercises
    plain: bool  # the camera can judge it, and nobody and nothing else is in the picture
    measures: tuple[MeasureError, ...]
    checks: tuple[CheckScore, ...]
    cues: tuple[CueDelay, ...]
    ranges: tuple[RangeError, ...]


def score(clip: Clip, track: PoseTrack, without: Sequence[str] = ()) -> ClipScore:
    """Judge a track of the clip, and compare."""
    assert clip.exercise is not None
    return compared(clip, judged(track, clip.exercise, without))


def compared(clip: Clip, ours: Judged) -> ClipScore:
    """What was made of the clip beside its truth."""
    assert clip.exercise is not None
    truth, exercise = clip.truth, clip.exercise
    pairs = matched(truth.parts, ours.result.parts)
    known = [part for _, part in pairs]
    made_up = [part for part in ours.result.parts if not any(part is k for k in known)]
    return ClipScore(
        clip=clip.name,
        exercise=exercise.id,
        view=truth.view,
        body=truth.body,
        light=truth.light,
        expected=truth.expected(exercise.hold.target_s if exercise.hold else None) if judgeable(clip) else 0,
        counted=ours.result.counted,
        expected_attempts=truth.attempts,
        attempts=ours.result.attempts,
        sides_right=all(a.side == b.side for a, b in pairs if b is not None),
        hold_errors_s=tuple(hold_errors(pairs)),
        pause_errors_s=tuple(pause_errors(pairs)),
        made_up=len(made_up),
        made_up_faults=sum(any(v.verdict is Judgement.FAULT for v in p.verdicts.values()) for p in made_up),
        outside_set=sum(not inside_set(clip, part) for part in ours.result.parts if part.counted),
        leg_swaps=leg_swaps(clip.true_track, ours.track),
        others=truth.others,
        kept=kept(clip, ours.track),
        plain=judgeable(clip) and truth.alone,
        measures=tuple(measure_errors(clip, ours)),
        checks=tuple(check_scores(clip, exercise, pairs)),
        cues=tuple(cue_delays(clip, exercise, ours)),
        ranges=tuple(range_errors(exercise, truth.body, pairs)),
    )


NEEDED_SEEN: Final = 0.6  # of the movements, in which a needed joint must be seen for anything to be judged


def judgeable(clip: Clip) -> bool:
    """Whether a camera there can judge the exercise at all: its view, and the joints that it needs in the picture."""
    exercise, truth = clip.exercise, clip.truth
    if exercise is None or truth.view not in exercise.views:
        return False
    side = truth.side or truth.near_side or "left"
    needed = [INDEX[landmark(joint, side)] for joint in exercise.needs]
    moving = clip.in_set() & judged_in("whole", clip.phase)
    seen = seen_by_a_coach(clip.true_track)[moving][:, needed]
    return bool((seen.mean(axis=0) >= NEEDED_SEEN).all())


def matched(truths: Sequence[TruePart], parts: Sequence[Part]) -> list[Pair]:
    """Each true repetition or hold with ours that overlaps it most, the closest first; None where there is none."""
    overlaps = sorted(
        ((_overlap_s(true, part), i, j) for i, true in enumerate(truths) for j, part in enumerate(parts)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for overlap_s, i, j in overlaps:
        if overlap_s > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(true, parts[pairs[i]] if i in pairs else None) for i, true in enumerate(truths)]


def _overlap_s(a: TruePart, b: Part) -> float:
    return min(a.end_s, b.end_s) - max(a.start_s, b.start_s)


def hold_errors(pairs: Iterable[Pair]) -> Iterable[float]:
    """Seconds, ours minus true: of holds, and of the end range of repetitions that hold it for a second or more."""
    for true, ours in pairs:
        if ours is None:
            continue
        if isinstance(ours, HeldPose):
            yield ours.held_s - true.held_s
        elif true.counted and ours.counted and true.hold_s >= 1:
            yield ours.hold_s - true.hold_s


def pause_errors(pairs: Iterable[Pair]) -> Iterable[float]:
    """Seconds, ours minus true: of the end range of repetitions that stay there for less than a second."""
    for true, ours in pairs:
        if isinstance(ours, Rep) and true.counted and ours.counted and true.hold_s < 1:
            yield ours.hold_s - true.hold_s


def inside_set(clip: Clip, part: Part) -> bool:
    """Whether a repetition lies in the set, and not in getting there or leaving."""
    middle = (part.start_s + part.end_s) / 2
    return any(m.what == "set" and m.start_s <= middle <= m.end_s for m in clip.truth.moments)


def measure_errors(clip: Clip, ours: Judged) -> Iterable[MeasureError]:
    """Of every measure that the exercise uses and the view shows, while the exercise is being judged."""
    exercise, truth = clip.exercise, clip.truth
    assert exercise is not None
    if truth.view not in exercise.views:
        return
    at = np.searchsorted(clip.true_track.t, ours.track.t).clip(0, len(clip.true_track) - 1)
    in_set = ours.ready & clip.in_set()[at]
    before = in_set & (ours.track.t < truth.parts[0].start_s)
    changes = changes_of(exercise)
    for name in measures_of(exercise, truth.view):
        for side in sides_of(clip):
            true = clip.true_values(name, side)[at]
            measured = values(ours.track, name, side, exercise.seen)
            yield from _off(clip, name, side, "zero", measured[in_set], true[in_set])
            if name in changes and np.isfinite(measured[before]).any():
                against = changes[name]
                own, truly = (told(against, v, float(np.nanmedian(v[before]))) for v in (measured, true))
                yield from _off(clip, name, side, against, own[in_set], truly[in_set])


def changes_of(exercise: Exercise) -> dict[str, str]:
    """The measures of which a change from rest is told, and how: of the counted signal, and of some checks."""
    signal = {exercise.repetition.signal: "rest"} if exercise.repetition else {}
    checks = {c.measure: c.against for c in exercise.checks.values() if c.measure and c.against != "zero"}
    return signal | checks


def _off(
    clip: Clip, name: str, side: Side, against: str, measured: np.ndarray, true: np.ndarray
) -> Iterable[MeasureError]:
    off = measured - true
    given = np.isfinite(off)
    if given.any():
        truth, share, exercise = clip.truth, float(given.mean()), clip.exercise
        counted = exercise is not None and exercise.repetition is not None
        yield MeasureError(
            clip.name,
            name,
            truth.view,
            truth.body,
            truth.light,
            side,
            against,
            off[given],
            share,
            true[given],
            counted and exercise.repetition.signal == name,  # type: ignore[union-attr]  # counted says so
        )


def sides_of(clip: Clip) -> tuple[Side, ...]:
    """The sides that are judged: the near one in profile, the working one where one works, else both."""
    truth = clip.truth
    both = clip.exercise is not None and clip.exercise.sides == "both"
    if both and truth.near_side is not None and truth.view in ("side", "three_quarter"):
        return (truth.near_side,)
    if truth.side is not None:
        return (truth.side,)
    return ("left", "right")


def check_scores(clip: Clip, exercise: Exercise, pairs: Iterable[Pair]) -> Iterable[CheckScore]:
    """Of every check of every repetition that was made; what was not noticed at all says that it cannot judge."""
    truth, can_judge = clip.truth, judgeable(clip)
    for true, ours in pairs:
        if ours is None and not can_judge:
            continue
        for name, check in exercise.checks.items():
            said = ours.verdicts.get(name) if ours is not None else None
            on_truth = true_verdict(clip, exercise, check, true, planted=name in true.faults)
            yield CheckScore(
                clip.name,
                exercise.id,
                name,
                truth.view,
                truth.body,
                truth.light,
                label_of(name in true.faults, truth.shows(name, exercise), on_truth.verdict),
                said.verdict if said else Judgement.CANNOT_JUDGE,
                on_truth.value,
                said.value if said else None,
            )


def label_of(planted: bool, seen: bool, on_truth: Judgement) -> Label:
    """What a check should say.  `on_truth`: what its rule says of the true measure in the true repetition.

    A planted fault that the truth shows within the band is slight, and one that its measure does not show at all is
    not shown: both count neither way.  So does what was not planted and yet is there: the consequence of another fault.
    """
    if not seen:
        return "unseen"
    if planted:
        return (
            "slight"
            if on_truth is Judgement.UNSURE
            else "not shown"
            if on_truth is Judgement.PASS
            else "fault"
        )
    return "side effect" if on_truth in (Judgement.FAULT, Judgement.UNSURE) else "clean"


def cue_delays(clip: Clip, exercise: Exercise, ours: Judged) -> Iterable[CueDelay]:
    """From the moment a planted fault shows in the truth to its cue."""
    said = [(f.t, f.cue.code) for f in ours.feedback if f.cue is not None and f.cue.kind == "fault"]
    for true in clip.truth.parts:
        for name in true.faults:
            onset = onset_s(clip, exercise, exercise.checks[name], true)
            if onset is None or not clip.truth.shows(name, exercise):
                continue
            after = [t - onset for t, code in said if code == name and onset - 1 <= t <= true.end_s + LATE_S]
            pose = exercise.hold is not None
            yield CueDelay(clip.name, name, pose, min(after, default=float("nan")))


def onset_s(clip: Clip, exercise: Exercise, check: Check, part: TruePart) -> float | None:
    """When a planted fault can first be seen: its measure leaves the range, by the band, in the check's phase.

    A time that is too short shows when it ends.  None where the truth never leaves the range by the band.
    """
    shown = shown_on(clip, exercise, check, part)
    if shown is None:
        return None
    if check.time is not None:
        return float(shown.t[-1]) if len(shown.t) else None
    assert check.range is not None  # what is shown is a measure or a time
    values = told(check.told_as, shown.values, shown.baseline)
    outside = [check.range.outside(float(v)) > shown.band for v in values]
    return float(shown.t[outside.index(True)]) if any(outside) else None


def range_errors(exercise: Exercise, body: str, pairs: Iterable[Pair]) -> Iterable[RangeError]:
    """Of counted repetitions without a fault: the truth is what was meant to move, and a fault moves more."""
    for true, ours in pairs:
        if not isinstance(ours, Rep) or not ours.counted or true.faults:
            continue
        if true.range_deg is not None and ours.range_deg is not None:
            yield RangeError(exercise.id, body, ours.range_deg, true.range_deg)


BODY = [11, 12, 23, 24, 25, 26]  # shoulders, hips, knees


def kept(clip: Clip, ours: PoseTrack) -> float:
    """Share of the set's frames in which our body lies where the true one is: the middle joint within half a trunk."""
    true = clip.true_track
    at = np.searchsorted(true.t, ours.t).clip(0, len(true) - 1)
    want, got = true.xy[at][:, BODY], ours.xy[:, BODY]
    trunk = np.linalg.norm(want[:, :2].mean(1) - want[:, 2:4].mean(1), axis=-1)
    thigh = np.linalg.norm(want[:, 2:4] - want[:, 4:6], axis=-1).max(-1)
    off = np.median(np.linalg.norm(got - want, axis=-1), axis=1)
    in_set = clip.in_set()[at]
    return float((off < 0.5 * np.maximum(trunk, thigh))[in_set].mean()) if in_set.any() else float("nan")


LEGS = np.array([[25, 27], [26, 28]])  # knee and ankle, left and right


def leg_swaps(true: PoseTrack, ours: PoseTrack) -> float:
    """Share of the frames with legs clearly apart in which they lie nearer to the truth under the other names."""
    at = np.searchsorted(true.t, ours.t).clip(0, len(true) - 1)
    want, got = true.xy[at][:, LEGS], ours.xy[:, LEGS]
    apart = np.linalg.norm(want[:, 0] - want[:, 1], axis=-1).sum(-1)
    scale = np.linalg.norm(want[:, :, 0] - want[:, :, 1], axis=-1).max(-1)
    told = np.isfinite(got).all((1, 2, 3)) & (apart > 0.5 * scale)
    named = np.linalg.norm(got - want, axis=-1).sum((1, 2))
    swapped = np.linalg.norm(got[:, ::-1] - want, axis=-1).sum((1, 2))
    return float((swapped < named)[told].mean()) if told.any() else float("nan")
