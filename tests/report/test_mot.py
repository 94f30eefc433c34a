"""MOT: joint angles for OpenSim, read back by OpenSim itself."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from coach.errors import CoachError
from coach.judge import load_exercise
from coach.pose import PoseTrack, repair_track
from coach.report.mot import SEEN_TOGETHER, angles, render_mot, without_gaps
from coach.video import analyse
from tests.conftest import SAMPLES
from tests.report.reading import opensim_in
from tests.skeletons import LEFT, cycles, film, squat


@pytest.fixture
def track() -> PoseTrack:
    return film(lambda depth: squat(depth, camera=LEFT), cycles(0.0, 1.0, count=2, fps=20), fps=20)


def test_angles_are_those_that_were_commanded(track: PoseTrack) -> None:
    told = angles(track, load_exercise("squat"))
    assert np.nanmin(told["knee_flexion_l"]) == pytest.approx(0, abs=1e-3)
    assert np.nanmax(told["hip_extension_l"]) == pytest.approx(180, abs=1e-3)
    assert np.isnan(told["knee_flexion_r"]).all(), "the far leg is hidden"


def test_from_a_view_that_hides_an_angle_there_is_none(track: PoseTrack) -> None:
    from tests.skeletons import FRONT

    seen = film(lambda depth: squat(depth, camera=FRONT), cycles(0.0, 1.0, count=1, fps=20), fps=20)
    assert np.isnan(angles(seen, load_exercise("squat"))["knee_flexion_l"]).all()


def test_opensim_reads_it(track: PoseTrack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opensim = opensim_in(tmp_path, monkeypatch)
    xy = track.xy.copy()
    xy[10:15] = np.nan  # nobody believed for a quarter of a second
    broken = dataclasses.replace(track, xy=xy)
    path = tmp_path / "set.mot"
    path.write_text(render_mot(broken, load_exercise("squat"), "Satz 1.mp4"))
    table = opensim.TimeSeriesTable(str(path))
    assert table.getTableMetaDataString("inDegrees") == "yes"
    column = table.getDependentColumn("knee_flexion_l").to_numpy()
    true = angles(broken, load_exercise("squat"))["knee_flexion_l"]
    assert np.allclose(column, true[np.isfinite(true)], atol=1e-4)
    motion = opensim.Storage(str(path))
    assert motion.isInDegrees()
    assert motion.getSize() == table.getNumRows() == len(track) - 5


def test_opensim_reads_a_real_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opensim = opensim_in(tmp_path, monkeypatch)
    found = repair_track(PoseTrack.load(SAMPLES / "library" / "standing_leg_lift_faulty_1.npz"))
    path = tmp_path / "set.mot"
    path.write_text(render_mot(found, load_exercise("standing_leg_lift")))
    assert opensim.Storage(str(path)).getSize() > 0.5 * len(found)


def test_who_walks_in_and_away_has_no_rows(track: PoseTrack) -> None:
    from tests.skeletons import FRONT

    walks = [dataclasses.replace(f, t=f.t) for f in track][:30]
    faced = film(lambda depth: squat(depth, camera=FRONT), cycles(0.0, 1.0, count=1, fps=20), fps=20)
    whole = PoseTrack.of([*walks, *(dataclasses.replace(f, t=f.t + 2.0) for f in faced)])
    assert "knee_flexion_l" in render_mot(whole, load_exercise("squat"))
    with pytest.raises(CoachError):  # who walked in showed angles, who exercised none
        render_mot(whole, load_exercise("squat"), between=(2.0, 99.0))
    during = render_mot(track, load_exercise("squat"), between=(0.5, 1.5))
    rows = [float(line.split("\t")[0]) for line in during.splitlines()[7:]]
    assert rows and all(0.5 <= t <= 1.5 for t in rows)


@pytest.mark.parametrize("film", ["step_up_clean", "step_up_faulty_1", "step_up_faulty_2"])
def test_a_column_of_the_hidden_leg_costs_no_end_range(film: str) -> None:
    path = SAMPLES / "library" / f"{film}.npz"
    result, track = analyse(path, "step_up").result, repair_track(PoseTrack.load(path))
    span = result.reps[0].start_s, result.reps[-1].end_s
    lines = render_mot(track, load_exercise("step_up"), film, span, result.reps).splitlines()
    assert "knee_flexion_l" in lines[6].split("\t")
    rows = np.array([float(line.split("\t")[0]) for line in lines[7:]])
    for rep in result.reps:
        assert np.abs(rows - rep.peak_s).min() < 0.05, "the top is told"
        during = (rep.start_s <= track.t) & (track.t <= rep.end_s)
        assert ((rep.start_s <= rows) & (rows <= rep.end_s)).sum() >= 0.9 * during.sum()


def test_the_exercises_own_angle_comes_before_others_and_these_cost_moments_alone() -> None:
    def seen(*hidden: int) -> np.ndarray:
        return np.array([np.nan if i in hidden else 1.0 for i in range(100)])

    told = {
        "best": seen(),
        "hides_an_end": seen(50, 51),
        "moments": seen(3, 60),
        "own": seen(*range(0, 30)),
        "much_of_one": seen(*range(80, 90)),
        "seldom": seen(*range(40, 95)),
    }
    whole = [(np.arange(100) >= first) & (np.arange(100) < first + 50) for first in (0, 50)]
    ends = [np.isin(np.arange(100), (50, 51))]
    found, rows = without_gaps(told, np.ones(100, bool), 0, ("own",), whole, ends)
    assert set(found) == {"best", "moments", "own"}
    assert rows.sum() == 69


def test_nobody_gives_no_file_and_a_sentence() -> None:
    with pytest.raises(CoachError, match=r"No angle of 'Satz 1\.mp4' was seen for long enough"):
        render_mot(PoseTrack.of([]), load_exercise("squat"), "Satz 1.mp4")


@given(
    arrays(np.float64, (4, 12), elements=some.one_of(some.just(float("nan")), some.floats(-180, 180))),
    arrays(np.bool_, 12),
)
def test_there_are_no_gaps_and_nothing_is_filled_in(values: np.ndarray, kept: np.ndarray) -> None:
    told = {f"a{n}": row for n, row in enumerate(values)}
    found, rows = without_gaps(told, kept)
    assert not (rows & ~kept).any()
    assert all(np.isfinite(value[rows]).all() for value in found.values())
    best = max(int((kept & np.isfinite(row)).sum()) for row in values)
    assert rows.sum() >= SEEN_TOGETHER * best
    assert bool(found) == (best > 0)
