"""Which exercise is this: what every exercise saw, and which of them is believed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from coach.judge import FoundSet, Recogniser, load_exercise
from coach.judge.claims import Claim, claims_of
from coach.judge.exercise import Exercise
from coach.judge.recognise import doubted, likeness_to_any, sets_of
from coach.judge.results import HeldPose, SetResult
from coach.judge.runs import best_explanation
from coach.judge.workout_results import rests_between
from coach.pose import PoseFrame, PoseTrack
from tests.judge.films import bridges, hikes, pigeons, squats
from tests.skeletons import film, side_lying, standing, supine

NAMES = ("bridge", "hip_hiker", "pelvic_tilt", "pigeon", "squat")
LIBRARY = {name: load_exercise(name) for name in NAMES}


def recognised(frames: Iterable[PoseFrame]) -> list[FoundSet]:
    recogniser = Recogniser(list(LIBRARY.values()))
    for frame in frames:
        recogniser.step(frame)
    return recogniser.finish()


def cut_together(*tracks: PoseTrack, pause_s: float = 0.0) -> tuple[list[PoseFrame], list[float]]:
    """Films with a cut between, and when each begins; nobody is seen in the pauses."""
    frames: list[PoseFrame] = []
    starts = []
    for track in tracks:
        start_s = frames[-1].t + 0.1 if frames else 0.0
        starts.append(start_s)
        for i, frame in enumerate(track):
            frames.append(replace(frame, t=start_s + frame.t, cut=i == 0 and start_s > 0))
        end_s = frames[-1].t
        frames += [PoseFrame.empty(end_s + i / 10, track.size) for i in range(1, round(10 * pause_s) + 1)]
    return frames, starts


def reps(
    exercise: str, *starts: float, counted: bool = True, seconds: float = 3.0, view: str = "side"
) -> list[Claim]:
    """Repetitions that begin at some times."""
    worth = 1.0 if counted else 0.2
    return [Claim(exercise, s, s + seconds, "both", counted, worth, view) for s in starts]


def held(
    exercise: str, start_s: float, end_s: float, *pauses: tuple[float, float], counted: bool = False
) -> list[Claim]:
    seconds = end_s - start_s - sum(b - a for a, b in pauses)
    pose = HeldPose(start_s=start_s, end_s=end_s, side="left", held_s=seconds, counted=counted, pauses=pauses)
    result = SetResult(exercise=exercise, name="", duration_s=0, counted=0, attempts=1, holds=(pose,))
    return list(claims_of(LIBRARY[exercise], result))


def found(*claims: list[Claim], lying: Sequence[tuple[float, float]] = ()) -> list[FoundSet]:
    return sets_of(sorted((c for some in claims for c in some), key=lambda c: c.start_s), LIBRARY, lying)


# --- whole films ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("track", "exercise", "sides"),
    [
        (squats(3), "squat", ("both",)),
        (bridges(2), "bridge", ("both",)),
        (hikes(3, side="left"), "hip_hiker", ("left",)),
        (pigeons(14.0), "pigeon", ("right",)),
    ],
    ids=NAMES[:1] + NAMES[1:2] + NAMES[3:],
)
def test_a_film_of_one_exercise_is_named(track: PoseTrack, exercise: str, sides: tuple[str, ...]) -> None:
    (one,) = recognised(track)
    assert (one.exercise, one.sides, one.confidence) == (exercise, sides, "sure")
    assert one.candidates == ()


@pytest.mark.parametrize("make", [standing, supine, side_lying])
def test_who_keeps_still_does_nothing(make) -> None:  # type: ignore[no-untyped-def]
    assert all(one.confidence == "not_sure" for one in recognised(film(lambda _: make(), range(240), 12)))


def test_a_workout_is_told_set_by_set() -> None:
    frames, starts = cut_together(squats(3), bridges(3), hikes(3), squats(2), pause_s=4.0)
    sets = recognised(frames)
    assert [one.exercise for one in sets] == ["squat", "bridge", "hip_hiker", "squat"]
    for one, start_s in zip(sets, starts, strict=True):
        assert 0 <= one.start_s - start_s < 3
    rests = rests_between(sets)
    assert [rest.start_s for rest in rests] == [one.end_s for one in sets[:-1]]
    assert all(rest.end_s - rest.start_s > 4 for rest in rests)


def test_sets_that_follow_at_once_are_told_apart() -> None:
    sets = found(
        reps("squat", 0, 4, 8),
        reps("bridge", 13, 17, 21),
        reps("hip_hiker", 26, 30, 34),
        reps("squat", 39, 43),
    )
    assert [one.exercise for one in sets] == ["squat", "bridge", "hip_hiker", "squat"]
    assert [one.start_s for one in sets] == [0, 13, 26, 39]


def test_half_a_movement_on_the_way_to_the_floor_is_not_in_the_set() -> None:
    (one,) = found(reps("squat", 10, 14, 18), reps("squat", 5, 24, counted=False, seconds=1.0))
    assert (one.start_s, one.end_s) == (10, 21)


def test_an_attempt_that_follows_as_soon_as_the_others_is_in_the_set() -> None:
    (one,) = found(reps("squat", 10, 14, 18), reps("squat", 6.5, 22, counted=False))
    assert (one.start_s, one.end_s) == (6.5, 25)


@pytest.mark.parametrize(
    ("before", "after", "seconds", "kept"),
    [
        ((), (23.5, 29), 3.0, (10, 32)),  # who tires takes longer pauses
        ((-1, 4.5), (), 3.0, (-1, 21)),
        ((), (23.5,), 3.0, (10, 21)),  # a single one may be the way to the floor
        ((), (23.5, 27), 1.0, (10, 21)),  # much shorter than a repetition
        ((), (25, 32), 3.0, (10, 21)),  # a pause longer than any repetition
    ],
)
def test_several_attempts_beside_a_set_are_in_it(
    before: tuple[float, ...], after: tuple[float, ...], seconds: float, kept: tuple[float, float]
) -> None:
    attempts = reps("squat", *before, *after, counted=False, seconds=seconds)
    (one,) = [each for each in found(reps("squat", 10, 14, 18, seconds=3.0), attempts) if each.exercise]
    assert (one.start_s, one.end_s) == kept


def test_the_frame_rate_changes_nothing() -> None:
    sets = [recognised(squats(3, fps=fps))[0] for fps in (10, 30, 60)]
    assert {one.exercise for one in sets} == {"squat"}
    assert max(one.start_s for one in sets) - min(one.start_s for one in sets) < 0.5


def test_a_cut_that_falls_between_two_looks_is_not_lost() -> None:
    recogniser = Recogniser([LIBRARY["squat"]])
    frames = list(squats(1, fps=60))
    frames[1] = replace(frames[1], cut=True)
    for frame in frames[:9]:
        recogniser.step(frame)
    assert recogniser._cut is False


# --- who is believed --------------------------------------------------------------------------------


def test_a_long_pause_ends_a_set_and_a_short_one_does_not() -> None:
    assert len(found(reps("squat", 0, 4, 20, 24))) == 1
    assert len(found(reps("squat", 0, 4, 30, 34))) == 2


def test_another_view_is_another_set() -> None:
    sets = found(reps("squat", 0, 4), reps("squat", 10, 14, view="front"))
    assert [(one.start_s, one.end_s) for one in sets] == [(0, 7), (10, 17)]


def test_more_repetitions_in_the_same_time_are_believed() -> None:
    """As a bridge that is held while somebody marches in it."""
    one_long = reps("bridge", 0, seconds=20)
    many = reps("hip_hiker", 2, 5, 8, 11, 14, seconds=2)
    (one,) = found(one_long, many)
    assert one.exercise == "hip_hiker"


def test_about_equal_is_not_sure_and_names_both() -> None:
    (one,) = found(reps("squat", 0, 4, 8), reps("hip_hiker", 0.2, 4.2, 8.2))
    assert (one.exercise, one.why) == (None, doubted("alike"))
    assert set(one.candidates) == {"squat", "hip_hiker"}


def test_attempts_alone_are_not_sure() -> None:
    (one,) = found(reps("squat", 0, 4, 8, counted=False), reps("hip_hiker", 0, 4, counted=False))
    assert (one.confidence, one.candidates, one.why) == (
        "not_sure",
        ("squat", "hip_hiker"),
        doubted("uncounted"),
    )


def test_a_single_attempt_is_nothing() -> None:
    assert found(reps("squat", 3, counted=False)) == []


def test_attempts_of_the_same_exercise_belong_to_the_set() -> None:
    (one,) = found(reps("squat", 4, 8), reps("squat", 0, 12, counted=False))
    assert (one.start_s, one.end_s) == (0, 15)


def test_a_single_repetition_is_a_set_when_there_is_nothing_else() -> None:
    assert [one.exercise for one in found(reps("squat", 3))] == ["squat"]


def test_a_single_repetition_beside_a_set_is_something_picked_up() -> None:
    sets = found(reps("squat", 0), reps("bridge", 10, 15, 20))
    assert [one.exercise for one in sets] == ["bridge"]


@pytest.mark.parametrize(
    ("exercise", "at_s", "ends_s"), [("bridge", 48, 51), ("bridge", 75, 11), ("squat", 48, 11)]
)
def test_a_lone_repetition_long_after_a_set_belongs_to_it_on_the_floor(
    exercise: str, at_s: float, ends_s: float
) -> None:
    """Who stands may pick something up."""
    (one,) = found(reps(exercise, 0, 4, 8), reps(exercise, at_s))
    assert (one.start_s, one.end_s) == (0, ends_s)


def test_what_was_done_after_something_else_is_no_part_of_the_set() -> None:
    again = [replace(claim, watch=1) for claim in reps("bridge", 48)]
    (one,) = found(reps("bridge", 0, 4, 8), again)
    assert one.end_s == 11


def test_repetitions_with_long_rests_between_are_one_set_on_the_floor() -> None:
    (one,) = found(reps("bridge", 0, 25, 50, 75))
    assert (one.exercise, one.start_s, one.end_s) == ("bridge", 0, 78)


@pytest.mark.parametrize(("seconds", "told"), [(45.0, ["squat", "bridge"]), (5.0, ["squat"])])
def test_one_long_hold_on_the_floor_is_a_set_beside_others(seconds: float, told: list[str]) -> None:
    sets = found(reps("squat", 0, 4, 8), reps("bridge", 30, seconds=seconds))
    assert [one.exercise for one in sets] == told


def test_who_tried_another_exercise_twice_as_often_may_have_meant_that() -> None:
    """Four bridges that are too low; one of them went as far as a roll of the hips does."""
    tried = reps("bridge", 0, 8, 16, 24, counted=False)
    (one,) = found(tried, reps("hip_hiker", 16))
    assert (one.exercise, one.why, one.candidates) == (None, doubted("alike"), ("hip_hiker", "bridge"))
    (sure,) = found(tried, reps("hip_hiker", 0, 8, 16))
    assert sure.exercise == "hip_hiker"


def test_attempts_of_its_own_are_movements_too() -> None:
    """Two deadlifts of four that went far enough for a hinge are no squats."""
    (one,) = found(
        reps("hip_hiker", 0, 8),
        reps("hip_hiker", 4, 12, counted=False),
        reps("squat", 0, 4, 8, 12, counted=False),
    )
    assert one.exercise == "hip_hiker"


def test_both_sides_at_once_are_not_one_leg_at_a_time() -> None:
    """Half squats, in which each leg looks as if it stepped up."""
    left, right = (
        [replace(claim, side=side) for claim in reps("hip_hiker", *starts)]
        for side, starts in (("left", (0, 5)), ("right", (0.3, 5.2)))
    )
    (one,) = found(left, right, reps("squat", 0, 5, counted=False))
    assert (one.exercise, one.why, one.candidates) == (None, doubted("alike"), ("hip_hiker", "squat"))
    (sure,) = found(
        left, [replace(claim, start_s=claim.start_s + 10, end_s=claim.end_s + 10) for claim in right]
    )
    assert (sure.exercise, sure.sides) == ("hip_hiker", ("left", "right"))


def test_a_lone_repetition_amid_a_set_does_not_break_it() -> None:
    (one,) = found(reps("bridge", 0, 5, 20, 25), reps("squat", 11))
    assert (one.exercise, one.start_s, one.end_s) == ("bridge", 0, 28)


def test_nobody_changes_exercise_within_a_breath() -> None:
    """Two false repetitions on both sides of a true one do not take it away."""
    (one,) = found(reps("squat", 0, 5, 10), reps("hip_hiker", 8.9, 11.8, seconds=1.9))
    assert (one.exercise, one.end_s) == ("squat", 13)


def test_a_hold_that_lasted_is_that_hold_whatever_its_dose() -> None:
    (one,) = found(held("pigeon", 0, 9))
    assert (one.exercise, one.sides) == ("pigeon", ("left",))
    assert found(held("pigeon", 0, 4))[0].why == doubted("uncounted")


def test_of_two_poses_the_one_held_for_longer_may_be_the_looser_one() -> None:
    (one,) = found(held("pigeon", 5, 17), [replace(c, exercise="squat") for c in held("pigeon", 0, 30)])
    assert (one.exercise, one.why) == (None, doubted("alike"))


def test_one_repetition_as_long_as_a_hold_is_the_way_into_it() -> None:
    (one,) = found(held("pigeon", 3, 15), reps("squat", 1, seconds=15))
    assert one.exercise == "pigeon"


def test_the_way_into_a_pose_and_out_of_it_is_no_repetition() -> None:
    (one,) = found(
        reps("squat", 1, counted=False), reps("squat", 8, seconds=14), held("pigeon", 10, 20, counted=True)
    )
    assert (one.exercise, one.start_s) == ("pigeon", 10)


def test_one_repetition_at_whose_end_somebody_stays_may_be_a_pose() -> None:
    """A runner's lunge that is held, and of which the middle was not seen, looks like one lunge."""
    for exercise, seconds, sure in (("squat", 13.0, False), ("squat", 4.0, True), ("bridge", 13.0, True)):
        (one,) = sets_of(reps(exercise, 2.0, seconds=seconds), LIBRARY)
        assert (one.exercise == exercise, one.why == doubted("only_one")) == (sure, not sure)
    (many,) = sets_of(reps("squat", 2.0, 16.0, seconds=13.0), LIBRARY)
    assert many.exercise == "squat"


