"""TRC: markers for OpenSim, read back by OpenSim itself."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from coach.pose import INDEX, NAMES, PoseTrack, repair_track
from coach.report.trc import file_name, markers, rate_of, render_trc
from tests.conftest import SAMPLES
from tests.report.reading import opensim_in
from tests.skeletons import LEFT, cycles, film, squat


@pytest.fixture
def track() -> PoseTrack:
    """Two squats; in frame 3 the nose and at last everything is not believed."""
    made = film(lambda depth: squat(depth, camera=LEFT), cycles(0.0, 1.0, count=2, fps=20), fps=20)
    xy = made.xy.copy()
    xy[3, INDEX["nose"]] = np.nan
    xy[-1] = np.nan
    return dataclasses.replace(made, xy=xy)


def test_up_is_up(track: PoseTrack) -> None:
    _, places = markers(track)
    assert places[0, INDEX["nose"], 1] > places[0, INDEX["left_ankle"], 1]
    assert np.allclose(places[0, INDEX["left_knee"]], track.world[0, INDEX["left_knee"]] * [1, -1, -1])


def test_the_axes_are_right_handed(track: PoseTrack) -> None:
    """Turning the axes of the picture about X, by half a turn: no mirror."""
    from coach.report.trc import AXES

    assert np.prod(AXES) == 1


def test_time_that_stands_still_is_left_out(track: PoseTrack) -> None:
    t = track.t.copy()
    t[5] = t[4]
    kept, places = markers(dataclasses.replace(track, t=t))
    assert len(kept) == len(places) == len(track) - 1
    assert (np.diff(kept) > 0).all()


def test_an_empty_track_is_a_file_without_frames() -> None:
    text = render_trc(PoseTrack.of([]))
    assert len(text.splitlines()) == 6
    assert rate_of(np.zeros(1)) == 1


def test_the_name_inside_is_plain() -> None:
    assert file_name("مرحبا x\t.mp4") == "______x_.mp4"


def test_opensim_reads_it(track: PoseTrack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opensim = opensim_in(tmp_path, monkeypatch)
    path = tmp_path / "set.trc"
    path.write_text(render_trc(track, "Satz 1.mp4"))
    table = opensim.TimeSeriesTableVec3(str(path))
    assert tuple(table.getColumnLabels()) == NAMES
    assert table.getNumRows() == len(track)
    assert table.getTableMetaDataString("Units") == "m"
    assert float(table.getTableMetaDataString("DataRate")) == 20
    t, places = markers(track)
    assert np.allclose(table.getIndependentColumn(), t, atol=1e-6)
    read = np.array([[list(row[m].to_numpy()) for m in range(len(NAMES))] for row in rows_of(table)])
    assert np.allclose(read, places, atol=1e-6, equal_nan=True)
    assert np.isnan(read[3, INDEX["nose"]]).all() and np.isnan(read[-1]).all()


def test_opensim_reads_a_real_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opensim = opensim_in(tmp_path, monkeypatch)
    found = repair_track(PoseTrack.load(SAMPLES / "library" / "step_up_wrong_view.npz"))
    path = tmp_path / "set.trc"
    path.write_text(render_trc(found))
    data = opensim.MarkerData(str(path))
    assert (data.getNumMarkers(), data.getNumFrames()) == (len(NAMES), len(markers(found)[0]))


def rows_of(table: object) -> list[object]:
    return [table.getRowAtIndex(n) for n in range(table.getNumRows())]  # type: ignore[attr-defined]
