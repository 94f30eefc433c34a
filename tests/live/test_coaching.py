"""A set as a person lives it: placing, countdown, the set, pauses, rests, the end; and what is said on the way."""

import re
from dataclasses import replace
from functools import cache
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
from coach.live.coaching import COUNTDOWN_S, READY_S
from coach.pose import INDEX, PoseFrame
from tests.judge.films import bridges, hikes, joined, pigeons, squats, unseen
from tests.live.sets import LIBRARY, MANY, Watched, asked, kept, nobody, still, then, watch
from tests.skeletons import LEFT, bridge, jittered, squat, standing
from tests.skeletons_lying import knees_up

TRACKS = (
    "bridge_march_clean", "bridge_march_faulty_1", "hip_hinge_faulty_1", "hero_pose_faulty_1",
    "runners_lunge_clean", "side_lying_leg_raise_faulty_1", "fire_hydrant_clean", "plie_squat_faulty_2",
    "thomas_test_clean", "hip_hinge_wrong_view",
)  # fmt: skip
HELD = ("hero_pose_clean", "runners_lunge_faulty_1", "thread_the_needle_clean", "thomas_test_clean")
THREE = Dose(3, None)


def upright() -> PoseFrame:
    return standing(camera=LEFT)


def empty(t: float = 0.0) -> PoseFrame:
    return PoseFrame.empty(t, (640, 480))


# --- placing and countdown ----------------------------------------------------------------------------------


def test_who_waits_is_counted_down() -> None:
    seen = watch(still(upright, 9.0), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]
    assert seen.since(Stage.COUNTDOWN) == pytest.approx(READY_S, abs=0.01)
    assert seen.since(Stage.GOING) - seen.since(Stage.COUNTDOWN) == pytest.approx(COUNTDOWN_S, abs=0.09)
    assert seen.said == ["Good, I can see you. Get ready", "3", "2", "1", "Go"]


def test_the_countdown_is_shown_second_by_second() -> None:
    seen = watch(still(upright, 9.0), asked())
    shown = [screen for _, screen in seen.shown if screen.stage is Stage.COUNTDOWN]
    assert list(dict.fromkeys(screen.seconds for screen in shown)) == [5, 4, 3, 2, 1]
    assert {screen.caption for screen in shown} == {"Good, I can see you. Get ready"}


def test_who_begins_early_needs_no_countdown_and_loses_nothing() -> None:
    seen = watch(squats(3), asked(dose=THREE))
    assert seen.since(Stage.GOING) < READY_S + 1.0
    assert seen.coached.results[0].counted == 3
    assert "Go" not in seen.said and "3" not in seen.said[:1]


def test_who_begins_at_once_loses_nothing_either() -> None:
    """The first repetition begins while the person is still placing themselves."""
    frames = list(squats(3))[12:]
    assert watch(frames, asked(dose=MANY), stop=True).coached.results[0].counted == 3


def test_who_goes_out_of_sight_in_the_countdown_is_placed_again() -> None:
    seen = watch(then(still(upright, 3.0), nobody(2.0), still(upright, 8.0)), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]


def test_a_moment_out_of_sight_does_not_stop_the_countdown() -> None:
    seen = watch(then(still(upright, 3.0), nobody(0.5), still(upright, 6.0)), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]


def test_advice_is_said_while_placing() -> None:
    exercise, frames = kept("hip_hinge_wrong_view")
    seen = watch(frames, asked(exercise))
    assert set(seen.stages) == {Stage.PLACING}
    assert seen.said[0] == load_exercise(exercise).wrong_view.rstrip(".")
    assert seen.last.caption == seen.said[0] and seen.last.tone == "advice"
    assert not seen.last.seen


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


def test_there_is_a_rest_between_sets() -> None:
    rest = replace(THREE, sets=2, rest_s=12.0)
    frames = then(list(squats(3))[:152], still(upright, 13.0), squats(3))
    seen = watch(frames, asked(dose=rest))
    assert [result.counted for result in seen.coached.results] == [3, 3]
    first, second = seen.stages[:4], seen.stages[4:]
    assert first == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING, Stage.RESTING]
    assert second == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING, Stage.DONE]
    began = seen.since(Stage.RESTING)
    assert [screen.seconds for t, screen in seen.shown if began <= t < began + 11.9][::12] == [
        *range(12, 0, -1)
    ]
    said = seen.said
    assert said[said.index("3. Set 1 of 2 is done. Rest for 12 seconds") + 1 :][:5] == [
        "10 seconds left", "3", "2", "1", "Set 2 of 2",
    ]  # fmt: skip
    assert said[-1] == "3. Done: 6 repetitions"


@pytest.mark.parametrize("rested_s", [4.0, 11.0])
def test_who_begins_the_next_set_before_the_rest_is_over_loses_nothing(rested_s: float) -> None:
    dose = replace(THREE, sets=2, rest_s=15.0)
    frames = then(list(squats(3))[:152], still(upright, rested_s), squats(3))
    seen = watch(frames, asked(dose=dose))
    assert [result.counted for result in seen.coached.results] == [3, 3]
    assert seen.stages == [
        Stage.PLACING,
        Stage.COUNTDOWN,
        Stage.GOING,
        Stage.RESTING,
        Stage.GOING,
        Stage.DONE,
    ]
    assert seen.said[-2:] == ["2", "3. Done: 6 repetitions"] and "Set 2 of 2" not in seen.said
    first = seen.coached.results[1].reps[0]
    assert len(seen.coached.replays[1]) == 3 and seen.since(Stage.RESTING) < first.start_s