def test_a_lone_squat_on_the_way_up_from_the_floor_is_not_sure() -> None:
    for lying in ([(0.0, 6.0)], [(16.0, 30.0)]):
        (one,) = found(reps("squat", 10), lying=lying)
        assert (one.exercise, one.why) == (None, doubted("only_one"))
    for somewhere in ([], [(0.0, 6.0), (40.0, 50.0)]):
        (one,) = found(reps("squat", 20), lying=somewhere)
        assert one.exercise == "squat"
    (several,) = found(reps("squat", 10, 14), lying=[(0.0, 6.0)])
    (on_the_back,) = found(reps("bridge", 10), lying=[(0.0, 30.0)])
    assert (several.exercise, on_the_back.exercise) == ("squat", "bridge")


def test_who_is_seen_to_lie_lay_there() -> None:
    recogniser = Recogniser([LIBRARY["squat"]])
    for frame in cut_together(squats(1), film(lambda _: supine(), range(36), 12))[0]:
        recogniser.step(frame)
    ((down_s, up_s),) = recogniser._lying
    assert up_s - down_s == pytest.approx(3.0, abs=0.2)


def test_repetitions_in_a_pose_that_was_held_are_not_sure() -> None:
    (one,) = found(held("pigeon", 3, 10), reps("squat", 2, 7, seconds=4.5))
    assert set(one.candidates) == {"squat", "pigeon"}


