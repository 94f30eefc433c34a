"""The lock on one person, with a tracker and a scout that are played.

The played tracker does what the real one does: it keeps to whom it follows as long as it sees that person,
else it takes the first one that it sees; who is painted grey is not seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from coach.motion import Body, position_of
from coach.pose import PersonLock, PoseFrame, Sentry
from coach.pose.person import GREY, Candidate
from tests.skeletons import Camera, bridge, cycles, squat, standing, supine, zoomed

SIZE = (640, 360)
MAT = Camera(90, SIZE, floor_px=(250, 325), px_per_m=110)
FRONT_ROW = Camera(0, SIZE, floor_px=(500, 345), px_per_m=165)
CORNER = Camera(0, SIZE, floor_px=(60, 200), px_per_m=90)
FPS = 10

Scene = Callable[[float], Sequence[PoseFrame]]


def hips(frame: PoseFrame) -> tuple[int, int]:
    x, y = frame.xy[23:25].mean(axis=0)
    return round(float(x)), round(float(y))


HELPER = standing(camera=FRONT_ROW)
PATIENT = bridge(camera=MAT)


def helper(t: float) -> PoseFrame:
    return replace(HELPER, t=t)


def patient(t: float) -> PoseFrame:
    return replace(PATIENT, t=t)


def both(t: float) -> Sequence[PoseFrame]:
    """The helper first, as the bigger one is."""
    return [helper(t), patient(t)]


def lies(frame: PoseFrame) -> float:
    return float(position_of(Body.of(frame)) == "supine")


PICTURE = np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)
PICTURE.setflags(write=False)  # nobody may paint on the picture that was given


def is_on(frame: PoseFrame, person: PoseFrame) -> bool:
    return frame.found and bool(np.allclose(frame.xy, person.xy))


@dataclass
class PlayedTracker:
    scene: Scene
    follows: int | None = None
    stubborn: bool = False  # goes on with whom it follows, painted or not
    closed: int = 0
    images: list[Any] = field(default_factory=list)

    def estimate(self, image: Any, t: float) -> PoseFrame:
        self.images.append(image)
        people = self.scene(t)
        visible = [i for i, person in enumerate(people) if image[hips(person)[::-1]][0] != GREY]
        if not (self.stubborn and self.follows is not None) and self.follows not in visible:
            self.follows = visible[0] if visible else None
        if self.follows is None:
            return PoseFrame.empty(t, SIZE)
        return replace(people[self.follows], t=t)

    def close(self) -> None:
        self.closed += 1


@dataclass
class PlayedScout:
    scene: Scene
    looks: list[float] = field(default_factory=list)
    closed: int = 0

    def look(self, image: Any, t: float) -> list[PoseFrame]:
        if image is PICTURE:  # and not one in which somebody was painted over, to see who else is there
            self.looks.append(t)
        people = [replace(person, t=t) for person in self.scene(t) if image[hips(person)[::-1]][0] != GREY]
        return people[:: 1 if len(self.looks) % 2 else -1]  # in no order

    def close(self) -> None:
        self.closed += 1


@dataclass
class Play:
    """A lock over a scene, and what came out of it."""

    scene: Scene
    likeness: Callable[[PoseFrame], float] = lambda _: 0.0
    stubborn: bool = False

    def __post_init__(self) -> None:
        self.tracker = PlayedTracker(self.scene, stubborn=self.stubborn)
        self.scout = PlayedScout(self.scene)
        self.scouts_made = 0
        self.lock = PersonLock(self.tracker, Sentry(self._make_scout), self.likeness)

    def _make_scout(self) -> PlayedScout:
        self.scouts_made += 1
        return self.scout

    def run(self, seconds: float, start: float = 0.0) -> list[PoseFrame]:
        times = np.arange(round(start * FPS), round((start + seconds) * FPS)) / FPS
        return [self.lock.estimate(PICTURE, float(t)) for t in times]


# --- alone ------------------------------------------------------------------------------------------


def alone(t: float) -> Sequence[PoseFrame]:
    return [patient(t)]


def test_one_person_is_tracked_on_the_picture_as_it_is() -> None:
    play = Play(alone)
    frame = play.lock.estimate(PICTURE, 0.0)
    assert is_on(frame, patient(0.0))
    assert frame.others == 0
    assert play.tracker.images[0] is PICTURE


def test_alone_the_scout_looks_after_two_seconds_then_every_five() -> None:
    play = Play(alone)
    play.run(12.5)
    assert play.scout.looks == pytest.approx([0.0, 2.0, 7.0, 12.0])


def test_beside_who_stands_aside_alone_the_scout_goes_on_to_look_every_two_seconds() -> None:
    play = Play(lambda t: [helper(t)])
    play.run(8.5)
    assert play.scout.looks == [0.0, 2.0, 4.0, 6.0, 8.0]


def test_an_empty_room_gives_no_pose() -> None:
    assert not any(frame.found for frame in Play(lambda _: []).run(5.0))


# --- two people -------------------------------------------------------------------------------------


def test_the_one_on_the_mat_is_kept_and_not_the_helper_in_front() -> None:
    frames = Play(both, lies).run(6.0)
    assert all(is_on(frame, patient(0.0)) for frame in frames)
    assert {frame.others for frame in frames} == {1}


def test_in_company_the_scout_looks_more_often() -> None:
    play = Play(both, lies)
    play.run(3.0)
    assert np.diff(play.scout.looks) == pytest.approx(0.45, abs=0.06), "a frame is a tenth of a second"


@pytest.mark.parametrize("scene", [both, lambda t: both(t)[::-1]])
def test_when_nothing_speaks_for_either_the_first_one_is_kept(scene: Scene) -> None:
    play = Play(scene)
    first, *later = play.run(6.0)
    assert first.found
    assert all(is_on(frame, first) for frame in later)


def test_the_others_are_painted_grey_and_the_own_person_is_not() -> None:
    play = Play(both, lies)
    play.run(1.0)
    for image in play.tracker.images:
        x, y = hips(helper(0.0))
        assert (image[y, x] == GREY).all()
        x0, y0 = np.floor(patient(0.0).xy.min(axis=0)).astype(int)
        x1, y1 = np.ceil(patient(0.0).xy.max(axis=0)).astype(int)
        assert (image[y0:y1, x0:x1] == 200).all()


def test_where_two_overlap_the_own_person_is_kept_whole() -> None:
    beside = standing(camera=replace(FRONT_ROW, floor_px=(240, 340)))
    play = Play(lambda t: [beside, patient(t)], lies)
    play.tracker.follows = 1
    play.run(1.0)
    joints = patient(0.0).xy[11:].round().astype(int)
    for image in play.tracker.images:
        assert (image[joints[:, 1], joints[:, 0]] == 200).all()
        assert (image == GREY).any()


def test_a_tracker_that_stays_on_the_wrong_one_gives_no_pose() -> None:
    play = Play(both, lies, stubborn=True)
    play.tracker.follows = 0
    frames = play.run(5.0)
    assert not any(frame.found for frame in frames)
    assert {frame.others for frame in frames} == {1}


def test_nobody_else_is_returned_while_the_own_person_is_hidden_for_a_moment() -> None:
    """For two seconds neither tracker nor scout finds the one on the mat."""

    def scene(t: float) -> Sequence[PoseFrame]:
        return [helper(t)] if 2 <= t < 4 else [helper(t), patient(t)]

    play = Play(scene, lies)
    frames = play.run(8.0)
    assert not any(is_on(frame, helper(0.0)) for frame in frames)
    assert not any(frame.found for frame in frames[20:40])
    assert all(is_on(frame, patient(0.0)) for frame in [*frames[:20], *frames[40:]])


def test_three_people_leave_one() -> None:
    def scene(t: float) -> Sequence[PoseFrame]:
        return [helper(t), standing(camera=CORNER, t=t), patient(t)]

    frames = Play(scene, lies).run(5.0)
    assert all(is_on(frame, patient(0.0)) for frame in frames)
    assert {frame.others for frame in frames} == {2}


# --- overlooked by the scout --------------------------------------------------------------------------


@dataclass
class ShortSightedScout:
    """Sees the first one only who is not painted grey, as the real one does beside somebody upright."""

    scene: Scene
    pictures: list[Any] = field(default_factory=list)

    def look(self, image: Any, t: float) -> list[PoseFrame]:
        self.pictures.append(image)
        seen = [person for person in self.scene(t) if image[hips(person)[::-1]][0] != GREY]
        return [replace(person, t=t) for person in seen[:1]]

    def close(self) -> None: ...


def watched_by(scout: ShortSightedScout, seconds: float) -> list[PoseFrame]:
    lock = PersonLock(PlayedTracker(scout.scene), Sentry(lambda: scout, lies), lies)
    return [lock.estimate(PICTURE, i / FPS) for i in range(round(seconds * FPS))]


def test_who_lies_beside_somebody_upright_is_found_where_the_scout_sees_only_that_one() -> None:
    frames = watched_by(ShortSightedScout(both), 6.0)
    assert is_on(frames[0], helper(0.0))
    assert all(is_on(frame, patient(0.0)) and frame.others == 1 for frame in frames[5:])


def test_who_stands_beside_somebody_whom_the_scout_takes_for_two_is_found() -> None:
    middle = standing(camera=replace(CORNER, floor_px=(SIZE[0] // 2, 300)))

    class SeesOneTwice(ShortSightedScout):
        def look(self, image: Any, t: float) -> list[PoseFrame]:
            seen = super().look(image, t)
            return [*seen, *seen]

    scout = SeesOneTwice(lambda t: [helper(t), replace(middle, t=t)])
    like = Sentry(lambda: scout, lambda frame: 1.0)
    lock = PersonLock(PlayedTracker(scout.scene), like, lambda frame: 1.0)
    frames = [lock.estimate(PICTURE, i / FPS) for i in range(60)]
    assert is_on(frames[0], helper(0.0))
    assert all(is_on(frame, middle) and frame.others == 1 for frame in frames[25:])


def test_who_is_in_the_middle_is_found_beside_who_stands_aside_where_the_scout_sees_only_that_one() -> None:
    middle = standing(camera=replace(CORNER, floor_px=(SIZE[0] // 2, 300)))
    scout = ShortSightedScout(lambda t: [helper(t), replace(middle, t=t)])
    lock = PersonLock(PlayedTracker(scout.scene), Sentry(lambda: scout, lambda frame: 1.0), lambda frame: 1.0)
    frames = [lock.estimate(PICTURE, i / FPS) for i in range(60)]
    assert all(is_on(frame, middle) and frame.others == 1 for frame in frames[25:])


def test_what_is_found_beside_somebody_in_one_look_only_was_made_up() -> None:
    def scene(t: float) -> Sequence[PoseFrame]:
        return [helper(t), patient(t)] if t < 0.3 else [helper(t)]

    assert all(
        is_on(frame, helper(0.0)) and not frame.others for frame in watched_by(ShortSightedScout(scene), 6.0)
    )


def test_beside_who_exercises_nobody_is_looked_for() -> None:
    scout = ShortSightedScout(alone)
    watched_by(scout, 6.0)
    assert all(picture is PICTURE for picture in scout.pictures)


# --- coming, going and changing over ----------------------------------------------------------------


def test_somebody_who_lies_down_later_takes_over_from_the_helper() -> None:
    def scene(t: float) -> Sequence[PoseFrame]:
        return [helper(t)] if t < 1 else [helper(t), patient(t)]

    frames = Play(scene, lies).run(6.0)
    assert all(is_on(frame, helper(0.0)) for frame in frames[:20])
    assert all(is_on(frame, patient(0.0)) for frame in frames[20:])


def test_a_helper_who_walks_in_changes_nothing() -> None:
    def scene(t: float) -> Sequence[PoseFrame]:
        return [patient(t)] if t < 1 else [patient(t), helper(t)]

    assert all(is_on(frame, patient(0.0)) for frame in Play(scene).run(6.0))


def test_a_change_needs_three_looks_in_a_row() -> None:
    now = 0.0

    def likeness(frame: PoseFrame) -> float:
        wanted = helper if 1.0 < now < 2.0 or now > 4.0 else patient
        return float(np.allclose(frame.xy, wanted(0.0).xy))

    play = Play(both, likeness)
    kept = []
    for i in range(70):
        now = i / FPS
        kept.append(is_on(play.lock.estimate(PICTURE, now), patient(0.0)))
    assert all(kept[:40])  # two looks before 2 s do not count
    assert not any(kept[-10:])


def test_a_little_more_likeness_is_no_reason_to_change() -> None:
    beside = standing(
        camera=replace(FRONT_ROW, floor_px=(SIZE[0] - hips(PATIENT)[0] - 5, 345))
    )  # hardly nearer the middle: whom it begins with
    play = Play(lambda t: [replace(beside, t=t), patient(t)], lambda frame: 0.15 * lies(frame))
    assert all(is_on(frame, beside) for frame in play.run(5.0))


def test_of_two_who_stand_still_the_one_in_the_middle_is_watched() -> None:
    middle = standing(camera=replace(CORNER, floor_px=(SIZE[0] // 2, 300)))
    play = Play(lambda t: [helper(t), replace(middle, t=t)], lambda frame: 1.0)
    assert is_on(play.run(8.0)[-1], middle)


def test_who_goes_up_and_down_in_place_is_the_one_who_exercises() -> None:
    depths = cycles(0, 1, count=20, fps=FPS, rest_s=0.3, hold_s=0.3, move_s=1.0)

    def squatter(t: float) -> PoseFrame:
        return squat(float(depths[round(t * FPS)]), camera=CORNER, t=t)

    frames = Play(lambda t: [helper(t), squatter(t)]).run(8.0)
    assert is_on(frames[0], helper(0.0))
    assert all(is_on(frame, squatter(frame.t)) for frame in frames[-40:])


def test_who_steps_to_and_fro_is_no_reason_to_change_to_one_who_stands_still_beside() -> None:
    def stepper(t: float) -> PoseFrame:
        to_and_fro = 60 * abs((t / 2) % 2 - 1)
        return standing(camera=replace(CORNER, floor_px=(290 + to_and_fro, 300)), t=t)

    frames = Play(lambda t: [stepper(t)] if t < 1 else [stepper(t), helper(t)], lambda frame: 1.0).run(12.0)
    assert all(is_on(frame, stepper(frame.t)) for frame in frames)


def test_who_lunges_beside_somebody_stays_one_person() -> None:
    """Between two looks the hips go on by more than a trunk's length, while another one is tracked."""

    def lunger(t: float) -> PoseFrame:
        return standing(camera=replace(CORNER, floor_px=(290 + 70 * (t % 4 >= 2), 300)), t=t)

    frames = Play(lambda t: [helper(t), lunger(t)], lambda frame: 1.0).run(8.0)
    assert {frame.others for frame in frames} == {1}


