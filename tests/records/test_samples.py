"""Made-up people: months that could be somebody's, made of what the engine said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from coach.care.days import monday_of
from coach.care.plans import item_of, plan_on, problems
from coach.care.progress import adherence, pain_course, range_trends
from coach.care.review import needs_eyes
from coach.care.types import Person, Role
from coach.judge import Engine, load_exercise
from coach.records import OWNER, Actor, Desk, NotYours, open_records
from coach.records.samples import STORIES, compose, fill, remove, stories
from coach.records.stock import SIZES, load_stock, packed, resized, unpacked
from tests.records.made import Clock

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMES = tuple(story.name for story in STORIES)


def opened(folder: Path) -> Desk:
    return open_records(f"sqlite:///{folder / 'records.sqlite'}", folder, Clock(NOW)).desk(OWNER)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The records of all stories."""
    folder = tmp_path_factory.mktemp("samples")
    with open_records(f"sqlite:///{folder / 'records.sqlite'}", folder, Clock(NOW)) as records:
        desk = records.desk(OWNER)
        fill(desk, months=3, now=NOW)
        yield desk


def who(desk: Desk, n: int) -> Person:
    return next(person for person in desk.people() if person.name == NAMES[n])


def eyes(desk: Desk, n: int) -> set[str]:
    person = who(desk, n).id
    reasons = needs_eyes(desk.summaries(person), desk.sessions(person), desk.plans(person), NOW)
    return {reason.code for reason in reasons}


# --- people ---------------------------------------------------------------------------------------------


def test_everybody_is_marked_as_made_up(desk: Desk) -> None:
    made = [person for person in desk.people() if person.sample]
    assert {person.name for person in made} == set(NAMES)


def test_all_of_it_lies_before_now_and_within_the_months(desk: Desk) -> None:
    for person in desk.people():
        sessions = desk.sessions(person.id)
        assert all(NOW - timedelta(days=93) < session.started < NOW for session in sessions)
        assert all(session.ended is not None and session.ended < NOW for session in sessions)
        screened = desk.screenings(person.id)[0].at
        assert all(screened <= session.started for session in sessions)


def test_every_set_is_of_the_plan_of_its_day_and_every_plan_makes_sense(desk: Desk) -> None:
    for person in desk.people():
        plans = desk.plans(person.id)
        assert all(problems(plan.items) == () for plan in plans)
        for one in desk.summaries(person.id):
            plan = plan_on(plans, one.started.date())
            assert plan is not None and one.item in {item.id for item in plan.items}
            assert one.closed and one.counted <= one.attempts


def test_the_stories_are_what_the_rules_find_in_the_records(desk: Desk) -> None:
    better = who(desk, 0).id
    assert pain_course(desk.sessions(better)).moved == "down"
    assert range_trends(desk.summaries(better), "bridge")["both"].moved == "up"
    assert len(desk.plans(better)) == 2
    assert "pain_rose" in eyes(desk, 1)
    assert eyes(desk, 2) & {"missed", "silent"}
    assert "faults_up" in eyes(desk, 3)
    assert "range_down" in eyes(desk, 4)
    assert len(desk.sessions(who(desk, 5).id)) == 1
    assert not eyes(desk, 0) and not eyes(desk, 5)


def test_who_comes_is_told_by_the_weeks(desk: Desk) -> None:
    weeks = {
        n: adherence(desk.plans(who(desk, n).id), desk.summaries(who(desk, n).id), NOW.date(), zone=UTC)
        for n in (0, 2)
    }
    for week in weeks[0][1:-1]:
        assert week.done >= 1
    assert sum(week.done for week in weeks[2][-5:-1]) < sum(week.done for week in weeks[2][:4])
    assert weeks[0][-1].monday == monday_of(date(2026, 11, 20))


def test_the_last_sessions_have_landmarks_and_older_ones_have_not(desk: Desk) -> None:
    sessions = desk.sessions(who(desk, 0).id)
    for kept in desk.sets(sessions[-1].id):
        track = desk.track(kept.summary.id)
        assert track is not None and kept.result is not None
        last = kept.result.parts[-1]
        assert track.t[0] <= kept.result.parts[0].start_s and track.t[-1] >= last.end_s - 0.5
    assert desk.track(desk.sets(sessions[0].id)[0].summary.id) is None


def test_a_therapist_has_said_a_word(desk: Desk) -> None:
    assert any(desk.corrections(person.id) for person in desk.people())
    assert any(desk.notes(person.id) for person in desk.people())


# --- the same again -------------------------------------------------------------------------------------


def told(desk: Desk) -> list[Any]:
    """All that is not an id."""
    return [
        (
            person.name,
            person.born,
            [replace(s, id="", session="", person="", item=None) for s in desk.summaries(person.id)],
            [replace(s, id="", person="") for s in desk.sessions(person.id)],
        )
        for person in desk.people()
    ]


def test_the_same_seed_makes_the_same_months(tmp_path: Path) -> None:
    made = []
    for n, seed in enumerate((7, 7, 8)):
        (tmp_path / str(n)).mkdir()
        desk = opened(tmp_path / str(n))
        fill(desk, 2, 0.5, seed, NOW)
        made.append(told(desk))
    assert made[0] == made[1] != made[2]


