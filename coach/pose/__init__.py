"""Pixels to landmarks: the types, the estimator behind its protocol, and the repair over time."""

from coach.pose.decode import decode_jpeg, decode_picture
from coach.pose.estimator import MODELS, MediaPipeEstimator, ModelName, PoseEstimator, Scout
from coach.pose.frozen import FROZEN, Frozen, nobody_in
from coach.pose.landmarks import INDEX, NAMES, Side, at, other
from coach.pose.light import MORE_LIGHT, Image, Lamp, Lit, brighten
from coach.pose.memory import give_back, on_one_thread
from coach.pose.person import Likeness, PersonLock, Sentry
from coach.pose.plausible import UNSTEADY_LEGS
from coach.pose.stages import STAGES, Repair, repair_track
from coach.pose.types import QUICKER, PoseFrame, PoseTrack, seen_by

__all__ = [
    "FROZEN",
    "INDEX",
    "MODELS",
    "MORE_LIGHT",
    "NAMES",
    "QUICKER",
    "STAGES",
    "UNSTEADY_LEGS",
    "Frozen",
    "Image",
    "Lamp",
    "Likeness",
    "Lit",
    "MediaPipeEstimator",
    "ModelName",
    "PersonLock",
    "PoseEstimator",
    "PoseFrame",
    "PoseTrack",
    "Repair",
    "Scout",
    "Sentry",
    "Side",
    "at",
    "brighten",
    "decode_jpeg",
    "decode_picture",
    "give_back",
    "nobody_in",
    "on_one_thread",
    "other",
    "repair_track",
    "seen_by",
]
