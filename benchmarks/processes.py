"""Processor time, memory and threads of another process and its children, from /proc (Linux)."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PROC = Path("/proc")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAGE_MB = (os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096) / 2**20


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of processor time since the start, resident memory, threads."""

    cpu_s: float = 0.0
    resident_mb: float = 0.0
    threads: int = 0

    def __add__(self, more: "Usage") -> "Usage":
        return Usage(
            self.cpu_s + more.cpu_s, self.resident_mb + more.resident_mb, self.threads + more.threads
        )


@dataclass(frozen=True, slots=True)
class Stat:
    """One line of /proc/PID/stat."""

    pid: int
    parent: int
    usage: Usage

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read the line; the name in brackets may hold anything, brackets too.

        >>> Stat.parse("7 (a) b) S 3 " + "0 " * 9 + "50 50 0 0 20 0 4 0 99 0 256 0").parent
        3
        """
        before, _, after = line.rpartition(")")
        fields = after.split()  # from the third field on: state, parent, ...
        cpu_s = (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND
        usage = Usage(cpu_s, int(fields[21]) * PAGE_MB, int(fields[17]))
        return cls(int(before.split()[0]), int(fields[1]), usage)


def all_processes() -> list[Stat]:
    """Every process that can be read just now."""
    found = []
    for path in PROC.glob("[0-9]*/stat"):
        try:
            found.append(Stat.parse(path.read_text()))
        except OSError:
            continue  # it ended meanwhile
    return found


def family(pid: int, processes: list[Stat]) -> list[Stat]:
    """A process and everything that it started."""
    children: dict[int, list[Stat]] = {}
    for stat in processes:
        children.setdefault(stat.parent, []).append(stat)
    found = [stat for stat in processes if stat.pid == pid]
    for stat in found:  # grows while it is walked
        found += children.get(stat.pid, [])
    return found


def usage_of(pid: int) -> Usage:
    """The sum over a process and its children."""
    return sum((stat.usage for stat in family(pid, all_processes())), Usage())
