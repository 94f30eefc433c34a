"""The live path in a real browser: how late, how often, at what cost; beside a minimal streamlit-webrtc app.

    python -m benchmarks.live [CLIP] [--seconds 60] [--models lite full] [--users 1 2] [--write]

Starts the app, lets headless Chromium play the clip as its camera (640x480, 30 pictures a second), clicks its way to
the stage as a person would, and reads what the page noted.  Needs Linux, `pip install .[test]`, and a Chromium
(`playwright install chromium`, or /usr/bin/chromium); the rows of streamlit-webrtc need `pip install .[bench]`.

grab to overlay     from taking the camera's picture until it is shown with what the coach makes of it: copying,
                    sending, reading, model, judging, answering, drawing
camera to overlay   the same from the moment at which the browser says the camera took the picture: with the wait for
                    the answer before it, and for the browser's own delivery.  Only this can be told of both ways
dropped             of the camera's pictures, those that got no answer (the newest wins, with one on its way)
CPU                 100 % is one core; of the browser with all its processes
first frame         from the command `streamlit run` to the first answer on the stage, with the browser open already

Of streamlit-webrtc no page tells how late it is.  There each picture bears its number as a stamp (fake_camera.py): the
page reads it from the camera's picture and from the picture that comes back, with one small read of either; the same
clip with the same stamps is what our page gets, too.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from playwright.sync_api import TimeoutError as TookTooLong
from playwright.sync_api import sync_playwright

from benchmarks.fake_camera import write_camera
from benchmarks.live_figures import (
    HEADER,
    NAMES,
    Case,
    Kind,
    Watched,
    missing_row,
    ratios,
    row,
)
from benchmarks.live_pages import PAGES, Chrome, CoachPage, WebrtcPage, chromes
from benchmarks.processes import PROC, usage_of
from benchmarks.tables import markdown, write
from tests.browser import chromium
from tests.browser.homes import answered
from tests.browser.server import App

CLIP: Final = Path(__file__).parents[1] / "sample_videos" / "squat_clean.mp4"
WARM_UP_S: Final = 5.0
FLAGS: Final = (
    "--allow-loopback-in-peer-connection",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
)
SCRIPTS: Final[dict[Kind, str]] = {"coach": "app.py", "webrtc": "benchmarks/webrtc_app.py"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running app."""

    address: str
    pid: int
    begun: float  # when its command was given


@contextmanager
def serve(case: Case) -> Iterator[Server]:
    """Start the app of a case, in the home of somebody who may begin at once, until it answers; end it afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = answered(Path(folder))
        app = App(home, max(2, case.users), model=case.model, script=SCRIPTS[case.kind])
        begun = time.perf_counter()
        app.start()
        try:
            yield Server(app.url, app.pid, begun)
        finally:
            app.stop()


def measure(
    case: Case, browsers: Sequence[Chrome], seconds: float, warm_up_s: float = WARM_UP_S
) -> tuple[Watched, float]:
    """One line of the table: what the pages noted, and when the first answer came."""
    with serve(case) as server:
        pages = [PAGES[case.kind](browser, server.address) for browser in browsers[: case.users]]
        pages[0].begin()
        first_s = time.perf_counter() - server.begun
        for page in pages[1:]:
            page.begin()
        for page in pages:
            page.lengthen()
        watch(pages, server, warm_up_s)
        watched = watch(pages, server, seconds)
        for page in pages:
            page.close()
    return watched, first_s


def watch(pages: Sequence[CoachPage | WebrtcPage], server: Server, seconds: float) -> Watched:
    """Leave the pages to themselves for so long."""
    watched = Watched(users=len(pages))
    before = [page.tell() for page in pages]
    for page in pages:
        page.detach()
    used, browser_used, begun = usage_of(server.pid), browser_cpu_s(server), time.perf_counter()
    time.sleep(seconds)
    after, passed = usage_of(server.pid), time.perf_counter() - begun
    watched.server_cpu = (after.cpu_s - used.cpu_s) / passed
    watched.browser_cpu = (browser_cpu_s(server) - browser_used) / passed
    watched.grown_mb = after.resident_mb - used.resident_mb
    for page, earlier in zip(pages, before, strict=True):
        page.attach()
        watched.take(earlier, page.tell())
    return watched


def browser_cpu_s(server: Server) -> float:
    """Of everything that this process started, but the server."""
    return usage_of(os.getpid()).cpu_s - usage_of(server.pid).cpu_s


def line_of(
    case: Case, browsers: Sequence[Chrome], seconds: float, found: dict[Case, Watched]
) -> tuple[str, ...]:
    """Measure a case, or say why it cannot be; ours has to work."""
    if case.kind == "webrtc" and find_spec("streamlit_webrtc") is None:
        return missing_row(case)
    try:
        found[case], first_s = measure(case, browsers, seconds)
    except (TimeoutError, TookTooLong) as error:
        if case.kind == "coach":
            raise
        return missing_row(case, str(error).splitlines()[0])
    return row(case, found[case], first_s)


def report(chosen: argparse.Namespace) -> str:
    """All tables."""
    told = about(chosen)
    rows: list[tuple[str, ...]] = []
    found: dict[Case, Watched] = {}
    with tempfile.TemporaryDirectory() as folder:
        camera = write_camera(chosen.clip, Path(folder) / "camera.mjpeg")
        with (
            sync_playwright() as playwright,
            chromes(playwright, chromium.find(playwright), camera, FLAGS, max(chosen.users)) as browsers,
        ):
            for model in chosen.models:
                for users in chosen.users:
                    for kind in NAMES:
                        case = Case(kind, model, users)
                        rows.append(line_of(case, browsers, chosen.seconds, found))
                        print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
            parts = [told, markdown(HEADER, rows), *compared(found)]
    return "\n\n".join(parts)


def about(chosen: argparse.Namespace) -> str:
    """When and on what; and what is in the columns."""
    cores = os.cpu_count()
    return (
        f"{date.today().isoformat()}, {cores} cores, which browser and server share; what else ran then, as the load "
        f"of the minute before: {os.getloadavg()[0]:.0f}; {chosen.clip.stem} as the "
        f"camera, 640x480 at 30 frames a second, {chosen.seconds:g} s a case. *Grab to overlay* is from taking "
        "the camera's picture for sending until it is shown with the answer; *camera to overlay* from when "
        "the browser says that the camera took it, the same for both apps: of streamlit-webrtc, until the picture "
        "that comes back is shown. CPU: 100 % is one core. *First frame*: from the command to the first answer."
    )


def compared(found: dict[Case, Watched]) -> list[str]:
    """The ratios, where there are two to compare."""
    rows = ratios(found)
    header = ("model", "users", "streamlit-webrtc by ours, median", "95th percentile", "frames a second")
    return [markdown(header, rows)] if rows else []


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clip", nargs="?", type=Path, default=CLIP)
    parser.add_argument("--seconds", type=float, default=60.0, help="watched in each case")
    parser.add_argument("--models", nargs="+", default=["lite", "full"])
    parser.add_argument("--users", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--write", action="store_true", help="put the tables into docs/measured/live.md")
    chosen = parser.parse_args()
    if not PROC.is_dir():
        parser.error("processor time and memory are read from /proc, which only Linux has")
    text = report(chosen)
    print(text)
    if chosen.write:
        write("live", "python -m benchmarks.live --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
