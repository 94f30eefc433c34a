"""Signals with a known number of repetitions: what a perfect measure would give, at any frame rate.

A way out, a hold and a way back follow each other; a pause at rest comes after each.  Times in seconds, values
rise from rest toward the end range.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, isnan, pi

import numpy as np
from numpy.typing import NDArray

from coach.judge.phases import RepCounter, Sweep

RATES = (10, 15, 30, 60)
Profile = Callable[[float], float]
Samples = Iterable[tuple[float, float]]


def minimum_jerk(u: float) -> float:
    """From 0 to 1 as a free movement does (Flash & Hogan 1985); u from 0 to 1."""
    return u**3 * (10 - 15 * u + 6 * u**2)


def sine(u: float) -> float:
    """From 0 to 1 along half a wave."""
    return (1 - cos(pi * u)) / 2


def even(u: float) -> float:
    """From 0 to 1 at one speed."""
    return u


@dataclass(frozen=True)
class Move:
    """One repetition: `height` above the rest level, then `pause_s` at rest."""

    out_s: float = 1.0
    hold_s: float = 0.0
    back_s: float = 1.0
    pause_s: float = 1.0
    height: float = 1.2
    profile: Profile = minimum_jerk

    @property
    def seconds(self) -> float:
        return self.out_s + self.hold_s + self.back_s + self.pause_s

    def at(self, t: float) -> float:
        """The value t seconds after its beginning."""
        if t < self.out_s:
            return self.height * self.profile(t / self.out_s)
        t -= self.out_s + self.hold_s
        if t < 0:
            return self.height
        return self.height * self.profile(1 - t / self.back_s) if t < self.back_s else 0.0


@dataclass(frozen=True)
class Wave:
    """Repetitions one after the other, after `wait_s` at rest."""

    moves: Sequence[Move]
    rest: float = 0.0
    wait_s: float = 1.0

    @property
    def seconds(self) -> float:
        return self.wait_s + sum(move.seconds for move in self.moves)

    def at(self, t: float) -> float:
        t -= self.wait_s
        if t < 0:
            return self.rest
        for move in self.moves:
            if t < move.seconds:
                return self.rest + move.at(t)
            t -= move.seconds
        return self.rest

    def sampled(self, fps: float, noise: float = 0.0, seed: int = 0) -> Iterator[tuple[float, float]]:
        """(t, value) at a frame rate; noise is even, up to its size."""
        random = np.random.default_rng(seed)
        for i in range(round(self.seconds * fps) + 1):
            yield i / fps, self.at(i / fps) + (random.uniform(-noise, noise) if noise else 0.0)


def reps(n: int, move: Move | None = None, **wave: float) -> Wave:
    """The same repetition n times."""
    return Wave([move or Move()] * n, **wave)


def run(counter: RepCounter, samples: Samples) -> list[Sweep]:
    """All sweeps of a signal, the one of its end too."""
    sweeps = [sweep for t, x in samples if (sweep := counter.step(t, x)) is not None]
    last = counter.finish()
    return sweeps if last is None else [*sweeps, last]


def arrays(samples: Samples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times and values, without the unseen."""
    seen = np.array([(t, x) for t, x in samples if not isnan(x)])
    return seen[:, 0], seen[:, 1]
