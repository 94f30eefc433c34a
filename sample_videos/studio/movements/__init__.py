"""The exercises as movements of a body: one module each, all with the interface of `Movement`."""

from collections.abc import Mapping
from typing import Final

from sample_videos.studio.movements.base import Movement, Plan, Prop, Stage, Tempo
from sample_videos.studio.movements.bridge import Bridge
from sample_videos.studio.movements.hip_hiker import HipHiker
from sample_videos.studio.movements.lunge import Lunge
from sample_videos.studio.movements.none import Nothing
from sample_videos.studio.movements.pigeon import Pigeon
from sample_videos.studio.movements.squat import Squat

MOVEMENTS: Final[Mapping[str, type[Movement]]] = {
    movement.exercise: movement for movement in (Bridge, HipHiker, Lunge, Nothing, Pigeon, Squat)
}

__all__ = ["MOVEMENTS", "Movement", "Plan", "Prop", "Stage", "Tempo"]
