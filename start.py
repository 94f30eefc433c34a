#!/usr/bin/env python3
"""Form Coach from a fresh clone: `python3 start.py` sets up and opens the app, `python3 start.py test` tests it.

Needs Python 3.11 to 3.13 and nothing else; everything it installs goes into `.venv` beside this file.
"""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import webbrowser
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
FIRST_PORT = 8501
PATIENCE_S = 60

OLDEST, NEWEST = (3, 11), (3, 13)
LIBRARIES = "libgl1 libegl1 libgles2 libglib2.0-0 libxcb1"

# (command, arguments): what `python3 start.py test` runs, each as `python -m`
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("importlinter.cli", "lint-imports"),
    # A file to a core; then the browser's alone, for they live in real time.
    ("pytest", "-n", "auto", "--dist", "loadfile", "--ignore=tests/browser"),
    ("pytest", "tests/browser"),
)


def main() -> int:
    """Set up, then do what was asked for; the exit code."""
    what = sys.argv[1] if len(sys.argv) > 1 else "show"
    if what not in ("show", "test") or len(sys.argv) > 2:
        return say("Use it as 'python3 start.py' or 'python3 start.py test'.")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return with_another_python()
    return set_up() or (run_tests() if what == "test" else show())


def with_another_python() -> int:
    """Start again with a Python of the right age, if there is one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return subprocess.call([found, __file__, *sys.argv[1:]])
    version = ".".join(map(str, sys.version_info[:2]))
    return say(
        f"Form Coach needs Python 3.11, 3.12 or 3.13; this is {version}. Get one from python.org, or "
        "with your system's packages (Debian, Ubuntu: sudo apt install python3 python3-venv; "
        "macOS: brew install python@3.13; Windows: winget install Python.Python.3.13)."
    )


def set_up() -> int:
    """Make `.venv` and install into it, unless that was done for these very files."""
    stamp, wanted = VENV / "installed", fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.is_file():
        return 0
    print("Setting up (once, a minute or two) ...", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except (subprocess.CalledProcessError, OSError):
        return say(
            "Python's venv is missing or cannot write here. Debian, Ubuntu: sudo apt install python3-venv"
        )
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    if subprocess.call([*pip, "--constraint", "constraints.txt", "--editable", ".[test,studio]"], cwd=HERE):
        return say("The packages could not be installed; the lines above say why. Is the network there?")
    if missing_libraries():
        return 1
    stamp.write_text(wanted)
    return 0


def fingerprint() -> str:
    """What the installation depends on."""
    files = (HERE / "pyproject.toml", HERE / "constraints.txt")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def missing_libraries() -> int:
    """Name what the operating system itself must provide, and the command for it."""
    code = "import ctypes, cv2, av, mediapipe; from mediapipe.tasks.python import vision"
    tried = subprocess.run([str(PYTHON), "-c", code], cwd=HERE, capture_output=True, text=True)
    if tried.returncode == 0:
        return 0
    library = re.search(r"(lib[\w.+-]+\.so[.\d]*)", tried.stderr)
    if library:
        return say(
            f"Your system lacks {library[1]}. Debian, Ubuntu: sudo apt install {LIBRARIES}. "
            "Fedora: sudo dnf install mesa-libGL mesa-libEGL libglvnd-gles glib2 libxcb. Then start again."
        )
    if os.name == "nt" and "DLL" in tried.stderr:
        return say("Windows lacks the Visual C++ runtime: winget install Microsoft.VCRedist.2015+.x64")
    return say(f"The pose model's library does not start here: {tried.stderr.strip().splitlines()[-1]}")


def show() -> int:
    """Open the app in the browser, and stay until Ctrl-C; without a terminal, or in CI, until its page answered."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [str(PYTHON), "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    stays = sys.stdout.isatty() and os.environ.get("CI") != "true"
    with subprocess.Popen(command, cwd=HERE) as server:
        try:
            if not answers(address, server):
                return say("The app did not start; the lines above say why.")
            print(f"Form Coach is at {address} . It stays on this machine. End it with Ctrl-C.", flush=True)
            if stays:
                webbrowser.open(address)
                server.wait()
        except KeyboardInterrupt:
            print("\nEnded.")
        finally:
            server.terminate()
    return 0


def free_port() -> int:
    """The usual one, or the next that nobody listens on."""
    for port in range(FIRST_PORT, FIRST_PORT + 50):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    return FIRST_PORT


def answers(address: str, server: "subprocess.Popen[bytes]") -> bool:
    """Wait for the page."""
    for _ in range(PATIENCE_S * 5):
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(address, timeout=2) as page:
                return bool(page.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def run_tests() -> int:
    """Lint, types, the direction of the imports, and all tests; goes on after a failure to show them all."""
    failed = []
    for module, *arguments in CHECKS:
        print(f"\n== {module} {' '.join(arguments)}", flush=True)
        command = [str(PYTHON), "-m", module, *arguments]
        if module == "importlinter.cli":
            command = [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()"]
        if subprocess.call(command, cwd=HERE):
            failed.append(module)
    return say(f"Failed: {', '.join(failed)}.") if failed else 0


def say(sentence: str) -> int:
    """One sentence on stderr; gives exit code 1."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