def test_what_was_done_in_the_pauses_of_a_hold_counts() -> None:
    """Lying between the bridges looks like a pelvic tilt."""
    sets = found(held("pelvic_tilt", 0, 60, (4, 20), (30, 46)), reps("bridge", 5, 12, 31, 38))
    assert [one.exercise for one in sets] == ["bridge"]


def test_what_is_not_judged_is_never_sure() -> None:
    (one,) = found(held("pelvic_tilt", 0, 85, counted=True))
    assert (one.exercise, one.candidates, one.why) == (None, ("pelvic_tilt",), doubted("not_judged"))


def test_unsure_stretches_side_by_side_are_one() -> None:
    (one,) = found(reps("squat", 0, 4, 8, counted=False), reps("hip_hiker", 25, 29, 33, counted=False))
    assert one.candidates == ("squat", "hip_hiker")
    assert (one.start_s, one.end_s) == (0, 36)


def test_nothing_claimed_is_nothing() -> None:
    assert best_explanation([]) == []
    assert found([]) == []


def test_somebody_on_the_floor_is_likelier_than_a_bystander() -> None:
    likeness = likeness_to_any(list(LIBRARY.values()))
    assert likeness(supine()) > likeness(standing()) > likeness(PoseFrame.empty(0.0, (640, 480)))


