"""Sets made by hand: a bridge with faults, a pigeon hold with pauses, a test, nothing at all, sixty repetitions."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import coach.judge
from coach.judge import Exercise, HeldPose, Judgement, NotJudged, Rep, SetResult, Verdict, load_exercise
from coach.judge.results import Measured, RangeOfMotion
from coach.language import Language, words
from coach.report import Curve, Evidence, ReportInput

MADE_AT = datetime(2026, 11, 22, 16, 20, tzinfo=UTC)
COMMON: dict[str, Any] = {
    "description": "Lift the hips.",
    "start": "Lie on your back.",
    "steps": ["Lie down.", "Lift."],
    "camera": {"view": "from the side", "height_m": [0.2, 1], "distance_m": [2, 3], "how": "At knee height."},
    "position": ["supine"],
    "needs": ["hip"],
    "muscles": ["gluteus maximus"],
    "feel": "The buttocks.",
    "stop": ["Stop when it hurts."],
    "swap": {"exercise": "pelvic_tilt", "when": "it hurts"},
    "wrong_view": "Turn your side to the camera.",
}


def a_check(what: str, cue: str, why: str, severity: int, **more: Any) -> dict[str, Any]:
    return {"what": what, "cue": cue, "why": why, "severity": severity, **more}


def bridge_exercise() -> Exercise:
    side = {"views": ["side"], "when": "peak"}
    checks = {
        "knees_over_ankles": a_check(
            "The knees are over the ankles at the top",
            "Bring your heels under your knees",
            "With the feet too far away the thighs do the work.",
            2,
            measure="shank_inclination",
            range={"min": -12, "max": 12},
            band=4,
            **side,
        ),
        "straight_line": a_check(
            "Shoulder, hip and knee are in one line",
            "Lift your hips a little higher",
            "Only the last part of the lift makes the buttocks work fully.",
            1,
            measure="hip_extension",
            range={"min": 162},
            band=5,
            **side,
        ),
        "no_arch": a_check(
            "The back does not arch at the top",
            "Draw your ribs down",
            "Above the line the low back lifts.",
            3,
            measure="hip_extension",
            range={"max": 185},
            band=5,
            **side,
        ),
        "hold": a_check(
            "Held for 3 seconds",
            "Stay up for three seconds",
            "It builds endurance.",
            1,
            time="hold",
            range={"min": 3},
            band=0.5,
        ),
        "slow_lowering": a_check(
            "Lowered in 1.5 seconds or more",
            "Lower slowly",
            "It trains control.",
            1,
            time="back",
            range={"min": 1.5},
        ),
        "feet_flat": a_check(
            "The feet stay flat",
            "Keep your feet flat",
            "Or the thighs take over.",
            1,
            unseen="the model’s heel and toes do not follow a lifted heel",
        ),
    }
    repetition = {
        "signal": "hip_extension",
        "rest": {"max": 145},
        "target": {"min": 157},
        "views": ["side"],
        "range_of_motion": "hip_extension",
        "phases": {"rest": "Lying", "out": "Lifting", "peak": "Top point", "back": "Lowering"},
        "why_not": {"range": "Not high enough to count"},
    }
    return Exercise.model_validate(
        {
            **COMMON,
            "id": "bridge",
            "name": "Bridge",
            "sides": "both",
            "checks": checks,
            "repetition": repetition,
            "dose": {"reps": 10, "progression": "Then 2 sets."},
        }
    )


def pigeon_exercise() -> Exercise:
    checks = {
        "hips_square": a_check(
            "The hips face forward",
            "Point both hip bones forward",
            "Or the stretch leaves the hip.",
            2,
            measure="shoulder_turn",
            range={"max": 15},
            band=7,
            against="rest",
            when="hold",
            views=["front"],
        ),
        "back_leg_straight": a_check(
            "The back leg is long",
            "Reach back",
            "It squares the hips.",
            1,
            unseen="the back leg is behind the body",
        ),
    }
    hold = {"conditions": [{"measure": "hip_height", "max": 0.8}], "views": ["front"], "target_s": 30}
    return Exercise.model_validate(
        {
            **COMMON,
            "id": "pigeon",
            "name": "Half pigeon",
            "sides": "each",
            "checks": checks,
            "hold": hold,
            "dose": {"hold_s": 30, "progression": "Then 60 s."},
        }
    )


def found(value: float, unit: str, band: float, verdict: Judgement, at_s: float | None = None) -> Verdict:
    reason = "too close to the limit for the camera to tell" if verdict is Judgement.UNSURE else ""
    return Verdict(verdict=verdict, value=value, unit=unit, band=band, reason=reason, at_s=at_s)


def above(value: float, least: float, band: float) -> Judgement:
    if value >= least:
        return Judgement.PASS
    return Judgement.UNSURE if value >= least - band else Judgement.FAULT


def a_rep(start_s: float, top: float = 172, lean: float = 4, hold_s: float = 3.4, back_s: float = 2.0) -> Rep:
    """A bridge repetition that reaches `top` degrees with the shank leaning by `lean`."""
    peak_s = start_s + 1.8 + hold_s / 2
    verdicts = {
        "knees_over_ankles": found(lean, "deg", 4, above(-abs(lean), -12, 4), peak_s),
        "straight_line": found(top, "deg", 5, above(top, 162, 5), peak_s),
        "no_arch": found(top, "deg", 5, Judgement.PASS, peak_s),
        "hold": found(hold_s, "s", 0.5, above(hold_s, 3, 0.5), peak_s),
        "slow_lowering": found(back_s, "s", 0.3, above(back_s, 1.5, 0.3), peak_s + 2),
        "feet_flat": Verdict(verdict=Judgement.CANNOT_JUDGE, reason="no camera sees it"),
    }
    counted = top >= 157
    return Rep(
        start_s=start_s,
        peak_s=peak_s,
        end_s=start_s + 1.8 + hold_s + back_s,
        side="both",
        counted=counted,
        why_not=None if counted else "Not high enough to count",
        hold_s=hold_s,
        out_s=1.8,
        back_s=back_s,
        range_deg=top - 118.5,
        view="side",
        verdicts=verdicts,
    )


def curve_of(reps: list[Rep], end_s: float, fps: float = 30) -> Curve:
    """Rest at 118 degrees, each repetition to its own top, a little noise, and two seconds unseen."""
    t = np.arange(0, end_s, 1 / fps)
    value = np.full_like(t, 118.0)
    for rep in reps:
        corners = [rep.start_s, rep.start_s + rep.out_s, rep.end_s - rep.back_s, rep.end_s]
        lift = np.interp(t, corners, [0, rep.range_deg or 0, rep.range_deg or 0, 0], left=0, right=0)
        value = value + lift
    value += np.random.default_rng(1).normal(0, 0.6, t.size)
    value[(t > 12) & (t < 13.5)] = np.nan
    return Curve(t, value, "hip extension", "°")


def a_result(reps: list[Rep], end_s: float, **more: Any) -> SetResult:
    names = [n for r in reps for n, v in r.verdicts.items() if v.verdict is Judgement.FAULT]
    ranges = [r.range_deg for r in reps if r.counted and r.range_deg is not None]
    rom = RangeOfMotion(side="both", median_deg=float(np.median(ranges)), best_deg=max(ranges))
    given: dict[str, Any] = {
        "exercise": "bridge",
        "name": "Bridge",
        "duration_s": end_s,
        "counted": sum(r.counted for r in reps),
        "attempts": len(reps),
        "reps": tuple(reps),
        "faults": {n: names.count(n) for n in dict.fromkeys(names)},
        "range_of_motion": (rom,),
        "view": "side",
        "seen_share": 0.97,
        "versions": {"Form Coach": "0.1.0", "pose model": "full 1.2", "error_table": "2026-11-22"},
        "not_judged": (
            NotJudged(
                check="feet_flat", reason="the model’s heel and toes do not follow a lifted heel", share=1.0
            ),
            NotJudged(check="knees_over_ankles", reason="I can't see your left ankle", share=0.08),
        ),
        "advice": ("Step back: your feet are outside the picture",),
    }
    return SetResult(**{**given, **more})


def a_picture(tint: tuple[int, int, int] = (150, 170, 175)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), tint).save(file, "JPEG")
    return file.getvalue()


def bridge_report() -> ReportInput:
    """Seven attempts: one too low, three with the feet far away, two lowered fast, one held too short."""
    given: list[dict[str, float]] = [
        {},
        {"lean": -22},
        {"lean": -19, "back_s": 0.9},
        {"top": 150, "hold_s": 1.1},
        {"hold_s": 2.7},
        {"lean": -18, "back_s": 1.0},
        {"top": 160, "lean": 14},
    ]
    reps, start_s = [], 3.0
    for kind in given:
        reps.append(a_rep(round(start_s, 2), **kind))
        start_s = reps[-1].end_s + 1.5
    leaning = (
        Evidence("knees_over_ankles", n, reps[n - 1].peak_s, a_picture(), "The shank leans by 22 ± 4°")
        for n in (2, 3)
    )
    pictures = (*leaning, Evidence("straight_line", 4, reps[3].peak_s, a_picture(), "The hips stay low"))
    result = a_result(reps, start_s)
    return ReportInput(
        result, bridge_exercise(), "monday evening.mp4", curve_of(reps, start_s), pictures, MADE_AT
    )


def long_report(number: int = 60) -> ReportInput:
    """Many quick repetitions."""
    reps = [
        a_rep(2 + 5.5 * k, 168 + k % 7, 4 if k % 9 else 20, 1.2 if k % 5 else 3.2, 1.7) for k in range(number)
    ]
    end_s = reps[-1].end_s + 2
    return ReportInput(
        a_result(reps, end_s), bridge_exercise(), "long.mp4", curve_of(reps, end_s), (), MADE_AT
    )


def pigeon_report() -> ReportInput:
    """A hold on each side: the left one in full with two pauses, the right one too short."""
    turned = found(24.0, "deg", 7, Judgement.FAULT, 21.0)
    unseen = Verdict(verdict=Judgement.CANNOT_JUDGE, reason="the back leg is behind the body")
    holds = (
        HeldPose(
            start_s=6,
            end_s=48,
            side="left",
            held_s=34.2,
            counted=True,
            pauses=((18, 22.5), (33, 36)),
            verdicts={"hips_square": turned, "back_leg_straight": unseen},
        ),
        HeldPose(
            start_s=61,
            end_s=83,
            side="right",
            held_s=22,
            counted=False,
            why_not="held 22 of 30 seconds",
            verdicts={"hips_square": found(8, "deg", 7, Judgement.PASS), "back_leg_straight": unseen},
        ),
    )
    result = SetResult(
        exercise="pigeon",
        name="Half pigeon",
        duration_s=90,
        counted=1,
        attempts=2,
        holds=holds,
        faults={"hips_square": 1},
        view="front",
        seen_share=0.99,
        versions={"Form Coach": "0.1.0"},
    )
    t = np.arange(0, 90, 1 / 15)
    value = np.where((t > 6) & (t < 83), 0.3 + 0.05 * np.sin(t / 3), np.nan)
    picture = Evidence("hips_square", 1, 21.0, a_picture(), "Turned by 24 ± 7°")
    return ReportInput(
        result, pigeon_exercise(), "webcam", Curve(t, value, "hip height", ""), (picture,), MADE_AT
    )


def thomas_report(language: Language = "en") -> ReportInput:
    """A test of both sides: the right one is short; of the left one the thigh is unsure, and the knee was not seen."""
    exercise = load_exercise("thomas_test", language=language)
    assert exercise.hold is not None
    thigh, knee = exercise.hold.results.values()
    own = words(language, Path(coach.judge.__file__).parent)

    def taken(what: str, value: float | None, band: float | None, says: str) -> Measured:
        return Measured(what=what, value=value, unit="deg", band=band, says=says)

    hugged = {"knee_hugged": found(52.3, "deg", 7.6, Judgement.PASS)}
    right = {
        "thigh": taken(thigh.what, -18.61, 3.4, thigh.says[0].text),
        "knee": taken(knee.what, 52.75, 6.2, knee.says[0].text),
    }
    left = {
        "thigh": taken(thigh.what, 1.2, 3.4, own("measured.unsure")),
        "knee": taken(knee.what, None, None, own("measured.not_seen")),
    }
    common: dict[str, Any] = {"held_s": 6.5, "counted": True, "verdicts": hugged}
    holds = (
        HeldPose(start_s=4, end_s=10.5, side="right", measured=right, **common),
        HeldPose(start_s=30, end_s=36.5, side="left", measured=left, **common),
    )
    result = SetResult(
        exercise="thomas_test",
        name=exercise.name,
        duration_s=40,
        counted=2,
        attempts=2,
        holds=holds,
        view="side",
        seen_share=0.99,
        versions={"Form Coach": "0.1.0"},
    )
    t = np.arange(0, 40, 1 / 15)
    curve = Curve(t, np.where((t > 4) & (t < 36), 52.0, np.nan), "knee flexion", "°")
    return ReportInput(result, exercise, "both legs.mp4", curve, (), MADE_AT)


def empty_report() -> ReportInput:
    """Nobody did anything that could be judged; there is advice."""
    result = SetResult(
        exercise="bridge",
        name="Bridge",
        duration_s=14,
        counted=0,
        attempts=0,
        advice=("Step back: your feet are outside the picture", "More light, please"),
        versions={"format": "1"},
    )
    nothing = np.empty(0)
    return ReportInput(
        result, bridge_exercise(), "dark.mp4", Curve(nothing, nothing, "hip extension", "°"), (), MADE_AT
    )


@pytest.fixture
def bridge() -> ReportInput:
    return bridge_report()


@pytest.fixture
def pigeon() -> ReportInput:
    return pigeon_report()


@pytest.fixture
def thomas() -> ReportInput:
    return thomas_report()


@pytest.fixture
def empty() -> ReportInput:
    return empty_report()


@pytest.fixture
def sixty() -> ReportInput:
    return long_report()
