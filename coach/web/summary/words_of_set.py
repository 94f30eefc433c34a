"""What is told of a set in large letters: what was done, how it ended, the one thing to work on, the range.

Pure: from what was coached to sentences in the language of the session.  No page, no markup.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final, Literal

from coach.judge import Exercise, HeldPose, Judgement, Rep
from coach.judge.holds import whole_seconds
from coach.judge.results import Measured
from coach.language import Language, Words, words
from coach.live import Coached, Ended
from coach.live.replay import Replay
from coach.motion import MEASURES, VIEWS, load_errors
from coach.report.wording import quantity

HERE: Final = Path(__file__).parent
SIDES: Final = ("left", "right")
COMPARED_FROM_DEG: Final = (
    10.0  # sides are compared from here on: smaller ranges differ by the error of a measure
)


def messages(language: Language) -> Words:
    """The messages of the summary."""
    return words(language, HERE)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A repetition or a hold with its number within its set, both from 1, and what is kept to look at it again."""

    set_number: int
    number: int
    part: Rep | HeldPose
    replay: Replay | None = None

    @property
    def faults(self) -> tuple[str, ...]:
        """The checks at fault, by name."""
        return self.checks(Judgement.FAULT)

    def checks(self, *wanted: Judgement) -> tuple[str, ...]:
        """The checks with one of these verdicts, by name."""
        return tuple(name for name, v in self.part.verdicts.items() if v.verdict in wanted)


def attempts(coached: Coached) -> tuple[Attempt, ...]:
    """All repetitions or holds of all sets, in their order."""
    return tuple(_attempts(coached))


def _attempts(coached: Coached) -> Iterator[Attempt]:
    for n, result in enumerate(coached.results, start=1):
        kept = coached.replays[n - 1] if n <= len(coached.replays) else ()
        replays = {part.start_s: replay for part, replay in kept}
        for number, part in enumerate(result.parts, start=1):
            yield Attempt(n, number, part, replays.get(part.start_s))


# --- what was done ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headline:
    """What was done, to be read from three metres; `beside`: what did not count, how it ended."""

    done: str
    beside: tuple[str, ...]


def headline(coached: Coached, exercise: Exercise, clip: bool = False) -> Headline:
    """What was done, and how it ended; of a clip whose doing it is, since nobody here ended it."""
    say = messages(exercise.language)
    tried = attempts(coached)
    counted = [attempt.part for attempt in tried if attempt.part.counted]
    beside = [] if exercise.hold is not None else _uncounted(len(tried), len(counted), say)
    if len(coached.results) > 1:
        beside.insert(0, say("sets", n=len(coached.results)))
    if not clip or coached.ended is Ended.DOSE:
        beside.append(say(f"ended_{coached.ended.value}"))
    if clip:
        beside.append(say("source_clip"))
    done = _held(tried, exercise, say) if exercise.hold is not None else _repeated(counted, tried, say)
    return Headline(done, tuple(beside))


def _uncounted(tried: int, counted: int, say: Words) -> list[str]:
    if tried == counted:
        return []
    return [say("uncounted" if counted else "none_of", n=tried - counted)]


def _repeated(counted: list[Rep | HeldPose], tried: tuple[Attempt, ...], say: Words) -> str:
    if not counted:
        return say("none_counted" if tried else "none_seen")
    return told_by_side(Counter(part.side for part in counted), "reps", say)


def _held(tried: tuple[Attempt, ...], exercise: Exercise, say: Words) -> str:
    holds = [attempt.part for attempt in tried if isinstance(attempt.part, HeldPose)]
    if not holds:
        return say("not_held")
    if exercise.hold is not None and exercise.hold.results and any(hold.measured for hold in holds):
        sides = [say(f"side_{side}") for side in SIDES if any(hold.side == side for hold in holds)]
        return say("measured_sides", sides=", ".join(sides)) if sides else say("measured")
    led = Counter[str]()
    for hold in holds:
        led[hold.side] += hold.led
    if led.total():
        return told_by_side(led, "led", say)
    longest = {hold.side: 0.0 for hold in holds}
    for hold in holds:
        longest[hold.side] = max(longest[hold.side], hold.held_s)
    seconds = {side: whole_seconds(held_s) for side, held_s in longest.items()}
    times = told_by_side(seconds, "seconds", say)
    return say("held" if len(holds) == len(longest) else "held_longest", times=times)


