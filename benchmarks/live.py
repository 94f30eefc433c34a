"""The live path in a real browser: how late, how often, at what cost; beside a minimal streamlit-webrtc app.

    python -m benchmarks.live [CLIP] [--seconds 60] [--minutes 1] [--starts 20] [--write]

Starts the app, lets headless Chromium play the clip as its camera (640x480, 30 pictures a second), clicks its way to
the stage as a person would, and reads what the page noted.  Needs Linux, `pip install .[test]`, and a Chromium
(`playwright install chromium`, or /usr/bin/chromium); the rows of streamlit-webrtc need `pip install .[bench]`.

grab to overlay     from drawing the camera's picture into the canvas that is encoded, until what the coach makes of it
                    is drawn over the video: encoding, sending, decoding, model, judging, sending, drawing
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
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from benchmarks.fake_camera import write_camera
from benchmarks.processes import PROC, Usage, usage_of
from benchmarks.tables import markdown, write
from coach.language import words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
CLIP: Final = ROOT / "sample_videos" / "squat_clean.mp4"
EXERCISE: Final = "squat"
WARM_UP_S: Final = 5.0
PATIENCE_S: Final = 60.0
CHROMIUM: Final = Path("/usr/bin/chromium")

Kind = Literal["coach", "webrtc"]
SCRIPTS: Final[dict[Kind, str]] = {"coach": "app.py", "webrtc": "benchmarks/webrtc_app.py"}
NAMES: Final[dict[Kind, str]] = {"coach": "Form Coach", "webrtc": "streamlit-webrtc"}


# --- the figures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: which app, with which model, for how many at once."""

    kind: Kind
    model: str
    users: int


@dataclass(slots=True)
class Watched:
    """What the pages of all users noted over a while."""

    seconds: float = 0.0
    users: int = 1
    lags: list[float] = field(default_factory=list)  # ms, grab to overlay
    ages: list[float] = field(default_factory=list)  # ms, camera to overlay
    answered: int = 0
    grabbed: int = 0
    quicker: bool = False  # the coach changed to lite
    server_cpu: float = 0.0  # cores
    browser_cpu: float = 0.0
    grown_mb: float = 0.0

    def take(self, told: dict[str, Any], grabbed_before: int) -> int:
        """Add what a page noted since it was last asked; returns the number of grabbed pictures it is at."""
        self.lags += told["lags"]
        self.ages += told["ages"]
        self.answered += len(told["ages"])
        now = int(told["grabbed"])
        self.grabbed += (
            now - grabbed_before if now >= grabbed_before else now
        )  # a page begun anew counts anew
        self.quicker |= bool(told["notice"])
        return now

    @property
    def rate(self) -> float:
        """Answers a second of each user."""
        return self.answered / self.seconds / self.users if self.seconds else 0.0


