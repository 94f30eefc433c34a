"""A change that is to hold from now on: made in the plan of today, and in those that will take its place."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from coach.care.days import day_of
from coach.care.plans import held_from
from coach.care.types import Plan, PlanItem
from coach.records import Desk

APART: Final = timedelta(milliseconds=1)  # of two plans that have begun the one that was made later holds


def change_plans(desk: Desk, person_id: str, items_of: Callable[[Plan], Sequence[PlanItem]]) -> bool:
    """Make each plan anew that `items_of` changes, from today or its own later day on; whether there was one.

    Those that begin after a changed one are made anew too, since otherwise it would hold instead of them.
    """
    now = datetime.now(UTC)
    held = held_from(desk.plans(person_id), day_of(now))
    made = [(plan, tuple(items_of(plan))) for plan in held]
    first = next((n for n, (plan, items) in enumerate(made) if items != plan.items), len(made))
    for n, (plan, items) in enumerate(made[first:]):
        desk.save_plan(person_id, items, max(plan.from_day, day_of(now)), plan.note, now + n * APART)
    return first < len(made)
