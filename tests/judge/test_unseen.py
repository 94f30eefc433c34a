"""What nobody saw is neither a fault nor well done: hidden tops, people who turn round, leave and come back."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest

from coach.judge import Engine, Judgement, load_exercise
from coach.judge.results import Rep
from coach.motion import MEASURES, Body
from coach.pose import PoseFrame, PoseTrack
from tests.judge.films import bridges, coached, cues, hikes, joined, result_of, shot, squats, unseen
from tests.judge.waves import Move, Wave, reps
from tests.skeletons import LEFT, RIGHT, Camera, believed, bridge, squat
from tests.skeletons_floor import hero, hydrant
from tests.skeletons_upright import leg_lift

FPS = 20
PASS, FAULT, CANNOT_JUDGE = Judgement.PASS, Judgement.FAULT, Judgement.CANNOT_JUDGE


def hidden(frames: Iterable[PoseFrame], at_s: float, for_s: float, *names: str) -> list[PoseFrame]:
    """Landmarks that are not believed about a moment."""
    return [believed(f, 0.1, *names) if abs(f.t - at_s) < for_s / 2 else f for f in frames]


def verdicts(rep: Rep) -> dict[str, Judgement]:
    return {name: verdict.verdict for name, verdict in rep.verdicts.items()}


def posed(*parts: tuple[float, Callable[[float], PoseFrame] | None]) -> list[PoseFrame]:
    """Parts of so many seconds, each a figure by the share of the part that is gone; None: nobody is there."""
    frames: list[PoseFrame] = []
    for seconds, figure in parts:
        n = round(seconds * FPS)
        for i in range(1, n + 1):
            t = len(frames) / FPS
            frames.append(PoseFrame.empty(t, (640, 480)) if figure is None else replace(figure(i / n), t=t))
    return frames


# --- a top that was hidden --------------------------------------------------------------------------------


@pytest.mark.parametrize(("way_s", "hidden_s"), [(0.8, 0.4), (0.8, 0.6), (1.0, 0.6)])
def test_a_squat_whose_bottom_was_hidden_is_not_too_high(way_s: float, hidden_s: float) -> None:
    film: list[PoseFrame] = list(squats(3, 30, LEFT, Move(way_s, 0.0, way_s, pause_s=1.5, height=1.0)))
    whole = result_of(film, "squat")
    assert [verdicts(rep)["depth"] for rep in whole.reps] == [PASS] * 3
    for rep in whole.reps:
        film = hidden(film, rep.peak_s, hidden_s, "left_ankle")
    said, seen = coached(film, "squat")
    assert len(seen.reps) == 3
    for rep in seen.reps:
        assert rep.counted or "lost sight" in (rep.why_not or "")
        assert set(verdicts(rep).values()) == {CANNOT_JUDGE}
        assert "ankle" in rep.verdicts["depth"].reason
        assert rep.range_deg is None
    assert set(cues(said)) <= {"why_not"}


def rising_heels(depth: float) -> PoseFrame:
    """A squat whose heels come up near the bottom only."""
    rise = 28 * max(0.0, depth - 0.72) / 0.28 / max(depth, 0.01)
    return squat(depth, camera=LEFT, thigh_deg=-105, heel_rise_deg=rise)


@pytest.mark.parametrize("names", [("left_ankle",), ("left_heel", "left_foot_index")])
def test_heels_that_nobody_saw_at_the_bottom_are_not_praised(names: tuple[str, ...]) -> None:
    film = list(shot(rising_heels, reps(2, Move(1.0, 0.0, 1.0, pause_s=2.0, height=1.0)), 30))
    bottom_s = result_of(film, "squat").reps[1].peak_s
    said, seen = coached(hidden(film, bottom_s, 0.5, *names), "squat")
    assert [verdicts(rep)["heels_down"] for rep in seen.reps] == [FAULT, CANNOT_JUDGE]
    assert "praise" not in cues(said)


def test_a_moment_hidden_while_the_top_is_held_takes_nothing_away() -> None:
    film = list(shot(lambda d: squat(d, camera=LEFT), reps(2, Move(1.0, 2.0, 1.0, height=1.0)), 30))
    whole = result_of(film, "squat")
    seen = result_of(hidden(film, whole.reps[0].peak_s, 0.5, "left_ankle"), "squat")
    assert [verdicts(rep) for rep in seen.reps] == [verdicts(rep) for rep in whole.reps]


# --- an end that was not seen -----------------------------------------------------------------------------


@pytest.mark.parametrize("leaves", [False, True])
def test_of_an_end_that_nobody_saw_nothing_is_judged(leaves: bool) -> None:
    film = bridges(2, 20)
    whole = result_of(film, "bridge").reps
    assert [verdicts(rep)["slow_lowering"] for rep in whole] == [PASS, PASS]
    gone_s = whole[1].end_s - 0.4
    kept = [f for f in film if f.t < gone_s]
    after = [PoseFrame.empty(gone_s + i / 20, (640, 480)) for i in range(40)] if leaves else []
    last = result_of([*kept, *after], "bridge").reps[1]
    assert last.counted
    assert verdicts(last) == verdicts(whole[1]) | {"slow_lowering": CANNOT_JUDGE}
    assert last.verdicts["slow_lowering"].reason == "where it ended was not seen"


# --- few pictures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", [4, 5])
@pytest.mark.parametrize("varies", [0.0, 0.3])
def test_who_is_seen_in_every_picture_of_a_slow_camera_is_not_lost(fps: int, varies: float) -> None:
    steps = np.random.default_rng(1).uniform(1 - varies, 1 + varies, 400) / fps
    film = squats(3, 60)
    times = [t for t in np.cumsum(steps) if t < film.t[-1]]
    few = [film[int(np.searchsorted(film.t, t))] for t in times]
    assert [(rep.counted, rep.why_not) for rep in result_of(few, "squat").reps] == [(True, None)] * 3


# --- who turns round --------------------------------------------------------------------------------------


def test_a_pose_that_was_left_while_turning_round_ends_and_who_is_gone_is_told() -> None:
    film = posed(
        (3, lambda _: hero(0.0, camera=Camera(80))),
        (1, lambda s: hero(s, camera=Camera(80))),
        (12, lambda _: hero(1.0, camera=Camera(80))),
        (1, lambda s: hero(1 - s, camera=Camera(80))),
        (2, lambda s: hero(0.0, camera=Camera(80 - 160 * s))),
        (3, lambda _: hero(0.0, camera=Camera(-80))),
        (30, None),
    )
    said, result = coached(film, "hero_pose")
    assert [hold.held_s for hold in result.holds] == pytest.approx([12.0], abs=0.3)
    told = [feedback.t for feedback in said if feedback.held is not None]
    assert len(told) == 1 and told[0] < 30
    assert cues(said).count("advice.nobody") >= 3


def test_a_squat_turned_round_at_the_bottom_is_lost_and_the_next_ones_count() -> None:
    film = joined(
        squats(2, FPS, LEFT),
        posed(
            (1.0, lambda s: squat(s, camera=LEFT)),
            (1.5, lambda s: squat(1.0, camera=Camera(-90 + 180 * s))),
            (1.0, lambda s: squat(1 - s, camera=RIGHT)),
        ),
        squats(3, FPS, RIGHT),
        posed((20, None)),
    )
    said, result = coached(film, "squat")
    assert result.counted == 5
    assert cues(said)[-1] == "advice.nobody"


def test_a_hold_that_a_cut_ends_is_told() -> None:
    film = posed((3, lambda _: hero(0.0)), (1, hero), (32, lambda _: hero(1.0)))
    film[-1] = replace(film[-1], cut=True)
    said, _ = coached(film, "hero_pose")
    assert [feedback.held.counted for feedback in said if feedback.held is not None] == [True]


def fire_hydrants(azimuth_deg: float) -> PoseTrack:
    wave = reps(3, Move(1.2, 1.3, 1.2, pause_s=1.5, height=50.0))
    return shot(lambda x: hydrant(x, "right", camera=Camera(azimuth_deg)), wave, 15)


def test_what_was_learnt_of_rest_from_the_front_judges_nothing_half_way_to_the_side() -> None:
    result = result_of(joined(fire_hydrants(10), fire_hydrants(50)), "fire_hydrant", "right")
    assert result.counted == 6
    assert not result.faults


# --- who leaves and comes back ----------------------------------------------------------------------------


def farther(frames: Iterable[PoseFrame], share: float, from_s: float) -> list[PoseFrame]:
    """The film from farther away, later."""
    out = []
    for frame in frames:
        middle = np.array(frame.size, np.float32) / 2
        out.append(replace(frame, xy=(frame.xy - middle) * share + middle, t=from_s + frame.t))
    return out


@pytest.mark.parametrize("share", [1.0, 0.97, 0.9])
@pytest.mark.parametrize("shown", [True, False])
def test_who_comes_back_farther_away_is_told_against_how_they_stand_now(share: float, shown: bool) -> None:
    before = list(hikes(3, 12))
    end_s = before[-1].t
    gone = [PoseFrame.empty(end_s + i / 12, (640, 480)) for i in range(1, 12 * 19)] if shown else []
    said, result = coached([*before, *gone, *farther(hikes(3, 12), share, end_s + 20)], "hip_hiker")
    assert result.counted == 6
    assert not result.faults
    assert not set(cues(said)) & {"knees_straight", "praise"}


def test_a_lean_before_and_one_after_a_time_unseen_are_no_lasting_fault() -> None:
    move, lean_s = reps(2, Move(1.0, 1.6, 1.5, pause_s=1.2, height=1.0)), (2.5, 3.2)
    film = []
    for t, x in move.sampled(FPS):
        leans = any(abs(t - at) < 0.04 for at in lean_s)
        film.append(replace(leg_lift(x, lean_deg=16 / max(x, 0.1) if leans else 0.0), t=t))
    said, result = coached(unseen(film, 2.54, 3.17), "standing_leg_lift", "left")
    assert "trunk_upright" not in cues(said)
    assert FAULT not in {verdicts(rep)["trunk_upright"] for rep in result.reps}


@pytest.mark.parametrize("away", [lambda _: hero(0.0), None])
def test_leaning_while_getting_up_and_sitting_down_again_is_no_fault_of_the_pose(
    away: Callable[[float], PoseFrame] | None,
) -> None:
    film = posed(
        (2, lambda _: hero(0.0)),
        (1, hero),
        (10, lambda _: hero(1.0)),
        (0.1, lambda _: hero(1.0, lean_deg=22.0)),
        (4, away),
        (0.1, lambda _: hero(1.0, lean_deg=22.0)),
        (24, lambda _: hero(1.0)),
    )
    said, result = coached(film, "hero_pose")
    assert "trunk_upright" not in cues(said)
    (upright,) = (hold.verdicts["trunk_upright"] for hold in result.holds)
    assert (upright.verdict, upright.value) == (Judgement.UNSURE, pytest.approx(0, abs=1)), (
        "nor praise: it leans unseen"
    )


# --- long rests, memory -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "figure", "wave"),
    [
        (
            "squat",
            lambda x: squat(0.32 + 0.68 * x, camera=LEFT),
            Move(1.2, 0.4, 1.2, pause_s=2.0, height=1.0),
        ),
        (
            "bridge",
            lambda x: bridge(148 + 32 * x, camera=RIGHT),
            Move(1.5, 3.8, 2.2, pause_s=2.0, height=1.0),
        ),
    ],
)
def test_after_one_that_took_too_long_the_next_ones_count_for_who_rests_a_little_past_rest(
    exercise: str, figure: Callable[[float], PoseFrame], wave: Move
) -> None:
    three: Wave = reps(3, wave)
    way = [x for _, x in three.sampled(FPS)]
    up = [i / FPS for i in range(FPS)]
    repetition = load_exercise(exercise).repetition
    assert repetition is not None
    too_long = [1.0] * round((repetition.max_s + 5) * FPS)
    signal = [*way, *up, *too_long, *reversed(up), *[0.0] * (3 * FPS), *way]
    film = [replace(figure(x), t=i / FPS) for i, x in enumerate(signal)]
    assert result_of(film, exercise).counted == 6


def test_who_sits_at_the_end_range_from_the_first_picture_costs_no_memory() -> None:
    engine = Engine(load_exercise("squat"))
    seated = squat(1.0, camera=LEFT)
    assert MEASURES["hip_height"].value(Body.of(seated), "left") < 0.5
    for i in range(60 * FPS):
        engine.step(replace(seated, t=i / FPS))
    assert len(engine._lanes["left"]._samples) < 5 * FPS


@pytest.mark.parametrize(("seen_s", "counted"), [(0.1, 0), (0.6, 3)])
def test_who_is_seen_in_glimpses_only_is_lost_and_not_praised(seen_s: float, counted: int) -> None:
    film = list(squats(3, 30, LEFT, Move(1.0, 0.5, 1.0, pause_s=1.5, height=1.0)))
    film = [f if f.t % 0.7 < seen_s else PoseFrame.empty(f.t, f.size) for f in film]
    result = result_of(film, "squat")
    assert result.counted == counted
    if not counted:
        assert all("lost sight" in (rep.why_not or "") for rep in result.reps)
        assert {v.verdict for rep in result.reps for v in rep.verdicts.values()} <= {CANNOT_JUDGE}


# --- what nothing was said of -----------------------------------------------------------------------------


def test_a_low_bridge_is_an_attempt_whatever_else_its_file_asks_for() -> None:
    own = load_exercise("bridge")
    easier = own.model_copy(update={"checks": {k: v for k, v in own.checks.items() if k != "straight_line"}})
    low = bridges(3, 20, move=Move(1.2, 4.0, 1.2, pause_s=1.5, height=21.0))
    for exercise in (own, easier):
        engine = Engine(exercise)
        for frame in low:
            engine.step(frame)
        result = engine.finish()
        assert [rep.why_not for rep in result.reps] == [exercise.repetition.why_not.range] * 3
