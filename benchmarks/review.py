"""How long a therapist waits: the list of 1,000 people, and the page of somebody with 200 sessions.

    python -m benchmarks.review [--people 1000] [--sessions 200] [--rounds 5] [--write]

The records are made through the desk: some people with six weeks of three sessions a week, three sets each, and
one with many sessions; the rest are copies of the former under other names.  Each page is opened by a visit of its own.

script   from the call of the page's script to its end (AppTest), in a process that has shown the page before
browser  a Chromium and the app as its own process: from the click on Review to the last line of the list, and from the
         click on a name to the last chart and table
start    the same list, the first that anybody asks a server for, as soon as its first page stands
"""

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from streamlit.testing.v1 import AppTest

from benchmarks.months import COURSES, fill, name_of
from benchmarks.tables import markdown, write
from coach.records import OWNER, open_records
from coach.web.review.people import PAGE
from tests.browser import chromium
from tests.browser.server import App

MADE: Final = 10  # people through the desk; the rest are copies
SESSIONS: Final = 18  # six weeks of three
SETS: Final = 3
BOUND_S: Final = 1.0
LONG: Final = "Zoe Zimmermann"
MEANING: Final = (
    "Script: from the call of the page's script to its end, in a process that has shown the page before. Browser: from "
    "the click on Review, on another page, to the last line of the list, and from the click on a name to the last "
    "chart, each time in a visit of its own, the first after the start of the server left out. Server's first: the "
    "list in the first visit of a server, asked for as soon as its first page stands, each time with a new server."
)
HEADER: Final = ("page", "what", "median, s", "slowest, s", "under a second")
Times = list[float]


def make(home: Path, people: int, sessions: int) -> None:
    """Records with so many people; the one called LONG has so many sessions."""
    now = datetime.now(UTC)
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        fill(desk, LONG, COURSES[1], now, sessions, SETS, 1, 0)
        for n in range(MADE):
            fill(desk, name_of(n), COURSES[n % len(COURSES)], now, SESSIONS, SETS, 0, n + 1)
    with closing(sqlite3.connect(home / "records.sqlite")) as rows, rows:
        for n in range(MADE, people - 2):  # beside LONG, and the laptop's own person
            copy(rows, name_of(n % MADE), name_of(n), f"-{n}")


def copy(rows: sqlite3.Connection, of: str, name: str, suffix: str) -> None:
    """Somebody's rows once more under another name, their ids with a suffix."""
    (old,) = rows.execute("SELECT id FROM people WHERE name = ?", (of,)).fetchone()
    for table, owner, ids in (
        ("people", "id", ("id",)),
        ("plans", "person", ("id", "person")),
        ("sessions", "person", ("id", "person")),
        ("sets", "person", ("id", "session", "person")),
    ):
        names = [row[1] for row in rows.execute(f"PRAGMA table_info({table})") if row[1] != "row"]
        told = [
            f"{one} || :suffix" if one in ids else ":name" if one == "name" else f'"{one}"' for one in names
        ]
        columns = ", ".join(f'"{one}"' for one in names)
        put = f"INSERT INTO {table} ({columns}) SELECT {', '.join(told)} FROM {table} WHERE {owner} = :old"
        rows.execute(put, {"suffix": suffix, "name": name, "old": old})


# --- the script -----------------------------------------------------------------------------------------


def _script() -> None:
    from coach.web.review import page

    page.show("en")


def scripts(person: str | None, rounds: int) -> Times:
    """Seconds that the page's script takes, each time in a new visit."""
    found: Times = []
    for _ in range(rounds + 1):
        app = AppTest.from_function(_script, default_timeout=120)
        if person is not None:
            app.query_params["person"] = person
        begun = time.perf_counter()
        app.run()
        found.append(time.perf_counter() - begun)
        assert not app.exception and not app.error
    return found[1:]


# --- the browser ----------------------------------------------------------------------------------------

STARTS: Final = 3
LIST_IS: Final = (
    f"document.querySelectorAll('.st-key-review-lines li').length === {PAGE} "
    "&& document.querySelector('.st-key-review-page-on button') !== null"
)
CHARTS_ARE: Final = (
    "document.querySelectorAll('.st-key-review .cc .plot svg').length >= 4 "
    "&& document.querySelector('.st-key-review .faults table') !== null"
)


@dataclass(frozen=True, slots=True)
class InBrowser:
    """Seconds until the list stands, until the page of LONG does, and until the first list of a server does."""

    lists: Times
    pages: Times
    firsts: Times


def in_browser(home: Path, rounds: int) -> InBrowser:
    """Visits one after the other, and a few starts of the server."""
    found = InBrowser([], [], [])
    with sync_playwright() as playwright, chromium.launch(playwright, chromium.find(playwright)) as browser:
        for n in range(STARTS):
            app = App(home)
            app.start()
            try:
                with _visit(browser, app.url) as page:
                    found.firsts.append(_list(page))
                for _ in range(rounds if n == STARTS - 1 else 0):
                    with _visit(browser, app.url) as page:
                        found.lists.append(_list(page))
                        found.pages.append(_person(page))
            finally:
                app.stop()
    return found


@contextmanager
def _visit(browser: Browser, url: str) -> Iterator[Page]:
    """Somebody new, at a page that has nothing to do with the review."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{url}/about")
    page.get_by_role("link", name="Review").wait_for(timeout=60_000)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
    yield page
    context.close()


def _list(page: Page) -> float:
    return _timed(page, page.get_by_role("link", name="Review"), LIST_IS)


def _person(page: Page) -> float:
    page.get_by_role("textbox").first.fill(LONG)
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.st-key-review-lines button').length === 1")
    return _timed(page, page.get_by_role("button", name=LONG), CHARTS_ARE)


def _timed(page: Page, click: Locator, there: str) -> float:
    begun = time.perf_counter()
    click.click()
    page.wait_for_function(there, timeout=60_000)
    return time.perf_counter() - begun


# --- what is told ---------------------------------------------------------------------------------------


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """The records of this folder are those of the program."""
    os.environ["COACH_HOME"] = str(home)
    try:
        yield
    finally:
        del os.environ["COACH_HOME"]


def row(page: str, what: str, times: Sequence[float]) -> tuple[str, ...]:
    """One line of the table."""
    good = "yes" if median(times) < BOUND_S else "no"
    return page, what, f"{median(times):.2f}", f"{max(times):.2f}", good


def busy() -> str:
    """How busy the machine was: what counts as slow depends on it."""
    return f"On {os.cpu_count()} cores with a load of {os.getloadavg()[1]:.0f} (five minutes' average)."


def main() -> int:
    """Print the table; 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured/review.md")
    parser.add_argument("--home", type=Path, help="where the records are, or are made and stay")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        if not (home / "records.sqlite").exists():
            make(home, asked.people, asked.sessions)
        with at_home(home):
            with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
                known = {person.name: person.id for person in records.desk(OWNER).people()}
            listed = f"the list of {len(known):,} people"
            long = f"somebody with {asked.sessions} sessions"
            rows = [
                row(listed, "script", scripts(None, asked.rounds)),
                row(long, "script", scripts(known[LONG], asked.rounds)),
            ]
            seen = in_browser(home, asked.rounds)
            rows += [row(listed, "browser", seen.lists), row(long, "browser", seen.pages)]
            rows.append(row(listed, "browser, server's first", seen.firsts))
    text = markdown(HEADER, rows)
    print(text)
    if asked.write:
        write("review", "python -m benchmarks.review --write", f"{text}\n\n{MEANING} {busy()}")
    return 0 if all(line[-1] == "yes" for line in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