def test_of_two_in_the_first_picture_the_one_in_the_middle_is_begun_with() -> None:
    middle = standing(camera=replace(CORNER, floor_px=(SIZE[0] // 2, 300)))
    play = Play(lambda t: [helper(t), replace(middle, t=t)], lambda frame: 1.0)
    assert is_on(play.lock.estimate(PICTURE, 0.0), middle)


def test_who_walks_through_is_not_taken_for_exercising() -> None:
    def walker(t: float) -> PoseFrame:
        return standing(camera=replace(FRONT_ROW, floor_px=(250 + 75 * t, 345 - 8 * (round(t) % 2))), t=t)

    frames = Play(lambda t: [patient(t)] if t < 1 else [patient(t), walker(t)]).run(5.0)
    assert all(is_on(frame, patient(0.0)) for frame in frames)


@pytest.mark.parametrize(
    ("places", "exercise"),
    [
        ([(0, 0)], 0.0),  # seen once
        ([(0, 0), (0, 0), (0, 0)], 0.0),
        ([(0, 0), (0, 80), (5, 0)], 1.0),
        ([(0, 0), (0, 25), (0, 0)], 0.5),  # half of half a trunk
        ([(0, 0), (80, 80), (160, 0)], 0.0),  # walks
        ([(0, 0), (60, 25), (130, 50), (130, 50), (60, 25), (0, 0)], 1.0),  # lunges, and comes back
    ],
)
def test_exercise_is_going_up_and_down_in_place(places: list[tuple[int, int]], exercise: float) -> None:
    frames = [zoomed(standing(), 1, shift_px=place) for place in places]
    candidate = Candidate(frames[0])
    for frame in frames:
        candidate.update(frame)
    assert candidate.exercise() == pytest.approx(exercise, abs=0.01)


def looked_at(frames: Sequence[PoseFrame]) -> Candidate:
    candidate = Candidate(frames[0])
    for frame in frames:
        candidate.update(frame)
    return candidate


@pytest.mark.parametrize("x", [100, 320, 540])
def test_a_squat_is_one_wherever_in_the_picture(x: int) -> None:
    """Seen from the front, the deeper the smaller the body's scale."""
    camera = Camera(0, SIZE, floor_px=(x, 345), px_per_m=165)
    squatter = looked_at(
        [squat(depth, trunk_deg=35, thigh_deg=-75, camera=camera) for depth in (0, 0.5, 1, 0.5)]
    )
    assert squatter.exercise() == 1.0
    assert squatter.in_the_middle() == pytest.approx(1 - abs(x - 320) / 320, abs=0.01)


@pytest.mark.parametrize("x", [100, 320, 540])
def test_a_scale_that_trembles_is_no_exercise(x: int) -> None:
    own = standing(camera=Camera(0, SIZE, floor_px=(x, 345), px_per_m=165))
    middle = own.xy.mean(axis=0)
    grown = 1 + 0.04 * np.random.default_rng(0).standard_normal(10)
    assert looked_at([own.with_xy(middle + (own.xy - middle) * factor) for factor in grown]).exercise() < 0.1


@pytest.mark.parametrize("company", [[], [helper(0.0)]], ids=["alone", "with a helper"])
def test_who_squats_quickly_stays_one_person(company: list[PoseFrame]) -> None:
    """Between two looks a squat takes the shoulders more than a trunk's length down."""
    middle = replace(CORNER, floor_px=(SIZE[0] // 2, 200))
    depths = cycles(0, 1, count=20, fps=FPS, rest_s=0.5, hold_s=0.7, move_s=0.6)

    def squatter(t: float) -> PoseFrame:
        return squat(float(depths[round(t * FPS)]), thigh_deg=-95, camera=middle, t=t)

    frames = Play(lambda t: [squatter(t), *company]).run(8.0)
    assert all(is_on(frame, squatter(frame.t)) for frame in frames)
    assert {frame.others for frame in frames} == {len(company)}


def test_who_lies_down_stays_one_person() -> None:
    def scene(t: float) -> Sequence[PoseFrame]:
        return [standing(camera=MAT, t=t) if t < 3 else supine(camera=MAT, t=t)]

    assert {frame.others for frame in Play(scene).run(8.0)} == {0}


def at_the_door_then_in_place(t: float) -> Sequence[PoseFrame]:
    return [squat(0, camera=replace(FRONT_ROW, floor_px=(150 if t < 1.5 else 380, 345)), t=t)]


def test_who_went_where_the_tracker_saw_nobody_stays_one_person() -> None:
    """The tracker finds nobody in the one frame before the scout's second look."""
    play = Play(at_the_door_then_in_place)
    seen = play.tracker.estimate
    play.tracker.estimate = lambda image, t: PoseFrame.empty(t, SIZE) if t == 1.9 else seen(image, t)  # type: ignore[method-assign]
    frames = play.run(8.0)
    assert {frame.others for frame in frames} == {0}
    assert [frame.t for frame in frames if not frame.found] == [1.9]


def test_who_is_tracked_is_there_though_the_scout_sees_the_other_one_only() -> None:
    play = Play(both, lies)
    play.scout.scene = lambda t: [helper(t)] if t < 1 else [patient(t)]
    frames = play.run(4.0)
    assert is_on(frames[0], helper(0.0))
    assert is_on(frames[-1], patient(0.0))


def test_who_left_is_forgotten() -> None:
    def scene(t: float) -> Sequence[PoseFrame]:
        return [patient(t), helper(t)] if t < 2 else [patient(t)]

    frames = Play(scene, lies).run(8.0)
    assert {frame.others for frame in frames[:20]} == {1}
    assert frames[-1].others == 0
    assert is_on(frames[-1], patient(0.0))


# --- the scout is costly ----------------------------------------------------------------------------


def test_the_scout_is_made_at_the_first_look_and_only_once() -> None:
    play = Play(both, lies)
    assert play.scouts_made == 0
    play.run(5.0)
    assert play.scouts_made == 1


def test_closing_closes_both() -> None:
    play = Play(alone)
    play.run(0.1)
    play.lock.close()
    assert (play.tracker.closed, play.scout.closed) == (1, 1)


def test_closing_again_closes_no_scout_twice() -> None:
    play = Play(alone)
    play.run(0.1)
    play.lock.close()
    play.lock.close()
    assert play.scout.closed == 1


def test_closing_before_the_first_frame_makes_no_scout() -> None:
    play = Play(alone)
    play.lock.close()
    assert (play.tracker.closed, play.scouts_made) == (1, 0)
