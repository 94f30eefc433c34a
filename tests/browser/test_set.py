"""A set from its beginning to its summary: what is counted, said, shown and kept is one and the same."""

import json
import os
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from coach.judge import load_exercise
from tests.browser.visit import Visit
from tests.conftest import SAMPLES

pytestmark = pytest.mark.live

SHORT = ("squat_faulty", "squat_front_faulty")
EVERY = sorted(path.stem for path in SAMPLES.glob("*.mp4") if "wrong_view" not in path.name)
# Each takes as long as it lasts: COACH_EVERY_CLIP=true for all of them.
CLIPS = EVERY if os.environ.get("COACH_EVERY_CLIP") == "true" else SHORT


def truth(clip: str) -> Any:
    """What really happened in a clip."""
    return json.loads((SAMPLES / f"{clip}.json").read_text("utf-8"))


def faults(part: dict[str, Any]) -> set[str]:
    """The checks that a repetition or hold of a result failed."""
    return {name for name, verdict in part["verdicts"].items() if verdict["verdict"] == "fault"}


def watch(visit: Visit, clip: str, **dose: int) -> Visit:
    """See a sample clip being coached."""
    exercise = truth(clip)["exercise"]
    kind = clip.removeprefix(f"{exercise}_").replace("front_", "front-")
    return visit.choose(exercise).dose(exercise, **dose).watch(exercise, kind)


def same_as_true(result: dict[str, Any], clip: str) -> None:
    """Counts, sides and faults are those of the ground truth."""
    true = truth(clip)
    parts = result["reps"] or result["holds"]
    assert [faults(part) for part in parts] == [set(part["faults"]) for part in true["reps"] or true["holds"]]
    assert [part["side"] for part in parts] == [part["side"] for part in true["reps"] or true["holds"]]
    assert [rep["counted"] for rep in result["reps"]] == [rep["counted"] for rep in true["reps"]]


def numbers(spoken: list[dict[str, Any]]) -> list[str]:
    """The counts that were said, of everything that was."""
    return [found[0] for one in spoken if (found := re.match(r"\d+", one["text"]))]


def test_squats_in_front_of_the_camera_are_counted_aloud_shown_and_kept(visit: Visit) -> None:
    visit.choose("squat").dose("squat", reps=3, sets=1).start()
    visit.until("coach.stage === 'done'")
    result = visit.result()
    assert numbers(visit.spoken) == ["1", "2", "3"]
    assert [one["count"] for one in visit.spoken if one["text"][0].isdigit()] == ["1", "2", "3"]
    assert result["counted"] == 3
    expect(visit.page.locator(".sum.done h2")).to_have_text("3 repetitions")
    expect(visit.page.locator(".sum.done p")).to_contain_text("All done as planned")


@pytest.mark.parametrize("clip", CLIPS)
def test_a_sample_clip_is_coached_as_its_ground_truth_says(visit: Visit, clip: str) -> None:
    result = watch(visit, clip, sets=1).result()
    same_as_true(result, clip)
    assert len(numbers(visit.spoken)) >= result["counted"]


def test_what_is_said_stands_there_at_the_same_moment(visit: Visit) -> None:
    result = watch(visit, "bridge_faulty").result()
    same_as_true(result, "bridge_faulty")
    counted = [one for one in visit.spoken if one["text"][0].isdigit()]
    assert [(one["text"][0], one["count"]) for one in counted] == [(n, n) for n in "1234"]
    checks = load_exercise("bridge").checks
    cues = [checks[name].cue for rep in result["reps"] for name in faults(rep)]
    for cue in cues:
        told = [one for one in visit.spoken if cue.rstrip(".") in one["text"]]
        assert told
        assert told[0]["shown"] == cue or "next time" in told[0]["text"]
    expect(visit.page.locator(".sum.done h2")).to_have_text("4 repetitions")


def test_a_hold_is_counted_down_and_then_comes_the_other_side(visit: Visit) -> None:
    watch(visit, "pigeon_clean", hold=5).heard("Now the other side")
    said = [one["text"] for one in visit.spoken]
    down = [(one["text"], one["inner"][:1]) for one in visit.spoken if one["text"] in ("4", "3", "2", "1")]
    assert down[-4:] == [(n, n) for n in "4321"]
    assert any("Time" in one for one in said)
    expect(visit.caption).to_have_text("Now the other side")
    visit.stop()
    result = visit.result()
    assert len(result["holds"]) == 1
    assert result["holds"][0]["held_s"] >= 5


def test_each_side_has_its_own_count(visit: Visit) -> None:
    watch(visit, "hip_hiker_clean", reps=3).heard("Now the other side")
    assert numbers(visit.spoken) == ["1", "2", "3"]
    assert visit.spoken[-1]["text"].startswith("3")
    assert [rep["side"] for rep in visit.result()["reps"] if rep["counted"]] == ["right"] * 3


def test_from_the_wrong_side_there_is_advice_and_nothing_is_counted(visit: Visit) -> None:
    watch(visit, "bridge_wrong_view")
    visit.until("coach.screen && coach.screen.tone === 'advice'")
    expect(visit.caption).to_contain_text("side")
    result = visit.result()
    assert result["attempts"] == 0
    assert not numbers(visit.spoken)
    assert any("side" in one["text"] for one in visit.spoken)


def test_the_space_bar_ends_the_set(visit: Visit) -> None:
    visit.choose("squat").start()
    visit.until("coach.stage === 'going'")
    visit.page.keyboard.press("Space")
    expect(visit.page.locator(".sum.done")).to_contain_text("You ended the set")
    expect(visit.button("after.again")).to_be_visible()