# --- copies -----------------------------------------------------------------------------------------

MINE = LIBRARY["bridge"].model_copy(update={"id": "my_bridge", "like": "bridge"})


def found_with(*copies: Exercise, claims: Iterable[Claim]) -> list[FoundSet]:
    return sets_of(sorted(claims, key=lambda c: c.start_s), LIBRARY | {own.id: own for own in copies})


def test_a_film_of_an_exercise_that_somebody_copied_is_named_as_the_copy() -> None:
    recogniser = Recogniser([*LIBRARY.values(), MINE])
    for frame in bridges(2):
        recogniser.step(frame)
    (one,) = recogniser.finish()
    assert (one.exercise, one.confidence, one.candidates) == ("my_bridge", "sure", ())


def test_a_copy_that_fits_nearly_as_well_is_preferred() -> None:
    near = [*reps("my_bridge", 0, 4, 8), *reps("my_bridge", 12, counted=False)]
    (one,) = found_with(MINE, claims=[*reps("bridge", 0, 4, 8, 12), *near])
    assert (one.exercise, one.confidence) == ("my_bridge", "sure")


def test_a_copy_that_does_not_fit_leaves_the_exercise_its_name() -> None:
    far = reps("my_bridge", 0, 4, 8, 12, counted=False)
    (one,) = found_with(MINE, claims=[*reps("bridge", 0, 4, 8, 12), *far])
    assert (one.exercise, one.confidence) == ("bridge", "sure")


