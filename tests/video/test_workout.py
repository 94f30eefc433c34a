"""A whole workout from a saved track: the sets are found, named, and judged each by its own exercise."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError, TrackError
from coach.judge import FoundSet, load_exercise
from coach.judge.recognise import doubted
from coach.pose import PoseTrack
from coach.video import analyse, analyse_workout
from coach.video.workout import LEAD_IN_S, LEAD_OUT_S, Workout, windows
from tests.judge.films import bridges, squats

LIBRARY = [load_exercise(name) for name in ("bridge", "pelvic_tilt", "squat")]


def joined(*tracks: PoseTrack) -> PoseTrack:
    """One after the other, with a cut between."""
    starts = np.cumsum([0.0] + [float(t.t[-1] - t.t[0]) + 0.1 for t in tracks[:-1]])
    t = np.concatenate([track.t + start for track, start in zip(tracks, starts, strict=True)])
    xy, visibility, world = (
        np.concatenate([getattr(t, n) for t in tracks]) for n in ("xy", "visibility", "world")
    )
    return PoseTrack(t, xy, visibility, world, tracks[0].size, centred=tracks[0].centred)


@pytest.fixture(scope="module")
def workout(tmp_path_factory: pytest.TempPathFactory) -> Workout:
    path = tmp_path_factory.mktemp("workout") / "workout.npz"
    joined(squats(3), bridges(2)).save(path)
    return analyse_workout(path, exercises=LIBRARY)


def test_each_set_is_judged_by_its_exercise(workout: Workout) -> None:
    sets = workout.result.sets
    assert [(one.exercise, one.name) for one in sets] == [("squat", "Squat"), ("bridge", "Bridge")]
    assert [one.result.counted for one in sets if one.result] == [3, 2]
    assert [a.exercise.id for a in workout.analyses if a] == ["squat", "bridge"]
    assert workout.result.rests[0].start_s == sets[0].end_s


def test_a_set_is_judged_as_it_is_alone(workout: Workout, tmp_path: Path) -> None:
    squats(3).save(tmp_path / "squats.npz")
    alone = analyse(tmp_path / "squats.npz", "squat").result
    assert workout.result.sets[0].result is not None
    assert workout.result.sets[0].result.reps == alone.reps


def test_times_are_those_of_the_recording(workout: Workout) -> None:
    squat, bridge = workout.result.sets
    assert bridge.start_s > squat.end_s
    for one in (squat, bridge):
        assert one.result is not None
        assert (one.start_s, one.end_s) == (one.result.reps[0].start_s, one.result.reps[-1].end_s)
    curve = workout.analyses[1].curve if workout.analyses[1] else None
    assert curve is not None and curve.t[0] > squat.end_s


def test_the_result_is_the_same_as_json(workout: Workout) -> None:
    again = type(workout.result).model_validate_json(workout.result.model_dump_json())
    assert again == workout.result


def test_nothing_that_counts_when_it_is_judged_is_not_sure(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Who looked at fewer frames was too generous."""
    claimed = FoundSet(
        exercise="bridge", name="Bridge", sides=("both",), start_s=0, end_s=5, confidence="sure"
    )
    monkeypatch.setattr("coach.judge.recognise.sets_of", lambda *_: [claimed])
    squats(2).save(tmp_path / "squats.npz")
    workout = analyse_workout(tmp_path / "squats.npz", exercises=LIBRARY)
    (one,) = workout.result.sets
    assert (one.exercise, one.candidates, one.why, one.result) == (
        None,
        ("bridge",),
        doubted("uncounted"),
        None,
    )
    assert workout.analyses == (None,)


def test_the_model_that_saw_a_track_is_told(tmp_path: Path) -> None:
    replace(squats(2), model="lite").save(tmp_path / "lite.npz")
    workout = analyse_workout(tmp_path / "lite.npz", exercises=LIBRARY)
    assert workout.result.versions["model"] == "lite"
    assert [a.result.model for a in workout.analyses if a] == ["lite"]


def test_an_empty_track_has_no_sets(tmp_path: Path) -> None:
    replace(PoseTrack.of([]), size=(640, 480)).save(tmp_path / "none.npz")
    workout = analyse_workout(tmp_path / "none.npz", exercises=LIBRARY)
    assert (workout.result.sets, workout.result.duration_s, workout.analyses) == ((), 0.0, ())


def test_bad_input_is_refused_with_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="no file"):
        analyse_workout(tmp_path / "none.npz")
    with pytest.raises(CoachError):
        analyse_workout(tmp_path / "none.mp4")


def test_progress_ends_with_the_whole_and_the_track_is_kept(tmp_path: Path) -> None:
    squats(1).save(tmp_path / "squat.npz")
    told: list[tuple[float, float]] = []
    analyse_workout(
        tmp_path / "squat.npz",
        exercises=LIBRARY,
        track=tmp_path / "again.npz",
        on_progress=lambda done_s, total_s: told.append((done_s, total_s)),
    )
    assert told[-1][0] == pytest.approx(told[-1][1])
    assert len(PoseTrack.load(tmp_path / "again.npz")) == len(squats(1))


def test_a_set_is_watched_a_little_around_it_and_not_into_its_neighbours() -> None:
    def at(start_s: float, end_s: float) -> FoundSet:
        return FoundSet(
            exercise="squat", name="Squat", sides=("both",), start_s=start_s, end_s=end_s, confidence="sure"
        )

    assert list(windows([at(10, 20), at(21, 30), at(60, 70)])) == [
        (10 - LEAD_IN_S, 21, 21),
        (20, 30 + LEAD_OUT_S, 60),
        (60 - LEAD_IN_S, 70 + LEAD_OUT_S, float("inf")),
    ]


def claimed_squat(start_s: float, end_s: float, exercise: str | None = "squat") -> FoundSet:
    return FoundSet(
        exercise=exercise,
        name="Squat",
        sides=("both",),
        start_s=start_s,
        end_s=end_s,
        confidence="sure" if exercise else "not_sure",
    )


@pytest.mark.parametrize("lead_out_s", [0.5, 1.5, LEAD_OUT_S])
def test_a_movement_under_way_is_watched_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lead_out_s: float
) -> None:
    path = tmp_path / "squats.npz"
    squats(4).save(path)
    alone = analyse(path, "squat").result.reps
    claimed = claimed_squat(1.0, alone[2].start_s + lead_out_s - LEAD_OUT_S)
    monkeypatch.setattr("coach.judge.recognise.sets_of", lambda *_: [claimed])
    (one,) = analyse_workout(path, exercises=LIBRARY).result.sets
    assert one.result is not None and one.result.reps == alone[:3]


def test_what_the_neighbour_cuts_off_is_not_told_as_unfinished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "squats.npz"
    squats(3).save(path)
    alone = analyse(path, "squat").result.reps
    claimed = [claimed_squat(1.0, alone[1].end_s), claimed_squat(alone[2].peak_s, 12.0, None)]
    monkeypatch.setattr("coach.judge.recognise.sets_of", lambda *_: claimed)
    one = analyse_workout(path, exercises=LIBRARY).result.sets[0]
    assert one.result is not None
    assert (one.result.reps, one.result.attempts, one.end_s) == (alone[:2], 2, alone[1].end_s)


def test_what_the_end_of_the_recording_cuts_off_is_told(tmp_path: Path) -> None:
    alone = squats(3)
    alone.between(0, 10.8).save(tmp_path / "squats.npz")
    (one,) = analyse_workout(tmp_path / "squats.npz", exercises=LIBRARY).result.sets
    assert one.result is not None
    assert [rep.counted for rep in one.result.reps] == [True, True, False]
