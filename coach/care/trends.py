"""How something moved over weeks, told so that one odd day changes nothing, and noise is not taken for a change."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from math import hypot, sqrt
from statistics import median
from typing import Final, Literal, TypeVar

from coach.care.types import SetSummary
from coach.judge.checks import TIME_BAND_S

Moved = Literal["up", "down", "steady", "unknown"]
FEWEST: Final = 4  # sessions; below this any slope may be chance
ENDS: Final = 4  # sessions at each end
HALVES: Final = 0.4  # of the band; a change beyond it parts the halves by 0.7, noise by a little less
SHORTEST_DAYS: Final = 7.0  # a trend is told of no less
CONFIDENCE: Final = 1.959964  # two-sided 95 %
WEEK_DAYS: Final = 7.0


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured in one session: `value`, and the half-width of its error band in the same unit.

    known  False: nobody knows how far the value may be off, and `band` is 0
    asked  how much was asked for, in the unit of the value, where that bounds what can be measured; None: not known
    model  the pose model that saw most of it; None: not known
    counting  the mark of the rules of what counts, since other ones let other repetitions count; None: not known
    """

    at: datetime
    value: float
    band: float = 0.0
    known: bool = True
    asked: float | None = None
    model: str | None = None
    counting: str | None = None


@dataclass(frozen=True, slots=True)
class Slope:
    """The Theil-Sen slope, and the ends of its 95 % interval; NaN where nothing can be told."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """What became of a value over the sessions in `points`, the oldest first.

    per_week  the Theil-Sen slope; change: what it comes to from the first session to the last, or, where months without
              one hide a late turn, how far apart the first ENDS sessions and the last are
    band      the error of a difference between two sessions: a smaller change may be the camera's; 0 if unknown
    moved     up or down only where the change is beyond the band, and the slope's interval excludes zero or the ends
              are apart; unknown with fewer than FEWEST sessions, over less than SHORTEST_DAYS, or without a known band
    first, last  the two ends of what the change is told by, the line of the slope or the first and the last ENDS
              sessions: last less first is the change; where it is unknown, what the first and the last session measured
    late      whether it is told by the first and the last ENDS sessions
    beside    sessions in which something else was asked for, another pose model saw them, or other limits held: to be
              shown, oldest first, and held against nothing
    """

    points: tuple[Point, ...]
    per_week: float
    change: float
    band: float
    moved: Moved
    first: float
    last: float
    late: bool = False
    beside: tuple[Point, ...] = ()

    @property
    def band_known(self) -> bool:
        """Whether it is known of any session how far its value may be off."""
        return any(point.known for point in self.points)

    @property
    def uneven(self) -> bool:
        """Whether it comes to more than the band, and yet is no more than chance explains."""
        return self.moved == "steady" and abs(self.change) > self.band

    @property
    def pieces(self) -> tuple[tuple[Point, Point], ...]:
        """What the change is told by, as straight pieces to be drawn; none where nothing is told."""
        if self.moved == "unknown":
            return ()
        spans = ((0, ENDS - 1, self.first), (-ENDS, -1, self.last))
        if self.late:
            return tuple(
                (Point(self.points[a].at, value), Point(self.points[b].at, value)) for a, b, value in spans
            )
        return ((Point(self.points[0].at, self.first), Point(self.points[-1].at, self.last)),)

    def rounded(self, digits: int = 0) -> tuple[float, float, float]:
        """First, last and the change between them to so many decimals, so that they add up as they are read.

        >>> Trend((), -7.0, -18.8, 6.7, "down", 104.4, 85.6).rounded()
        (105.0, 86.0, -19.0)
        """
        if self.moved == "unknown":
            first, last = round(self.first, digits), round(self.last, digits)
            return first, last, round(last - first, digits)
        last, change = round(self.last, digits), round(self.change, digits)
        return round(last - change, digits), last, change


Seen = TypeVar("Seen", Point, SetSummary)


def theil_sen(x: Sequence[float], y: Sequence[float]) -> Slope:
    """The median of the slopes between all pairs, and its interval.

    Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 1968.  Pairs at the same x are left out.

    >>> theil_sen([0, 1, 2, 3, 4], [0, 1, 2, 3, 100]).middle
    1.0
    """
    slopes = sorted((y[j] - y[i]) / (x[j] - x[i]) for i, j in combinations(range(len(x)), 2) if x[i] != x[j])
    if not slopes:
        nan = float("nan")
        return Slope(nan, nan, nan)
    n, pairs = len(x), len(slopes)
    wide = CONFIDENCE * sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low, high = round((pairs - wide) / 2) - 1, round((pairs + wide) / 2)
    return Slope(median(slopes), slopes[max(low, 0)], slopes[min(high, pairs - 1)])


def trend(points: Iterable[Point]) -> Trend:
    """The trend of these points, in whatever order they come, since something else was asked for last.

    Pose models differ by more than people change in weeks, so only what the same one saw is compared: a slow machine
    changes to a quicker one by itself.  Where a limit of what counts was moved, a trend begins anew, from FEWEST
    sessions on (`comparable`).
    """
    told = tuple(sorted(points, key=lambda point: point.at))
    if not told:
        nan = float("nan")
        return Trend((), nan, nan, nan, "unknown", nan, nan)
    alike = comparable(told)
    compared = alike[_anew(alike) :]
    others = set(told) - set(compared)
    return replace(_trend(compared), beside=tuple(point for point in told if point in others))


def comparable(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Those that one pose model saw, and that counted by the same rules, the oldest first.

    Which ones: those of the last that are FEWEST or more, so that one day on a slow machine wipes out no trend; where
    none are so many, those of the last one.  What is not known may have been the same.
    """
    model, counting = _last_model(seen), _last_counting(seen)
    marks = dict.fromkeys((one.model or model, one.counting or counting) for one in reversed(seen))
    alike = [
        tuple(one for one in seen if one.model in (None, model) and one.counting in (None, counting))
        for model, counting in marks
    ]
    return next((some for some in alike if len(some) >= FEWEST), alike[0] if alike else ())


