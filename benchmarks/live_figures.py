"""What the benchmark of the live path makes of what the pages noted: its figures and their tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np

from benchmarks.processes import Usage

Kind = Literal["coach", "webrtc"]
NAMES: Final[dict[Kind, str]] = {"coach": "Form Coach", "webrtc": "streamlit-webrtc"}


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: which app, with which model, for how many at once."""

    kind: Kind
    model: str
    users: int


@dataclass(slots=True)
class Watched:
    """What the pages of all users noted over a while."""

    seconds: float = 0.0
    users: int = 1
    lags: list[float] = field(default_factory=list)  # ms, grab to overlay
    ages: list[float] = field(default_factory=list)  # ms, camera to overlay
    answered: int = 0
    grabbed: int = 0
    quicker: bool = False  # the coach changed to lite
    server_cpu: float = 0.0  # cores
    browser_cpu: float = 0.0
    grown_mb: float = 0.0

    def take(self, before: dict[str, Any], told: dict[str, Any]) -> None:
        """Add what a page noted between two tellings."""
        self.lags += told["lags"]
        self.ages += told["ages"]
        self.answered += told["frames"] - before["frames"]
        self.grabbed += told["grabbed"] - before["grabbed"]
        self.seconds = (told["now_ms"] - before["now_ms"]) / 1000
        self.quicker |= bool(told["notice"])

    @property
    def rate(self) -> float:
        """Answers a second of each user."""
        return self.answered / self.seconds / self.users if self.seconds else 0.0


def middle_and_high(ms: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile; NaN of nothing.

    >>> middle_and_high([1, 2, 3])
    (2.0, 2.9)
    """
    if not len(ms):
        return float("nan"), float("nan")
    middle, high = np.percentile(ms, [50, 95])
    return float(middle), round(float(high), 6)


HEADER: Final = ("app", "model", "users", "frames a second", "grab to overlay, ms: median / 95th",
                 "camera to overlay, ms: median / 95th", "dropped", "server CPU", "browser CPU", "grown, MB",
                 "first frame, s")  # fmt: skip
NOT_INSTALLED: Final = "not installed: pip install .[bench]"


def row(case: Case, watched: Watched, first_s: float) -> tuple[str, ...]:
    """One line of the table."""
    dropped = 1 - watched.answered / watched.grabbed if watched.grabbed else float("nan")
    return (
        NAMES[case.kind],
        f"{case.model}, then lite" if watched.quicker else case.model,
        str(case.users),
        f"{watched.rate:.1f}",
        told_ms(watched.lags),
        told_ms(watched.ages),
        f"{dropped:.0%}",
        f"{watched.server_cpu:.0%}",
        f"{watched.browser_cpu:.0%}",
        f"{watched.grown_mb:+.1f}",
        f"{first_s:.1f}",
    )


def told_ms(ms: Sequence[float]) -> str:
    """Median and 95th percentile as they are written.

    >>> told_ms([10, 10, 10]), told_ms([])
    ('10 / 10', '-')
    """
    middle, high = middle_and_high(ms)
    return f"{middle:.0f} / {high:.0f}" if len(ms) else "-"


def missing_row(case: Case, why: str = NOT_INSTALLED) -> tuple[str, ...]:
    """The line of an app that is not there, or did nothing."""
    return (NAMES[case.kind], case.model, str(case.users), why, *("-" for _ in HEADER[4:]))


def ratios(found: dict[Case, Watched]) -> list[tuple[str, str, str, str, str]]:
    """Model, users, and how many times later and less often streamlit-webrtc answers."""
    rows = []
    for case, ours in found.items():
        other = found.get(replace(case, kind="webrtc"))
        if case.kind == "coach" and other is not None and ours.ages and other.ages:
            pairs = zip(middle_and_high(other.ages), middle_and_high(ours.ages), strict=True)
            middle, high = (f"{theirs / own:.1f}" for theirs, own in pairs)
            rows.append((case.model, str(case.users), middle, high, f"{other.rate / ours.rate:.2f}"))
    return rows


def growth_rows(samples: Sequence[tuple[float, Usage]]) -> list[tuple[str, str, str]]:
    """Time or number, resident MB, threads."""
    return [(f"{at:g}", f"{usage.resident_mb:.0f}", str(usage.threads)) for at, usage in samples]
