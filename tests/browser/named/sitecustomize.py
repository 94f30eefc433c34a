"""In the app's process: the operating system knows each thread by its name, as it does by itself from Python 3.14 on.

What a thread starts in turn, in the pose model for instance, inherits the name.
"""

import sys
import threading
from pathlib import Path


def _named() -> None:
    start = threading.Thread.run

    def run(thread: threading.Thread) -> None:
        Path(f"/proc/self/task/{threading.get_native_id()}/comm").write_text(thread.name[:15])
        start(thread)

    threading.Thread.run = run  # type: ignore[method-assign]


if sys.platform == "linux":
    _named()