def _last_model(seen: Sequence[Point | SetSummary]) -> str | None:
    return next((one.model for one in reversed(seen) if one.model is not None), None)


def _last_counting(seen: Sequence[Point | SetSummary]) -> str | None:
    return next((one.counting for one in reversed(seen) if one.counting is not None), None)


def _anew(points: Sequence[Point]) -> int:
    """From which of them on the same was asked for as in the last; what is not known may have been the same."""
    now = next((point.asked for point in reversed(points) if point.asked is not None), None)
    others = (n for n, point in enumerate(points) if point.asked not in (None, now))
    return max(others, default=-1) + 1


def _trend(known: tuple[Point, ...]) -> Trend:
    bands = [point.band for point in known if point.known]
    band = sqrt(2) * median(bands) if bands else 0.0
    days = [(point.at - known[0].at).total_seconds() / 86400 for point in known]
    values = [point.value for point in known]
    slope = theil_sen(days, values)
    change = slope.middle * days[-1]
    moved = _moved(slope, change, band, len(known), days[-1]) if bands else "unknown"
    apart, per_week = ends_apart(values), slope.middle * WEEK_DAYS
    if moved == "unknown":
        return Trend(known, per_week, change, band, moved, values[0], values[-1])
    if moved == "steady" and abs(apart) > band:
        begun = float(median(values[:ENDS]))
        return Trend(
            known, per_week, apart, band, "up" if apart > 0 else "down", begun, begun + apart, late=True
        )
    begun = float(median(value - slope.middle * day for value, day in zip(values, days, strict=True)))
    return Trend(known, per_week, change, band, moved, begun, begun + change)


def ends_apart(values: Sequence[float]) -> float:
    """By how much the middle of the last ENDS values lies above that of the first; 0 where they are too few, or mixed.

    That ENDS values all lie beyond ENDS others happens by chance in 2 of 70 cases (Mann and Whitney's test).

    >>> ends_apart([60, 60, 60, 60, 60, 60, 52, 50, 51, 51]), ends_apart([60, 60, 60, 60, 60, 52, 61, 50, 51])
    (-9.0, 0.0)
    """
    first, last = values[:ENDS], values[-ENDS:]
    if len(values) < 2 * ENDS or not (max(first) < min(last) or max(last) < min(first)):
        return 0.0
    return float(median(last) - median(first))


def _moved(slope: Slope, change: float, band: float, n: int, days: float) -> Moved:
    if n < FEWEST or days < SHORTEST_DAYS:
        return "unknown"
    if abs(change) <= band or slope.low <= 0 <= slope.high:
        return "steady"
    return "up" if change > 0 else "down"


