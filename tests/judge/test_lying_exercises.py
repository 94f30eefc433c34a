"""The exercises on the back, on films of stick figures with a known number of everything."""

from collections.abc import Callable, Container, Iterable
from dataclasses import replace

import pytest

from coach.judge import SetResult, load_exercise
from coach.judge.verdicts import Judgement
from coach.pose import INDEX, PoseFrame, PoseTrack, Side
from tests.judge.films import coached, cues, result_of, shot
from tests.judge.waves import Move, minimum_jerk, reps
from tests.skeletons import FRONT, LEFT, RIGHT, Camera, film
from tests.skeletons_lying import figure_four, hip_roll, knees_up, march, thomas

FPS = 12
STEP_S, PAUSE_S = 1.6, 0.9
QUICK_S = 0.7  # too quick to count
ROLL = Move(1.4, 1.8, 1.4, pause_s=1.2, height=38.0)
ALL = ("bridge_march", "supine_hip_roll", "pelvic_tilt", "thread_the_needle", "thomas_test")


def steps(
    sides: Iterable[Side],
    camera: Camera = LEFT,
    height_m: float = 0.08,
    sag_deg: float = 0.0,
    quick: Container[int] = (),
    low_deg: float = 0.0,
    trunk_deg: float = -115.0,
) -> PoseTrack:
    """Steps of these feet, those of the numbers in `quick` too quick to count.

    sag_deg  by how much the trunk sags with each; low_deg: by how much it sinks with the first, to stay so
    """
    order = list(sides)
    first_s = 2.0

    def make(t: float) -> PoseFrame:
        number, since = divmod(max(t - first_s, 0.0), STEP_S + PAUSE_S)
        lasts_s = QUICK_S if number in quick else STEP_S
        share = 1 - abs(2 * since / lasts_s - 1) if since < lasts_s and t >= first_s else 0.0
        up = minimum_jerk(min(1.0, 1.4 * share)) if number < len(order) else 0.0
        side = order[int(number)] if number < len(order) else "left"
        return march(
            up * height_m if side == "left" else 0.0,
            up * height_m if side == "right" else 0.0,
            sag_deg=up * sag_deg + low_deg * minimum_jerk(min(1.0, max(0.0, t - first_s))),
            trunk_deg=trunk_deg,
            camera=camera,
        )

    seconds = first_s + len(order) * (STEP_S + PAUSE_S) + 1.0
    return film(make, [i / FPS for i in range(round(seconds * FPS))], FPS)


def rolls(side: Side = "left", camera: Camera = LEFT, move: Move = ROLL, **figure: float) -> PoseTrack:
    """Two rolls; figure values grow with the roll."""

    def make(roll: float) -> PoseFrame:
        late = {name: value * roll / move.height for name, value in figure.items()}
        return hip_roll(roll, side, camera=camera, **late)

    return shot(make, reps(2, move), FPS)


def held(make: Callable[[float], PoseFrame], seconds: float) -> PoseTrack:
    """A film of what is made at each time."""
    return film(make, [i / FPS for i in range(round(seconds * FPS))], FPS)


def sides(result: SetResult) -> list[str]:
    return [rep.side for rep in result.reps if rep.counted]


# --- the files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_every_file_is_complete(name: str) -> None:
    exercise = load_exercise(name)
    assert exercise.id == name and exercise.swap.exercise != name
    assert exercise.views == ("side",)


# --- bridge march -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("camera", [LEFT, RIGHT], ids=["left", "right"])
def test_steps_are_counted_on_their_sides(camera: Camera) -> None:
    result = result_of(steps(["left", "right", "left", "right"], camera), "bridge_march")
    assert sides(result) == ["left", "right", "left", "right"]
    assert result.attempts == 4 and result.faults == {}


def test_the_same_foot_twice_running_is_a_fault() -> None:
    in_turn, _ = coached(steps(["left", "right"] * 2), "bridge_march", "left")
    assert "alternates" not in cues(in_turn), "a side of who takes turns is none"
    result = result_of(steps(["left", "right", "right"]), "bridge_march")
    assert (result.counted, result.faults) == (3, {"alternates": 1})


