"""What is left when the process is killed: random moments of sessions and sets, SIGKILL, and then a look.

    python -m benchmarks.kill [--times 200] [--url postgresql://…] [--server-times 20] [--seed 1] [--write]

A process of its own opens the records and exercises without a pause: sessions, sets, many small parts, pieces of
tracks.  What the records acknowledged it tells through a pipe.  At a random moment it is killed with SIGKILL; every
tenth time it is within the time that the slowest opening took before, so that the database is just being made.
After each kill the records are opened here: everything that was acknowledged must be there as it was written, at most
one thing more than that (what was in progress), and a next session must start and end.

killed in a set    a set was under way
killed at start    before the first session began
acknowledged       parts of which the process was told that they are kept; lost: those of them that are not there
tracks             pieces of landmark tracks, of which the same is asked
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.tables import markdown, write
from coach.judge import Judgement, Rep, SetResult, Verdict
from coach.pose import PoseTrack
from coach.records import OWNER, Desk, open_records

PARTS: Final = 12  # in a set
SETS: Final = 3  # in a session
EARLY: Final = 10  # every so many times it is killed while it opens
MOST_ACKNOWLEDGED: Final = 40  # and otherwise after so many words of it at the most
BETWEEN_S: Final = 0.02
PATIENCE_S: Final = 60.0

# What was acknowledged: kind, id of the session or set, number; of the opening, the milliseconds it took.
Word = tuple[str, str, int]


# --- the process that is killed -----------------------------------------------------------------------


def work(url: str, folder: Path, told: Connection) -> None:
    """Exercise until somebody ends it, and tell what was acknowledged."""
    told.send(("opening", "", 0))
    begin = time.perf_counter()
    records = open_records(url, folder)
    desk = records.desk(OWNER)
    me = desk.me().id
    told.send(("opened", me, round(1000 * (time.perf_counter() - begin))))
    while True:
        session = desk.begin_session(me, now()).id
        told.send(("session", session, 0))
        for _ in range(SETS):
            exercise(desk, session, told)
        desk.end_session(session, now())
        told.send(("ended", session, 0))


def exercise(desk: Desk, session: str, told: Connection) -> None:
    """One set."""
    set_id = desk.begin_set(session, "squat", now(), "camera")
    told.send(("set", set_id, 0))
    for n in range(PARTS):
        desk.add_part(set_id, n, part(set_id, n))
        told.send(("part", set_id, n))
        if n % 4 == 3:
            desk.keep_track(set_id, piece(n))
            told.send(("track", set_id, n // 4))
    desk.close_set(set_id, result(set_id))
    told.send(("closed", set_id, 0))


def now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


def part(set_id: str, n: int) -> Rep:
    """The nth repetition of a set, unlike all others."""
    own = random.Random(f"{set_id}/{n}").random()
    verdict = Verdict(verdict=Judgement.PASS, value=own, unit="deg", reason="x" * int(500 * own))
    start = 3.0 * n
    told: dict[str, Any] = {"side": "both", "counted": True, "hold_s": own, "out_s": 1.0, "back_s": 1.0}
    return Rep(start_s=start, peak_s=start + 1 + own, end_s=start + 3, verdicts={"depth": verdict}, **told)


def result(set_id: str) -> SetResult:
    """The whole set."""
    reps = tuple(part(set_id, n) for n in range(PARTS))
    return SetResult(
        exercise="squat", name="Squat", duration_s=40.0, counted=PARTS, attempts=PARTS, reps=reps
    )


def piece(n: int) -> PoseTrack:
    """Ten frames."""
    there = np.full((10, 33, 6), n, np.float32)
    return PoseTrack(n + np.arange(10) / 30, there[..., :2], there[..., 2], there[..., 3:], (640, 480))


# --- who kills and looks ------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What was seen over all kills."""

    kills: int = 0
    in_a_set: int = 0
    at_start: int = 0
    parts: int = 0
    lost: int = 0
    pieces: int = 0
    pieces_lost: int = 0
    next_sessions: int = 0
    opening_s: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def kill_often(places: Iterator[tuple[str, Path]], times: int, seed: int) -> Tally:
    """Kill so many times, each in the next of the places (address, folder), and look after each.

    A place that comes again goes on with what is there; what was acknowledged in it before must still be there, too.
    """
    rng, tally, slowest_ms = random.Random(seed), Tally(), 0
    words: dict[str, list[Word]] = {}
    for n in range(times):
        url, folder = next(places)
        early = n % EARLY == EARLY - 1
        heard = killed(url, folder, rng, slowest_ms / 1000 if early else None)
        slowest_ms = max([slowest_ms, *(took for kind, _, took in heard if kind == "opened")])
        tally.kills += 1
        tally.at_start += not any(kind == "session" for kind, _, _ in heard)
        tally.in_a_set += under_way(heard)
        words.setdefault(url, []).extend(heard)
        look(url, folder, words[url] if n == times - 1 or rng.random() < 0.05 else heard, tally)
        counted = [kind for kind, _, _ in heard]
        tally.parts += counted.count("part")
        tally.pieces += counted.count("track")
    return tally