def test_all_made_up_people_go_and_nobody_else(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.me()
    real = desk.add_person("Ada")
    done_of: list[tuple[float, float]] = []
    assert len(fill(desk, 2, 0.5, now=NOW, on_progress=lambda n, of: done_of.append((n, of)))) == 2
    assert done_of == [(1, 2), (2, 2)]
    assert remove(desk) == 2
    assert real in desk.people() and not any(person.sample for person in desk.people())
    assert remove(desk) == 0


def test_only_who_may_add_people_may_make_them_up(tmp_path: Path) -> None:
    with open_records(f"sqlite:///{tmp_path / 'r.sqlite'}", tmp_path, Clock(NOW)) as records:
        person = records.desk(OWNER).add_person("Ada")
        with pytest.raises(NotYours):
            fill(records.desk(Actor(person.id, Role.PERSON)), 1, 0.5, now=NOW)


@pytest.mark.parametrize(("people", "months"), [(0, 4), (1, 0.1)])
def test_nobody_and_no_time_are_refused(tmp_path: Path, people: int, months: float) -> None:
    with pytest.raises(ValueError, match="at least"):
        fill(opened(tmp_path), people, months, now=NOW)


def test_many_people_have_many_names() -> None:
    names = [story.name for story in stories(100)]
    assert len(set(names)) == 100


# --- sets -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(load_stock().pieces))
@pytest.mark.parametrize("faults", [0.0, 1.0])
def test_a_set_is_a_result_that_says_the_same_everywhere(name: str, faults: float) -> None:
    exercise = load_exercise(name)
    item = item_of(exercise)
    made = compose(item, exercise, Random(1), 0.95, faults)
    result = made.result
    assert result.counted == sum(part.counted for part in result.parts)
    assert (item.reps or 1) * (2 if exercise.sides == "each" else 1) == result.counted
    assert bool(result.faults) is bool(faults)
    times = [(part.start_s, part.end_s) for part in result.parts]
    assert times == sorted(times) and all(
        end <= after for (_, end), (after, _) in zip(times, times[1:], strict=False)
    )
    assert result.duration_s >= times[-1][1]
    track = made.track()
    assert (np.diff(track.t) >= 0).all() and len(track) > 50


@pytest.mark.parametrize("name", ["bridge", "squat", "standing_leg_lift"])
def test_the_engine_sees_in_the_landmarks_what_the_result_tells(name: str) -> None:
    item = item_of(load_exercise(name))
    made = compose(item, load_exercise(name), Random(3), 1.0, 0.0)
    engine = Engine(load_exercise(name))
    for frame in made.track():
        engine.step(frame)
    seen = engine.finish()
    # Pieces are cut where a repetition ends: the engine may want more rest between two, and misses a few.
    assert 0.7 * made.result.counted <= seen.counted <= made.result.counted
    for side in made.result.range_of_motion:
        other = next(one for one in seen.range_of_motion if one.side == side.side)
        assert other.median_deg == pytest.approx(side.median_deg, abs=6)


def test_a_larger_movement_has_a_larger_range() -> None:
    for pieces in load_stock().pieces.values():
        by_size = [
            [
                getattr(p.part, "range_deg", None)
                for p in pieces
                if p.size == size and p.part.counted and not p.faults
            ]
            for size in SIZES
        ]
        medians = [float(np.median([r for r in ranges if r])) for ranges in by_size if any(ranges)]
        assert medians == sorted(medians)


def test_both_sides_of_a_dose_a_side_are_done() -> None:
    exercise = load_exercise("standing_leg_lift")
    item = item_of(exercise)
    both = compose(item, exercise, Random(2), 1.0, 0.0).result
    assert {rep.side for rep in both.reps} == {"left", "right"} and both.symmetry_percent is not None
    one = compose(replace(item, side="left"), exercise, Random(2), 1.0, 0.0).result
    assert {rep.side for rep in one.reps} == {"left"} and one.counted == item.reps


# --- the stock ------------------------------------------------------------------------------------------


def test_the_stock_is_small() -> None:
    folder = Path(__file__).parents[2] / "coach" / "records" / "movements"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_000_000


def test_a_track_is_kept_to_an_eighth_of_a_pixel() -> None:
    track = load_stock().tracks["bridge_clean"]
    xy = track.xy + np.float32(0.03)
    xy[3, 4] = np.nan
    again = unpacked(packed(replace(track, xy=xy)))
    assert np.nanmax(np.abs(again.xy - xy)) <= 1 / 16 + 1e-4
    assert np.isnan(again.xy[3, 4]).all() and np.isfinite(again.xy[4, 4]).all() == np.isfinite(xy[4, 4]).all()
    assert np.nanmax(np.abs(again.world - track.world)) <= 1e-3
    assert again.size == track.size


def test_rest_stays_where_it_is_in_a_smaller_movement() -> None:
    track = load_stock().tracks["squat_clean"]
    rest = slice(0, 5)
    small = resized(track, 0.5, rest)
    was, is_now = (np.nanmedian(one.xy[rest], axis=0) for one in (track, small))
    assert np.nanmax(np.abs(was - is_now)) < 0.01
    assert np.nanmax(np.abs(small.xy - was)) < np.nanmax(np.abs(track.xy - was))