def test_a_step_that_did_not_count_is_no_turn_of_its_own() -> None:
    """Who tries again with the same leg keeps the order, and trembling legs are no reason to say the contrary."""
    tried = result_of(steps(["left", "right", "left", "left", "right"], quick={2}), "bridge_march")
    assert [rep.counted for rep in tried.reps] == [True, True, False, True, True]
    assert tried.faults == {}
    other = result_of(steps(["left", "right", "left"], quick={1}), "bridge_march")
    assert (other.counted, other.faults) == (2, {})


def test_hips_that_sag_with_every_step_are_a_fault() -> None:
    said, result = coached(steps(["left", "right"], sag_deg=12), "bridge_march")
    assert (result.counted, result.faults) == (2, {"hips_stay_up": 2})
    assert "hips_stay_up" in cues(said)


@pytest.mark.parametrize("low_deg", [8.0, 11.0])
def test_hips_that_sink_with_the_first_foot_are_low_in_every_step(low_deg: float) -> None:
    """Rest is what it was before either foot moved, not what it came to be while the other one was up."""
    result = result_of(steps(["left", "right"] * 3, low_deg=low_deg), "bridge_march")
    judged = {rep.side: rep.verdicts["hips_stay_up"].verdict for rep in result.reps}
    assert judged == {"left": Judgement.FAULT, "right": Judgement.FAULT}
    assert result.faults["hips_stay_up"] == result.counted >= 5


def test_who_marches_with_the_hips_down_is_told() -> None:
    said, result = coached(steps(["left", "right"] * 2, low_deg=0.0, trunk_deg=-95.0), "bridge_march")
    assert result.attempts == 0 and "passed_over" in cues(said)
    assert result.advice == ("Lift your hips first, and keep them up: 4 movements did not count",)


def test_high_steps_of_one_foot_do_not_teach_the_other_another_level() -> None:
    result = result_of(steps(["left", "left", "left", "right"], height_m=0.2), "bridge_march")
    assert [rep.side for rep in result.reps if rep.counted] == ["left", "left", "left", "right"]


def test_a_step_too_high_is_a_fault() -> None:
    result = result_of(steps(["left", "right"], height_m=0.27), "bridge_march")
    assert (result.counted, result.faults) == (2, {"small_step": 2})


def test_a_foot_that_is_up_as_the_hips_arrive_is_found_down_later() -> None:
    fps, lift, turns = 15, 0.08, ("left", "right") * 6

    def foot(side: str, height: float) -> PoseFrame:
        return march(height if side == "left" else 0.0, height if side == "right" else 0.0)

    def step(side: str) -> list[PoseFrame]:
        ways = [minimum_jerk(i / 9) for i in range(9)]
        up, down = ([foot(side, lift * way) for way in path] for path in (ways, ways[::-1]))
        return [*up, *[foot(side, lift)] * 22, *down, *[march()] * 9]

    lying = [march(trunk_deg=-92.0)] * (3 * fps)
    rising = [march(trunk_deg=-92 - 23 * minimum_jerk(i / fps)) for i in range(fps)]
    film = [*lying, *rising, *(frame for side in turns for frame in step(side))]
    result = result_of([replace(frame, t=i / fps) for i, frame in enumerate(film)], "bridge_march")
    counted = [rep.side for rep in result.reps if rep.counted]
    assert min(counted.count("left"), counted.count("right")) >= 4
    assert "alternates" not in result.faults


def test_who_lifts_a_foot_with_the_hips_down_does_not_march() -> None:
    def make(t: float) -> PoseFrame:
        up = 0.1 if 2.0 < t < 3.5 else 0.0
        return march(left_m=up, trunk_deg=-92.0)

    assert result_of(held(make, 6.0), "bridge_march").attempts == 0


# --- supine hip roll ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "camera"), [("left", LEFT), ("right", RIGHT)])
def test_rolls_are_counted_on_the_side_of_the_bent_knee(side: Side, camera: Camera) -> None:
    result = result_of(rolls(side, camera), "supine_hip_roll")
    assert sides(result) == [side, side]
    assert result.attempts == 2 and result.faults == {}


@pytest.mark.parametrize(
    ("name", "film"),
    [
        ("pause", lambda: rolls(move=Move(1.6, 0.0, 1.6, pause_s=1.5, height=38.0))),
        ("foot_down", lambda: rolls(foot_m=0.16)),
        ("shoulders_down", lambda: rolls(chest_m=0.15)),
    ],
)
def test_each_fault_of_the_roll_is_found_alone(name: str, film: Callable[[], PoseTrack]) -> None:
    result = result_of(film(), "supine_hip_roll")
    assert (result.counted, result.faults) == (2, {name: 2})


