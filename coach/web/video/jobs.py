"""The queue of uploaded videos: one is analysed at a time, the others wait, and nothing is kept for long.

One queue serves the whole process.  A job is known by a secret token, to the one who sent the video and to nobody else.
"""

import logging
import math
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

from coach.errors import CoachError
from coach.web.state import HUB
from coach.web.video.folder import new_folder, private_root, remove, same_file
from coach.web.video.work import Outcome, Share, Task, work

KEPT_S: Final = 3600.0  # after it was last asked for
WAITING_MOST: Final = 10  # each is up to 2 GB on disk; and who waits behind ten others had better come back
LOOK_S: Final = 30.0  # between two looks for what is too old
PAUSE_S: Final = 0.5  # between two looks whether somebody still exercises
SURE_S: Final = 2.0  # of work, before the time left is told

Key = tuple[str, str]  # whose, and the token
State = Literal["waiting", "running", "done", "failed", "cancelled"]
Run = Callable[[Task, Path, Share], Outcome]
log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The person no longer wants this job; raised out of its progress."""


class QueueFull(Exception):
    """Too many videos wait already."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a job stands.

    ahead     jobs that come before it, the running one included; 0 unless it waits
    share     of the work that is done, 0 to 1; None where nobody knows
    left_s    seconds left at the speed so far; None where it is too early to tell
    problem   why it failed, where a person can do something about it
    gives_way whether it waits in the middle, since somebody exercises in front of the camera
    """

    state: State
    ahead: int = 0
    share: float | None = None
    left_s: float | None = None
    problem: CoachError | None = None
    gives_way: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in ("done", "failed", "cancelled")


@dataclass(eq=False)
class Job:
    """One video in the queue; everything that changes is changed under the queue's lock."""

    key: Key
    task: Task
    folder: Path
    asked_s: float
    status: Status = Status("waiting")
    outcome: Outcome | None = None
    begun: tuple[float, float] | None = None  # when its first progress came, and how much that was
    unwanted: bool = False


