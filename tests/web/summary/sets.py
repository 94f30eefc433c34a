"""Sets as they come out of the live coach, made by hand or by coaching a kept track."""

from functools import cache
from pathlib import Path

from coach.judge import Exercise, HeldPose, Judgement, NotJudged, Rep, SetResult, Verdict, load_exercise
from coach.judge.results import SidedOrBoth, WhyNotCode
from coach.language import Language
from coach.live import Coached, Coaching, Dose, Ended, LiveSettings, Replay
from coach.pose import PoseTrack, Repair

TRACKS = Path(__file__).parents[3] / "sample_videos" / "library"
FRAMES = 40


def verdicts(exercise: Exercise, **told: Judgement) -> dict[str, Verdict]:
    """A verdict on each check: a pass, unless told otherwise; what no camera sees is not judged."""
    return {name: _verdict(exercise, name, told) for name in exercise.checks}


def _verdict(exercise: Exercise, name: str, told: dict[str, Judgement]) -> Verdict:
    unseen = exercise.checks[name].unseen
    if unseen is not None:
        return Verdict(verdict=Judgement.CANNOT_JUDGE, reason=unseen)
    judgement = told.get(name, Judgement.PASS)
    blind = judgement in (Judgement.CANNOT_JUDGE, Judgement.UNSURE)
    joints = ("right_knee", "right_ankle") if judgement is Judgement.FAULT else ()
    return Verdict(verdict=judgement, reason="it was too dark" if blind else "", joints=joints)


def rep(
    exercise: Exercise,
    start_s: float,
    *faults: str,
    why_not: str | None = None,
    why_not_code: WhyNotCode | None = None,
    side: SidedOrBoth = "both",
    range_deg: float = 50.0,
    **told: Judgement,
) -> Rep:
    """A repetition of four seconds."""
    told |= dict.fromkeys(faults, Judgement.FAULT)
    return Rep(
        start_s=start_s,
        peak_s=start_s + 2,
        end_s=start_s + 4,
        side=side,
        counted=why_not is None,
        why_not=why_not,
        why_not_code=why_not_code,
        hold_s=1.0,
        out_s=1.25,
        back_s=1.75,
        range_deg=range_deg,
        view="side",
        verdicts=verdicts(exercise, **told),
    )


def hold(
    exercise: Exercise,
    start_s: float,
    held_s: float,
    *faults: str,
    side: SidedOrBoth = "left",
    wanted_s: float = 30,
) -> HeldPose:
    """A hold without pauses."""
    counted = held_s >= wanted_s
    return HeldPose(
        start_s=start_s,
        end_s=start_s + held_s,
        side=side,
        held_s=held_s,
        counted=counted,
        why_not=None if counted else f"held {held_s:.0f} of {wanted_s:.0f} seconds",
        verdicts=verdicts(exercise, **dict.fromkeys(faults, Judgement.FAULT)),
    )


def result(
    exercise: Exercise,
    *parts: Rep | HeldPose,
    advice: tuple[str, ...] = (),
    not_judged: tuple[NotJudged, ...] = (),
) -> SetResult:
    """The result of a set of these."""
    return SetResult(
        exercise=exercise.id,
        name=exercise.name,
        duration_s=60,
        counted=sum(part.counted for part in parts),
        attempts=len(parts),
        reps=tuple(part for part in parts if isinstance(part, Rep)),
        holds=tuple(part for part in parts if isinstance(part, HeldPose)),
        advice=advice,
        not_judged=not_judged,
    )


def replay(length_s: float = 4.6, n: int = FRAMES) -> Replay:
    """A replay in which every joint moves along."""
    t = tuple(round(length_s * i / (n - 1), 2) for i in range(n))
    return Replay(t, tuple((100 + i, 200) * 33 for i in range(n)), 1333)


def coached(*results: SetResult, ended: Ended = Ended.DOSE) -> Coached:
    """A session of these sets, each part with its replay."""
    replays = tuple(tuple((part, replay()) for part in one.parts) for one in results)
    return Coached(results, replays, (), ended)


def a_set(exercise: Exercise, *parts: Rep | HeldPose, ended: Ended = Ended.DOSE) -> Coached:
    """A session of one set."""
    return coached(result(exercise, *parts), ended=ended)


@cache
def live(track: str, exercise: str, language: Language = "en") -> Coached:
    """What the live coach makes of a kept track."""
    settings = LiveSettings(loaded(exercise, language), Dose.of(loaded(exercise, language)))
    coaching, repair, t = Coaching(settings), Repair(), 0.0
    for frame in PoseTrack.load(TRACKS / f"{track}.npz"):
        t = frame.t
        coaching.step(repair.step(frame))
    coaching.stop(t)
    return coaching.coached


def loaded(exercise: str, language: Language = "en") -> Exercise:
    """An exercise in a language."""
    return load_exercise(exercise, language=language)
