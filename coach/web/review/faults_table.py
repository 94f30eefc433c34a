"""Faults by check and week, as a table: the share missed as a number on a shade, and a gap where nothing was judged."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from coach.care.faults import Tally, Week
from coach.language import Language
from coach.report.wording import check_name
from coach.web.plan.wording import day_and_month
from coach.web.plan.wording import messages as plan_messages
from coach.web.review.wording import percent

LIGHTEST, DARKEST = 4, 70  # percent of the colour behind a share of none and of all


def faults_html(weeks: Mapping[str, Sequence[Week]], language: Language) -> str | None:
    """The checks that were missed most come first; None where nothing was judged."""
    judged = {check: told for check, told in weeks.items() if any(week.tally.judged for week in told)}
    if not judged:
        return None
    mondays = sorted({week.monday for told in judged.values() for week in told})
    order = sorted(judged, key=lambda check: -sum(week.tally.faults for week in judged[check]))
    head = "".join(f"<th>{escape(day_and_month(monday, plan_messages(language)))}</th>" for monday in mondays)
    rows = "".join(
        f'<tr><th scope="row">{escape(check_name(check, language))}</th>'
        f"{_cells(mondays, judged[check], language)}</tr>"
        for check in order
    )
    table = f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="rv faults scroll newest">{table}</div>'


def _cells(mondays: Sequence[date], told: Sequence[Week], language: Language) -> str:
    by_monday = {week.monday: week.tally for week in told}
    return "".join(_cell(by_monday.get(monday, Tally()), language) for monday in mondays)


def _cell(tally: Tally, language: Language) -> str:
    if tally.share is None:
        return "<td>–</td>"
    shade = LIGHTEST + (DARKEST - LIGHTEST) * tally.share
    of = f"{tally.faults} / {tally.judged}"
    return f'<td style="--shade:{shade:.0f}%" title="{of}">{escape(percent(tally.share, language))}</td>'
