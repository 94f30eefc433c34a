"""What several tests share: where the clips are, and where real recordings are on machines that have them."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from coach import cli

os.environ.pop("COACH_LIBRARY", None)  # what is tested is what ships

# A busy machine is no failure, and what failed once must fail again.
settings.register_profile("form_coach", deadline=None, derandomize=True)
settings.load_profile("form_coach")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "sample_videos"
# The longest files, in this order, and then all others: what comes last should be short, or one process waits for it.
FIRST = (
    "tests/integration",
    "tests/test_workout_command.py",
    "tests/records/test_kill.py",
    "tests/studio",
)
Run = Callable[..., tuple[int, str, str]]
REAL = Path(os.environ.get("FORM_COACH_REAL", ROOT.parent / "shared" / "real"))


def pytest_configure(config: pytest.Config) -> None:
    """Say which marks there are."""
    config.addinivalue_line(
        "markers", "live: somebody exercises in real time; of these there is one at a time"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first."""
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(test: str) -> int:
    return next((turn for turn, start in enumerate(FIRST) if test.startswith(start)), len(FIRST))


@pytest.fixture(scope="session")
def real() -> Path:
    """Real clips and tracks with labels; they may not be given away, so most machines have none."""
    if not (REAL / "labels.json").is_file():
        pytest.skip("no real recordings here: set FORM_COACH_REAL to their folder")
    return REAL


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, the same for all its processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process: exit code, stdout, stderr."""
    monkeypatch.setattr(cli.out, "width", 200)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["coach", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), printed.out, printed.err

    return run