def middle_and_high(ms: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile; NaN of nothing.

    >>> middle_and_high([1, 2, 3])
    (2.0, 2.9)
    """
    if not len(ms):
        return float("nan"), float("nan")
    middle, high = np.percentile(ms, [50, 95])
    return float(middle), round(float(high), 6)


HEADER: Final = ("app", "model", "users", "frames a second", "grab to overlay, ms: median / 95th",
                 "camera to overlay, ms: median / 95th", "dropped", "server CPU", "browser CPU", "grown, MB",
                 "first frame, s")  # fmt: skip
NOT_INSTALLED: Final = "not installed: pip install .[bench]"


def row(case: Case, watched: Watched, first_s: float) -> tuple[str, ...]:
    """One line of the table."""
    dropped = 1 - watched.answered / watched.grabbed if watched.grabbed else float("nan")
    return (
        NAMES[case.kind],
        f"{case.model}, then lite" if watched.quicker else case.model,
        str(case.users),
        f"{watched.rate:.1f}",
        told_ms(watched.lags),
        told_ms(watched.ages),
        f"{dropped:.0%}",
        f"{watched.server_cpu:.0%}",
        f"{watched.browser_cpu:.0%}",
        f"{watched.grown_mb:+.1f}",
        f"{first_s:.1f}",
    )


def told_ms(ms: Sequence[float]) -> str:
    """Median and 95th percentile as they are written.

    >>> told_ms([10, 10, 10]), told_ms([])
    ('10 / 10', '-')
    """
    middle, high = middle_and_high(ms)
    return f"{middle:.0f} / {high:.0f}" if len(ms) else "-"


def missing_row(case: Case, why: str = NOT_INSTALLED) -> tuple[str, ...]:
    """The line of an app that is not there, or did nothing."""
    return (NAMES[case.kind], case.model, str(case.users), why, *("-" for _ in HEADER[4:]))


def ratios(found: dict[Case, Watched]) -> list[tuple[str, str, str, str, str]]:
    """Model, users, and how many times later and less often streamlit-webrtc answers."""
    rows = []
    for case, ours in found.items():
        other = found.get(replace(case, kind="webrtc"))
        if case.kind == "coach" and other is not None and ours.ages and other.ages:
            pairs = zip(middle_and_high(other.ages), middle_and_high(ours.ages), strict=True)
            middle, high = (f"{theirs / own:.1f}" for theirs, own in pairs)
            rows.append((case.model, str(case.users), middle, high, f"{other.rate / ours.rate:.2f}"))
    return rows


def growth_rows(samples: Sequence[tuple[float, Usage]]) -> list[tuple[str, str, str]]:
    """Time or number, resident MB, threads."""
    return [(f"{at:g}", f"{usage.resident_mb:.0f}", str(usage.threads)) for at, usage in samples]


# --- the server -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Server:
    """A running app."""

    address: str
    pid: int
    begun: float  # when its command was given


@contextmanager
def serve(case: Case, home: Path) -> Iterator[Server]:
    """Start the app of a case on a free port, until its pages answer; end it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", SCRIPTS[case.kind], f"--server.port={port}"]
    asked = {"COACH_HOME": str(home), "COACH_MODEL": case.model, "COACH_LIVE_USERS": str(max(2, case.users))}
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://localhost:{port}"
            wait_for(lambda: answers(address), "The app did not start.")
            yield Server(address, process.pid, begun)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S / 4)
            process.kill()  # does nothing to one that has ended


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def answers(address: str) -> bool:
    """Whether the server is there."""
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def wait_for(there: Callable[[], bool], otherwise: str) -> None:
    """Ask ten times a second.  Raises TimeoutError after PATIENCE_S."""
    until = time.perf_counter() + PATIENCE_S
    while not there():
        if time.perf_counter() > until:
            raise TimeoutError(otherwise)
        time.sleep(0.1)


# --- the pages --------------------------------------------------------------------------------------


@contextmanager
def chromium(camera: Path) -> Iterator["Browser"]:
    """Headless, with a file as its camera: the Chromium that Playwright brought, else the system's."""
    from playwright.sync_api import sync_playwright

    flags = [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
        "--allow-loopback-in-peer-connection",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--disable-renderer-backgrounding",
    ]
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(args=flags, executable_path=own if own.exists() else CHROMIUM)
        try:
            yield browser
        finally:
            browser.close()


class CoachPage:
    """A visitor of the app who chooses an exercise and starts with the camera."""

    TELL = """() => { const s = window.formCoach;
        return { lags: s.lags.splice(0), ages: s.ages.splice(0), grabbed: s.grabbed, stage: s.stage }; }"""
    DOSE: Final = (("reps", "60"), ("sets", "10"), ("rest", "5"))  # the longest there is

    def __init__(self, browser: "Browser", address: str) -> None:
        self.page: Page = browser.new_context(permissions=["camera"]).new_page()
        self.page.set_default_timeout(1000 * PATIENCE_S)
        self._words = words("en", ROOT / "coach" / "web")
        self._address = address

    def begin(self, dose: Sequence[tuple[str, str]] = ()) -> None:
        """Until the first answer."""
        self.page.goto(f"{self._address}/?lang=en")
        self.page.locator(f".st-key-choose-{EXERCISE} button").click()
        for name, value in dose:
            self._fill(f"{name}-{EXERCISE}", value)
        self.page.get_by_role("button", name=self._words("setup.start")).click()
        self._until_answered()

    def lengthen(self) -> None:
        """Begin anew, with a set that does not end while it is watched."""
        self.begin(self.DOSE)

    def _fill(self, key: str, value: str) -> None:
        entry = self.page.locator(f".st-key-{key} input")
        entry.fill(value)
        entry.press("Enter")
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def _until_answered(self) -> None:
        self.page.wait_for_function("() => window.formCoach && window.formCoach.frames > 0")

    def tell(self) -> dict[str, Any]:
        """What was noted since it was last asked; a set that is over is begun once more."""
        notice = self.page.locator(".stage .notice")
        told = dict(self.page.evaluate(self.TELL))
        told["notice"] = notice.first.text_content() if notice.count() else ""
        if told["stage"] == "done":
            self.again()
        return told

    def again(self) -> None:
        """From the summary into the next set."""
        again = self.page.get_by_role("button", name=self._words("after.again"))
        again.wait_for()
        self.page.evaluate("() => { window.formCoach = null; }")
        again.click()
        self._until_answered()

    def stop(self) -> None:
        """The button that ends the set."""
        self.page.get_by_role("button", name=self._words("stage.stop")).click()
        self.page.get_by_role("button", name=self._words("after.again")).wait_for()

    def close(self) -> None:
        """Close the page as one closes a tab."""
        self.page.context.close()


