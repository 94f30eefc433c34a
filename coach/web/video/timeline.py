"""From a judged set to what the player shows, in the words of the person: plain data, ready for the browser.

All times are on the clock of the annotated copy, in seconds; `from_s` is where it begins in the video.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from coach.judge import Exercise, HeldPose, Judgement, Rep
from coach.judge.holds import whole_seconds
from coach.judge.results import faults_of
from coach.language import Words
from coach.report.wording import clock, quantity
from coach.video import Analysis

Kind = Literal["clean", "fault", "not_counted"]
SIGNS: Final[dict[Kind, str]] = {"clean": "✓", "fault": "!", "not_counted": "✕"}
ALWAYS: Final = 0.98  # share of the time from which a check counts as never judged: told once, not with each


@dataclass(frozen=True, slots=True)
class Note:
    """One line about a repetition: `sign` says what kind of line it is, without colour."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One repetition or hold."""

    number: int
    start_s: float
    end_s: float
    kind: Kind
    sign: str
    title: str
    time: str
    verdict: str
    notes: tuple[Note, ...]

    @property
    def label(self) -> str:
        """All of it in one line, for a screen reader."""
        return f"{self.title}, {self.time}: {self.verdict}"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a fault is seen best."""

    at_s: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The faults of one check."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything the player shows of a set: what counted, bar by bar, fault by fault, and what nobody could judge."""

    headline: str
    duration_s: float
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    not_judged: tuple[str, ...]
    advice: tuple[str, ...]


def timeline(analysis: Analysis, say: Words) -> Timeline:
    """What the player shows of an analysis."""
    from_s = float(analysis.curve.t[0]) if len(analysis.curve.t) else 0.0
    until_s = float(analysis.curve.t[-1]) if len(analysis.curve.t) else 0.0
    told = _Telling(analysis, say, from_s)
    return Timeline(
        headline=headline(analysis, say),
        duration_s=until_s - from_s,
        bars=tuple(told.bars()),
        lanes=tuple(told.lanes()),
        not_judged=tuple(told.not_judged()),
        advice=analysis.result.advice,
    )


def headline(analysis: Analysis, say: Words) -> str:
    """What counted, in one sentence."""
    result = analysis.result
    noun = "holds" if analysis.exercise.hold else "reps"
    if not result.parts:
        return say(f"no_{noun}")
    of = len(result.parts)
    return say(f"counted_{noun}", counted=sum(part.counted for part in result.parts), of=of, n=of)


class _Telling:
    def __init__(self, analysis: Analysis, say: Words, from_s: float) -> None:
        self._result, self._exercise, self._say, self._from_s = (
            analysis.result,
            analysis.exercise,
            say,
            from_s,
        )
        told = {missing.check for missing in self._result.not_judged if missing.share > ALWAYS}
        self._never = told | {name for name, check in self._exercise.checks.items() if check.unseen}

    def bars(self) -> Iterator[Bar]:
        for number, part in enumerate(self._result.parts, start=1):
            kind = _kind(part)
            yield Bar(
                number,
                max(part.start_s - self._from_s, 0.0),
                part.end_s - self._from_s,
                kind,
                SIGNS[kind],
                self._title(number, part),
                f"{clock(part.start_s - self._from_s)} – {clock(part.end_s - self._from_s)}",
                self._verdict(part, kind),
                tuple(self._notes(part)),
            )

    def _title(self, number: int, part: Rep | HeldPose) -> str:
        title = self._say("hold" if isinstance(part, HeldPose) else "rep", number=number)
        return title if part.side == "both" else f"{title}, {self._say(f'side_{part.side}')}"

    def _verdict(self, part: Rep | HeldPose, kind: Kind) -> str:
        if isinstance(part, HeldPose):
            held = self._say("held", seconds=str(whole_seconds(part.held_s)))
            return held if kind != "not_counted" else f"{held}, {self._say('not_counted')}"
        return self._say(kind, n=faults_of([part]).total()) if kind == "fault" else self._say(kind)

    def _notes(self, part: Rep | HeldPose) -> Iterator[Note]:
        if not part.counted and part.why_not:
            yield Note("✕", part.why_not)
        for name, found in part.verdicts.items():
            what = self._what(name)
            if found.verdict is Judgement.FAULT:
                yield Note(
                    "◆",
                    self._say("missed", what=what)
                    + _brackets(quantity(found.value, found.unit, found.band, self._say.language)),
                )
                yield Note("→", self._cue(name))
            if found.verdict is Judgement.UNSURE:
                yield Note("?", self._say("unsure", what=what) + _brackets(found.reason))
            if found.verdict is Judgement.CANNOT_JUDGE and name not in self._never:
                yield Note("–", self._say("cannot_judge", what=what) + _brackets(found.reason))
        if isinstance(part, HeldPose):
            for value in part.measured.values():
                yield Note("=", f"{value.what}: {value.says}")

    def lanes(self) -> Iterator[Lane]:
        found: dict[str, list[Mark]] = {}
        for number, part in enumerate(self._result.parts, start=1):
            for name, verdict in part.verdicts.items():
                if verdict.verdict is Judgement.FAULT:
                    at_s = part.start_s if verdict.at_s is None else verdict.at_s
                    shown_s = max(at_s - self._from_s, 0.0)
                    label = f"{self._what(name)} – {self._title(number, part)}, {clock(shown_s)}"
                    found.setdefault(name, []).append(Mark(shown_s, label))
        for name in sorted(found, key=lambda name: -len(found[name])):
            yield Lane(self._what(name), tuple(found[name]))

    def not_judged(self) -> Iterator[str]:
        told = {missing.check for missing in self._result.not_judged}
        for missing in sorted(self._result.not_judged, key=lambda missing: -missing.share):
            yield self._missing(missing.check, missing.reason, missing.share)
        for name, check in self._exercise.checks.items():
            if check.unseen and name not in told:
                yield self._missing(name, check.unseen, 1.0)

    def _missing(self, name: str, reason: str, share: float) -> str:
        often = "" if share > ALWAYS else ", " + self._say("part_of_time", percent=max(round(100 * share), 1))
        return f"{self._what(name)}{_brackets(reason + often)}"

    def _what(self, name: str) -> str:
        known = self._exercise.checks.get(name)
        return known.what if known else name.replace("_", " ")

    def _cue(self, name: str) -> str:
        return _cue(self._exercise, name)


def _cue(exercise: Exercise, name: str) -> str:
    known = exercise.checks.get(name)
    return known.cue if known else ""


def _kind(part: Rep | HeldPose) -> Kind:
    if not part.counted:
        return "not_counted"
    at_fault = any(found.verdict is Judgement.FAULT for found in part.verdicts.values())
    return "fault" if at_fault else "clean"


def _brackets(text: str) -> str:
    return f" ({text})" if text else ""
