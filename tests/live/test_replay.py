"""A repetition as a moving skeleton: which frames belong to it, and what was not seen."""

from dataclasses import replace

import numpy as np
import pytest

from coach.judge import Engine, Judgement, Rep, Verdict, load_exercise
from coach.live.replay import EVERY_S, FARTHEST, GRID, KEEP_S, MISSING, Recorder, Replay, places_of, rank
from coach.pose import PoseFrame
from tests.judge.films import pigeons, squats
from tests.skeletons import LEFT, standing, without


def rep(start_s: float = 0.0, end_s: float = 1.0, *, counted: bool = True, verdicts: str = "") -> Rep:
    """verdicts: f fault, u unsure, p pass."""
    told = {"f": Judgement.FAULT, "u": Judgement.UNSURE, "p": Judgement.PASS}
    judged = {f"check_{i}": Verdict(verdict=told[letter]) for i, letter in enumerate(verdicts)}
    return Rep(
        start_s=start_s, peak_s=start_s, end_s=end_s, side="both", counted=counted, hold_s=0, out_s=0, back_s=0,
        verdicts=judged,
    )  # fmt: skip


def recorded(frames: list[PoseFrame], exercise: str = "squat") -> tuple[Recorder, Engine]:
    recorder, engine = Recorder(), Engine(load_exercise(exercise))
    for frame in frames:
        recorder.take(frame, engine.step(frame))
    return recorder, engine


def test_places_are_in_thousandths_of_the_height() -> None:
    frame = standing(camera=LEFT)
    places = places_of(frame)
    assert len(places) == 66
    assert np.allclose(np.array(list(places)).reshape(33, 2) * frame.size[1] / GRID, frame.xy, atol=0.3)


def test_what_was_not_seen_is_marked() -> None:
    places = list(places_of(without(standing(camera=LEFT), "nose")))
    assert places[:2] == [MISSING, MISSING] and MISSING not in places[2:]
    assert set(places_of(PoseFrame.empty(0.0, (640, 480)))) == {MISSING}


def test_a_place_far_outside_the_picture_is_told_as_far_as_it_goes() -> None:
    frame = standing(camera=LEFT)
    assert set(places_of(frame.with_xy(np.full((33, 2), -1e9)))) == {-FARTHEST}


def test_a_place_without_end_is_not_seen() -> None:
    frame = standing(camera=LEFT)
    assert set(places_of(frame.with_xy(np.full((33, 2), np.inf)))) == {MISSING}


def test_each_repetition_is_cut_out_with_a_little_around_it() -> None:
    recorder, engine = recorded(list(squats(3, fps=30)))
    assert len(recorder.replays) == 3
    for part, replay in recorder.replays:
        assert replay.t[0] == 0.0 and list(replay.t) == sorted(replay.t)
        assert len(replay.t) == len(replay.places)
        assert replay.t[-1] == pytest.approx(part.end_s - part.start_s, abs=0.7)
        assert np.diff(replay.t).min() >= EVERY_S - 0.011
        assert replay.width == round(GRID * 640 / 480)
    result = engine.finish()
    assert recorder.complete(result.parts) == tuple(recorder.replays)


def test_what_ends_with_the_set_is_cut_out_then() -> None:
    recorder, engine = recorded(list(pigeons(10.0)), "pigeon")
    assert recorder.replays == []
    ((part, replay),) = recorder.complete(engine.finish().parts)
    assert replay.t[-1] == pytest.approx(part.end_s - part.start_s, abs=0.7)


def test_of_a_long_hold_the_end_is_kept() -> None:
    recorder, engine = recorded(list(pigeons(34.0)), "pigeon")
    ((_, replay),) = recorder.complete(engine.finish().parts)
    assert replay.t[-1] == pytest.approx(KEEP_S, abs=0.5)


def test_what_was_before_the_first_frame_has_no_replay() -> None:
    """After an interruption of the process, not even of the moment between."""
    recorder, _ = recorded([replace(frame, t=frame.t + 20.001) for frame in squats(1)])
    ((_, replay),) = recorder.complete([rep(18.0, 20.0)])
    assert replay == Replay((), (), GRID)


def test_the_best_is_counted_and_has_the_fewest_faults() -> None:
    worse = [
        rep(counted=False),
        rep(verdicts="ffp"),
        rep(verdicts="fpp"),
        rep(verdicts="uup"),
        rep(verdicts="upp"),
        rep(verdicts="ppp"),
    ]
    assert [rank(part) for part in worse] == sorted({rank(part) for part in worse})
