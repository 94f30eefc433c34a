"""Landmarks to numbers: plane geometry, named measures, view, position and framing."""

from coach.motion import floor, lying, upright  # noqa: F401  each registers its measures
from coach.motion.body import SEEN, Body
from coach.motion.errors import Errors, ErrorTable, SeenErrors, load_errors
from coach.motion.measures import MEASURES, VIEWS, Measure, ViewName, landmark
from coach.motion.situation import (
    Framing,
    Observer,
    Position,
    Situation,
    framing_of,
    near_side,
    position_of,
    situations,
    turned,
    view_of,
)

__all__ = [
    "MEASURES",
    "SEEN",
    "VIEWS",
    "Body",
    "ErrorTable",
    "Errors",
    "Framing",
    "Measure",
    "Observer",
    "Position",
    "SeenErrors",
    "Situation",
    "ViewName",
    "framing_of",
    "landmark",
    "load_errors",
    "near_side",
    "position_of",
    "situations",
    "turned",
    "view_of",
]