def halves_apart(points: Sequence[Point]) -> float:
    """By how much the later half of the points lies above the earlier one: a quick look, for thousands of them.

    points  the oldest first.  0 where they are too few for a trend, or where less than HALVES of a band lies between
    """
    if len(points) < FEWEST:
        return 0.0
    half = len(points) // 2
    earlier = median([point.value for point in points[:half]])
    later = median([point.value for point in points[-half:]])
    apart = later - earlier
    return apart if abs(apart) > HALVES * points[half].band else 0.0


# --- what is followed -----------------------------------------------------------------------------------


def ranges(summaries: Iterable[SetSummary]) -> dict[tuple[str, str], tuple[Point, ...]]:
    """Exercise and side -> the range in each session, degrees: the median of its sets."""
    found: dict[tuple[str, str], dict[str, list[SetSummary]]] = {}
    for one in summaries:  # thousands, for a list
        for side in one.range_deg:
            found.setdefault((one.exercise, side), {}).setdefault(one.session, []).append(one)
    return {key: tuple(_point(sets, key[1]) for sets in kept.values()) for key, kept in found.items()}


def _point(sets: Sequence[SetSummary], side: str) -> Point:
    first = sets[0]
    if len(sets) == 1:
        return Point(
            first.started,
            first.range_deg[side],
            first.spread_deg.get(side, 0.0),
            side in first.spread_deg,
            model=first.model,
            counting=first.counting,
        )
    sets = comparable(sets)
    bands = [one.spread_deg[side] for one in sets if side in one.spread_deg]
    return Point(
        first.started,
        median(one.range_deg[side] for one in sets),
        median(bands) if bands else 0.0,
        bool(bands),
        model=_last_model(sets),
        counting=_last_counting(sets),
    )


def holds(summaries: Iterable[SetSummary]) -> dict[tuple[str, str], tuple[Point, ...]]:
    """Exercise and side -> the seconds of the longest single hold in each session; more sets are no longer hold.

    It ends when what was asked for is reached: another dose makes another hold.
    """
    found: dict[tuple[str, str], dict[str, list[SetSummary]]] = defaultdict(lambda: defaultdict(list))
    for one in summaries:
        for side in one.hold_s:
            found[one.exercise, side][one.session].append(one)
    return {key: tuple(_longest(sets, key[1]) for sets in kept.values()) for key, kept in found.items()}


def _longest(sets: Sequence[SetSummary], side: str) -> Point:
    first = sets[0]
    sets = comparable(sets)
    longest = max(one.longest_hold_s(side) for one in sets)
    asked = max((one.target for one in sets if one.target is not None), default=None)
    model, counting = _last_model(sets), _last_counting(sets)
    return Point(first.started, longest, TIME_BAND_S, asked=asked, model=model, counting=counting)


def symmetry(summaries: Iterable[SetSummary]) -> dict[str, tuple[Point, ...]]:
    """Exercise -> how alike the sides were in each session, percent; sessions that cannot tell are left out.

    The band is that below 100 percent: in it the sides differ by no more than the error of a difference.
    """
    found: dict[str, dict[str, list[SetSummary]]] = defaultdict(lambda: defaultdict(list))
    for one in summaries:
        if one.symmetry_percent is not None and {"left", "right"} <= one.range_deg.keys():
            found[one.exercise][one.session].append(one)
    return {exercise: tuple(_likeness(sets) for sets in kept.values()) for exercise, kept in found.items()}


def _likeness(sets: Sequence[SetSummary]) -> Point:
    errors = [(_error_of_sides(one), max(one.range_deg["left"], one.range_deg["right"])) for one in sets]
    bands = [100 * error / larger for error, larger in errors if error is not None]
    value = median(one.symmetry_percent or 0.0 for one in sets)
    return Point(sets[0].started, value, median(bands) if bands else 0.0, bool(bands))


def sides_alike(one: SetSummary) -> bool | None:
    """Whether the ranges of both sides differ by no more than the error of a difference; None: nobody can tell."""
    error = _error_of_sides(one)
    return None if error is None else abs(one.range_deg["left"] - one.range_deg["right"]) <= error


def _error_of_sides(one: SetSummary) -> float | None:
    """The error of the difference between both sides' ranges, degrees."""
    if not {"left", "right"} <= one.spread_deg.keys():
        return None
    return hypot(one.spread_deg["left"], one.spread_deg["right"])
