"""The command: exit codes, one clear sentence for every bad input, nothing half-written left behind."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from coach import cli
from coach.judge import exercise_ids, result_schema
from tests.conftest import ROOT, SAMPLES

SQUAT = str(SAMPLES / "squat_clean.mp4")
ASKED = {"--json": ".json", "--report": ".csv", "--track": ".npz"}


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Landmarks of the clean squat, so that most tests need no model."""
    from coach.video import analyse

    path = tmp_path_factory.mktemp("track") / "squat.npz"
    analyse(SQUAT, "squat", model="lite", track=path)
    return str(path)


def assert_one_sentence(code: int, out: str, err: str) -> None:
    assert code != 0
    assert "Traceback" not in out + err
    lines = [line for line in err.splitlines() if line.strip()]
    assert len(lines) == 1, err
    assert lines[0].endswith((".", "?"))


def test_lists_shows_and_checks_exercises(coach) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = coach("exercises")
    assert code == 0
    assert all(name in out for name in exercise_ids())
    code, out, _ = coach("exercises", "show", "bridge")
    assert code == 0
    assert "knees_over_ankles" in out
    code, out, _ = coach("exercises", "check", str(ROOT / "poses" / "bridge.yaml"))
    assert code == 0


def test_a_track_is_analysed_like_a_video(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "result.json"
    code, out, _ = coach("analyse", track, "--exercise", "squat", "--json", str(target))
    assert code == 0
    assert "3 of 3 repetitions counted" in out
    result = json.loads(target.read_text("utf-8"))
    jsonschema.validate(result, result_schema())
    assert result["counted"] == 3


@pytest.mark.parametrize("exercise", ["lunge", "bridge_march"])
def test_advice_is_not_told_again_below_the_summary(coach, exercise: str) -> None:  # type: ignore[no-untyped-def]
    track = ROOT / "sample_videos" / "library" / f"{exercise}_wrong_view.npz"
    told = " ".join(coach("analyse", str(track), "--exercise", exercise)[1].split())
    turn = "Turn so that the camera sees you from the side."
    assert "Next time: “Turn so that" in told and f"For next time: {turn}" not in told
    assert ("For next time: I can't make out your body" in told) is (exercise == "bridge_march")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_what_is_written_may_be_read_by_its_owner_alone(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    written = [tmp_path / name for name in ("r.json", "r.csv", "kept.npz")]
    options = ("--json", written[0], "--report", written[1], "--track", written[2])
    assert coach("analyse", track, "--exercise", "squat", *map(str, options))[0] == 0
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


def test_json_goes_to_the_screen(coach, track: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = coach("analyse", track, "-e", "squat", "--json", "-")
    assert code == 0
    assert json.loads(out)["exercise"] == "squat"


def test_writes_the_report_of_a_track(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "report.html"
    code, _, _ = coach("analyse", track, "-e", "squat", "--report", str(target))
    assert code == 0
    assert "<svg" in target.read_text("utf-8")


def test_the_schema_in_the_documentation_is_the_one_of_the_code(coach) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = coach("schema")
    assert code == 0
    published = (ROOT / "docs" / "result.schema.json").read_text("utf-8")
    assert json.loads(out) == json.loads(published)


@pytest.mark.parametrize("content", [b"", b"this is no video\n" * 50])
def test_what_is_no_video(coach, tmp_path: Path, content: bytes) -> None:  # type: ignore[no-untyped-def]
    video = tmp_path / "clip.mp4"
    video.write_bytes(content)
    assert_one_sentence(*coach("analyse", str(video), "-e", "squat"))


def test_a_missing_file(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert_one_sentence(*coach("analyse", str(tmp_path / "none.mp4"), "-e", "squat"))
    assert_one_sentence(*coach("analyse", str(tmp_path / "none.npz"), "-e", "squat"))


def test_a_truncated_video_and_track(coach, tmp_path: Path, track: str) -> None:  # type: ignore[no-untyped-def]
    for source in (SQUAT, track):
        cut = tmp_path / f"cut{Path(source).suffix}"
        cut.write_bytes(Path(source).read_bytes()[:2000])
        assert_one_sentence(*coach("analyse", str(cut), "-e", "squat"))


def test_an_unknown_exercise_suggests_the_nearest(coach) -> None:  # type: ignore[no-untyped-def]
    code, out, err = coach("analyse", SQUAT, "--exercise", "sqat")
    assert_one_sentence(code, out, err)
    assert "squat" in err


def test_a_broken_exercise_file_is_told_with_its_place(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    broken = tmp_path / "bridge.yaml"
    broken.write_text((ROOT / "poses" / "bridge.yaml").read_text("utf-8") + "\ncolour: red\n", "utf-8")
    code, out, err = coach("exercises", "check", str(broken))
    assert_one_sentence(code, out, err)
    assert "bridge.yaml, line" in err
    assert "colour" in err


def test_a_missing_folder_is_told_before_the_work(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for option in ("--json", "--report", "--track", "--annotated"):
        assert_one_sentence(*coach("analyse", track, "-e", "squat", option, str(tmp_path / "none" / "x.npz")))


@pytest.mark.parametrize("option", ["--json", "--report"])
def test_what_cannot_be_written_is_told_before_the_work(coach, tmp_path: Path, option: str) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "result.pdf"
    folder.mkdir()
    code, out, err = coach("analyse", "there_is_no_such.npz", "-e", "squat", option, str(folder))
    assert_one_sentence(code, out, err)
    assert "'result.pdf' is a folder" in err


def test_landmarks_are_not_written_under_the_name_of_a_video(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = coach("analyse", track, "-e", "squat", "--track", str(tmp_path / "set.mp4"))
    assert_one_sentence(code, out, err)
    assert ".npz" in err and not list(tmp_path.glob("set.*"))


def test_a_coached_copy_is_not_written_under_the_name_of_another_format(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = coach("analyse", SQUAT, "-e", "squat", "--annotated", str(tmp_path / "set.avi"))
    assert_one_sentence(code, out, err)
    assert ".mp4" in err and not list(tmp_path.glob("set.*"))


def test_a_path_that_cannot_be_used_is_told_wherever_it_is_found_out(coach, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/root/mine")

    monkeypatch.setattr(cli, "load_exercise", forbidden)
    code, out, err = coach("analyse", SQUAT, "-e", "squat")
    assert_one_sentence(code, out, err)
    assert err == "'/root/mine' cannot be used: permission denied; choose another one.\n"


def test_a_report_that_fails_takes_nothing_else_along(coach, track: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.suffix == ".csv":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    wanted = [tmp_path / name for name in ("set.json", "set.csv", "set.html")]
    asked = ["--json", str(wanted[0]), "--report", str(wanted[1]), "--report", str(wanted[2])]
    code, out, err = coach("analyse", track, "-e", "squat", *asked)
    assert code == 1 and "3 of 3 repetitions counted" in out
    assert "not enough space" in err and "set.csv" in err
    assert [path.exists() for path in wanted] == [True, False, True]


@pytest.mark.parametrize("fails", [".json", ".csv", ".npz"])
def test_what_cannot_be_written_takes_nothing_else_along(  # type: ignore[no-untyped-def]
    coach, track: str, tmp_path: Path, monkeypatch, fails: str
) -> None:
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.suffix == fails and self.parent == tmp_path:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    wanted = {option: tmp_path / f"set{end}" for option, end in ASKED.items()}
    options = [str(part) for pair in wanted.items() for part in pair]
    code, out, err = coach("analyse", track, "-e", "squat", *options)
    assert code == 1 and "3 of 3 repetitions counted" in out
    assert f"There is not enough space on the disk to write 'set{fails}'" in err
    for path in wanted.values():
        assert path.exists() == (f"Written: {path}" in err) == (path.suffix != fails)


def test_json_on_the_screen_comes_after_the_files(coach, track: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    report = tmp_path / "set.csv"
    asked = ("analyse", track, "-e", "squat", "--json", "-", "--report", str(report))

    def ended(_: str) -> None:
        assert report.exists()
        raise BrokenPipeError

    monkeypatch.setattr(cli, "put", ended)
    code, _, err = coach(*asked)
    assert code == 0 and f"Written: {report}" in err


def test_landmarks_of_a_video_that_cannot_be_saved_cost_no_result(coach, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.suffix == ".npz":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    kept, report = tmp_path / "kept.npz", tmp_path / "set.trc"
    asked = ("--model", "lite", "--track", str(kept), "--report", str(report))
    code, out, err = coach("analyse", SQUAT, "-e", "squat", *asked)
    assert code == 1 and "3 of 3 repetitions counted" in out
    assert "'kept.npz'" in err and f"Written: {report}" in err
    assert report.exists() and not kept.exists()


def run_into(stdout: int | None, *asked: str) -> tuple[int, str]:
    """The command in a process of its own, with this as its stdout or with none: its exit code and stderr."""
    command = [sys.executable, "-m", "coach", *asked]
    if stdout is None:
        command = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    return done.returncode, done.stderr


ON_A_SCREEN = [("exercises",), ("schema",)]  # to be read, and for other programs


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("asked", ON_A_SCREEN)
def test_a_screen_that_takes_nothing_is_one_sentence(asked: tuple[str, ...]) -> None:
    for place, why in (("/dev/full", "no space left on device"), (os.devnull, "bad file descriptor")):
        stdout = os.open(place, os.O_WRONLY if place == "/dev/full" else os.O_RDONLY)
        try:
            code, told = run_into(stdout, *asked)
        finally:
            os.close(stdout)
        assert code == 1
        assert told == f"What there is to show could not be written: {why}; send it somewhere else.\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no sh")
@pytest.mark.parametrize("asked", ON_A_SCREEN)
def test_without_a_screen_there_is_nothing_to_show(asked: tuple[str, ...]) -> None:
    assert run_into(None, *asked) == (0, "")


@pytest.mark.parametrize("asked", ON_A_SCREEN)
def test_who_closes_the_pipe_had_enough(asked: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert run_into(writer, *asked) == (0, "")
    finally:
        os.close(writer)


def test_a_report_is_told_by_its_own_name(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "[").mkdir()
    for name in ("r[red]b.html", "[/b].html"):  # the second one in a folder
        code, _, err = coach("analyse", track, "-e", "squat", "--report", str(tmp_path / name))
        assert code == 0 and name in err


def test_what_is_stopped_says_so(coach, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "load_exercise", stop)
    assert coach("analyse", SQUAT, "-e", "squat") == (130, "", "Stopped.\n")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_is_ended_puts_away_what_is_half_written(coach, monkeypatch, name: str) -> None:  # type: ignore[no-untyped-def]
    """As `kill` and a terminal that is closed do: what cleans up, cleans up."""
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"there is no {name} here")
    before, cleaned = signal.getsignal(number), []

    def is_ended(*_: object) -> None:
        try:
            signal.raise_signal(number)
        finally:
            cleaned.append(name)

    monkeypatch.setattr(cli, "load_exercise", is_ended)
    try:
        assert coach("analyse", SQUAT, "-e", "squat")[0] == 128 + number
    finally:
        signal.signal(number, before)
    assert cleaned == [name]


def test_what_was_asked_for_is_written_though_nobody_reads_the_screen(
    coach, track: str, tmp_path: Path, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    def ended(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(cli, "show_result", ended)
    target, report = tmp_path / "result.json", tmp_path / "report.csv"
    coach("analyse", track, "-e", "squat", "--json", str(target), "--report", str(report))
    assert target.exists() and report.exists()


def test_the_report_is_in_the_language_that_was_asked_for(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = tmp_path / "bericht.html"
    code, _, _ = coach("analyse", track, "-e", "squat", "--language", "de", "--report", str(report))
    assert code == 0 and "Kniebeuge" in report.read_text("utf-8")
    assert_one_sentence(*coach("analyse", track, "-e", "squat", "--language", "fr"))


def test_a_track_has_no_pictures_to_annotate(coach, track: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "coached.mp4"
    assert_one_sentence(*coach("analyse", track, "-e", "squat", "--annotated", str(target)))
    assert not target.exists()


def test_a_full_disk_leaves_nothing_behind(coach, track: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    before = sorted(tmp_path.iterdir())
    code, out, err = coach("analyse", track, "-e", "squat", "--json", str(tmp_path / "result.json"))
    assert_one_sentence(code, out, err)
    assert "space" in err
    assert sorted(tmp_path.iterdir()) == before


def test_the_video_is_never_overwritten(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    video = tmp_path / "mine.mp4"
    shutil.copy(SQUAT, video)
    assert_one_sentence(*coach("analyse", str(video), "-e", "squat", "--annotated", str(video)))
    assert video.read_bytes() == Path(SQUAT).read_bytes()
