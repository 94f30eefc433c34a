"""Where marks lie beside joints: along a bone, and never with a say of one's own."""

import numpy as np
import pytest

from benchmarks.joints import USED, Offset, _along, table, without_own


def test_along_a_bone_is_told_as_a_share_of_it() -> None:
    bone = np.array([[10.0, 0.0], [0.0, -4.0], [0.0, 0.0]])
    told = _along(np.array([[1.0, 7.0], [3.0, 1.0], [1.0, 1.0]]), bone)
    assert told[:2] == pytest.approx([0.1, -0.25]) and np.isnan(told[2])


def test_a_body_never_speaks_for_itself() -> None:
    found = [Offset("hip", "a", 0.1), Offset("hip", "a", 0.1), Offset("hip", "b", 0.3)]
    assert without_own(found) == pytest.approx(0.2)


def test_a_line_a_joint_with_what_the_repair_uses() -> None:
    found = [Offset(joint, body, 0.04) for joint in USED for body in ("a", "b")]
    lines = table(found).splitlines()[2:]
    assert len(lines) == len(USED)
    assert all(
        "0.040" in line and f"{used:g}" in line for line, used in zip(lines, USED.values(), strict=True)
    )
