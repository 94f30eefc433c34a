#!/usr/bin/env python3
"""Form Coach from a fresh clone: `python3 start.py` sets up and shows it at work, `python3 start.py test` tests it.

Needs Python 3.11 to 3.13 and nothing else; everything it installs goes into `.venv` beside this file.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
import webbrowser
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OUT = HERE / "out"
SAMPLE = HERE / "sample_videos" / "bridge_faulty.mp4"

OLDEST, NEWEST = (3, 11), (3, 13)
LIBRARIES = "libgl1 libegl1 libgles2 libglib2.0-0 libxcb1"

# (command, arguments): what `python3 start.py test` runs, each as `python -m`
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("importlinter.cli", "lint-imports"),
    ("pytest",),
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
    """Analyse a sample video, and open the report."""
    OUT.mkdir(exist_ok=True)
    report, coached = OUT / "report.html", OUT / "coached.mp4"
    print(f"Watching {SAMPLE.relative_to(HERE)}: a bridge, with some things to work on.\n", flush=True)
    command = [str(PYTHON), "-m", "coach.cli", "analyse", str(SAMPLE), "--exercise", "bridge"]
    code = subprocess.call([*command, "--report", str(report), "--annotated", str(coached)], cwd=HERE)
    if code == 0 and sys.stdout.isatty() and os.environ.get("CI") != "true":
        webbrowser.open(report.as_uri())
    return code


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
