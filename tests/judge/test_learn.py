"""Learning from a demonstration: what lies clearly outside is proposed, everything else is kept."""

from collections.abc import Iterable

import pytest

from coach.errors import CoachError
from coach.judge import load_exercise
from coach.judge.exercise import Exercise
from coach.judge.file_fields import Condition, Range
from coach.judge.learn import Demonstration, Finding, Values, counted_of, learn, learnt_file, opened
from coach.judge.library import exercise_file, parse_exercise
from coach.motion import MEASURES, load_errors
from coach.pose import PoseFrame
from tests.judge import files
from tests.judge.films import (
    BRIDGE,
    FRONT,
    HIKER,
    LEFT,
    SQUAT,
    bridges,
    curl,
    curls,
    hikes,
    joined,
    pigeons,
    squats,
)
from tests.judge.waves import Move
from tests.skeletons import RIGHT, film


def learnt(frames: Iterable[PoseFrame], exercise: str) -> Demonstration:
    return learn(load_exercise(exercise), frames)


def learnt_exercise(demonstration: Demonstration, base: str) -> Exercise:
    text = learnt_file(exercise_file(base).read_text("utf-8"), "mine", "Mine", demonstration, "demo.npz")
    return parse_exercise(text, "mine.yaml")


def finding(demonstration: Demonstration, what: str) -> Finding:
    return next(found for found in demonstration.findings if found.what == what)


def changed(demonstration: Demonstration) -> set[str]:
    return {found.what for found in demonstration.findings if found.changed}


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


def test_a_smaller_end_range_is_learnt_from_repetitions_that_did_not_count() -> None:
    low = Move(1.5, 3.8, 2.2, pause_s=1.2, height=32.0)  # to 154 of 165 degrees
    demonstration = learnt(bridges(3, move=low), "bridge")
    error = load_errors().error(MEASURES["hip_extension"], "side")
    change = load_errors().of("bridge").error_of_change(MEASURES["hip_extension"], "side")
    proposed = finding(demonstration, "end range").proposed
    assert proposed.min is not None and 144 <= proposed.min <= 154 - change
    assert "straight_line" in changed(demonstration), "a check of the same thing goes along"
    rest = finding(demonstration, "rest")
    assert rest.proposed.max is not None and 122 + error <= rest.proposed.max < proposed.min, "it gives way"


def test_an_end_range_that_the_engine_refuses_is_learnt_though_the_measure_itself_errs_more() -> None:
    errors = load_errors().of("bridge")
    signal = MEASURES["hip_extension"]
    short = (errors.error(signal, "side") + errors.error_of_change(signal, "side")) / 2
    film = bridges(3, move=Move(1.5, 3.8, 2.2, pause_s=1.2, height=165 - 122 - short))
    assert counted_of(load_exercise("bridge"), film) == 0
    assert counted_of(learnt_exercise(learnt(film, "bridge"), "bridge"), film) == 3


def test_the_far_end_of_rest_is_kept_since_what_lies_beyond_is_rest_too() -> None:
    base = files.changed("repetition", rest={"min": 40, "max": 60})
    demonstration = learn(base, curls(Move(1.0, 1.5, 1.0, pause_s=1.5, height=110.0), 3))
    rest = finding(demonstration, "rest")
    assert rest.seen is not None and rest.seen.median == pytest.approx(0, abs=3)
    assert not rest.changed


def test_where_both_sides_move_alike_the_nearer_one_is_learnt_from() -> None:
    bent = film(lambda _: curl(110.0, camera=RIGHT), range(240), 12)  # the left knee is straight, and hidden
    seen = finding(learn(files.parsed(files.SIT), bent), "in the pose: knee_flexion").seen
    assert seen is not None and seen.median == pytest.approx(110, abs=3)


def test_a_condition_is_not_learnt_from_a_view_in_which_its_measure_means_nothing() -> None:
    base = load_exercise("pigeon")
    assert base.hold is not None
    blind = Condition(measure="thigh_above_horizontal", max=-80.0)
    hold = base.hold.model_copy(update={"conditions": (*base.hold.conditions, blind)})
    found = finding(
        learn(base.model_copy(update={"hold": hold}), pigeons(14.0)), "in the pose: thigh_above_horizontal"
    )
    assert found.seen is None and not found.changed


def test_movements_that_were_refused_as_another_exercise_are_told() -> None:
    base = files.changed("repetition", only=[{"measure": "trunk_inclination", "max": 15}])
    move = Move(1.0, 1.5, 1.0, pause_s=1.5, height=110.0)
    demonstration = learn(base, joined(curls(move, 2), curls(move, 3, trunk_deg=30.0)))
    assert (demonstration.parts, demonstration.passed_over) == (2, 3)
    assert learnt(bridges(3), "bridge").passed_over == 0


def test_a_movement_within_the_error_teaches_nothing() -> None:
    with pytest.raises(CoachError, match=r"needed to learn from|so small"):
        learnt(bridges(3, move=Move(1.5, 3.8, 2.2, pause_s=1.2, height=15.0)), "bridge")