def told_by_side(numbers: Mapping[Any, int], key: str, say: Words) -> str:
    """Numbers with their noun, side by side where sides were told apart: "8 repetitions left, 7 right"."""
    sides = [side for side in SIDES if numbers.get(side)]
    if not sides:
        return say(key, n=sum(numbers.values()))
    first, *others = sides
    told = [f"{say(key, n=numbers[first])} {say(f'side_{first}')}"]
    told += [f"{numbers[side]} {say(f'side_{side}')}" for side in others]
    return ", ".join(told)


# --- the one thing to work on ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkOn:
    """The one thing to work on, or why there is none.

    kind  fault: something was seen; uncounted: what kept repetitions from counting; fine: nothing to mend was seen;
          partly: nothing to mend either, but most could not be judged; unjudged: nothing could be judged;
          guided: the exercise is led and timed, not judged
    text  the sentence; why: its reason; often: in how many repetitions; check: its name, for a fault
    """

    kind: Literal["fault", "uncounted", "fine", "partly", "unjudged", "guided"]
    text: str
    why: str = ""
    often: str = ""
    check: str | None = None


def work_on(coached: Coached, exercise: Exercise) -> WorkOn:
    """The most frequent fault, the more severe first among equals; else what kept most from counting; else none."""
    say = messages(exercise.language)
    tried = attempts(coached)
    faults = Counter(name for attempt in tried for name in attempt.faults if name in exercise.checks)
    if faults:
        return _fault(faults, len(tried), exercise, say)
    if not exercise.judged:
        return WorkOn("guided", say("guided"))
    refused = Counter(_refusals(tried))
    if refused:
        return _refused(refused, exercise, say)
    return _nothing_at_fault(coached, tried, exercise, say)


def _fault(faults: Counter[str], tried: int, exercise: Exercise, say: Words) -> WorkOn:
    name = max(faults, key=lambda name: (faults[name], exercise.checks[name].severity))
    check = exercise.checks[name]
    often = say(f"seen_in_{_kind(exercise)}", n=tried, seen=faults[name]) if tried > 1 else ""
    return WorkOn("fault", check.cue, check.why, often, name)


def _refused(refused: Counter[str], exercise: Exercise, say: Words) -> WorkOn:
    text, n = refused.most_common(1)[0]
    if exercise.hold is not None:  # the engine tells the seconds, which are no advice
        return WorkOn("uncounted", say("stay"), text)
    return WorkOn("uncounted", text, often=say("refused", n=n))


def _kind(exercise: Exercise) -> str:
    return "reps" if exercise.repetition is not None else "holds"


def _refusals(tried: tuple[Attempt, ...]) -> Iterator[str]:
    """Why repetitions did not count: not of one that ended with the set, nor of a hold that was made up for."""
    made_up = {attempt.part.side for attempt in tried if attempt.part.counted}
    for attempt in tried:
        part = attempt.part
        told = part.why_not_code != "unfinished" if isinstance(part, Rep) else part.side not in made_up
        if part.why_not and told:
            yield part.why_not


def _nothing_at_fault(coached: Coached, tried: tuple[Attempt, ...], exercise: Exercise, say: Words) -> WorkOn:
    told = {name for attempt in tried for name in attempt.checks(Judgement.PASS)}
    n, of = len(told), len(exercise.checks)
    if not told:
        advice = next((text for result in coached.results for text in result.advice), "")
        return WorkOn(
            "unjudged", say("unjudged"), say("next_time", advice=advice.rstrip(".")) if advice else ""
        )
    if 2 * n < of:
        return WorkOn("partly", say("partly"), say("only_judged", n=n, of=of))
    whole = coached.ended.value == "dose"
    return WorkOn("fine", say("fine"), exercise.dose.progression if whole else "")


def not_judged(coached: Coached, exercise: Exercise) -> tuple[str, ...]:
    """What could not be told, and why, a line for each reason; of the whole set where nothing was attempted."""
    tried = attempts(coached)
    found = _gaps(tried, exercise) if tried else _gaps_of_set(coached, exercise)
    by_reason: dict[str, list[str]] = {}
    for what, reason in found:
        by_reason.setdefault(reason, []).append(what)
    return tuple(_gap(whats, reason) for reason, whats in by_reason.items())


