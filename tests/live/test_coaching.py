"""A session as a person lives it, as a whole: judged as its recording, its dose, its languages, bad frames."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coach.live.coaching as module
from coach.judge import Engine, load_exercise
from coach.judge.texts import texts_of
from coach.language import LANGUAGES, Language, words
from coach.live import Coaching, Dose, Ended, Stage
from coach.pose import PoseFrame
from tests.judge.films import bridges, joined, pigeons, squats
from tests.live.sets import LIBRARY, MANY, THREE, asked, kept, nobody, still, then, upright, watch
from tests.skeletons import LEFT, bridge, jittered, squat
from tests.skeletons_lying import knees_up

TRACKS = (
    "bridge_march_clean", "bridge_march_faulty_1", "hip_hinge_faulty_1", "hero_pose_faulty_1",
    "runners_lunge_clean", "side_lying_leg_raise_faulty_1", "fire_hydrant_clean", "plie_squat_faulty_2",
    "thomas_test_clean", "hip_hinge_wrong_view",
)  # fmt: skip
HELD = ("hero_pose_clean", "runners_lunge_faulty_1", "thread_the_needle_clean", "thomas_test_clean")


def empty(t: float = 0.0) -> PoseFrame:
    return PoseFrame.empty(t, (640, 480))


# --- judged as its recording would be -----------------------------------------------------------------------


@pytest.mark.parametrize("name", TRACKS)
def test_a_live_set_is_judged_as_the_engine_judges_its_recording(name: str) -> None:
    exercise, frames = kept(name)
    engine = Engine(load_exercise(exercise))
    for frame in frames:
        engine.step(frame)
    own = Dose.of(load_exercise(exercise))
    long = replace(own, reps=1000 if own.reps else None)
    (result,) = watch(frames, asked(exercise, long), stop=True).coached.results
    wanted = engine.finish()
    assert (result.counted, result.attempts, result.faults) == (
        wanted.counted,
        wanted.attempts,
        wanted.faults,
    )
    assert result == wanted


def test_the_tracks_are_at_hand() -> None:
    assert all((LIBRARY / f"{name}.npz").is_file() for name in (*TRACKS, *HELD))


# --- the dose -----------------------------------------------------------------------------------------------


def test_the_dose_ends_the_set() -> None:
    seen = watch(squats(4), asked(dose=THREE))
    assert seen.stages[-1] is Stage.DONE
    assert seen.coached.ended is Ended.DOSE
    assert seen.coached.results[0].counted == 3
    assert seen.said[-3:] == ["1", "2", "3. Done: 3 repetitions"]
    assert (seen.last.count, seen.last.of) == (3, 3)


def test_after_the_end_nothing_changes() -> None:
    seen = watch(squats(4), asked(dose=THREE))
    before = seen.coached
    assert seen.coaching.step(replace(upright(), t=60.0)).stage is Stage.DONE
    assert seen.coaching.stop(61.0).say == ""
    assert seen.coached == before


# --- holding ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HELD)
@pytest.mark.parametrize("hold_s", [4.5, 5.0, 6.0, 6.5, 7.0, 8.0])
def test_what_is_told_as_held_is_held_in_the_result(name: str, hold_s: float) -> None:
    """Who moves a little at the end of the time is not told that it is up, and then that nothing counted."""
    exercise, frames = kept(name)
    sides = ("left", "right") if load_exercise(exercise).sides == "each" else (None,)
    for side in sides:
        seen = watch(frames, asked(exercise, Dose(None, hold_s), side=side))  # type: ignore[arg-type]
        if seen.last.stage is Stage.DONE:
            assert seen.coached.results[0].counted == 1
            assert seen.said[-1].startswith("Done: held once")


def test_a_hold_may_be_paused() -> None:
    inside, out = pigeons(9.0), still(lambda: pigeons(0.0)[0], 3.0)
    again = list(pigeons(14.0))[12:]
    seen = watch(then(inside, out, again), asked("pigeon", Dose(None, 15.0), side="right"))
    (hold,) = seen.coached.results[0].holds
    assert seen.coached.ended is Ended.DOSE and hold.counted
    assert len(hold.pauses) == 1


# --- at the top, led aloud ----------------------------------------------------------------------------------


def test_the_time_at_the_top_of_a_bridge_is_led() -> None:
    seen = watch(bridges(2), asked("bridge", Dose(2, None)))
    assert [s for s in seen.said if s in ("Hold", "And slowly back")] == ["Hold", "And slowly back"] * 2
    top = [
        screen.seconds
        for _, screen in seen.shown
        if screen.phase == load_exercise("bridge").repetition.phases.peak
    ]  # type: ignore[union-attr]
    assert max(s for s in top if s is not None) == 3 and min(s for s in top if s is not None) == 0


def test_a_guided_exercise_is_led_and_counted_by_what_was_led() -> None:
    seen = watch(still(knees_up, 86.0), asked("pelvic_tilt"))
    guide = load_exercise("pelvic_tilt").hold.guide  # type: ignore[union-attr]
    assert guide is not None
    assert seen.said.count(guide.hold) == 10
    assert seen.said.count(guide.rest) >= 9
    assert seen.coached.ended is Ended.DOSE
    assert seen.said[-1].endswith("Done: 10 repetitions")
    counts = [screen.count for _, screen in seen.shown]
    assert counts == sorted(counts) and counts[-1] == 10, "it is done with the last one"
    assert {screen.of for _, screen in seen.shown if screen.stage is Stage.GOING} == {10}


# --- stopping -----------------------------------------------------------------------------------------------


def test_stopping_closes_what_was_under_way() -> None:
    seen = watch(pigeons(12.0), asked("pigeon", side="right"), stop=True)
    assert seen.coached.ended is Ended.STOPPED
    (hold,) = seen.coached.results[0].holds
    assert not hold.counted and hold.held_s == pytest.approx(12.0, abs=0.2)
    assert seen.said[-1] == "The set has ended. Nothing was counted"
    assert len(seen.coached.replays[0]) == 1


def test_a_further_set_in_which_nothing_was_tried_is_none() -> None:
    dose = Dose(1, None, 2, 1.0)
    seen = watch(then(squats(1), still(upright, 3.0)), asked(dose=dose), stop=True)
    assert Stage.PLACING in seen.stages[seen.stages.index(Stage.RESTING) :]
    assert [result.counted for result in seen.coached.results] == [1]
    assert len(seen.coached.replays) == 1


def test_stopping_before_anything_is_a_set_with_nothing_in_it() -> None:
    coaching = Coaching(asked())
    assert coaching.coached.results == ()
    screen = coaching.stop(0.0)
    assert (screen.stage, screen.count) == (Stage.DONE, 0)
    assert coaching.coached.results[0].attempts == 0


# --- what is said -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TRACKS)
def test_what_is_said_is_what_is_kept(name: str) -> None:
    exercise, frames = kept(name)
    seen = watch(frames, asked(exercise), stop=True)
    assert [(round(t, 2), screen.say) for t, screen in seen.shown if screen.say] == [*seen.coached.said]


def test_counting_says_numbers_only() -> None:
    loud = watch(list(kept("plie_squat_faulty_2")[1]), asked("plie_squat", MANY))
    terse = watch(list(kept("plie_squat_faulty_2")[1]), asked("plie_squat", MANY, spoken="counting"))
    assert any(not s[0].isdigit() for s in loud.said)
    assert terse.said and all(s.isdigit() for s in terse.said)
    assert next(s for s in loud.said if s[0].isdigit())[0] == terse.said[0]


def test_nothing_says_nothing_and_shows_everything() -> None:
    frames = kept("plie_squat_faulty_2")[1]
    loud, silent = (
        watch(frames, asked("plie_squat", MANY)),
        watch(frames, asked("plie_squat", MANY, spoken="nothing")),
    )
    assert silent.said == [] and silent.coached.said == ()
    assert [replace(screen, say="") for _, screen in loud.shown] == [screen for _, screen in silent.shown]


def test_somebody_else_is_told_of_once() -> None:
    frames = [replace(frame, others=1) for frame in still(upright, 6.0)]
    said = watch(frames, asked()).said
    assert len([s for s in said if "somebody else" in s]) == 1


def _patterns(language: Language, exercise: str) -> list[re.Pattern[str]]:
    """Every sentence that may be said in a language."""
    told = [*texts_of(load_exercise(exercise, language=language)).values()]
    for package in ("live", "judge"):
        for message in words(language, Path(module.__file__).parents[1] / package).messages.values():
            told += [message] if isinstance(message, str) else [*message.values()]
    parts = [part.rstrip(".") for text in told for part in text.split(". ")]
    return [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(part))) for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_of_the_language(language: Language) -> None:
    films = {
        "plie_squat": (*kept("plie_squat_faulty_2")[1],),
        "hip_hinge": (*kept("hip_hinge_wrong_view")[1],),
        "bridge": (*then(bridges(1), nobody(23.0)),),
        "pigeon": (*joined(pigeons(8.0), pigeons(9.0, side="left")),),
        "squat": (*then(squats(1), still(upright, 9.0), nobody(2.5), still(upright, 2.0), squats(1)),),
    }
    dose = {"pigeon": Dose(None, 6.0), "squat": Dose(1, None, 2, 5.0)}
    for exercise, frames in films.items():
        seen = watch(frames, asked(exercise, dose.get(exercise, MANY), language=language), stop=True)
        patterns = _patterns(language, exercise)
        read = {screen.caption for _, screen in seen.shown if screen.caption}
        assert seen.said
        for sentence in {part for said in {*seen.said, *read} for part in said.split(". ")}:
            known = any(pattern.fullmatch(sentence) for pattern in patterns)
            assert sentence.isdigit() or known, (language, sentence)


@pytest.mark.parametrize("language", ["de", "es"])
def test_no_message_is_left_in_english(language: Language) -> None:
    folder = Path(module.__file__).parent
    english = words("en", folder).messages
    assert not [key for key, said in words(language, folder).messages.items() if said == english[key]]


# --- bad frames ---------------------------------------------------------------------------------------------


def spoiled(frame: PoseFrame, how: int) -> PoseFrame:
    if how == 0:
        return empty(frame.t)
    if how == 1:
        return replace(frame, cut=True)
    if how == 2:
        return replace(frame, xy=np.full_like(frame.xy, np.nan))
    if how == 3:
        return replace(frame, world=np.full_like(frame.world, np.nan))
    if how == 4:
        return replace(frame, doubt="trembles")
    return frame


@settings(deadline=None, max_examples=25, derandomize=True)
@given(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 5, 5]), min_size=110, max_size=110),
    st.sampled_from(["squat", "bridge"]),
)
def test_no_frame_stops_the_coaching(how: list[int], exercise: str) -> None:
    film = squats(2) if exercise == "squat" else bridges(1)
    frames = [spoiled(frame, spoil) for frame, spoil in zip(film, how, strict=False)]
    seen = watch(frames, asked(exercise, Dose(2, None, 2, 5.0)), stop=True)
    assert seen.last.stage is Stage.DONE
    assert all(0 <= screen.progress <= 1 for _, screen in seen.shown)


@pytest.mark.parametrize("how", range(5))
def test_a_set_of_bad_frames_alone_counts_nothing(how: int) -> None:
    frames = [spoiled(frame, how) for frame in squats(2)]
    result = watch(frames, asked(dose=MANY), stop=True).coached.results[0]
    assert result.counted == 0 or how == 3


def test_a_set_may_begin_at_zero_or_late_and_frames_may_share_a_time() -> None:
    frames = [replace(frame, t=frame.t + 5000) for frame in squats(2)]
    twice = [frame for frame in frames for _ in range(2)]
    assert watch(twice, asked(dose=MANY), stop=True).coached.results[0].counted == 2
    assert watch([replace(f, t=0.0) for f in squats(1)], asked(), stop=True).last.stage is Stage.DONE


def test_noise_does_not_make_the_count_wrong() -> None:
    noisy = jittered(squats(3), 1.0)
    assert watch(noisy, asked(dose=MANY), stop=True).coached.results[0].counted == 3


def test_frames_of_another_size_may_follow() -> None:
    frames = [
        *still(lambda: squat(0.0, camera=LEFT), 2.0),
        *[replace(empty(3.0 + i / 12), size=(320, 240)) for i in range(12)],
    ]
    assert watch(frames, asked()).last.stage in (Stage.PLACING, Stage.COUNTDOWN)
    assert watch(still(bridge, 1.0), asked()).last.stage is Stage.PLACING