class Jobs:
    """The queue.  `work_once` does the next job; `start` lets a thread do them as they come.

    run    what does a task
    clock  seconds, always rising
    root   where the folders of the jobs are made
    busy   whether somebody exercises just now: the machine is theirs, and a video waits

    A job belongs to somebody: `whose` is "" where nobody logs in.  To everybody else it is one that never was.
    """

    def __init__(
        self,
        root: Path,
        run: Run = work,
        clock: Callable[[], float] = time.monotonic,
        busy: Callable[[], bool] = lambda: False,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._root, self._run, self._clock = root, run, clock
        self._busy, self._pause_s = busy, pause_s
        self._jobs: dict[Key, Job] = {}
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._changed = threading.Condition()

    # --- what a page asks ---------------------------------------------------------------------------

    def of(self, whose: str) -> "OwnJobs":
        """The jobs of one person, and no others."""
        return OwnJobs(self, whose)

    def submit(self, task: Task, whose: str = "") -> str:
        """Put a task in line; its video is kept here from now on.  Gives the token.

        Raises QueueFull, and OSError where its video is gone or the disk has no room: then nothing of it is left here.
        """
        with self._changed:
            self._sweep()
            if len(self._waiting) >= WAITING_MOST:
                raise QueueFull
            token = secrets.token_hex(24)  # no "__", which the id of a component may not have
            folder = new_folder(self._root, f"job-{secrets.token_hex(8)}")
            video = folder / task.video.name
            try:
                same_file(task.video, video)
            except BaseException:
                remove(folder)  # of no job: nobody else would
                raise
            job = Job((whose, token), replace(task, video=video), folder, self._clock())
            self._jobs[job.key] = job
            self._waiting.append(job)
            self._changed.notify_all()
            return token

    def status(self, token: str, whose: str = "") -> Status | None:
        """How a job stands; None for one that is unknown, or no longer kept."""
        with self._changed:
            job = self._asked((whose, token))
            if job is None:
                return None
            if job.status.state == "waiting":
                return Status("waiting", self._waiting.index(job) + (self._running is not None))
            return job.status

    def task(self, token: str, whose: str = "") -> Task | None:
        """What was asked for."""
        with self._changed:
            job = self._asked((whose, token))
            return job.task if job else None

    def outcome(self, token: str, whose: str = "") -> Outcome | None:
        """What came out, once it is done."""
        with self._changed:
            job = self._asked((whose, token))
            return job.outcome if job else None

    def file(self, token: str, name: str, whose: str = "") -> Path | None:
        """A file of a job by its name; None for everything else."""
        outcome = self.outcome(token, whose)
        return outcome.files.get(name) if outcome else None

    def cancel(self, token: str, whose: str = "") -> None:
        """Take a job out of the line, or stop it at its next frame."""
        with self._changed:
            job = self._jobs.get((whose, token))
            if job is not None:
                self._cancel(job)

    def drop(self, token: str, whose: str = "") -> None:
        """Forget a job and delete its files."""
        with self._changed:
            job = self._jobs.pop((whose, token), None)
            if job is not None:
                self._forget(job)

    def drop_all(self, whose: str = "") -> None:
        """Forget all jobs of somebody and delete their files."""
        with self._changed:
            for key in [key for key in self._jobs if key[0] == whose]:
                self._forget(self._jobs.pop(key))

    # --- the work -----------------------------------------------------------------------------------

    def work_once(self) -> bool:
        """Do the next job, if any waits; gives whether one did."""
        with self._changed:
            if not self._waiting:
                return False
            job = self._running = self._waiting.popleft()
            job.status = Status("running")
        status, outcome = self._ended(job)
        with self._changed:
            self._running = None
            job.status, job.outcome = status, outcome
            if job.key not in self._jobs:
                remove(job.folder)
        return True

    def _ended(self, job: Job) -> tuple[Status, Outcome | None]:
        try:
            outcome = self._run(job.task, job.folder, lambda share: self._advance(job, share))
        except Cancelled:
            return Status("cancelled"), None
        except CoachError as error:
            return Status("failed", problem=error), None
        except Exception:
            log.exception("a video could not be analysed")
            return Status("failed"), None
        if job.unwanted:  # too late for its progress to raise
            return Status("cancelled"), None
        return Status("done", share=1.0), outcome

    def _advance(self, job: Job, share: float) -> None:
        with self._changed:
            self._give_way(job)
            if job.unwanted:
                raise Cancelled
            if math.isnan(share):
                return
            now = self._clock()
            job.begun = job.begun or (now, share)
            job.status = Status("running", share=share, left_s=time_left(job.begun, now, share))

    def _give_way(self, job: Job) -> None:
        while self._busy() and not job.unwanted:
            job.status, job.begun = replace(job.status, left_s=None, gives_way=True), None
            self._changed.wait(self._pause_s)

    def start(self) -> threading.Thread:
        """Begin to work, in a thread that ends with the program."""
        thread = threading.Thread(target=self._work_on, name="uploaded videos", daemon=True)
        thread.start()
        return thread

    def _work_on(self) -> None:
        while True:
            with self._changed:
                self._sweep()
                if not self._waiting:
                    self._changed.wait(LOOK_S)
            self.work_once()

    # --- under the lock -----------------------------------------------------------------------------

    def _asked(self, key: Key) -> Job | None:
        job = self._jobs.get(key)
        if job is not None:
            job.asked_s = self._clock()
        return job

    def _cancel(self, job: Job) -> None:
        job.unwanted = True
        if job in self._waiting:
            self._waiting.remove(job)
            job.status = Status("cancelled")

    def _forget(self, job: Job) -> None:
        self._cancel(job)
        if job is not self._running:
            remove(job.folder)

    def _sweep(self) -> None:
        old = [job for job in self._jobs.values() if self._clock() - job.asked_s > KEPT_S]
        for job in old:
            del self._jobs[job.key]
            self._forget(job)


@dataclass(frozen=True, slots=True)
class OwnJobs:
    """The jobs of one person; each method as in Jobs."""

    jobs: Jobs
    whose: str

    def submit(self, task: Task) -> str:
        """Put a task in line.  Raises QueueFull."""
        return self.jobs.submit(task, self.whose)

    def status(self, token: str) -> Status | None:
        """How a job stands."""
        return self.jobs.status(token, self.whose)

    def task(self, token: str) -> Task | None:
        """What was asked for."""
        return self.jobs.task(token, self.whose)

    def outcome(self, token: str) -> Outcome | None:
        """What came out."""
        return self.jobs.outcome(token, self.whose)

    def file(self, token: str, name: str) -> Path | None:
        """A file of a job."""
        return self.jobs.file(token, name, self.whose)

    def cancel(self, token: str) -> None:
        """Stop it."""
        self.jobs.cancel(token, self.whose)

    def drop(self, token: str) -> None:
        """Forget it."""
        self.jobs.drop(token, self.whose)

    def drop_all(self) -> None:
        """Forget all of them."""
        self.jobs.drop_all(self.whose)


def time_left(begun: tuple[float, float], now_s: float, share: float) -> float | None:
    """Seconds left at the speed since `begun` (when, and how much was done by then).

    >>> time_left((10.0, 0.1), 14.0, 0.3)
    14.0
    """
    start_s, start = begun
    if now_s - start_s < SURE_S or share <= start:
        return None
    return round((1.0 - share) * (now_s - start_s) / (share - start), 6)


@cache
def jobs() -> Jobs:
    """The queue of this process, at work."""
    queue = Jobs(private_root(), busy=lambda: HUB.live > 0)
    queue.start()
    return queue
