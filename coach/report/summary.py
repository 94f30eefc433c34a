"""The set in two or three sentences: what a therapist reads first."""

from collections.abc import Iterator
from typing import Final

from coach.judge import HeldPose, Judgement
from coach.language import Language
from coach.report.model import ReportInput, judged
from coach.report.wording import check_inside, isolated, opened, quantity, say, seconds

NAMED_FAULTS: Final = 2  # more than two things to work on is none
_PAUSED: Final = {1: "summary.paused_once", 2: "summary.paused_twice"}


def summary(report: ReportInput) -> str:
    """Plain text: whether all of the video was read, what a test found, what counted, what was missed, the range."""
    told = (say(report.language)("summary.damaged"),) if report.result.damaged else ()
    if not report.attempts:
        return " ".join((*told, *_nothing(report)))
    outcome = _holds(report.result.holds, report) if report.held else _repetitions(report)
    return " ".join((*told, *_measured(report), *outcome, *_faults(report), *_range(report)))


def _nothing(report: ReportInput) -> Iterator[str]:
    own = say(report.language)
    yield own(f"summary.none.{report.kind}")
    if report.result.seen_share == 0:
        yield own("summary.nobody")
    if report.result.advice:
        yield own("summary.next_time", advice=isolated(report.result.advice[0].rstrip(".")))


def _measured(report: ReportInput) -> Iterator[str]:
    """What each side of a test means; of what was unsure or not seen, its name before it."""
    own, hold = say(report.language), report.exercise.hold
    known = {} if hold is None else hold.results
    by_side: dict[str, list[str]] = {}
    for (side, name), found in report.last_measured.items():
        plain = name in known and found.says in {saying.text for saying in known[name].says}
        told = found.says if plain else f"{found.what}: {found.says}"
        by_side.setdefault(side, []).append(told)
    for side, sentences in by_side.items():
        told = " ".join(sentences)
        sided = own("summary.of_side", side=own(f"side.{side}"), told=told)
        yield told if side == "both" else opened(sided)


def _repetitions(report: ReportInput) -> Iterator[str]:
    yield say(report.language)("summary.counted.rep", done=report.counted, n=len(report.attempts))


def _holds(holds: tuple[HeldPose, ...], report: ReportInput) -> Iterator[str]:
    own, hold = say(report.language), report.exercise.hold
    assert hold is not None  # or there are no holds
    target = seconds(hold.target_s, report.language)
    longest = _longest(holds, report.language)
    if hold.guide is not None:  # nobody was asked for that time: it is what so many repetitions take
        yield own("summary.led", times=longest, target=target, n=hold.guide.reps)
    else:
        yield own("summary.counted.hold", done=report.counted, n=len(holds), target=target)
        yield own("summary.longest", times=longest)
    pauses = sum(len(held.pauses) for held in holds)
    if pauses:
        yield own(_PAUSED.get(pauses, "summary.paused"), n=pauses)


def _longest(holds: tuple[HeldPose, ...], language: Language) -> str:
    best: dict[str, float] = {}
    for hold in holds:
        best[hold.side] = max(hold.held_s, best.get(hold.side, 0.0))
    return ", ".join(_sided(seconds(held, language), side, language) for side, held in best.items())


def _sided(value: str, side: str, language: Language) -> str:
    own = say(language)
    return value if side == "both" else own("sided", value=value, side=own(f"side.{side}"))


def _faults(report: ReportInput) -> Iterator[str]:
    own = say(report.language)
    named = [
        f"{check_inside(name, report.language)} ({report.result.faults[name]})" for name in report.faulty
    ]
    if named:
        yield own("summary.missed", checks=own("summary.then").join(named[:NAMED_FAULTS]))
        return
    found = [verdict for name in report.checks for verdict in report.verdicts(name)]
    if not report.checks:
        if not report.results:  # a test is measured, whether or not anything is judged beside it
            yield own("summary.guided")
    elif not judged(found):
        yield own("summary.unjudged")
    elif not any(verdict.verdict is Judgement.PASS for verdict in found):
        yield own("summary.unsure")
    elif not report.last_measured:  # beside the result of a test it would sound like one
        yield own("summary.no_fault")


def _range(report: ReportInput) -> Iterator[str]:
    language = report.language
    sides = report.result.range_of_motion
    if sides:
        told = (_sided(quantity(r.median_deg, "deg", language=language), r.side, language) for r in sides)
        once = all(len(report.ranged(r.side)) == 1 for r in sides)
        yield say(language)("summary.range_once" if once else "summary.range", ranges=", ".join(told))
