"""What the server uses over a long set and over many short ones: memory, and threads that are left.

    python -m benchmarks.live_memory [CLIP] [--minutes 30] [--starts 20] [--write]

A person in front of the camera, as in benchmarks/live.py, with the full model.  The machine need not be idle.

minutes   of one set after the other without a break; the first look is after a warm-up
starts    sets that are begun and stopped half a second after their first answer, with nobody there at each look
"""

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.fake_camera import write_camera
from benchmarks.live import CLIP, FLAGS, serve, watch
from benchmarks.live_figures import Case, growth_rows
from benchmarks.live_pages import Chrome, CoachPage, chromes
from benchmarks.processes import PROC, Usage, usage_of
from benchmarks.tables import markdown, write
from tests.browser import chromium

WARM_UP_S: Final = (
    60.0  # by then the second model, which looks for other people, is there on a slow machine too
)


def over_time(browser: Chrome, minutes: float, steps: int = 6) -> list[tuple[float, Usage]]:
    """Minutes, and what the server uses then, with one user and the full model; 0 is after a warm-up."""
    with serve(Case("coach", "full", 1)) as server:
        page = CoachPage(browser, server.address)
        page.lengthen()
        watch([page], server, min(WARM_UP_S, WARM_UP_S * minutes))
        samples = [(0.0, usage_of(server.pid))]
        for step in range(1, steps + 1):
            watch([page], server, 60 * minutes / steps)
            samples.append((round(minutes * step / steps, 2), usage_of(server.pid)))
        page.close()
    return samples


def over_starts(browser: Chrome, starts: int) -> list[tuple[float, Usage]]:
    """Starts and stops, and what the server uses with nobody there; 0 is after the first two."""
    with serve(Case("coach", "full", 1)) as server:
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


def report(chosen: argparse.Namespace) -> str:
    """Both tables."""
    parts = [
        f"{date.today().isoformat()}, {chosen.clip.stem} as the camera, 640x480 at 30 frames a second; the memory "
        "and the threads of the server."
    ]
    with tempfile.TemporaryDirectory() as folder:
        camera = write_camera(chosen.clip, Path(folder) / "camera.mjpeg")
        with (
            sync_playwright() as playwright,
            chromes(playwright, chromium.find(playwright), camera, FLAGS, 1) as (chrome,),
        ):
            if chosen.minutes:
                rows = growth_rows(over_time(chrome, chosen.minutes))
                parts.append(markdown(("minutes, full, one user", "resident MB", "threads"), rows))
            if chosen.starts:
                rows = growth_rows(over_starts(chrome, chosen.starts))
                parts.append(markdown(("starts and stops", "resident MB", "threads"), rows))
    return "\n\n".join(parts)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clip", nargs="?", type=Path, default=CLIP)
    parser.add_argument("--minutes", type=float, default=30.0, help="0: none")
    parser.add_argument("--starts", type=int, default=20, help="and stops; 0: none")
    parser.add_argument("--write", action="store_true", help="put it into docs/measured/live_memory.md")
    chosen = parser.parse_args()
    if not PROC.is_dir():
        parser.error("memory and threads are read from /proc, which only Linux has")
    text = report(chosen)
    print(text)
    if chosen.write:
        write("live_memory", "python -m benchmarks.live_memory --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