def test_who_sits_down_once_in_the_rest_has_not_begun() -> None:
    dose = replace(THREE, sets=2, rest_s=15.0)
    sits = (squats(1), still(upright, 12.0))
    frames = then(list(squats(3))[:152], still(upright, 2.0), *sits, *sits, squats(3))
    seen = watch(frames, asked(dose=replace(dose, rest_s=32.0)))
    assert [result.attempts for result in seen.coached.results] == [3, 3]
    assert "Set 2 of 2" in seen.said


def test_what_began_a_moment_before_the_end_of_the_rest_counts() -> None:
    dose = replace(THREE, sets=2, rest_s=15.0)
    frames = then(list(squats(3))[:152], still(upright, 10.5), squats(3))
    seen = watch(frames, asked(dose=dose))
    assert [result.counted for result in seen.coached.results] == [3, 3]
    assert seen.said[-3:] == ["1", "2", "3. Done: 6 repetitions"]


def test_a_rest_of_ten_seconds_is_not_announced_twice() -> None:
    dose = Dose(1, None, 2, 10.0)
    seen = watch(then(list(squats(1)), still(upright, 3.0)), asked(dose=dose))
    assert seen.stages[-1] is Stage.RESTING
    assert not any("10 seconds left" in sentence for sentence in seen.said)


def test_the_screen_tells_the_set() -> None:
    dose = replace(THREE, sets=2, rest_s=5.0)
    seen = watch(then(squats(3), still(upright, 6.0)), asked(dose=dose))
    assert {(screen.set_number, screen.sets) for _, screen in seen.shown} == {(1, 2), (2, 2)}


def test_both_sides_have_a_dose_each_and_the_change_is_said_once() -> None:
    frames = joined(hikes(2), hikes(2, side="left"))
    seen = watch(frames, asked("hip_hiker", Dose(2, None)))
    (result,) = seen.coached.results
    assert [rep.side for rep in result.reps] == ["right", "right", "left", "left"]
    assert [s for s in seen.said if "other side" in s] == ["2. Now the other side"]
    assert seen.coached.ended is Ended.DOSE
    assert [s for s in seen.said if s[0].isdigit()] == [
        "1",
        "2. Now the other side",
        "1",
        "2. Done: 4 repetitions",
    ]
    assert (seen.last.count, seen.last.of) == (4, 4)


def test_one_side_alone_is_done_with_its_own_dose() -> None:
    seen = watch(hikes(3), asked("hip_hiker", Dose(2, None), side="right"))
    assert seen.coached.results[0].counted == 2
    assert not any("other side" in sentence for sentence in seen.said)


# --- holding ------------------------------------------------------------------------------------------------


@cache
def held_both_sides() -> Watched:
    frames = joined(pigeons(18.0), pigeons(20.0, side="left"))
    return watch(frames, asked("pigeon", Dose(None, 15.0)))


def test_a_hold_is_counted_down_and_ends_when_its_time_is_up() -> None:
    seen = watch(pigeons(20.0), asked("pigeon", Dose(None, 15.0), side="right"))
    assert [s for s in seen.said if s.isdigit()] == ["10", "5", "4", "3", "2", "1"]
    assert seen.said[-1] == "Done: held once"
    began = next(t for t, screen in seen.shown if screen.seconds == 14)
    assert seen.since(Stage.DONE) - began == pytest.approx(14.0, abs=0.2)
    assert seen.coached.results[0].holds[0].held_s == pytest.approx(15.0, abs=0.1)


def test_both_sides_are_held_and_the_change_is_said_once() -> None:
    seen = held_both_sides()
    assert [(hold.side, hold.counted) for hold in seen.coached.results[0].holds] == [
        ("right", True),
        ("left", True),
    ]
    assert [s for s in seen.said if "side" in s] == ["Time. Come out slowly. Now the other side"]
    assert seen.said[-1] == "Done: held 2 times"


def test_who_is_done_may_leave_the_pose_without_a_word() -> None:
    left = load_exercise("pigeon").hold.left  # type: ignore[union-attr]
    assert not any(left in sentence for sentence in held_both_sides().said)


def test_who_leaves_the_pose_before_the_time_hears_it() -> None:
    gone = then(pigeons(8.0), still(lambda: pigeons(0.0)[0], 3.0))
    left = load_exercise("pigeon").hold.left  # type: ignore[union-attr]
    assert any(left in s for s in watch(gone, asked("pigeon", Dose(None, 30.0), side="right")).said)


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


def test_a_guided_exercise_that_is_stopped_tells_what_was_led() -> None:
    seen = watch(still(knees_up, 24.0), asked("pelvic_tilt"), stop=True)
    assert seen.said[-1] == "Done: 3 repetitions"