def _gaps_of_set(coached: Coached, exercise: Exercise) -> Iterator[tuple[str, str]]:
    reasons = {gap.check: gap.reason for result in coached.results for gap in result.not_judged}
    for name, check in exercise.checks.items():
        if name in reasons:
            yield check.what, reasons[name]


def _gaps(tried: tuple[Attempt, ...], exercise: Exercise) -> Iterator[tuple[str, str]]:
    say = messages(exercise.language)
    for name, check in exercise.checks.items():
        verdicts = [a.part.verdicts[name] for a in tried if name in a.part.verdicts]
        blind = [v for v in verdicts if v.verdict in (Judgement.CANNOT_JUDGE, Judgement.UNSURE)]
        reasons = Counter(v.reason for v in blind if v.reason)
        if not reasons:
            continue
        some = len(blind) < len(tried)
        share = say(f"share_{_kind(exercise)}", n=len(tried), seen=len(blind)) if some else ""
        yield check.what + (f" ({share})" if share else ""), reasons.most_common(1)[0][0]


def _gap(whats: list[str], reason: str) -> str:
    """One thing and its reason, or a reason and all that it kept from being judged."""
    reason = reason.rstrip(".")
    if len(whats) == 1:
        return f"{whats[0]}: {reason}"
    return f"{reason[:1].upper()}{reason[1:]}: {' · '.join(whats)}"


# --- the range, and what was measured -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in large letters, what it is, and a line beneath it."""

    number: str
    what: str
    beneath: str = ""


def ranges(tried: Iterable[Attempt], exercise: Exercise, model: str = "") -> tuple[Figure, ...]:
    """The typical range of the repetitions that counted, a side each, and how alike the sides are.

    model  the pose model that saw them; "" where nobody knows

    None in an exercise whose range is not told in degrees, whatever an older set of it kept.
    """
    say = messages(exercise.language)
    if exercise.repetition is None or MEASURES[exercise.repetition.range_of_motion].unit != "deg":
        return ()
    found: dict[str, list[float]] = {}
    view = ""
    for attempt in tried:
        part = attempt.part
        if isinstance(part, Rep) and part.counted and part.range_deg is not None:
            found.setdefault(part.side, []).append(part.range_deg)
            view = part.view
    shown = [_range(side, values, say) for side, values in sorted(found.items())]
    typical = {side: median(values) for side, values in found.items()}
    if {"left", "right"} <= typical.keys() and max(typical.values()) >= COMPARED_FROM_DEG:
        shown.append(_symmetry(typical, say, alike=_alike(typical, exercise, view, model)))
    return tuple(shown)


def _range(side: str, values: list[float], say: Words) -> Figure:
    typical, largest = round(median(values)), round(max(values))
    return Figure(
        f"{typical}°", say(f"range_{side}"), say("largest", degrees=largest) if largest > typical else ""
    )


def _alike(typical: Mapping[str, float], exercise: Exercise, view: str, model: str) -> bool:
    """Whether the sides differ by no more than the error of the measurement."""
    if exercise.repetition is None or view not in VIEWS:
        return False
    measure, left, right = MEASURES[exercise.repetition.range_of_motion], typical["left"], typical["right"]
    return load_errors(model).alike(exercise.measured_as, measure, view, left, right)


def _symmetry(typical: Mapping[str, float], say: Words, *, alike: bool) -> Figure:
    if alike:
        return Figure("=", say("symmetry"), say("no_difference"))
    less = min(SIDES, key=lambda side: typical[side])
    percent = round(100 * typical[less] / max(typical.values()))
    return Figure(f"{percent} %", say("symmetry"), say(f"less_{less}") if percent < 100 else "")


def measured(tried: Iterable[Attempt], language: Language) -> tuple[Figure, ...]:
    """What was measured in a held pose, a side each: the last hold of a side is the one that is told."""
    say = messages(language)
    last: dict[tuple[str, str], Measured] = {}
    for attempt in tried:
        if isinstance(attempt.part, HeldPose):
            for name, value in attempt.part.measured.items():
                last[(attempt.part.side, name)] = value
    return tuple(
        Figure(
            quantity(value.value, value.unit, value.band, language) or "–",
            value.what if side == "both" else f"{value.what}, {say(f'side_{side}')}",
            value.says,
        )
        for (side, _), value in sorted(last.items(), key=lambda item: item[0][0])
    )
