"""Speed and memory: this pipeline beside a bare MediaPipe loop, in one run and on the same file.

    python -m benchmarks.speed [VIDEO] [--model full] [--minutes 1 20] [--write]

Prints frames a second of both, the milliseconds a frame of each stage that is not the model (median, 99th
percentile) and their share of the model's time, the start-up time of the command, and memory after each length.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.tables import markdown, write
from coach.judge import likeness, load_exercise
from coach.pose import MODELS, Image, MediaPipeEstimator, PersonLock, PoseFrame
from coach.video import VideoFrame, VideoReader, one_ahead
from coach.video.analysis import Options, Preparation, Watcher

SAMPLE = Path(__file__).parent.parent / "sample_videos" / "squat_clean.mp4"


class Stopwatch:
    """Milliseconds of each stage, frame by frame."""

    def __init__(self) -> None:
        self.ms: dict[str, list[float]] = {}

    def time(self, stage: str, work: Callable[..., Any], *given: Any) -> Any:
        """Do the work and note how long it took."""
        start = time.perf_counter()
        done = work(*given)
        self.ms.setdefault(stage, []).append(1000 * (time.perf_counter() - start))
        return done


def bare(video: Path, model: str) -> float:
    """Frames a second of a loop that decodes and runs the model, and nothing else."""
    frames = 0
    with MediaPipeEstimator(model) as estimator:  # type: ignore[arg-type]
        start = time.perf_counter()
        with VideoReader(video) as reader:
            for frame in reader.frames():
                estimator.estimate(frame.image, frame.t)
                frames += 1
    return frames / (time.perf_counter() - start)


class TimedEstimator:
    """The model with a stopwatch."""

    def __init__(self, model: str, watch: Stopwatch) -> None:
        self._estimator = MediaPipeEstimator(model)  # type: ignore[arg-type]
        self._watch = watch

    def estimate(self, image: Image, t: float) -> PoseFrame:
        """See PoseEstimator."""
        return self._watch.time("model", self._estimator.estimate, image, t)  # type: ignore[no-any-return]

    def close(self) -> None:
        """See PoseEstimator."""
        self._estimator.close()


def pipeline(video: Path, model: str, exercise: str) -> tuple[float, Stopwatch]:
    """Frames a second of everything, and the time of each stage of the worker that runs the model."""
    watch, frames, chosen = Stopwatch(), 0, load_exercise(exercise)
    with ExitStack() as stack:
        preparation = Preparation(likeness(chosen))
        stack.callback(preparation.close)
        lock = PersonLock(TimedEstimator(model, watch), likeness=likeness(chosen))
        stack.callback(lock.close)
        watcher = Watcher(chosen, Options())
        start = time.perf_counter()
        reader = stack.enter_context(VideoReader(video))
        prepared = (preparation.step(frame) for frame in reader.frames())
        watched = one_ahead(prepared, lambda frame: watch.time("model and person lock", frame.seen_by, lock))
        for _, seen in stack.enter_context(closing(watched)):
            repaired = watch.time("repair", watcher.repair, seen)
            watch.time("judge", watcher.judge, repaired)
            frames += 1
        return frames / (time.perf_counter() - start), watch


def stages(watch: Stopwatch) -> list[tuple[str, str, str, str, str]]:
    """Rows: stage, median and 99th percentile in ms, and each as a share of the model's."""
    model = np.array(watch.ms["model"])
    others = {
        "person lock": np.array(watch.ms["model and person lock"]) - model,
        "repair": np.array(watch.ms["repair"]),
        "judge": np.array(watch.ms["judge"]),
    }
    table = {**others, "all but the model": np.sum(list(others.values()), axis=0), "model": model}
    middle = np.median(model)
    rows = []
    for name, ms in table.items():
        p50, p99 = np.percentile(ms, [50, 99])
        rows.append((name, f"{p50:.2f}", f"{p99:.2f}", f"{p50 / middle:.1%}", f"{p99 / middle:.1%}"))
    return rows