class WebrtcPage:
    """A visitor of the streamlit-webrtc app."""

    TELL = """() => { const s = window.webrtcProbe;
        return { lags: [], ages: s.ages.splice(0), grabbed: s.grabbed, stage: '', notice: '' }; }"""

    def __init__(self, browser: "Browser", address: str) -> None:
        context = browser.new_context(permissions=["camera"])
        context.add_init_script(path=HERE / "webrtc_probe.js")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(1000 * PATIENCE_S)
        self._address = address

    def begin(self) -> None:
        """Until the first picture came back."""
        self.page.goto(self._address)
        self.page.frame_locator("iframe").get_by_role("button", name="Start").click()
        wait_for(self._answered, "streamlit-webrtc gave no picture.")

    def lengthen(self) -> None:
        """It goes on for as long as it is watched."""

    def _answered(self) -> bool:
        self.page.wait_for_timeout(50)
        asked = "() => !!window.webrtcProbe && window.webrtcProbe.frames > 0"
        return any(frame.evaluate(asked) for frame in self.page.frames)

    def tell(self) -> dict[str, Any]:
        """What was noted since it was last asked, in whichever frame of the page it plays."""
        asked = "() => window.webrtcProbe ? window.webrtcProbe.grabbed : 0"
        playing = max(self.page.frames, key=lambda frame: int(frame.evaluate(asked)))
        return dict(playing.evaluate(self.TELL))

    def close(self) -> None:
        """Close the page as one closes a tab."""
        self.page.context.close()


PAGES: Final[dict[Kind, type[CoachPage] | type[WebrtcPage]]] = {"coach": CoachPage, "webrtc": WebrtcPage}


# --- measuring --------------------------------------------------------------------------------------


def measure(case: Case, browser: "Browser", home: Path, seconds: float) -> tuple[Watched, float]:
    """One line of the table: what the pages noted, and when the first answer came."""
    with serve(case, home) as server:
        pages = [PAGES[case.kind](browser, server.address) for _ in range(case.users)]
        pages[0].begin()
        first_s = time.perf_counter() - server.begun
        for page in pages[1:]:
            page.begin()
        for page in pages:
            page.lengthen()
        watch(pages, server, WARM_UP_S)
        watched = watch(pages, server, seconds)
        for page in pages:
            page.close()
    return watched, first_s


def watch(pages: Sequence[CoachPage | WebrtcPage], server: Server, seconds: float) -> Watched:
    """Ask the pages once a second, for so long."""
    watched = Watched(users=len(pages))
    at = [int(page.tell()["grabbed"]) for page in pages]
    before, browser_before, begun = usage_of(server.pid), browser_cpu_s(server), time.perf_counter()
    while time.perf_counter() - begun < seconds:
        pages[0].page.wait_for_timeout(min(1000.0, 1000 * seconds))
        at = [watched.take(page.tell(), grabbed) for page, grabbed in zip(pages, at, strict=True)]
    watched.seconds = time.perf_counter() - begun
    after = usage_of(server.pid)
    watched.server_cpu = (after.cpu_s - before.cpu_s) / watched.seconds
    watched.browser_cpu = (browser_cpu_s(server) - browser_before) / watched.seconds
    watched.grown_mb = after.resident_mb - before.resident_mb
    return watched