def test_of_two_copies_nobody_knows_which() -> None:
    other = MINE.model_copy(update={"id": "other_bridge"})
    claims = [claim for name in ("bridge", "my_bridge", "other_bridge") for claim in reps(name, 0, 4, 8)]
    (one,) = found_with(MINE, other, claims=claims)
    assert one.exercise is None and set(one.candidates) == {"my_bridge", "other_bridge"}


def test_a_copy_is_no_less_doubtful_beside_another_exercise() -> None:
    claims = [claim for name in ("bridge", "my_bridge", "squat") for claim in reps(name, 0, 4, 8)]
    (one,) = found_with(MINE, claims=claims)
    assert one.exercise is None and set(one.candidates) == {"my_bridge", "squat"}


def test_a_copy_of_a_pose_is_named_where_it_was_held_as_long() -> None:
    mine = LIBRARY["pigeon"].model_copy(update={"id": "my_pigeon", "like": "pigeon"})
    long = [replace(claim, exercise="my_pigeon") for claim in held("pigeon", 0, 30)]
    (one,) = found_with(mine, claims=[*held("pigeon", 0, 30), *long])
    assert (one.exercise, one.confidence) == ("my_pigeon", "sure")
    short = [replace(claim, exercise="my_pigeon") for claim in held("pigeon", 0, 6)]
    (one,) = found_with(mine, claims=[*held("pigeon", 0, 30), *short])
    assert one.exercise is None and set(one.candidates) == {"my_pigeon", "pigeon"}
