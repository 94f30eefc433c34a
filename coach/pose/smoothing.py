"""The One-Euro filter: still when the body is still, quick when it moves.

Source: Casiez, Roussel, Vogel, "1 Euro Filter: A Simple Speed-based Low-pass Filter for Noisy Input in
Interactive Systems", CHI 2012.  Speeds are told in body scales, so that a person far away is filtered like
one near by.
"""

from dataclasses import replace
from typing import TypeVar

import numpy as np

from coach.pose.scale import body_scale
from coach.pose.types import Floats, PoseFrame

_T = TypeVar("_T", float, Floats)


class OneEuro:
    """Low-pass whose cutoff rises with speed: cutoff = MIN_CUTOFF_HZ + BETA * speed.

    What is NaN stays NaN, a place in the picture without the one in space; after MAX_GAP_S it starts anew where it
    reappears.
    """

    MIN_CUTOFF_HZ = 2.5
    BETA = 8.0  # Hz per (body scale a second): at one trunk length a second the filter lags 15 ms
    SPEED_CUTOFF_HZ = 3.0
    MAX_GAP_S = 0.3
    SCALE_SMOOTHING = 0.05

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._value: Floats | None = None  # (33, 5): xy and world
        self._speed: Floats | None = None
        self._seen: Floats | None = None
        self._t = 0.0
        self._scale = float("nan")

    def step(self, frame: PoseFrame) -> PoseFrame:
        scale = body_scale(frame.xy)
        if scale > 0:  # not NaN, nor of a body that is a single point
            known = np.isfinite(self._scale)
            self._scale += self.SCALE_SMOOTHING * (scale - self._scale) if known else 0.0
            if not known:
                self._scale = scale
        raw = np.concatenate([frame.xy, frame.world], axis=1)
        if self._value is None or self._speed is None or self._seen is None:
            self._value, self._speed = raw, np.zeros_like(raw)
            self._seen, self._t = np.full(raw.shape, frame.t), frame.t
            return frame
        dt = frame.t - self._t
        if dt <= 0:
            return frame
        self._t = frame.t
        step = raw - self._value
        speed = self._speed + (step / dt - self._speed) * _alpha(self.SPEED_CUTOFF_HZ, dt)
        pace = np.abs(speed)
        pace[:, :2] /= self._scale
        value = self._value + _alpha(self.MIN_CUTOFF_HZ + self.BETA * pace, dt) * step
        lately = frame.t - float(self._seen.min()) <= self.MAX_GAP_S
        if lately and np.isfinite(value).all():  # mostly
            self._value, self._speed = value, speed
            self._seen[:] = frame.t
        else:
            anew = (frame.t - self._seen > self.MAX_GAP_S) | np.isnan(self._value)
            value[anew], speed[anew] = raw[anew], 0.0
            known = np.isfinite(raw)
            value = np.where(known, value, np.nan)
            self._value = np.where(known, value, self._value)
            self._speed = np.where(known, speed, self._speed)
            self._seen[known] = frame.t
        smooth = value.astype(np.float32)
        return replace(frame, xy=smooth[:, :2], world=smooth[:, 2:])


def _alpha(cutoff_hz: _T, dt: float) -> _T:
    """Weight of the new sample of a first-order low-pass."""
    r = cutoff_hz * (2 * np.pi * dt)
    return r / (r + 1)
