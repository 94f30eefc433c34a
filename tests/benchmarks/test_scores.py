"""What a benchmark says of a clip: labels, matches, shares, and errors."""

from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest

from benchmarks.accuracy import cue_table, false_faults, others_table, quality
from benchmarks.error_table import FEWEST_CLIPS, error_of, error_when_right
from benchmarks.scores import (
    CheckScore,
    ClipScore,
    CueDelay,
    MeasureError,
    hold_errors,
    label_of,
    leg_swaps,
    matched,
)
from coach.judge import Judgement, Rep
from coach.pose import PoseTrack
from tests.skeletons import FRONT, squat

PASS, FAULT, UNSURE, UNKNOWN = Judgement.PASS, Judgement.FAULT, Judgement.UNSURE, Judgement.CANNOT_JUDGE


def rep(start: float, end: float, hold_s: float = 0.0) -> Rep:
    return Rep(
        start_s=start,
        peak_s=(start + end) / 2,
        end_s=end,
        side="both",
        counted=True,
        hold_s=hold_s,
        out_s=1,
        back_s=1,
    )


def check(label: str, verdict: Judgement, name: str = "depth", clip: str = "a") -> CheckScore:
    return CheckScore(clip, "squat", name, "side", "female", 1.0, label, verdict, None, None)  # type: ignore[arg-type]


def read(*offs: float) -> list[CheckScore]:
    """Right ones, a clip each, that read so far off."""
    clips = enumerate(offs)
    return [replace(check("clean", PASS, clip=str(n)), true_value=50.0, value=50.0 + off) for n, off in clips]


def test_what_all_right_ones_are_off_by_is_in_the_limit_of_the_model_it_was_set_by() -> None:
    usual, quicker = read(4.0, 5.0, 5.0, 6.0), read(14.0, 15.0, 15.0, 16.0)
    assert error_when_right(usual) == error_when_right(quicker) <= 1
    assert error_when_right(quicker, usual) == pytest.approx(11, abs=0.3)


def clip_score(*checks: CheckScore, clip: str = "a") -> ClipScore:
    return ClipScore(
        clip,
        "squat",
        "side",
        "female",
        1.0,
        1,
        1,
        1,
        1,
        True,
        (),
        (),
        0,
        0,
        0,
        nan,
        (),
        1.0,
        True,
        (),
        checks,
        (),
        (),
    )


@pytest.mark.parametrize(
    ("planted", "seen", "on_truth", "label"),
    [
        (True, True, FAULT, "fault"),
        (True, True, UNSURE, "slight"),
        (True, True, PASS, "not shown"),
        (True, True, UNKNOWN, "fault"),
        (True, False, FAULT, "unseen"),
        (False, False, PASS, "unseen"),
        (False, True, PASS, "clean"),
        (False, True, FAULT, "side effect"),
        (False, True, UNSURE, "side effect"),
        (False, True, UNKNOWN, "clean"),
    ],
)
def test_what_a_check_should_say(planted: bool, seen: bool, on_truth: Judgement, label: str) -> None:
    assert label_of(planted, seen, on_truth) == label


def test_repetitions_are_matched_where_they_overlap_most() -> None:
    truths, ours = [rep(1, 3), rep(4, 6), rep(8, 9)], [rep(3.8, 6.2), rep(0.9, 3.9)]
    assert [b.start_s if b else None for _, b in matched(truths, ours)] == [0.9, 3.8, None]


def test_holds_are_compared_where_both_held() -> None:
    pairs = matched([rep(0, 4, 3.0), rep(5, 9, 0.2)], [rep(0, 4, 3.2), rep(5, 9, 0.4)])
    assert list(hold_errors(pairs)) == pytest.approx([0.2])


def test_precision_recall_and_f1() -> None:
    found = [check("fault", FAULT)] * 3 + [
        check("fault", UNSURE),
        check("clean", FAULT),
        check("clean", PASS),
    ]
    precision, recall, f1 = quality(found)
    assert (precision, recall, f1) == pytest.approx((0.75, 0.75, 0.75))


