"""The app as its own process, as people start it."""

import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

from tests.conftest import ROOT

PATIENCE_S: Final = 60
LOOK_S: Final = 0.05
NAMED: Final = Path(__file__).parent / "named"
GONE: Final = (
    "WebSocket|ERR_|Is Streamlit still running|No response received"  # a browser's words for no server
)
TROUBLE: Final = ("Traceback", "A page failed", "Uncaught")


class App:
    """Started with `start`, ended with `stop`; may be started again at the same address, with the same home.

    options  of Streamlit, as its command takes them
    model    the ground truth is known to agree with full, however slow the machine
    """

    def __init__(
        self,
        home: Path,
        users: int = 2,
        options: tuple[str, ...] = (),
        model: str = "full",
        script: str = "app.py",
    ) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log: list[str] = []
        self.options, self._script = options, script
        self._environment = {
            **os.environ,
            "COACH_HOME": str(home),
            "COACH_LIVE_USERS": str(users),
            "COACH_MODEL": model,
            "PYTHONPATH": str(NAMED),
        }
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when it serves pages; does nothing if it does already."""
        if self._process is not None:
            return
        command = [sys.executable, "-m", "streamlit", "run", self._script, f"--server.port={self.port}"]
        command += self.options
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        with urllib.request.urlopen(self._when_there(), timeout=PATIENCE_S):
            pass

    def stop(self) -> None:
        """At once, as when a machine is switched off."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._reader.join()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    @property
    def pid(self) -> int:
        """Of its process, while it runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def trouble(self) -> str:
        """What the server complained of; nothing if all was well."""
        told = "".join(self.log)
        return told if any(word in told for word in TROUBLE) else ""

    @property
    def live_threads(self) -> int:
        """How many threads it has just now that belong to live sets; Linux only."""
        names: list[str] = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(OSError):  # it has just ended
                names.append((task / "comm").read_text())
        return sum(name.startswith("coach-live") for name in names)

    def _read(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            self.log.append(line)

    def _when_there(self) -> str:
        """The address of its health, once somebody listens there."""
        assert self._process is not None
        between = Event()
        while self._process.poll() is None:
            between.wait(LOOK_S)  # what would look all the time would take a core from it
            with socket.socket() as tried:
                tried.settimeout(1)
                if not tried.connect_ex(("127.0.0.1", self.port)):
                    return f"{self.url}/_stcore/health"
        raise AssertionError(f"the app did not start: {''.join(self.log)}")


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
