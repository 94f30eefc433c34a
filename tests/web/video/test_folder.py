"""The private folder of what people upload, and what is left of it when its program is killed."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coach.web.video import emptied, folder
from coach.web.video.folder import FORGOTTEN_S, LOCK, PREFIX, hold, new_folder, private_root, remove_left

AN_UPLOAD = """
from coach.web.video.folder import new_folder, private_root
film = new_folder(private_root(), "upload-1") / "bridge.mp4"
film.write_bytes(b"film")
print(film, flush=True)
input()
"""


@contextmanager
def another_program(temporary: Path) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """One that was sent a film; and where that lies."""
    env = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    command = [sys.executable, "-c", AN_UPLOAD]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        try:
            yield program, Path(program.stdout.readline().strip())
        finally:
            program.kill()


def test_what_a_killed_program_left_goes_at_once_and_what_a_running_one_has_stays(tmp_path: Path) -> None:
    with another_program(tmp_path) as (running, kept), another_program(tmp_path) as (killed, left):
        killed.kill()
        killed.wait()
        assert left.exists() and kept.exists()
        remove_left(tmp_path)
        assert not left.parents[1].exists()
        assert kept.read_bytes() == b"film"
        running.communicate("\n")
        assert not kept.parents[1].exists(), "it tidied up itself"


def test_a_folder_is_held_once_and_never_taken_from_its_own_program(tmp_path: Path) -> None:
    root = tmp_path / f"{PREFIX}a"
    root.mkdir()
    held = hold(root)
    assert held is not None
    remove_left(tmp_path)
    assert root.exists()
    held.close()
    remove_left(tmp_path)
    assert not root.exists()


def test_a_disk_without_locks_keeps_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(lock: object) -> bool:
        raise OSError("no locks here")

    monkeypatch.setattr(folder, "_locked", refuse)
    root = tmp_path / f"{PREFIX}a"
    root.mkdir()
    held = hold(root)
    assert held is not None
    held.close()
    remove_left(tmp_path)
    assert root.exists()


def test_without_a_lock_it_goes_after_a_day(tmp_path: Path) -> None:
    """It may be just being made; or a version made it that knew no locks."""
    old = new_folder(tmp_path / f"{PREFIX}old", "job-1")
    (old / "bridge.mp4").write_bytes(b"x")
    other = new_folder(tmp_path / "others", "kept")
    now_s = old.parent.stat().st_mtime
    remove_left(tmp_path, now_s + FORGOTTEN_S - 60)
    assert old.exists()
    remove_left(tmp_path, now_s + FORGOTTEN_S + 60)
    assert not old.parent.exists() and other.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / LOCK).write_bytes(b"")
    (tmp_path / f"{PREFIX}trap").symlink_to(mine)
    remove_left(tmp_path, mine.stat().st_mtime + 2 * FORGOTTEN_S)
    assert (mine / LOCK).exists()


def test_a_server_looks_for_what_was_left_when_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    held = hold(left)
    assert held is not None
    held.close()
    folder._root.cache_clear()

    async def a_day() -> None:
        async with emptied(None):
            own = new_folder(private_root(), "upload-1")
            while left.exists():
                await asyncio.sleep(0)
            assert own.exists()

    asyncio.run(asyncio.wait_for(a_day(), 30))
    assert list(tmp_path.iterdir()) == []
    folder._root.cache_clear()