def killed(url: str, folder: Path, rng: random.Random, early_s: float | None) -> list[Word]:
    """Start a process, kill it at a random moment, and give what it told before that.

    early_s  it is killed within so many seconds after it began to open the records; None: at any time
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["coach.records", "pyarrow.parquet"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(url, folder, theirs), daemon=True)
    process.start()
    theirs.close()
    heard: list[Word] = []
    _listen(ours, process, heard, 1 if early_s is not None else rng.randint(1, MOST_ACKNOWLEDGED))
    time.sleep(rng.uniform(0, BETWEEN_S if early_s is None else early_s))
    process.kill()
    process.join()
    _listen(ours, process, heard, None)
    ours.close()
    return heard


def _listen(ours: Connection, process: BaseProcess, heard: list[Word], most: int | None) -> None:
    """Take up to so many words, or all that are left in the pipe of a dead process."""
    try:
        while (most is None or len(heard) < most) and ours.poll(0 if most is None else PATIENCE_S):
            heard.append(ours.recv())
    except (EOFError, OSError):
        if most is not None:
            raise RuntimeError(f"the process ended by itself, with {process.exitcode}") from None


def under_way(heard: Sequence[Word]) -> bool:
    """Whether a set was begun and not closed."""
    kinds = [kind for kind, _, _ in heard]
    return kinds.count("set") > kinds.count("closed")


def look(url: str, folder: Path, heard: Sequence[Word], tally: Tally) -> None:
    """Open the records, hold them against what was acknowledged, and begin a next session."""
    begin = time.perf_counter()
    with open_records(url, folder) as records:
        desk = records.desk(OWNER)
        me = desk.me().id
        tally.opening_s.append(time.perf_counter() - begin)
        known = {session.id: session for session in desk.sessions(me)}
        for kind, id, _ in heard:
            if kind == "opened" and id != me:
                tally.troubles.append(f"{id} is no longer the person of the laptop")
            if kind in ("session", "ended") and (
                id not in known or (kind == "ended") > bool(known[id].ended)
            ):
                tally.troubles.append(f"session {id} is not as it was told")
        for set_id in dict.fromkeys(id for kind, id, _ in heard if kind == "set"):
            _look_at_set(desk, set_id, [word for word in heard if word[1] == set_id], tally)
        session = desk.begin_session(me, now())
        set_id = desk.begin_set(session.id, "squat", now(), "camera")
        desk.add_part(set_id, 0, part(set_id, 0))
        tally.next_sessions += desk.end_session(session.id, now()).ended is not None


def _look_at_set(desk: Desk, set_id: str, heard: Sequence[Word], tally: Tally) -> None:
    kept, track = desk.kept_set(set_id), desk.track(set_id)
    told = [n for kind, _, n in heard if kind == "part"]
    missing = [n for n in told if kept.parts[n : n + 1] != (part(set_id, n),)]
    tally.lost += len(missing)
    if len(kept.parts) > len(told) + 1:
        tally.troubles.append(f"set {set_id} has {len(kept.parts)} parts, of which {len(told)} were told")
    pieces = sum(kind == "track" for kind, _, _ in heard)
    found = 0 if track is None else len(track) // 10
    tally.pieces_lost += max(0, pieces - found)
    if any(kind == "closed" for kind, _, _ in heard) and kept.result != result(set_id):
        tally.troubles.append(f"set {set_id} was closed, and has another result")
    if not kept.summary.closed and kept.summary.attempts != len(kept.parts):
        tally.troubles.append(f"set {set_id} counts {kept.summary.attempts} parts, and has {len(kept.parts)}")


# --- what is printed ----------------------------------------------------------------------------------

HEADER: Final = (
    "database",
    "kills",
    "killed in a set",
    "killed at start",
    "parts acknowledged",
    "lost",
    "pieces of tracks",
    "lost",
    "opened again",
    "next session",
    "to open, median",
)


def row(name: str, tally: Tally) -> tuple[object, ...]:
    """One line of the table."""
    return (
        name,
        tally.kills,
        tally.in_a_set,
        tally.at_start,
        tally.parts,
        tally.lost,
        tally.pieces,
        tally.pieces_lost,
        len(tally.opening_s),
        tally.next_sessions,
        f"{1000 * float(np.median(tally.opening_s)):.0f} ms",
    )


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """SQLite files: one that grows, and a new one each time that the process is killed early."""
    n = 0
    while True:
        n += 1
        place = folder / (f"new-{n}" if n % EARLY == 0 else "long")
        yield f"sqlite:///{place / 'records.sqlite'}", place / "records"


def on_server(url: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """One database on a server, over and over."""
    while True:
        yield url, folder


def main() -> int:
    """Print the table; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--url", help="an empty PostgreSQL database, to be used as well")
    parser.add_argument("--server-times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rows, tallies = [], []
    with tempfile.TemporaryDirectory() as folder:
        tallies.append(kill_often(files(Path(folder)), asked.times, asked.seed))
        rows.append(row("SQLite", tallies[-1]))
        if asked.url:
            places = on_server(asked.url, Path(folder) / "server")
            tallies.append(kill_often(places, asked.server_times, asked.seed))
            rows.append(row("PostgreSQL", tallies[-1]))
    text = markdown(HEADER, rows)
    print(text)
    troubles = [trouble for tally in tallies for trouble in tally.troubles]
    print(*troubles, sep="\n")
    if asked.write:
        write("kill", "python -m benchmarks.kill --url postgresql://… --write", text)
    return int(bool(troubles) or any(tally.lost or tally.pieces_lost for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
