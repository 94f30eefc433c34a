"""What is said aloud: seconds of a hold, the time at the top, sentences as one utterance."""

from pathlib import Path
from typing import Any

import pytest

from coach.judge import Feedback, exercise_ids, load_exercise
from coach.language import words
from coach.live import Dose
from coach.live.coaching import __file__ as here
from coach.live.voice import Aloud, HoldVoice, spoken_together, time_at_top
from tests.live.sets import asked, feedback


def voice(exercise: str, dose: Dose | None = None) -> HoldVoice:
    return HoldVoice(asked(exercise, dose).coached, words("en", Path(here).parent))


def said(own: HoldVoice, **frames: list[Any]) -> list[str]:
    """What is said over frames with these values, one after the other."""
    told: list[str] = []
    for values in zip(*frames.values(), strict=True):
        given = dict(zip(frames, values, strict=True))
        known = {"phase": "", "hold_s": 0.0, "progress": 0.0} | given
        told += own.step(Feedback(t=0, ready=True, count=0, attempts=0, side="both", view="side", **known))
    return told


@pytest.mark.parametrize("fps", [5, 12, 30])
def test_a_hold_is_counted_down_by_tens_and_then_by_ones(fps: int) -> None:
    seconds = [i / fps for i in range(31 * fps)]
    assert said(voice("hero_pose"), hold_s=seconds) == ["20", "10", "5", "4", "3", "2", "1"]


def test_the_time_asked_for_is_counted_down_not_the_files() -> None:
    seconds = [i / 10 for i in range(80)]
    assert said(voice("hero_pose", Dose(None, 7.0)), hold_s=seconds) == ["5", "4", "3", "2", "1"]


def test_the_first_second_is_not_said() -> None:
    assert said(voice("hero_pose", Dose(None, 5.0)), hold_s=[0.0, 0.1, 0.5, 1.0]) == ["4"]


def test_a_paused_hold_says_nothing() -> None:
    assert said(voice("hero_pose"), hold_s=[25.0] * 40) == ["5"]


def test_what_is_taken_off_when_the_pose_is_left_is_not_counted_up() -> None:
    seconds = [24.9, 25.1, 24.2, 24.2, 25.2, 26.1, 0.0, 25.1]
    assert said(voice("hero_pose"), hold_s=seconds) == ["5", "4", "5"], "another hold is counted anew"


def test_a_guided_hold_is_told_by_its_guide() -> None:
    assert said(voice("pelvic_tilt"), hold_s=[float(s) for s in range(80)]) == []


def test_the_time_at_the_top_is_led() -> None:
    phases = ["out", "peak", "peak", "peak", "peak", "back"]
    told = said(
        voice("bridge"),
        phase=phases,
        progress=[0.8, 0.9, 0.97, 1.0, 1.0, 0.7],
        hold_s=[0.0, 0.1, 0.4, 2.0, 3.0, 0.0],
    )
    assert told == ["Hold", "And slowly back"]


def test_who_does_not_get_there_is_not_told_to_hold() -> None:
    assert said(voice("bridge"), phase=["peak"] * 3, progress=[0.9] * 3, hold_s=[1.0, 3.0, 4.0]) == []


def test_each_repetition_is_led_anew() -> None:
    phases = ["peak", "back", "peak"]
    assert said(voice("bridge"), phase=phases, progress=[1.0] * 3, hold_s=[0.0] * 3) == ["Hold", "Hold"]


def test_where_no_time_is_asked_for_nothing_is_led() -> None:
    assert said(voice("squat"), phase=["peak"] * 2, progress=[1.0] * 2, hold_s=[0.0, 5.0]) == []


def test_only_a_time_that_can_be_felt_is_led() -> None:
    asked_for = {name: time_at_top(load_exercise(name)) for name in exercise_ids()}
    assert asked_for["bridge"] == 3
    assert all(seconds is None or seconds >= 2 for seconds in asked_for.values())


def test_sentences_are_one_utterance() -> None:
    assert spoken_together([]) == ""
    assert spoken_together(["3", "", "Lower slowly."]) == "3. Lower slowly"


def test_what_is_heard_is_what_was_chosen_and_is_kept_as_said() -> None:
    sentences = ["3", "Chest up."]
    for spoken, heard in (("everything", "3. Chest up"), ("counting", "3"), ("nothing", "")):
        aloud = Aloud(spoken)  # type: ignore[arg-type]  # a choice
        assert (aloud.take(1.234, sentences), aloud.take(2.0, [])) == (heard, "")
        assert aloud.said == ([(1.23, heard)] if heard else [])


def test_a_sentence_is_not_cut_off_by_the_time_at_the_top() -> None:
    own = voice("bridge")

    def at(hold_s: float, speaking: bool, phase: str = "peak") -> list[str]:
        now = feedback(phase=phase, hold_s=hold_s, progress=1.0)
        return own.step(now, speaking=speaking)

    assert [at(0.5, True), at(1.0, False), at(3.1, True), at(3.2, False)] == [
        [],
        ["Hold"],
        [],
        ["And slowly back"],
    ]
    at(0.0, False, "back")
    assert [at(2.5, False), at(3.1, False)] == [[], ["And slowly back"]], "so late nobody is told to hold"


def test_how_long_a_sentence_takes_is_told_by_its_letters() -> None:
    aloud = Aloud("everything")
    aloud.take(10.0, ["Lift your hips a little higher"])
    assert 12.0 < aloud.until_s < 13.0
    aloud.take(20.0, [])
    assert aloud.until_s < 13.0


def test_a_number_waits_for_the_sentence_before_it() -> None:
    aloud = Aloud("everything")
    aloud.take(0.0, ["Get into the starting position"])
    until_s = aloud.until_s
    aloud.take(1.0, ["5"])
    assert aloud.until_s > until_s
