"""Repetitions and holds as a set keeps them, made up."""

from typing import Any

from coach.judge import HeldPose, Rep


def a_rep(start_s: float = 0.0, **keys: Any) -> Rep:
    """A repetition of two seconds that counted."""
    plain: dict[str, Any] = {"side": "left", "counted": True, "hold_s": 0.0, "out_s": 1.0, "back_s": 1.0}
    return Rep(start_s=start_s, peak_s=start_s + 1, end_s=start_s + 2, **plain | keys)


def a_hold(start_s: float = 0.0, end_s: float = 30.0, **keys: Any) -> HeldPose:
    """A hold that counted."""
    plain: dict[str, Any] = {"side": "left", "counted": True, "held_s": end_s - start_s}
    return HeldPose(start_s=start_s, end_s=end_s, **plain | keys)