def test_a_small_roll_does_not_count() -> None:
    assert result_of(rolls(move=Move(1.4, 1.0, 1.4, height=3.0)), "supine_hip_roll").counted == 0


def test_a_bridge_is_no_roll() -> None:
    def make(t: float) -> PoseFrame:
        return march() if 2.0 < t < 4.0 else knees_up()

    assert result_of(held(make, 7.0), "supine_hip_roll").attempts == 0


# --- pelvic tilt --------------------------------------------------------------------------------------------


def test_the_tilt_is_led_and_not_judged() -> None:
    said, result = coached(held(lambda _: knees_up(), 84.0), "pelvic_tilt")
    assert not load_exercise("pelvic_tilt").judged
    assert (result.counted, result.faults) == (1, {})
    assert result.holds[0].led == 10
    led = [f.cue.text for f in said if f.cue is not None and f.cue.kind == "guide"]
    assert len(led) >= 19 and set(led) == {"Press your low back down and hold", "Let go"}
    assert {v.verdict for v in result.holds[0].verdicts.values()} == {Judgement.CANNOT_JUDGE}


@pytest.mark.parametrize("left", [knees_up(1.0), march()], ids=["legs long", "hips up"])
def test_who_leaves_the_position_hears_it(left: PoseFrame) -> None:
    said, result = coached(held(lambda t: left if 8 <= t < 11 else knees_up(), 18.0), "pelvic_tilt")
    assert "left_pose" in cues(said)
    assert result.holds[0].held_s == pytest.approx(15.0, abs=0.5)


# --- thread the needle --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "camera"), [("left", LEFT), ("right", RIGHT)])
def test_the_figure_four_is_timed_on_the_crossed_side(side: Side, camera: Camera) -> None:
    def make(t: float) -> PoseFrame:
        return figure_four(105, side, camera=camera) if t > 1.5 else knees_up(camera=camera)

    result = result_of(held(make, 34.0), "thread_the_needle")
    assert [(hold.side, hold.counted) for hold in result.holds] == [(side, True)]
    assert result.faults == {}


@pytest.mark.parametrize(
    ("name", "figure"), [("thigh_drawn_in", {"flexion_deg": 70.0}), ("shoulders_down", {"curl_deg": 22.0})]
)
def test_each_fault_of_the_figure_four_is_found(name: str, figure: dict[str, float]) -> None:
    def make(t: float) -> PoseFrame:
        return figure_four(**figure) if 5 < t < 11 else figure_four()  # type: ignore[arg-type]

    assert result_of(held(make, 14.0), "thread_the_needle").faults == {name: 1}


def test_a_knee_that_lies_hidden_behind_the_other_one_is_not_judged_by() -> None:
    """The model puts it somewhere near: neither is the thigh called drawn in, nor not."""

    def make(t: float) -> PoseFrame:
        frame = figure_four(70.0 if 5 < t < 11 else 105.0)
        xy = frame.xy.copy()
        near, far = xy[INDEX["left_knee"]], xy[INDEX["right_knee"]]
        xy[INDEX["left_knee"]] += 0.7 * (far - near)
        return replace(frame, xy=xy)

    said, result = coached(held(make, 14.0), "thread_the_needle")
    (hold,) = result.holds
    for name in ("ankle_across", "thigh_drawn_in"):
        told = hold.verdicts[name]
        assert told.verdict is Judgement.CANNOT_JUDGE and "hidden behind the near one" in told.reason
    assert not {"ankle_across", "thigh_drawn_in"} & set(cues(said))


def test_feet_on_the_floor_are_no_figure_four() -> None:
    assert result_of(held(lambda _: knees_up(), 6.0), "thread_the_needle").attempts == 0
    assert result_of(held(lambda _: figure_four(across=0.0), 6.0), "thread_the_needle").attempts == 0


