"""The exercises as movements of a body: one module each, all with the interface of `Movement`."""

from collections.abc import Mapping
from typing import Final

from sample_videos.studio.movements.base import Movement, Plan, Prop, Stage, Tempo
from sample_videos.studio.movements.bridge import Bridge
from sample_videos.studio.movements.bridge_march import BridgeMarch
from sample_videos.studio.movements.fire_hydrant import FireHydrant
from sample_videos.studio.movements.hero_pose import HeroPose
from sample_videos.studio.movements.hip_hiker import HipHiker
from sample_videos.studio.movements.hip_hinge import HipHinge
from sample_videos.studio.movements.lunge import Lunge
from sample_videos.studio.movements.none import Nothing
from sample_videos.studio.movements.others import OTHERS
from sample_videos.studio.movements.pelvic_tilt import PelvicTilt
from sample_videos.studio.movements.pigeon import Pigeon
from sample_videos.studio.movements.plie_squat import PlieSquat
from sample_videos.studio.movements.runners_lunge import RunnersLunge
from sample_videos.studio.movements.side_lying_leg_raise import SideLyingLegRaise
from sample_videos.studio.movements.squat import Squat
from sample_videos.studio.movements.standing_leg_lift import StandingLegLift
from sample_videos.studio.movements.step_up import StepUp
from sample_videos.studio.movements.supine_hip_roll import SupineHipRoll
from sample_videos.studio.movements.thomas_test import ThomasTest
from sample_videos.studio.movements.thread_the_needle import ThreadTheNeedle

MOVEMENTS: Final[Mapping[str, type[Movement]]] = {
    movement.exercise: movement
    for movement in (
        Bridge,
        BridgeMarch,
        HipHinge,
        FireHydrant,
        HeroPose,
        HipHiker,
        Lunge,
        Nothing,
        PelvicTilt,
        Pigeon,
        PlieSquat,
        RunnersLunge,
        SideLyingLegRaise,
        Squat,
        StandingLegLift,
        StepUp,
        SupineHipRoll,
        ThomasTest,
        ThreadTheNeedle,
    )
}

EVERY: Final[Mapping[str, type[Movement]]] = {**MOVEMENTS, **OTHERS}  # with those of which none may be named

__all__ = ["EVERY", "MOVEMENTS", "OTHERS", "Movement", "Plan", "Prop", "Stage", "Tempo"]
