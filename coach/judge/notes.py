"""What is written down beside the judging: why something was not judged, which advice was due, the view."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.readiness import NOBODY, POSITION, Readiness
from coach.judge.results import HeldPose, NotJudged, Rep
from coach.judge.samples import Probe
from coach.judge.say import say
from coach.judge.verdicts import Judgement
from coach.motion import Body, Situation
from coach.pose import PoseFrame, Side, other, seen_by

TICK_S: Final = 0.2  # how often something is written down
WORTH_SAYING: Final = 0.05  # share of the time below which something unseen is not reported
MOST: Final = (
    0.5  # share of the time, before and after the exercise together, that is no coming and going any more
)
LONG_S: Final = 5.0  # and how long that is at least
ALWAYS: Final = (-float("inf"), float("inf"))

Between = (
    tuple[float, float] | None
)  # from when to when somebody exercised, in seconds; None where nobody did
Reasons = Mapping[str, str]  # of the checks that cannot be judged, by name


class Notes:
    """Written down every TICK_S: what could not be judged and why, which advice was given, the view."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._too_short = say(exercise.language)("reason.too_short")
        self._next = -float("inf")
        # When somebody was there to be judged, and what stood in the way of it.
        self._judgeable_s: list[float] = []
        self._blocked: list[Reasons] = []
        self._advice: list[tuple[float, str, str]] = []  # when which was due, by code and text
        self._views: list[tuple[float, str]] = []  # when it was which
        self._models: set[str] = set()
        self._ticks = self._seen = 0
        self._first_s = self._last_s = 0.0
        self._probes: dict[tuple[str, Side], Probe] = {}

    def take(self, frame: PoseFrame, body: Body, situation: Situation, gate: Readiness, side: Side) -> None:
        """Note one frame; frames between ticks are passed over."""
        if frame.t < self._next:
            return
        self._next = frame.t + TICK_S
        self._first_s = self._first_s if self._ticks else frame.t
        self._last_s = frame.t
        self._ticks += 1
        self._seen += frame.found
        if frame.model:
            self._models.add(frame.model)
        if gate.advice is not None:
            self._advice.append((frame.t, gate.advice.code, gate.advice.text))
        if not frame.found or gate.elsewhere:
            return
        if situation.view is not None:
            self._views.append((frame.t, situation.view))
        self._judgeable_s.append(frame.t)
        reasons = self._reasons(body, situation, gate, side)
        alike = self._blocked and self._blocked[-1] == reasons
        self._blocked.append(self._blocked[-1] if alike else reasons)

    def _reasons(self, body: Body, situation: Situation, gate: Readiness, side: Side) -> Reasons:
        row: dict[str, str] = {}
        language = self._exercise.language
        for name, check in self._exercise.checks.items():
            if check.unseen is not None:
                reason = check.unseen
            elif gate.advice is not None:
                reason = gate.advice.text
            elif check.measure is None:  # a time, or the order of the sides
                reason = ""
            else:
                measured = other(side) if check.side == "other" else side
                reason = self._probe(check.measure, measured).blocked_by(
                    body, situation, check.views, language
                )
            if reason:
                row[name] = reason
        return row

    def _probe(self, measure: str, side: Side) -> Probe:
        key = (measure, side)
        if key not in self._probes:
            self._probes[key] = Probe.of(measure, side, self._exercise.seen)
        return self._probes[key]

    def reason(self, check: str, start_s: float, end_s: float) -> str:
        """The most frequent reason for not judging a check between two times."""
        reasons = Counter(row[check] for row in self._between(start_s - TICK_S, end_s) if check in row)
        return reasons.most_common(1)[0][0] if reasons else self._too_short

    def not_judged(
        self, between: Between = None, parts: Sequence[Rep | HeldPose] = ()
    ) -> tuple[NotJudged, ...]:
        """Each check that could not be judged for a share of the time, with its main reason.

        Who comes, lies down and goes away is not judged meanwhile, and nobody misses it.

        parts  what somebody tried: a check that was seen now and then may yet not have been judged in one of them
        """
        rows = self._between(*(between or ALWAYS))
        found = []
        for name in self._exercise.checks:
            reasons = Counter(row[name] for row in rows if name in row)
            share = reasons.total() / len(rows) if rows else 0.0
            if share < WORTH_SAYING:
                reasons, share = _left_out(name, parts)
            if share >= WORTH_SAYING:
                reason = reasons.most_common(1)[0][0]
                found.append(NotJudged(check=name, reason=reason, share=round(share, 3)))
        return tuple(found)

    def _between(self, start_s: float, end_s: float) -> Sequence[Reasons]:
        first, after = bisect_left(self._judgeable_s, start_s), bisect_right(self._judgeable_s, end_s)
        return self._blocked[first:after]

    def advice(self, between: Between = None) -> tuple[str, ...]:
        """The advice that was due for a share of the time, most frequent first, that nobody was there last.

        What came before somebody exercised, and after it, is nothing to be mended, nor that they were in another
        position for a while; but where it was most of the time, more of it may have gone unseen.
        """
        start_s, end_s = between or ALWAYS
        due = Counter(
            (code, text)
            for t, code, text in self._advice
            if start_s <= t <= end_s and not (between and code == POSITION)
        )
        ticks = self._ticks if between is None else (end_s - start_s) / TICK_S
        often = [told for told, n in due.most_common() if n >= max(2, 2 * WORTH_SAYING * ticks)]
        # Who was there to hear anything else first mends that.
        told = [text for _, text in sorted(often, key=lambda told: told[0] == NOBODY)]
        return tuple(dict.fromkeys([*told, *self._beside(between)]))

    def _beside(self, between: Between) -> Iterable[str]:
        """What stood in the way of judging before somebody exercised, and after it, for most of the time."""
        start_s, end_s = between or ALWAYS
        due = [(c, text) for t, c, text in self._advice if not start_s <= t <= end_s and c != POSITION]
        share, all_s = len(due) / max(self._ticks, 1), self._last_s - self._first_s
        if share >= MOST and share * all_s >= LONG_S:
            often = [told for told, _ in Counter(due).most_common()]
            _, text = min(often, key=lambda told: told[0] == NOBODY)
            own = say(self._exercise.language)
            yield own("advice.for_long", advice=text.rstrip("."), n=round(share * all_s), of=round(all_s))

    def view(self, between: Between = None) -> str | None:
        """The view of most of the time; how somebody stood who did nothing yet is not asked."""
        start_s, end_s = between or ALWAYS
        views = Counter(view for t, view in self._views if start_s <= t <= end_s)
        return views.most_common(1)[0][0] if views else None

    def model(self) -> str | None:
        """The pose model by whose errors it was judged; None where nobody knows, or several alike."""
        return seen_by(self._models) or None

    def seen_share(self) -> float:
        """Share of the time in which a person was seen."""
        return round(self._seen / self._ticks, 3) if self._ticks else 0.0


def _left_out(check: str, parts: Sequence[Rep | HeldPose]) -> tuple[Counter[str], float]:
    """Why a check was not judged in some parts, and the share of their time; not where the part itself was none."""
    all_s = sum(part.end_s - part.start_s for part in parts)
    reasons: Counter[str] = Counter()
    left_out_s = 0.0
    for part in parts:
        verdict = part.verdicts.get(check)
        if verdict is None or verdict.verdict is not Judgement.CANNOT_JUDGE:
            continue
        if verdict.reason and verdict.reason != part.why_not:
            reasons[verdict.reason] += 1
            left_out_s += part.end_s - part.start_s
    return reasons, left_out_s / all_s if all_s > 0 else 0.0
