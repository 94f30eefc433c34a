"""Variants of a track, and what became of verdicts in them."""

import numpy as np
import pytest

from benchmarks.robustness import Outcome, odd, table, turned
from benchmarks.track_variants import (
    TRACK_VARIANTS,
    drifting,
    less_believed,
    lossy,
    marked_elsewhere,
    smaller,
    stretched,
    thinned,
    tilted,
    trembles,
    trembling,
    trunk_px,
)
from coach.judge import Judgement, SetResult
from coach.pose import PoseTrack, at
from tests.judge.films import result_of, squats


def track() -> PoseTrack:
    return squats(2, 30)


def test_how_much_marks_tremble_is_told_as_a_share_of_the_trunk() -> None:
    assert trembles(track()) < 0.001
    assert trembles(trembling(0.01)(track())) == pytest.approx(0.01, rel=0.2)


def test_what_is_tilted_one_way_and_back_is_the_track() -> None:
    back = tilted(-7)(tilted(7)(track()))
    assert back.xy == pytest.approx(track().xy, abs=1e-2)
    assert back.world == pytest.approx(track().world, abs=1e-5)
    leg = [at("left", "hip"), at("left", "ankle")]
    (hip, ankle), (hip_t, ankle_t) = track().xy[0, leg], tilted(7)(track()).xy[0, leg]
    turn = np.angle(complex(*(ankle_t - hip_t)) / complex(*(ankle - hip)), deg=True)
    assert turn == pytest.approx(7, abs=0.01)


def test_times_are_stretched_and_frames_left_out() -> None:
    slower = stretched(1.25)(track())
    assert slower.t[-1] - slower.t[0] == pytest.approx(1.25 * (track().t[-1] - track().t[0]))
    assert len(thinned(2)(track())) == (len(track()) + 1) // 2
    assert thinned(4)(track()) is track() or len(thinned(4)(track())) == len(track()), (
        "never under ten a second"
    )


def test_farther_away_everything_is_smaller() -> None:
    assert trunk_px(smaller(0.5)(track())) == pytest.approx(0.5 * trunk_px(track()), rel=1e-3)
    assert trunk_px(PoseTrack.of([])) == 0.0


def test_marks_tremble_or_lie_elsewhere_by_a_share_of_the_trunk() -> None:
    trembles, elsewhere = (
        change(track()).xy - track().xy for change in (trembling(0.02), marked_elsewhere(0.02, 1))
    )
    for off in (trembles, elsewhere):
        assert off.std() == pytest.approx(0.02 * trunk_px(track()), rel=0.3)
    assert np.ptp(elsewhere, axis=0).max() < 0.01 < np.ptp(trembles, axis=0).min()
    assert (less_believed(2)(track()).visibility <= track().visibility).all()


def test_some_frames_are_lost_where_there_are_enough() -> None:
    left = lossy(0.3)(track())
    assert len(left) == pytest.approx(0.7 * len(track()), rel=0.15)
    assert set(left.t) <= set(track().t)
    assert len(lossy(0.3)(thinned(3)(track()))) == len(thinned(3)(track())), "never under ten a second"


def test_marks_drift_slowly_and_no_further() -> None:
    long = squats(8, 30)
    off = (drifting(0.02, 1)(long).xy - long.xy) / trunk_px(long)
    assert off.std() == pytest.approx(0.02, rel=0.1)
    assert np.abs(np.diff(off, axis=0)).mean() < 0.4 * np.abs(off).mean()
    later = off[21:] * off[:-21]
    assert later.mean() / (off * off).mean() == pytest.approx(np.exp(-1), abs=0.15)
    assert len(drifting(0.02, 1)(PoseTrack.of([]))) == 0


def test_the_first_variant_is_the_clip_as_it_is() -> None:
    name, change = next(iter(TRACK_VARIANTS.items()))
    assert name == "as it is" and change(track()) is track()


def test_verdicts_that_turned_are_told() -> None:
    clean = result_of(squats(2, 12), "squat")
    names = [name for name, v in clean.reps[0].verdicts.items() if v.verdict is Judgement.PASS]
    first = clean.reps[0]
    worse = first.model_copy(
        update={
            "verdicts": first.verdicts
            | {names[0]: first.verdicts[names[0]].model_copy(update={"verdict": Judgement.FAULT})}
        }
    )
    faulty = clean.model_copy(update={"reps": (worse, *clean.reps[1:])})
    assert turned(clean, faulty, Judgement.FAULT, instead_of=None) == (names[0],)
    assert turned(faulty, clean, Judgement.PASS, instead_of=Judgement.FAULT) == (names[0],)
    assert turned(clean, clean, Judgement.FAULT, instead_of=None) == ()
    fewer: SetResult = faulty.model_copy(update={"reps": (worse,)})
    assert turned(clean, fewer, Judgement.FAULT, instead_of=None) == (), "which belongs to which is not known"


def test_the_tables_tell_what_differs() -> None:
    found = [
        Outcome("as it is", "a", 3, 3, (), (), "right"),
        Outcome("mirrored", "a", 3, 4, ("depth",), (), "not sure"),
        Outcome("as it is", "b", None, 2, (), ()),
        Outcome("mirrored", "b", None, 2, (), ()),
    ]
    rows = table(found).splitlines()
    assert [cell.strip() for cell in rows[3].split("|")[1:-1]] == [
        "mirrored",
        "0 of 1",
        "1",
        "1",
        "0",
        "0, 0",
    ]
    (row,) = odd(found).splitlines()[2:]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [
        "a",
        "mirrored",
        "4 for 3",
        "depth",
        "",
        "not sure",
    ]
