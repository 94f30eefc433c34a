"""Recordings that begin, end or have a hole in the middle of a repetition."""

import pytest

from benchmarks.cuts import CUTS, Outcome, odd, table
from coach.pose import PoseTrack
from tests.judge.films import result_of, squats


def test_a_cut_shows_the_repetitions_that_it_leaves_whole() -> None:
    reps = result_of(squats(3, 12), "squat").reps
    shown = {name: cut.shows(reps) for name, cut in CUTS.items()}
    assert shown.pop("ends as the last one does") == 3
    assert set(shown.values()) == {2}


@pytest.mark.parametrize("name", CUTS)
def test_what_is_cut_off_is_not_in_the_track(name: str) -> None:
    whole = squats(3, 12)
    left = CUTS[name].of(whole, result_of(whole, "squat").reps)
    assert isinstance(left, PoseTrack)
    assert 0 < len(left) < len(whole)


@pytest.mark.parametrize("name", CUTS)
def test_squats_count_as_far_as_they_are_shown(name: str) -> None:
    whole = squats(3, 12)
    reps = result_of(whole, "squat").reps
    counted = result_of(CUTS[name].of(whole, reps), "squat").counted
    assert CUTS[name].shows(reps) <= counted <= (3 if CUTS[name].may_count else CUTS[name].shows(reps))


def test_what_is_missing_and_what_is_beyond_stand_in_the_tables() -> None:
    found = [
        Outcome("ends on the way back", "a", 3, 3, 4),
        Outcome("ends on the way back", "b", 2, 3, 4),
        Outcome("begins at the end range", "b", 4, 3, 3),
    ]
    assert [(one.missing, one.beyond) for one in found] == [(0, 0), (1, 0), (0, 1)]
    rows = {row.split("|")[1].strip(): row for row in table(found).splitlines()}
    assert "1 of 2" in rows["ends on the way back"]
    assert "0 of 1" in rows["begins at the end range"]
    assert "2 for 3 or 4" in odd(found)
    assert "4 for 3 " in odd(found)
