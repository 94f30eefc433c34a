"""The week as seven dots: what was planned, what was done, today among them."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Literal

from coach.care.plans import PlanDay
from coach.language import Words
from coach.web.plan.wording import weekday

How = Literal["done", "partly", "open", "extra", "free"]


def how(day: PlanDay) -> How:
    """How a day stands: what is still to come, and what was left out, look alike and reproach nobody."""
    if day.free:
        return "extra" if day.done else "free"
    if day.done >= (day.planned or 0):
        return "done"
    return "partly" if day.done else "open"


def week_html(days: Sequence[PlanDay], today: date, say: Words) -> str:
    """The seven dots, each with its day and what it means for those who do not see it."""
    return f'<ul class="week">{"".join(_dot(day, today, say) for day in days)}</ul>'


def _dot(day: PlanDay, today: date, say: Words) -> str:
    kind = how(day)
    told = say(f"week.{kind}", done=day.done, planned=day.planned or 0)
    here = ' aria-current="date"' if day.day == today else ""
    name = escape(weekday(day.day.weekday(), say, short=True))
    sign = "✓" if kind in ("done", "extra") else "·" if kind == "free" else ""
    label = escape(f"{weekday(day.day.weekday(), say)}: {told}")
    return (
        f'<li class="{kind}"{here} role="img" aria-label="{label}" title="{label}">'
        f'<b aria-hidden="true">{sign}</b><span aria-hidden="true">{name}</span></li>'
    )
