"""Each repetition in a row; the best and the worst of them, to be looked at side by side.  Pure, as words_of_set."""

from dataclasses import dataclass
from typing import Final

from coach.judge import Exercise, HeldPose, Judgement, Rep
from coach.language import Words
from coach.live.replay import rank
from coach.report.wording import seconds
from coach.web.summary.words_of_set import Attempt, messages

PASSED: Final = "✓"
FAILED: Final = "✗"
FEWEST_FRAMES: Final = 3  # fewer are no movement


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row: a sign where something was met or not, and the words for it."""

    text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows of the same length."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, ...], ...], ...]


def table(tried: tuple[Attempt, ...], exercise: Exercise) -> Table:
    """A row for each repetition or hold: whether it counted, its times, what was not met."""
    say = messages(exercise.language)
    several = len({attempt.set_number for attempt in tried}) > 1
    sided = any(attempt.part.side != "both" for attempt in tried)
    heads = [
        *([say("head_set")] if several else []),
        say("head_number"),
        *([say("head_side")] if sided else []),
    ]
    if exercise.repetition is not None:
        phases = exercise.repetition.phases
        heads += [say("head_counted"), phases.out, phases.peak, phases.back, say("head_missed")]
    else:
        heads += [say("head_reached"), say("head_held"), say("head_missed")]
    rows = tuple(_row(attempt, exercise, several, sided, say) for attempt in tried)
    if not any(attempt.faults for attempt in tried):
        return Table(tuple(heads[:-1]), tuple(row[:-1] for row in rows))
    return Table(tuple(heads), rows)


def _row(
    attempt: Attempt, exercise: Exercise, several: bool, sided: bool, say: Words
) -> tuple[tuple[Cell, ...], ...]:
    part, language = attempt.part, exercise.language
    cells: list[tuple[Cell, ...]] = [(Cell(str(attempt.number)),)]
    if several:
        cells.insert(0, (Cell(str(attempt.set_number)),))
    if sided:
        cells.append((Cell("" if part.side == "both" else say(f"side_{part.side}")),))
    cells.append((Cell("" if part.counted else part.why_not or "", PASSED if part.counted else FAILED),))
    times = (part.held_s,) if isinstance(part, HeldPose) else (part.out_s, part.hold_s, part.back_seen_s)
    cells += [(Cell("" if time_s is None else seconds(time_s, language)),) for time_s in times]
    cells.append(
        tuple(Cell(exercise.checks[name].what) for name in attempt.faults if name in exercise.checks)
    )
    return tuple(cells)


def best_and_worst(
    tried: tuple[Attempt, ...], exercise: Exercise, worked_on: str | None = None
) -> tuple[Attempt, Attempt] | None:
    """The best and the worst that can be looked at again; None where they do not differ, or nothing was wrong.

    worked_on  the check that is told as the one thing to work on: among equals, who shows it is the worse
    """
    known = [attempt for attempt in tried if _worth_seeing(attempt)]
    if not known:
        return None
    merit = [_merit(attempt, exercise, worked_on) for attempt in known]
    best, worst = known[merit.index(max(merit))], known[merit.index(min(merit))]
    if best is worst or (worst.part.counted and not worst.faults):
        return None
    return best, worst


def _merit(
    attempt: Attempt, exercise: Exercise, worked_on: str | None
) -> tuple[tuple[bool, int, int], bool, int]:
    """How good it was, the best greatest; among those with as many faults, the severity of these decides."""
    severity = sum(exercise.checks[name].severity for name in attempt.faults if name in exercise.checks)
    return rank(attempt.part), worked_on not in attempt.faults, -severity


def _worth_seeing(attempt: Attempt) -> bool:
    """Whether it can be held against others: seen to its end, and kept."""
    if attempt.replay is None or len(attempt.replay.t) < FEWEST_FRAMES:
        return False
    part = attempt.part
    return not (isinstance(part, Rep) and part.why_not_code in ("lost", "unfinished"))


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands beside a replay: which one it is, what was at fault and what was right."""

    title: str
    lines: tuple[Cell, ...]


def caption(attempt: Attempt, exercise: Exercise, title: str, several_sets: bool) -> Caption:
    """The words for one replay; `title` is a message's name."""
    say = messages(exercise.language)
    part = attempt.part
    which = f"{say(title)}: {say('number', n=attempt.number)}"
    if several_sets:
        which += f", {say('set_number', n=attempt.set_number)}"
    if part.side != "both":
        which += f", {say(f'side_{part.side}')}"
    counted = Cell(say("counted"), PASSED) if part.counted else Cell(part.why_not or "", FAILED)
    failed = [Cell(exercise.checks[name].what, FAILED) for name in attempt.faults if name in exercise.checks]
    passed = [
        Cell(exercise.checks[name].what, PASSED)
        for name in attempt.checks(Judgement.PASS)
        if name in exercise.checks
    ]
    return Caption(which, (counted, *failed, *passed))


def peak_s(part: Rep | HeldPose) -> float:
    """The moment that tells most: the end range of a repetition, the middle of a hold."""
    return part.peak_s if isinstance(part, Rep) else (part.start_s + part.end_s) / 2