def test_a_fault_in_every_repetition_opens_its_range_and_a_single_one_does_not() -> None:
    leaning = learnt(hikes(3, lean=20), "hip_hiker")
    proposed = finding(leaning, "trunk_upright").proposed
    assert proposed.max is not None and proposed.max >= 20 + 2
    upright = hikes(2)
    once = [*hikes(1, lean=20)]
    last = once[-1].t + 0.1
    moved = [type(f)(f.t + last, f.xy, f.visibility, f.world, f.size, f.light) for f in upright]
    assert "trunk_upright" not in changed(learnt([*once, *moved], "hip_hiker"))


def test_a_range_is_never_made_narrower() -> None:
    for demonstration in (learnt(hikes(3, lean=20), "hip_hiker"), learnt(squats(3, camera=FRONT), "squat")):
        for found in demonstration.findings:
            for end, sign in (("min", -1), ("max", 1)):
                base, new = getattr(found.base, end), getattr(found.proposed, end)
                assert (base is None) == (new is None)
                assert base is None or sign * (new - base) >= 0


def test_a_time_is_learnt_in_seconds() -> None:
    quick = Move(1.5, 1.2, 0.7, pause_s=1.2, height=BRIDGE.height)
    demonstration = learnt(bridges(3, move=quick), "bridge")
    assert {"hold", "slow_lowering"} <= changed(demonstration)
    hold = finding(demonstration, "hold")
    assert hold.unit == "s" and hold.proposed.min is not None and hold.proposed.min < 1.2


def test_the_dose_goes_along_with_the_hold_that_is_learnt() -> None:
    quick = learnt_exercise(
        learnt(bridges(3, move=Move(1.5, 1.2, 0.7, pause_s=1.2, height=32.0)), "bridge"), "bridge"
    )
    wanted, held_s = quick.checks["hold"].range, quick.dose.hold_s
    assert wanted is not None and wanted.min is not None and held_s is not None
    assert wanted.min <= held_s <= 2 * wanted.min < 3, "else the file would contradict itself"
    assert learnt_exercise(learnt(bridges(3), "bridge"), "bridge").dose.hold_s == 3


def test_a_check_that_is_learnt_can_still_be_wrong() -> None:
    """The way down of 0.6 s errs by 0.3 s: opened by that, with its band, no way down would be too quick."""
    hasty = learnt(bridges(3, move=Move(1.5, 3.8, 0.6, pause_s=1.2, height=32.0)), "bridge")
    lowering = learnt_exercise(hasty, "bridge").checks["slow_lowering"]
    assert lowering.range is not None and lowering.range.min is not None
    assert lowering.band < lowering.range.min < 1.5


def test_the_faults_of_a_demonstration_are_counted_by_the_base_file() -> None:
    right, leaning = learnt(hikes(3), "hip_hiker"), learnt(hikes(3, lean=20), "hip_hiker")
    assert (right.faulty, right.faults) == (0, ())
    assert leaning.faulty == 3 and "trunk_upright" in leaning.faults
    once = learnt(joined(bridges(2), bridges(1, move=Move(1.5, 1.2, 2.2, height=BRIDGE.height))), "bridge")
    assert (once.parts, once.faulty, once.faults) == (3, 1, ("hold",))


def test_what_the_view_hides_is_kept() -> None:
    demonstration = learnt(squats(3, camera=FRONT), "squat")
    assert finding(demonstration, "heels_down").seen is None
    assert not finding(demonstration, "heels_down").changed


def test_a_pose_is_learnt_from_one_hold() -> None:
    demonstration = learnt(pigeons(14.0, knee_out_deg=60.0), "pigeon")
    assert demonstration.parts == 1 and set(demonstration.times_s) == {"hold"}
    assert "knee_in_line" in changed(demonstration)
    assert not finding(demonstration, "in the pose: shin_across").changed


@pytest.mark.parametrize(
    ("base", "values", "expected"),
    [
        (Range(min=165), [150, 152, 154], Range(min=145)),  # by the error around the middle
        (Range(min=165), [130, 152, 154], Range(min=130)),  # to hold all
        (Range(min=-12, max=12), [20, 21, 22], Range(min=-12, max=28)),
        (Range(min=-12, max=12), [-20.2], Range(min=-27, max=12)),  # outward
        (Range(max=3), [170], Range(max=175)),  # no further than it reaches
    ],
)
def test_a_range_is_opened_to_the_error_and_to_all_that_was_seen(
    base: Range, values: list[float], expected: Range
) -> None:
    seen = Values.of(values)
    assert seen is not None
    assert opened(base, seen, 6.4, 1.0, (-90, 175)) == expected


def test_nothing_seen_is_no_value() -> None:
    assert Values.of([float("nan")]) is None


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
    text = learnt_file(exercise_file(base).read_text("utf-8"), "mine", "Mine", demonstration, "demo\n.mp4")
    exercise = parse_exercise(text, "mine.yaml")
    for found in demonstration.findings:
        part = exercise.model_dump()
        for step in found.place:
            part = part[step]
        assert (part["min"], part["max"]) == (found.proposed.min, found.proposed.max), found.what
    assert text.startswith("# Learnt from demo .mp4, which shows ")
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