def start_up_s(runs: int = 5) -> float:
    """Median seconds of `coach exercises`: what every command costs before it begins."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "coach.cli", "exercises"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@contextmanager
def looped(video: Path) -> Iterator[Iterator[tuple[float, Any]]]:
    """The clip's frames over and over, on a clock that goes on."""
    with VideoReader(video) as reader:
        frames = [(frame.t, frame.image) for frame in reader.frames()]
    length = frames[-1][0] + 1 / 30
    yield (
        (number * length + t, image)
        for number, round_ in enumerate(chain.from_iterable(repeat((frames,))))
        for t, image in round_
    )


def memory_mb(video: Path, model: str, exercise: str, minutes: list[float]) -> list[tuple[float, float]]:
    """Resident memory in MB after so many minutes of video, decoded and analysed in one process."""
    command = [sys.executable, "-m", "benchmarks.speed", str(video), "--model", model, "--exercise", exercise]
    done = subprocess.run(
        [*command, "--memory-of", *map(str, minutes)], check=True, capture_output=True, text=True
    )
    return [(row[0], row[1]) for row in json.loads(done.stdout.splitlines()[-1])]


def _measure_memory(video: Path, model: str, exercise: str, minutes: list[float]) -> None:
    chosen = load_exercise(exercise)
    rows, waiting = [], sorted(minutes)
    lock = PersonLock(MediaPipeEstimator(model), likeness=likeness(chosen))  # type: ignore[arg-type]
    with looped(video) as frames, closing(Preparation(likeness(chosen))) as preparation, closing(lock):
        watcher = Watcher(chosen, Options())
        for t, image in frames:
            prepared = preparation.step(VideoFrame(t, image))
            watcher.judge(watcher.repair(prepared.seen_by(lock)))
            if t >= 60 * waiting[0]:
                rows.append((waiting.pop(0), resident_mb()))
                if not waiting:
                    break
    print(json.dumps(rows))


def resident_mb() -> float:
    """Resident memory of this process; on systems without /proc the largest it ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("video", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--model", choices=MODELS, default="full")
    parser.add_argument("--exercise", default="squat")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", nargs="*", type=float, default=[1.0, 20.0])
    parser.add_argument("--memory-of", nargs="*", type=float)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.memory_of:
        _measure_memory(chosen.video, chosen.model, chosen.exercise, chosen.memory_of)
        return 0
    text = _report(chosen)
    print(text)
    if chosen.write:
        write("speed", "python -m benchmarks.speed --write", text)
    return 0


def _report(chosen: argparse.Namespace) -> str:
    bare(chosen.video, chosen.model)  # warm the caches of the disk and of the processor
    loops, ours, watch = [], [], Stopwatch()
    for _ in range(chosen.rounds):  # in turn, so that a busy moment hits both
        loops.append(bare(chosen.video, chosen.model))
        rate, part = pipeline(chosen.video, chosen.model, chosen.exercise)
        ours.append(rate)
        for name, ms in part.ms.items():
            watch.ms.setdefault(name, []).extend(ms)
    loop, own = statistics.median(loops), statistics.median(ours)
    speed = markdown(
        ("loop", "frames a second"),
        [
            ("bare MediaPipe", f"{loop:.1f}"),
            ("this pipeline, one worker", f"{own:.1f}"),
            ("ratio", f"{own / loop:.2f}"),
        ],
    )
    by_stage = markdown(
        ("stage", "median, ms", "99th percentile, ms", "median by model's", "99th by model's median"),
        stages(watch),
    )
    text = f"{speed}\n\n{by_stage}\n\nStart-up of `coach exercises`: {start_up_s():.2f} s."
    if chosen.minutes:
        rows = memory_mb(chosen.video, chosen.model, chosen.exercise, chosen.minutes)
        memory = markdown(("minutes of video", "resident MB"), [(f"{m:g}", f"{mb:.0f}") for m, mb in rows])
        text += f"\n\n{memory}"
    return text


if __name__ == "__main__":
    sys.exit(main())
