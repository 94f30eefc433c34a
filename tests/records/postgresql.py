"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket that nobody else finds."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

NONE: Final = "no PostgreSQL here: install it (Debian, Ubuntu: sudo apt install postgresql)"
DEBIAN: Final = Path("/usr/lib/postgresql")
NOBODY: Final = "nobody"  # PostgreSQL refuses to run as root
# As fast as it can be: these databases are not to outlive anything.
QUICK: Final = "-c fsync=off -c full_page_writes=off -c listen_addresses= -c max_connections=50"


def find() -> Path:
    """The folder of its programs; none skips the test, in CI it fails."""
    known = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path is not None:
        known.append(Path(on_path).resolve().parent)
    if not known and os.environ.get("CI") == "true":
        pytest.fail(NONE)
    if not known:
        pytest.skip(NONE)
    return max(known)


@contextmanager
def server(options: str = QUICK) -> Iterator[str]:
    """Runs while the body does; the address of its socket's folder, to be put behind `postgresql://…?host=`."""
    programs = find()
    home = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.getuid() == 0:
            shutil.chown(home, NOBODY)
        run(programs / "initdb", "-D", home / "data", "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync")
        start = f"{options} -k {home}"
        run(programs / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-o", start, "start")
        try:
            yield str(home)
        finally:
            run(programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def run(*command: object) -> None:
    """As somebody who is not root; its output stands in the error where it fails."""
    other: dict[str, Any] = {}
    if os.getuid() == 0:
        import pwd  # Windows has none

        other = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": ()}
    with tempfile.TemporaryFile("w+") as log:  # no pipe: the server would keep it open
        done = subprocess.run(
            [str(part) for part in command],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **other,
        )
        log.seek(0)
        assert done.returncode == 0, log.read()


def address(socket: str, database: str) -> str:
    """The address of a database on the server."""
    return f"postgresql://coach@/{database}?host={socket}"
