"""Repair of the landmarks over time, as a row of small stages from PoseFrame to PoseFrame.

Every stage works live: it knows the past only.  It can be left out, to measure what it does.
What none of them does: invent a joint.  A joint that is not believed becomes NaN and is judged by nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from coach.pose.cuts import CutDetector
from coach.pose.joints import JointCentres
from coach.pose.left_right import LeftRight
from coach.pose.outliers import RejectOutliers
from coach.pose.plausible import Plausible
from coach.pose.smoothing import OneEuro
from coach.pose.types import PoseFrame, PoseTrack


class Stage(Protocol):
    """One step of the repair.  `reset` forgets the past, after a cut or a long gap."""

    def step(self, frame: PoseFrame) -> PoseFrame: ...

    def reset(self) -> None: ...


STAGES: dict[str, Callable[[], Stage]] = {
    "left_right": LeftRight,
    "plausible": Plausible,
    "outliers": RejectOutliers,
    "smoothing": OneEuro,
    "joints": JointCentres,
}


class Repair:
    """All stages in order; cuts are found first, since nothing may be carried across one.

    >>> repair = Repair(without=("smoothing",))  # what does smoothing do?
    """

    MAX_GAP_S = 1.0  # a person not seen for longer may have moved anywhere

    def __init__(self, without: Sequence[str] = ()) -> None:
        unknown = set(without) - set(STAGES) - {"cuts"}
        if unknown:
            raise ValueError(f"unknown stage {sorted(unknown)}; known: cuts, {', '.join(STAGES)}")
        self._cuts = None if "cuts" in without else CutDetector()
        self._stages = [make() for name, make in STAGES.items() if name not in without]
        self._last_found: float | None = None
        self._unseen = False

    def step(self, frame: PoseFrame) -> PoseFrame:
        """Repair one frame; a frame without a pose passes unchanged."""
        if not frame.found:
            self._unseen = True
            return frame
        unseen, self._unseen = self._unseen, False
        gap = self._last_found is not None and frame.t - self._last_found > self.MAX_GAP_S
        self._last_found = frame.t
        if self._cuts is not None:
            frame = self._cuts.step(frame, unseen)
        if frame.cut or gap:
            for stage in self._stages:
                stage.reset()
        for stage in self._stages:
            frame = stage.step(frame)
        return frame


def repair_track(track: PoseTrack, without: Sequence[str] = ()) -> PoseTrack:
    """Run the live stages over a whole track; size and times stay as they are."""
    repair = Repair(without)
    frames = [repair.step(frame) for frame in track]
    if not frames:
        return track
    return replace(
        track,
        xy=np.stack([f.xy for f in frames]),
        visibility=np.stack([f.visibility for f in frames]),
        world=np.stack([f.world for f in frames]),
        centred=all(f.centred for f in frames if f.found),
    )
