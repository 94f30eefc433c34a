"""That the pose model tells nobody that it is used."""

import ctypes
import logging
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from coach.pose import MediaPipeEstimator, kept_here
from coach.pose.kept_here import ADDRESS, NOWHERE, keep_here, mapped_place, section_place

A_SHORT_SET = """
import numpy as np
from coach.pose import MediaPipeEstimator
with MediaPipeEstimator("lite") as estimator:
    for i in range(3):
        estimator.estimate(np.zeros((120, 160, 3), np.uint8), i / 10)
"""


def test_it_could_be_kept_here() -> None:
    assert keep_here()
    assert len(NOWHERE) == len(ADDRESS)


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of a process's memory")
def test_with_a_model_the_address_is_nowhere_in_its_library() -> None:
    MediaPipeEstimator("lite").close()
    found = []
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, *_ = line.split()
        if "libmediapipe" in line and rights.startswith("r"):
            start, end = (int(each, 16) for each in span.split("-"))
            memory = (ctypes.c_char * (end - start)).from_address(start)
            found += [bool(re.search(re.escape(address), memory)) for address in (ADDRESS, NOWHERE)]
    assert not any(found[::2])
    assert sum(found[1::2]) == 1


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace sees what is asked of a network")
def test_a_model_that_is_used_and_closed_asks_nothing_of_a_network(tmp_path: Path) -> None:
    seen = tmp_path / "calls"
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    command = ["strace", "-f", "-qq", "-e", calls, "-o", str(seen), sys.executable, "-c", A_SHORT_SET]
    ended = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    if "ptrace" in ended.stderr.lower():
        pytest.skip("strace may not look here")
    assert ended.returncode == 0, ended.stderr
    assert [line for line in seen.read_text().splitlines() if "AF_INET" in line or "google" in line] == []


def test_a_library_that_knows_another_address_is_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And the model is used all the same."""
    monkeypatch.setattr(kept_here, "ADDRESS", b"https://nobody.example/of/this/name\0")
    monkeypatch.setattr(kept_here, "SESSIONS", (b"of no such name",))
    with caplog.at_level(logging.WARNING, "coach"):
        assert not kept_here._kept_here.__wrapped__()
    assert "MediaPipe may tell its makers" in caplog.text


def test_a_byte_is_found_where_its_piece_of_the_file_is_mapped() -> None:
    maps = [
        "1000-2000 r-xp 00000000 08:01 7                          /lib/a.so",
        "2000-3000 r--p 00000000 08:01 8                          /lib/a.so.1",
        "3000-4000 ---p 00001000 08:01 7                          /lib/a.so",
        "5000-7000 r--p 00001000 08:01 7                          /lib/a.so",
        "7000-8000 rw-p 00000000 00:00 0 ",
    ]
    assert [mapped_place(maps, "/lib/a.so", offset) for offset in (0x10, 0x1010, 0x2FFF)] == [
        0x1010,
        0x5010,
        0x6FFF,
    ]
    with pytest.raises(ValueError, match="not in memory"):
        mapped_place(maps, "/lib/a.so", 0x3000)


def test_a_byte_is_found_in_the_section_of_a_windows_library() -> None:
    head, optional = 0x80, 0xF0
    sections = b"".join(
        struct.pack("<8sIIII16x", name, size, loaded, size, begins)
        for name, loaded, size, begins in (
            (b".text", 0x1000, 0x200, 0x400),
            (b".rdata", 0x3000, 0x400, 0x600),
        )
    )
    image = bytearray(head + 24 + optional) + sections
    struct.pack_into("<I", image, 0x3C, head)
    struct.pack_into("<H", image, head + 6, 2)
    struct.pack_into("<H", image, head + 20, optional)
    assert (section_place(image, 0x410), section_place(image, 0x9FF)) == (0x1010, 0x33FF)
    with pytest.raises(ValueError, match="no section"):
        section_place(image, 0xA00)
