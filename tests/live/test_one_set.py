"""One set as it is watched."""

from coach.judge import Engine
from coach.live import Dose
from coach.live.one_set import OneSet
from tests.judge.films import pigeons, squats
from tests.judge.parts import a_rep
from tests.live.sets import MANY, THREE, asked


def test_it_comes_to_what_the_engine_makes_of_its_frames() -> None:
    one, engine = OneSet(asked(dose=THREE)), Engine(asked(dose=THREE).coached)
    moments = [one.keep(frame, one.judge(frame, speaks=True)) for frame in squats(3)]
    for frame in squats(3):
        engine.step(frame)
    result, replays = one.finish()
    assert result == engine.finish()
    assert [part for part, _ in replays] == [*result.reps]
    assert [moment.feedback.count for moment in moments if moment.completed] == [3]


def test_a_frame_that_was_judged_and_not_kept_is_none_of_the_dose() -> None:
    one = OneSet(asked(dose=THREE))
    judged = [(frame, one.judge(frame, speaks=False)) for frame in squats(2)]
    assert one.progress.count("both") == 0
    for frame, feedback in judged:
        one.keep(frame, feedback)
    assert one.progress.count("both") == 2


def test_a_hold_begins_once() -> None:
    one = OneSet(asked("pigeon", Dose(None, 5.0)))
    moments = [one.keep(frame, one.judge(frame, speaks=True)) for frame in pigeons(8.0)]
    assert [moment.begins for moment in moments if moment.begins] == ["new"]


def test_what_was_kept_of_it_earlier_counts_on() -> None:
    one = OneSet(asked(dose=MANY), [a_rep(side="both")])
    assert one.progress.count("both") == 1
    assert one.finish()[0].counted == 1