def browser_cpu_s(server: Server) -> float:
    """Of everything that this process started, but the server."""
    return usage_of(os.getpid()).cpu_s - usage_of(server.pid).cpu_s


def over_time(browser: "Browser", home: Path, minutes: float, steps: int = 6) -> list[tuple[float, Usage]]:
    """Minutes, and what the server uses then, with one user and the full model; 0 is after a warm-up."""
    with serve(Case("coach", "full", 1), home) as server:
        page = CoachPage(browser, server.address)
        page.lengthen()
        watch([page], server, min(30.0, 30 * minutes))
        samples = [(0.0, usage_of(server.pid))]
        for step in range(1, steps + 1):
            watch([page], server, 60 * minutes / steps)
            samples.append((round(minutes * step / steps, 2), usage_of(server.pid)))
        page.close()
    return samples


def over_starts(browser: "Browser", home: Path, starts: int) -> list[tuple[float, Usage]]:
    """Starts and stops, and what the server uses with nobody there; 0 is after the first two."""
    with serve(Case("coach", "full", 1), home) as server:
        page = CoachPage(browser, server.address)
        page.begin()
        page.stop()
        samples = []
        for number in range(starts + 1):
            page.again()
            page.page.wait_for_timeout(500)
            page.stop()
            if number in (0, starts // 2, starts):
                page.page.wait_for_timeout(2000)  # what is to be gone within two seconds is
                samples.append((float(number), usage_of(server.pid)))
        page.close()
    return samples


def line_of(
    case: Case, browser: "Browser", home: Path, seconds: float, found: dict[Case, Watched]
) -> tuple[str, ...]:
    """Measure a case, or say why it cannot be; ours has to work."""
    if case.kind == "webrtc" and find_spec("streamlit_webrtc") is None:
        return missing_row(case)
    try:
        found[case], first_s = measure(case, browser, home, seconds)
    except TimeoutError as error:
        if case.kind == "coach":
            raise
        return missing_row(case, str(error))
    return row(case, found[case], first_s)


def report(chosen: argparse.Namespace) -> str:
    """All tables."""
    rows: list[tuple[str, ...]] = []
    found: dict[Case, Watched] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        camera = write_camera(chosen.clip, Path(folder) / "camera.mjpeg")
        with chromium(camera) as browser:
            for model in chosen.models:
                for users in chosen.users:
                    for kind in NAMES:
                        case = Case(kind, model, users)
                        rows.append(line_of(case, browser, home, chosen.seconds, found))
                        print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
            parts = [about(chosen), markdown(HEADER, rows), *compared(found)]
            if chosen.minutes:
                samples = over_time(browser, home, chosen.minutes)
                parts.append(
                    markdown(("minutes, full, one user", "resident MB", "threads"), growth_rows(samples))
                )
            if chosen.starts:
                samples = over_starts(browser, home, chosen.starts)
                parts.append(markdown(("starts and stops", "resident MB", "threads"), growth_rows(samples)))
    return "\n\n".join(parts)


def about(chosen: argparse.Namespace) -> str:
    """When and on what; and what is in the columns."""
    cores = os.cpu_count()
    return (
        f"{date.today().isoformat()}, {cores} cores, which browser and server share; {chosen.clip.stem} as the "
        f"camera, 640x480 at 30 frames a second, {chosen.seconds:g} s a case. *Grab to overlay* is from drawing "
        "the camera's picture for sending until the answer is drawn over the video; *camera to overlay* from when "
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
    parser.add_argument("--minutes", type=float, default=1.0, help="of the look at memory; 0: none")
    parser.add_argument("--starts", type=int, default=20, help="and stops; 0: none")
    parser.add_argument("--models", nargs="+", default=["lite", "full"])
    parser.add_argument("--users", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--write", action="store_true", help="put the tables into docs/measured/live.md")
    chosen = parser.parse_args()
    if not PROC.is_dir():
        parser.error("processor time and memory are read from /proc, which only Linux has")
    text = report(chosen)
    print(text)
    if chosen.write:
        write("live", "python -m benchmarks.live --minutes 30 --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