def test_slight_unseen_and_side_effects_count_neither_way() -> None:
    found = [check(label, FAULT) for label in ("slight", "not shown", "unseen", "side effect")]
    assert all(isnan(v) for v in quality(found))


def test_false_faults_are_told_per_hundred_clean_repetitions() -> None:
    clean = (check("clean", PASS), check("clean", PASS, "trunk"))
    false = (check("clean", FAULT), check("clean", PASS, "trunk"))
    faulty = (check("fault", FAULT), check("clean", FAULT, "trunk"))
    assert false_faults([clip_score(*clean, *false, *clean, *clean)]) == pytest.approx(25)
    assert isnan(false_faults([clip_score(*faulty)]))


def reading(off: np.ndarray, true: np.ndarray, against: str = "zero", counted: bool = False) -> MeasureError:
    return MeasureError("a", "hip_roll", "side", "female", 1.0, "left", against, off, 1.0, true, counted)


def test_a_signal_that_shows_half_of_a_movement_is_no_noise() -> None:
    true = np.array([0.0, 0.1, 0.2, 0.3])
    half, wrong = 0.5 * true - true, np.array([0.01, -0.01, 0.01, -0.01])
    seen = [reading(half + wrong, true, "rest", counted=True)] * FEWEST_CLIPS
    assert error_of(seen) == pytest.approx(0.01, abs=0.003)
    told = [reading(half + wrong, true, "rest")] * FEWEST_CLIPS
    assert error_of(told) > 0.05, "of what is judged by its size"


def test_the_error_of_a_measure_is_what_clips_are_off_by_not_how_they_scatter() -> None:
    def error(off: float, scatter: float) -> MeasureError:
        return reading(off + scatter * np.array([-1.0, 0.0, 1.0]), np.zeros(3))

    assert error_of([error(2.0, 0.5)] * FEWEST_CLIPS) == pytest.approx(2.0)
    assert isnan(error_of([error(2.0, 0.5)] * (FEWEST_CLIPS - 1)))


def test_leg_swaps_are_frames_whose_legs_lie_nearer_to_the_other_names() -> None:
    true = PoseTrack.of([squat(0.5, camera=FRONT, t=t) for t in (0.0, 0.1, 0.2)])
    xy = true.xy.copy()
    xy[1][[25, 26, 27, 28]] = xy[1][[26, 25, 28, 27]]
    assert leg_swaps(true, replace(true, xy=xy)) == pytest.approx(1 / 3)


def test_a_cue_that_did_not_come_is_late() -> None:
    cues = [CueDelay("a", "depth", False, delay_s) for delay_s in (0.2, 0.4, 0.8, nan, nan)]
    row = [cell.strip() for cell in cue_table(cues).splitlines()[2].strip("|").split("|")]
    assert row == ["of repetitions", "5", "3", "0.40", "0.80", "40%"]


def test_what_overlaps_most_is_matched_first() -> None:
    """A third repetition that runs on over the fourth is still the third."""
    truths, ours = [rep(1, 3), rep(3, 5)], [rep(2.5, 5)]
    assert [b is not None for _, b in matched(truths, ours)] == [False, True]


def test_films_with_company_are_told_by_what_the_other_one_does() -> None:
    alone = clip_score(clip="alone")
    beside, passed = (
        replace(alone, clip="b", others=("stands",)),
        replace(alone, clip="p", others=("passes",), kept=0.5),
    )
    rows = others_table([alone, beside, passed]).splitlines()
    assert others_table([alone]) == "None."
    assert [row.split()[1] for row in rows[2:]] == ["b", "p", "all", "all", "all"]
    assert "100.0%, at least 99% in 1 of 1" in rows[4] and "50.0%, at least 99% in 0 of 1" in rows[5]
    assert "75.0%, at least 99% in 1 of 2" in rows[6] and "2 of 2 with something to count" in rows[6]