# --- leaving, stopping --------------------------------------------------------------------------------------


def test_who_leaves_is_waited_for_and_goes_on() -> None:
    frames = joined(squats(2), squats(2))
    away = unseen(frames, 9.6, 13.0)
    seen = watch(away, asked(dose=MANY), stop=True)
    assert Stage.PAUSED in seen.stages
    paused = seen.since(Stage.PAUSED)
    assert paused == pytest.approx(11.6, abs=0.1)
    assert seen.at(paused).caption == "Paused. Come back into the picture to go on"
    assert [s for s in seen.said if s in ("Paused. Come back into the picture to go on", "On we go")] == [
        "Paused. Come back into the picture to go on",
        "On we go",
    ]
    assert seen.coached.results[0].counted == 3


def test_who_does_not_come_back_has_ended_the_set() -> None:
    seen = watch(then(squats(2), nobody(22.0)), asked(dose=MANY))
    assert seen.stages[-2:] == [Stage.PAUSED, Stage.DONE]
    assert seen.since(Stage.DONE) - squats(2).t[-1] == pytest.approx(20.0, abs=0.2)
    assert seen.coached.ended is Ended.LEFT
    assert seen.coached.results[0].counted == 2
    assert seen.said[-1] == "You left the picture, so I ended the set. Done: 2 repetitions"


def later(frames: list[PoseFrame], from_s: float, by_s: float) -> list[PoseFrame]:
    """The film with a gap in the pictures: a connection that broke."""
    return [replace(f, t=f.t + by_s) if f.t >= from_s else f for f in frames]


def test_a_connection_that_breaks_while_nobody_is_there_does_not_end_the_set() -> None:
    frames = then(squats(2), nobody(1.5), squats(2))
    seen = watch(later(frames, float(squats(2).t[-1]) + 0.5, 60.0), asked(dose=MANY), stop=True)
    assert Stage.DONE not in seen.stages[:-1]
    assert seen.coached.ended is Ended.STOPPED
    assert seen.coached.results[0].counted == 4


def test_nobody_is_counted_down_over_a_connection_that_broke() -> None:
    frames = then(still(upright, 2.0), nobody(1.0), still(upright, 8.0))
    seen = watch(later(frames, 2.0, 60.0), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]
    assert seen.said[-4:] == ["3", "2", "1", "Go"]


def test_nobody_is_sent_away_before_the_set() -> None:
    assert set(watch(nobody(40.0), asked()).stages) == {Stage.PLACING}


def test_stopping_closes_what_was_under_way() -> None:
    seen = watch(pigeons(12.0), asked("pigeon", side="right"), stop=True)
    assert seen.coached.ended is Ended.STOPPED
    (hold,) = seen.coached.results[0].holds
    assert not hold.counted and hold.held_s == pytest.approx(12.0, abs=0.2)
    assert seen.said[-1] == "The set has ended. Nothing was counted"
    assert len(seen.coached.replays[0]) == 1


def test_stopping_in_a_rest_does_not_make_another_set() -> None:
    dose = Dose(1, None, 2, 30.0)
    seen = watch(then(squats(1), still(upright, 2.0)), asked(dose=dose), stop=True)
    assert [result.counted for result in seen.coached.results] == [1]
    assert seen.said[-1] == "Done: one repetition"


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


def test_the_one_thing_to_work_on_is_told_at_the_end() -> None:
    exercise, frames = kept("plie_squat_faulty_2")
    seen = watch(frames, asked(exercise, MANY), stop=True)
    worst = seen.coaching.most_frequent_fault
    assert worst is not None
    assert seen.said[-1].endswith(load_exercise(exercise).checks[worst].cue.rstrip("."))
    result = seen.coached.results[0]
    assert result.faults[worst] == max(result.faults.values())


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


# --- what is shown ------------------------------------------------------------------------------------------


def test_the_way_and_the_phase_are_shown() -> None:
    seen = watch(squats(2), asked(dose=MANY))
    shown = [screen for _, screen in seen.shown if screen.stage is Stage.GOING]
    assert max(screen.progress for screen in shown) == 1.0
    assert all(0 <= screen.progress <= 1 for screen in shown)
    phases = load_exercise("squat").repetition.phases  # type: ignore[union-attr]
    assert {screen.phase for screen in shown} == {phases.rest, phases.out, phases.peak, phases.back}


def test_joints_at_fault_are_told_by_their_index() -> None:
    seen = watch(kept("plie_squat_faulty_2")[1], asked("plie_squat", MANY))
    marked = {i for _, screen in seen.shown for i in screen.highlight}
    assert marked and marked <= set(INDEX.values())


def test_a_cue_stays_on_the_screen_for_a_while() -> None:
    seen = watch(kept("plie_squat_faulty_2")[1], asked("plie_squat", MANY))
    t = next(t for t, screen in seen.shown if screen.tone == "fault")
    assert seen.at(t + 3.8).caption == seen.at(t).caption or seen.at(t + 3.8).tone
    assert {screen.tone for _, screen in seen.shown} <= {"", "advice", "fault", "why_not", "praise", "guide"}


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
