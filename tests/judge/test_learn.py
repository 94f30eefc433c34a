"""Learning from a demonstration: what lies clearly outside is proposed, everything else is kept."""

from collections.abc import Iterable

import pytest

from coach.errors import CoachError
from coach.judge import load_exercise
from coach.judge.learn import counted_of, learn, learnt_file
from coach.judge.library import exercise_file, parse_exercise
from coach.motion import MEASURES, load_errors
from coach.pose import PoseFrame
from tests.judge.demonstrations import changed, finding, learnt, learnt_exercise
from tests.judge.films import (
    BRIDGE,
    FRONT,
    HIKER,
    LEFT,
    SQUAT,
    bridges,
    hikes,
    joined,
    pigeons,
    squats,
)
from tests.judge.waves import Move

# --- ranges -----------------------------------------------------------------------------------------


def test_what_lies_inside_or_within_the_error_is_kept() -> None:
    demonstration = learnt(bridges(3), "bridge")
    assert changed(demonstration) == set()
    assert list(demonstration.changes()) == []
    assert demonstration.parts == 3 and demonstration.view == "side"
    end = finding(demonstration, "end range").seen
    assert end is not None and end.n == 3 and end.median == pytest.approx(180, abs=2)
    rest = finding(demonstration, "rest").seen
    assert rest is not None and rest.median == pytest.approx(122, abs=2)
    assert demonstration.times_s["hold"] == pytest.approx(BRIDGE.hold_s, abs=0.4)


def test_an_end_range_that_the_engine_refuses_is_learnt_though_the_measure_itself_errs_more() -> None:
    errors = load_errors().of("bridge")
    signal = MEASURES["hip_extension"]
    short = (errors.error(signal, "side") + errors.error_of_change(signal, "side")) / 2
    film = bridges(3, move=Move(1.5, 3.8, 2.2, pause_s=1.2, height=165 - 122 - short))
    assert counted_of(load_exercise("bridge"), film) == 0
    assert counted_of(learnt_exercise(learnt(film, "bridge"), "bridge"), film) == 3


def test_a_movement_within_the_error_teaches_nothing() -> None:
    with pytest.raises(CoachError, match=r"needed to learn from|so small"):
        learnt(bridges(3, move=Move(1.5, 3.8, 2.2, pause_s=1.2, height=15.0)), "bridge")


def test_the_faults_of_a_demonstration_are_counted_by_the_base_file() -> None:
    right, leaning = learnt(hikes(3), "hip_hiker"), learnt(hikes(3, lean=20), "hip_hiker")
    assert (right.faulty, right.faults) == (0, ())
    assert leaning.faulty == 3 and "trunk_upright" in leaning.faults
    once = learnt(joined(bridges(2), bridges(1, move=Move(1.5, 1.2, 2.2, height=BRIDGE.height))), "bridge")
    assert (once.parts, once.faulty, once.faults) == (3, 1, ("hold",))


def test_a_pose_is_learnt_from_one_hold() -> None:
    demonstration = learnt(pigeons(14.0, knee_out_deg=60.0), "pigeon")
    assert demonstration.parts == 1 and set(demonstration.times_s) == {"hold"}
    assert "knee_in_line" in changed(demonstration)
    assert not finding(demonstration, "in the pose: shin_across").changed


# --- refusals ---------------------------------------------------------------------------------------


def refusal(frames: Iterable[PoseFrame], exercise: str) -> str:
    with pytest.raises(CoachError) as refused:
        learnt(frames, exercise)
    said = str(refused.value)
    assert "\n" not in said and said.endswith(".")
    return said


def test_one_repetition_is_too_few() -> None:
    assert "Only one repetition of 'bridge'" in refusal(bridges(1), "bridge")
    still = Move(1.0, 1.0, 1.0, height=0.0)
    assert "No repetition of 'bridge'" in refusal(bridges(2, move=still), "bridge")


def test_the_wrong_view_is_told() -> None:
    said = refusal(bridges(3, camera=FRONT), "bridge")
    assert "from the side" in said
    assert "front or back" in refusal(hikes(3, camera=LEFT), "hip_hiker")


def test_a_short_hold_is_too_little() -> None:
    assert "held for" in refusal(pigeons(4.0), "pigeon")


def test_somebody_in_another_position_is_told_as_such() -> None:
    assert refusal(squats(3), "bridge") == (
        "Nobody was seen in it in the position of 'bridge' (supine) for long enough to learn from; "
        "make sure that it shows that exercise."
    )


def test_nobody_is_told_so() -> None:
    assert refusal([], "bridge") == "Nobody was seen in it for long enough to learn from."


# --- the file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frames", "base"),
    [
        (bridges(3, move=Move(1.5, 1.2, 0.7, pause_s=1.2, height=32.0)), "bridge"),
        (hikes(3, lean=20, move=HIKER), "hip_hiker"),
        (squats(3, camera=FRONT, move=SQUAT, knee_gap=0.5), "squat"),
        (pigeons(14.0, knee_out_deg=60.0), "pigeon"),
    ],
)
def test_what_is_written_loads_with_what_was_proposed(frames: Iterable[PoseFrame], base: str) -> None:
    demonstration = learnt(frames, base)
    assert changed(demonstration)
    text = learnt_file(
        exercise_file(base).read_text("utf-8"), "mine", "Mine", demonstration, "de\x07mo\n.\udcffmp4"
    )
    exercise = parse_exercise(text, "mine.yaml")
    for found in demonstration.findings:
        part = exercise.model_dump()
        for step in found.place:
            part = part[step]
        assert (part["min"], part["max"]) == (found.proposed.min, found.proposed.max), found.what
    assert text.startswith("# Learnt from de mo . mp4, which shows ")
    ends = sum(
        getattr(found.base, end) != getattr(found.proposed, end)
        for found in demonstration.findings
        for end in ("min", "max")
    )
    ends += exercise.dose.hold_s != load_exercise(base).dose.hold_s
    assert text.count("# Seen: ") == ends
    assert len(text.splitlines()) >= len(exercise_file(base).read_text("utf-8").splitlines()) + 2 + ends


def test_what_is_written_is_like_the_exercise_that_ships() -> None:
    demonstration = learnt(hikes(3, lean=20, move=HIKER), "hip_hiker")
    exercise = learnt_exercise(demonstration, "hip_hiker")
    assert (exercise.id, exercise.measured_as) == ("mine", "hip_hiker")
    again = learn(exercise, hikes(3, lean=20, move=HIKER))
    errors = {found.what: found.error for found in demonstration.findings}
    assert {found.what: found.error for found in again.findings} == errors


def test_the_demonstrator_passes_the_file_that_was_learnt() -> None:
    from coach.judge import Engine, Judgement

    track = bridges(3, move=Move(1.5, 1.2, 0.7, pause_s=1.2, height=32.0))
    demonstration = learnt(track, "bridge")
    text = learnt_file(exercise_file("bridge").read_text("utf-8"), "mine", "Mine", demonstration, "demo")
    engine = Engine(parse_exercise(text, "mine.yaml"))
    for frame in track:
        engine.step(frame)
    result = engine.finish()
    assert result.counted == 3 and result.faults == {}
    judged = [v.verdict for rep in result.reps for v in rep.verdicts.values()]
    assert judged.count(Judgement.PASS) > 0
