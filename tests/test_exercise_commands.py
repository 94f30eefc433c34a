"""`coach exercises`: own files beside the built-in ones, copies to edit, and learning from a demonstration."""

import sys
from pathlib import Path

import pytest

from coach import cli
from coach.judge import load_exercise
from coach.screen import err, out
from tests.judge.files import CURL, write
from tests.judge.films import bridges
from tests.judge.waves import Move
from tests.test_cli import assert_one_sentence


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run the command in this process, in a folder of its own: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COACH_LIBRARY", raising=False)
    for console in (out, err):
        monkeypatch.setattr(console, "width", 200)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["coach", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), printed.out, printed.err

    return run


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def low(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A demonstration of low bridges, as a track."""
    path = tmp_path_factory.mktemp("track") / "low.npz"
    track = bridges(3, move=Move(1.5, 3.8, 2.2, pause_s=1.2, height=32.0))
    with path.open("wb") as file:
        track.save(file)
    return str(path)


def test_own_exercises_are_listed_shown_and_checked(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    for place in (("exercises", "--library", str(mine)), ("exercises",)):
        code, told, _ = coach(*place)
        assert code == 0 and "bridge" in told
        assert ("curl" in told) == ("--library" in place)
    assert "Knee curl" in coach("exercises", "show", "curl", "--library", str(mine))[1]
    assert "Knee curl" in coach("exercises", "--library", str(mine), "show", "curl")[1]
    code, told, _ = coach("exercises", "check", "--library", str(mine))
    assert code == 0 and "curl.yaml is right" in told


def test_an_exercise_is_shown_in_another_language(coach) -> None:  # type: ignore[no-untyped-def]
    assert "Brücke" in coach("exercises", "show", "bridge", "--language", "de-AT")[1]
    assert_one_sentence(*coach("exercises", "show", "bridge", "--language", "fr"))


def test_the_translations_beside_a_file_are_checked_with_it(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    path = write(mine, CURL)
    (mine / "de").mkdir()
    write(mine / "de", "name: Kniebeuger\nsides: beide\n")
    code, told, errors = coach("exercises", "check", str(path))
    assert code == 1 and "is right" not in told
    assert "de/curl.yaml, line 1: 'checks.upright.cue' is missing." in errors.splitlines()
    assert "de/curl.yaml, line 2: 'sides' is not a text of this exercise." in errors.splitlines()


def test_the_folder_may_stand_in_the_environment(coach, mine: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    monkeypatch.setenv("COACH_LIBRARY", str(mine))
    assert "Knee curl" in coach("exercises", "show", "curl")[1]
    assert "curl" in coach("exercises")[1]


def test_every_broken_file_of_a_folder_is_told(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    write(mine, CURL.replace("id: curl", "id: bad").replace("severity: 2", "severity: 9"), "bad")
    write(mine, CURL.replace("id: curl", "id: worse\ncolour: red"), "worse")
    code, told, errors = coach("exercises", "check", "--library", str(mine))
    assert code == 1
    assert "curl.yaml is right" in told
    assert [line.split(",")[0] for line in errors.splitlines()] == ["bad.yaml", "worse.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("exercises", "--library", "none"),
        ("exercises", "show", "bridge", "--library", "none"),
        ("exercises", "check"),
        ("exercises", "check", "--library", "mine"),
        ("exercises", "new", "x", "--from", "brdge"),
        ("exercises", "new", "My bridge", "--from", "bridge"),
        ("exercises", "new", "../bridge", "--from", "bridge"),
        ("exercises", "new", "my_bridge", "--from", "bridge", "--library", "none/none"),
        ("exercises", "learn", "none.mp4", "--from", "bridge", "--as", "my_bridge"),
        ("exercises", "learn", "none.npz", "--from", "bridge", "--as", "my_bridge"),
        ("analyse", "none.npz", "-e", "bridge", "--library", "none"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(coach, mine: Path, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert_one_sentence(*coach(*arguments))
    assert list(mine.iterdir()) == []


def test_a_copy_keeps_its_comments_and_loads(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(mine))
    assert code == 0 and "checks" in told and "coach exercises check" in told
    exercise = load_exercise("my_bridge", mine)
    assert exercise.name == "My bridge"
    assert exercise.checks == load_exercise("bridge").checks
    assert "# Real people rest" in (mine / "my_bridge.yaml").read_text("utf-8")
    assert_one_sentence(*coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(mine)))
    assert coach("exercises", "new", "third", "--from", "my_bridge", "--library", str(mine))[0] == 0


def test_the_folder_of_own_exercises_is_made(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    folder = mine / "own"
    assert coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(folder))[0] == 0
    assert [path.name for path in folder.iterdir()] == ["my_bridge.yaml"]


def test_a_copy_under_the_same_id_stands_in_for_it(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    assert coach("exercises", "new", "bridge", "--from", "bridge", "--library", str(mine))[0] == 0
    assert load_exercise("bridge", mine).name == "Bridge"


def test_a_copy_without_a_folder_comes_here(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert coach("exercises", "new", "my_bridge", "--from", "bridge")[0] == 0
    assert (tmp_path / "my_bridge.yaml").is_file()


def test_a_demonstration_is_learnt_and_then_counted(coach, mine: Path, low: str) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = coach(
        "exercises", "learn", low, "--from", "bridge", "--as", "low", "--library", str(mine)
    )
    assert code == 0
    assert "end range" in told and "at least 165 deg" in told and "Review" in told
    assert "# Learnt from low.npz" in (mine / "low.yaml").read_text("utf-8")
    assert "0 of 3" in coach("analyse", low, "-e", "bridge")[1]
    assert "3 of 3" in coach("analyse", low, "-e", "low", "--library", str(mine))[1]
    assert_one_sentence(
        *coach("exercises", "learn", low, "--from", "bridge", "--as", "low", "--library", str(mine))
    )
    assert_one_sentence(
        *coach("exercises", "learn", low, "--from", "pigeon", "--as", "no", "--library", str(mine))
    )
    assert not (mine / "no.yaml").exists()