# --- Thomas test --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("below", "knee", "said"),
    [
        (12.0, 85.0, ("reaches the horizontal", "bends as usual")),
        (-15.0, 55.0, ("above the horizontal", "less than usual")),
        (1.0, 76.0, ("Too close", "Too close")),
    ],
)
def test_the_hanging_leg_is_measured_with_its_error(below: float, knee: float, said: tuple[str, str]) -> None:
    result = result_of(held(lambda _: thomas(below, knee), 8.0), "thomas_test")
    assert [hold.side for hold in result.holds] == ["left"]
    thigh, bend = (result.holds[0].measured[name] for name in ("thigh", "knee"))
    assert thigh.value == pytest.approx(below, abs=0.1) and bend.value == pytest.approx(knee, abs=0.1)
    assert thigh.band is not None and thigh.band > 1
    assert said[0] in thigh.says and said[1] in bend.says
    assert result.faults == {}


@pytest.mark.parametrize(
    ("hugged_deg", "said"), [(95.0, "tells nothing this time"), (106.0, "nothing for certain")]
)
def test_with_a_knee_hardly_hugged_it_means_nothing(hugged_deg: float, said: str) -> None:
    (hold,) = result_of(held(lambda _: thomas(12.0, hugged_deg=hugged_deg), 8.0), "thomas_test").holds
    assert hold.measured["thigh"].value == pytest.approx(12.0, abs=0.1)
    assert all(said in found.says and "Hug the other knee" in found.says for found in hold.measured.values())


@pytest.mark.parametrize("draws_in", [False, True])
def test_who_lets_the_knee_go_slowly_or_draws_it_in_so_was_measured_all_the_same(draws_in: bool) -> None:
    def hugs(t: float) -> PoseFrame:
        share = min(max((t - 12.0) / 4.0, 0.0), 1.0)
        return thomas(12.0, hugged_deg=125.0 - 45.0 * share)

    film = held(lambda t: hugs(16.0 - t if draws_in else t), 16.0)
    said, result = coached(film, "thomas_test")
    (hold,) = result.holds
    assert "reaches the horizontal" in hold.measured["thigh"].says and result.faults == {}
    assert "knee_hugged" not in cues(said)


def test_who_mends_it_was_measured_from_then_on() -> None:
    film = held(lambda t: thomas(12.0, hugged_deg=95.0 if t < 4.0 else 125.0), 16.0)
    (hold,) = result_of(film, "thomas_test").holds
    assert "reaches the horizontal" in hold.measured["thigh"].says
    assert hold.verdicts["knee_hugged"].verdict is Judgement.FAULT, "it was loose for a while all the same"


def test_without_the_knee_hugged_nothing_is_measured() -> None:
    assert result_of(held(lambda _: thomas(hugged_deg=40.0), 8.0), "thomas_test").attempts == 0


# --- from elsewhere, and other things -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_from_the_feet_nothing_is_counted_or_judged(name: str) -> None:
    films = {
        "bridge_march": lambda: steps(["left", "right"], FRONT),
        "supine_hip_roll": lambda: rolls(camera=FRONT),
        "pelvic_tilt": lambda: held(lambda _: knees_up(camera=FRONT), 5.0),
        "thread_the_needle": lambda: held(lambda _: figure_four(camera=FRONT), 5.0),
        "thomas_test": lambda: held(lambda _: thomas(camera=Camera(0.0, floor_px=(320.0, 260.0))), 5.0),
    }
    said, result = coached(films[name](), name)
    assert (result.counted, result.attempts, result.faults) == (0, 0, {})
    assert set(cues(said)) == {"advice.view"}


@pytest.mark.parametrize("name", ["bridge_march", "supine_hip_roll", "thread_the_needle", "thomas_test"])
def test_lying_with_the_knees_up_is_none_of_them(name: str) -> None:
    assert result_of(held(lambda _: knees_up(), 6.0), name).attempts == 0


def test_a_hip_roll_that_is_first_seen_open_hides_none_of_the_next_ones() -> None:
    """Rest is learnt there at first, and is found elsewhere when they lie back: that is no movement."""
    way = [minimum_jerk(i / 18) for i in range(19)]
    back = [1 - share for share in way]
    wave = [1.0] * 24 + back + [0.0] * 18
    for _ in range(3):
        wave += [*way, *[1.0] * 12, *back, *[0.0] * 18]
    result = result_of(film(lambda x: hip_roll(35 * x), wave, 12), "supine_hip_roll")
    assert result.counted == 3
