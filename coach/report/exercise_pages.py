"""A page for each exercise, made of its file: `python -m coach.report.exercise_pages docs` writes them all.

docs/exercises/ID.md with its pictures, an index of all, and the table of measures in docs/exercise-files.md.  Pages
that no exercise has any more are removed.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Final

from coach.judge import Exercise, exercise_ids, load_exercise
from coach.judge.checks import band_of
from coach.judge.exercise import Check
from coach.judge.file_fields import Condition, Range
from coach.judge.file_movement import Hold, Repetition
from coach.judge.library import BUILT_IN
from coach.motion import MEASURES, ErrorTable, Measure, ViewName, load_errors
from coach.report.figure import camera_svg, load_figure, pose_svg
from coach.report.wording import NBSP, asked, inside, limit, opened

FOLDER: Final = "exercises"
FILES: Final = "exercise-files.md"
BEGIN: Final = "<!-- The table of measures: written by `python -m coach.report.exercise_pages docs`. -->"
END: Final = "<!-- Its end. -->"
MADE: Final = (
    "<!-- Written by `python -m coach.report.exercise_pages docs` from poses/{file}: change it there. -->"
)
FROM: Final[dict[ViewName, str]] = {
    "side": "the side",
    "front": "the front",
    "back": "behind",
    "three_quarter": "half-way between front and side",
}
WHEN: Final = {
    "out": "on the way out",
    "peak": "at the end range",
    "back": "on the way back",
    "whole": "all the time",
    "return": "at the very end",
    "hold": "while it is held",
}
TIMES: Final = {"hold": "time at the end range", "out": "time of the way out", "back": "time of the way back"}
SEVERITY: Final = {1: "minor", 2: "matters", 3: "matters most"}


def pages(docs: Path) -> dict[str, str]:
    """Everything that the command writes, by its path under `docs`, where the page of the files is read."""
    written = {f"{FOLDER}/README.md": index()}
    for name in exercise_ids(BUILT_IN):
        exercise, figure = load_exercise(name, BUILT_IN), load_figure(name)
        written[f"{FOLDER}/{name}.md"] = page(exercise)
        if figure is not None:
            written[f"{FOLDER}/{name}.svg"] = pose_svg(exercise, figure)
            written[f"{FOLDER}/{name}-camera.svg"] = camera_svg(exercise, figure)
    written[FILES] = with_measures((docs / FILES).read_text("utf-8"))
    return written


# --- the index --------------------------------------------------------------------------------------


def index() -> str:
    """The table of all exercises, with small pictures."""
    lines = [
        "# The exercises",
        "",
        MADE.format(file="*.yaml"),
        "",
        "Each is one file in `poses/`, which a therapist can read and change ([how](../exercise-files.md)). "
        "The coach judges what a camera can see, and says of the rest that it cannot judge it.",
        "",
        "| | exercise | how much | camera | judged |",
        "|---|---|---|---|---|",
    ]
    for name in exercise_ids(BUILT_IN):
        exercise = load_exercise(name, BUILT_IN)
        drawn = f'<img src="{name}.svg" alt="{escape(exercise.name)}" width="220">'
        picture = f"[{drawn}]({name}.md)" if load_figure(name) else ""
        link = f"[{exercise.name}]({name}.md)<br>`{name}`"
        lines.append(
            f"| {picture} | {link} | {_dose(exercise)} | {exercise.camera.view} | {_share(exercise)} |"
        )
    return "\n".join(lines) + "\n"


def _share(exercise: Exercise) -> str:
    if not exercise.judged:
        return "led and timed only"
    unseen = sum(check.unseen is not None for check in exercise.checks.values())
    judged = len(exercise.checks) - unseen
    of = "1 check" if judged == 1 else f"{judged} checks"
    return f"{of}; {unseen} that no camera sees" if unseen else of


def _dose(exercise: Exercise) -> str:
    """How much of it: "10 repetitions, each held for 3 seconds"."""
    dose = exercise.dose
    held = f"{dose.hold_s:g}{NBSP}seconds" if dose.hold_s is not None else ""
    parts = []
    if dose.reps is not None:
        parts.append(f"{dose.reps} repetitions" + (f", each held for {held}" if held else ""))
    elif held:
        parts.append(f"held for {held}")
    if dose.sets > 1:
        parts.append(f"{dose.sets} sets")
    return ", ".join(parts) + (", each side" if dose.each_side else "")


# --- one exercise -----------------------------------------------------------------------------------


def page(exercise: Exercise) -> str:
    """The page of an exercise, as Markdown."""
    lines = [f"# {exercise.name}", "", MADE.format(file=f"{exercise.id}.yaml"), ""]
    if exercise.other_names:
        lines += [f"Also called {_listed(exercise.other_names, 'or')}.", ""]
    lines += [exercise.description.strip(), ""]
    figure = load_figure(exercise.id)
    if figure is not None:
        lines += [f"![{exercise.name}, drawn]({exercise.id}.svg)", ""]
    lines += [
        *_how(exercise),
        *_camera(exercise, figure is not None),
        *_counted(exercise),
        *_judged(exercise),
    ]
    return "\n".join(lines) + "\n"


def _how(exercise: Exercise) -> Iterator[str]:
    yield from ("## How it is done", "", exercise.start.strip(), "")
    yield from (f"{number}. {step}" for number, step in enumerate(exercise.steps, 1))
    swap = exercise.swap.exercise
    if swap in exercise_ids(BUILT_IN):
        swap = f"[{load_exercise(swap, BUILT_IN).name}]({swap}.md)"
    yield from (
        "",
        f"- **How much**: {_dose(exercise)}. {exercise.dose.progression}",
        f"- **Muscles**: {_listed(exercise.muscles, 'and')}.",
        f"- **What you feel**: {exercise.feel}",
        f"- **Instead**, when {exercise.swap.when}: {swap}.",
        "",
        "**When to stop**",
        "",
    )
    yield from (f"- {rule}" for rule in exercise.stop)
    yield ""


def _camera(exercise: Exercise, drawn: bool) -> Iterator[str]:
    camera = exercise.camera
    (near, far), (low, high) = camera.distance_m, camera.height_m
    yield from ("## The camera", "", camera.how.strip(), "")
    if drawn:
        yield from (f"![Where the camera stands]({exercise.id}-camera.svg)", "")
    judged = (
        "nothing is judged, and you hear"
        if len(exercise.views) == 1
        else "less is judged, or nothing; then you hear"
    )
    yield (
        f"{opened(camera.view)}, {near:g} to {far:g}{NBSP}m away and {low:g} to {high:g}{NBSP}m high. "
        f'From elsewhere {judged}: "{exercise.wrong_view}"'
    )
    yield ""


def _counted(exercise: Exercise) -> Iterator[str]:
    yield from ("## What is counted", "")
    if exercise.of_side is not None:
        yield from (f"Left or right is told of {exercise.of_side}.", "")
    if exercise.repetition is not None:
        yield from _repetition(exercise.repetition, exercise)
    if exercise.hold is not None:
        yield from _hold(exercise.hold)


def _repetition(rep: Repetition, exercise: Exercise) -> Iterator[str]:
    unit = _as_written(MEASURES[rep.signal].unit)
    change = ", told as a change from your own rest," if rep.relative else ""
    others = "".join(
        f" (from {FROM[view]} {asked(wanted, unit)})" for view, wanted in rep.target_from.items()
    )
    yield (
        f"`{rep.signal}`{change} goes from rest ({asked(rep.rest, unit)}, learnt from you) to "
        f"{asked(rep.target, unit)}{others} and back. It is counted from "
        f"{_listed([FROM[view] for view in rep.views], 'or')}."
    )
    sides = {
        "both": "",
        "each": " Each side is counted by itself.",
        "alternating": " Left and right take turns, and each repetition is told with its side.",
    }[exercise.sides]
    yield from ("", f"{_meaning(rep.signal)}{sides}", "")
    heard = rep.why_not
    yield f'- One that does not go far enough: "{heard.range}."'
    if rep.small is not None:
        meaning = inside(_meaning(rep.small.measure)).removesuffix(".")
        yield f"- Three in a row in which it hardly changes hear the same, told by another measure ({meaning})."
    yield f'- One that does not come back: "{heard.back}."'
    if rep.min_hold_s:
        yield f"- At the end range it must stay for {limit(rep.min_hold_s, 's')}."
    yield f"- It takes at least {limit(rep.min_s, 's')}, and at most {limit(rep.max_s, 's')}."
    if rep.level is not None:
        yield f"- Your own rest must be {asked(rep.level, unit)}."
    moments = (
        ("where it begins", rep.begin_also),
        ("at some moment on the way", rep.reach_also),
        ("at its end", rep.rest_also),
    )
    for moment, conditions in moments:
        yield from (f"- To count, {moment}: {_also(condition)}." for condition in conditions)
    yield ""
    if told := list(_told_apart(rep)):
        yield from ("It is told from other movements by:", "", *told, "")


def _told_apart(rep: Repetition) -> Iterator[str]:
    """What makes it this movement at all, in the words that a person would hear."""
    yield from (f"- {opened(_also(condition))}" for condition in rep.only)
    yield from (f"- {still.says} (the {_joint(still.joint)} stays)" for still in rep.still)
    if rep.travels is not None:
        by = f"{rep.travels.by:g} of the trunk's length"
        yield f"- The {_joint(rep.travels.joint)} goes up and down by at least {by}"
    if rep.moves is not None:
        yield f"- The {_joint(rep.moves)} moves further than that of the other side"


def _also(condition: Condition) -> str:
    """A condition in the file's words, else with what its measure is: "Lie on your side (`pelvic_obliquity` ...)"."""
    told = _condition(condition, is_="")
    if condition.says:
        return f"{condition.says} ({told})"
    return f"{told} ({inside(_meaning(condition.measure)).removesuffix('.')})"


def _joint(name: str) -> str:
    return name.replace("_", " ")


def _hold(hold: Hold) -> Iterator[str]:
    yield (
        f"The seconds in the pose, up to {hold.target_s:g}. The timer runs while all of this is so, and pauses when it "
        f'is not ("{hold.left}"); who keeps still short of it hears what is missing. '
        f"It is seen from {_listed([FROM[view] for view in hold.views], 'or')}."
    )
    yield ""
    yield from (f'- {opened(_condition(condition))}: "{condition.says}."' for condition in hold.conditions)
    yield ""
    if hold.entry is not None:
        wanted = _listed([_condition(condition) for condition in hold.entry.conditions], "and")
        yield f'Before it, {wanted}; who comes in otherwise hears: "{hold.entry.says}"'
        yield ""
    if hold.guide is not None:
        guide = hold.guide
        yield (
            f'It is led aloud {guide.reps} times: "{guide.hold}" for {guide.hold_s:g}{NBSP}seconds, then '
            f'"{guide.rest}" for {guide.rest_s:g}.'
        )
        yield ""
    if hold.results:
        yield from ("What is measured, which is a number with its error and no diagnosis:", "")
        for result in hold.results.values():
            unit = _as_written(MEASURES[result.measure].unit)
            yield f"- **{result.what}** (`{result.measure}`)"
            for saying in result.says:
                upto = "above that" if saying.max is None else f"up to {limit(saying.max, unit)}"
                yield f'  - {upto}: "{saying.text}"'
        yield ""


def _condition(condition: Condition, is_: str = " is") -> str:
    """A condition in words: "`knee_flexion` is at least 80°"."""
    whose = " of the other side" if condition.side == "other" else ""
    return f"`{condition.measure}`{whose}{is_} {asked(condition.range, _as_written(MEASURES[condition.measure].unit))}"


def _meaning(measure: str) -> str:
    """What a measure is, in one sentence for readers: what follows it there is for those who program."""
    first = re.split(r"(?<=\.) (?=[A-Z])", MEASURES[measure].meaning)[0]
    return first.replace("`side`", "the measured side")


def _judged(exercise: Exercise) -> Iterator[str]:
    seen = {name: check for name, check in exercise.checks.items() if check.unseen is None}
    unseen = {name: check for name, check in exercise.checks.items() if check.unseen is not None}
    yield from ("## What is checked", "")
    if not exercise.judged:
        yield from ("Nothing is judged here: the exercise is led and timed, and the coach says so.", "")
    if seen:
        yield from (
            "| check | when | right | unsure | from | you hear | why it matters |",
            "|---|---|---|---|---|---|---|",
        )
        yield from (_row(name, check, exercise) for name, check in seen.items())
        yield ""
    if unseen:
        yield from ("**Not judged, because no camera sees it:**", "")
        for name, check in unseen.items():
            yield (
                f'- {check.what} (`{name}`): {check.unseen}. What to do yourself: "{check.cue}." {check.why}'
            )
        yield ""


def _row(name: str, check: Check, exercise: Exercise) -> str:
    views = check.views or exercise.views
    what = f"{check.what}<br>`{name}`"
    when = WHEN[check.when] if check.measure is not None else ""
    if check.time is not None:
        when = TIMES[check.time]
    seen_from = _listed([FROM[view] for view in views], "or")
    if check.reason:
        seen_from += f" ({check.reason})"
    if check.shown is not None:
        seen_from += f" (not while {check.shown.says})"
    unsure = _unsure(check, views, load_errors().of(exercise.measured_as))
    if check.confirmed is not None:
        unsure += f"; so is what `{check.confirmed.measure}` does not show as well"
    if check.misses is not None:
        unsure += f"; a right one is never told: {check.misses}"
    if check.excuse_at_rest:
        unsure += "; so is what is hardly worse than at your own start"
    if check.home is not None:
        unsure += f"; so is a change back toward {check.home:g}, and what was far from it from the start"
    why = f"{check.why} ({SEVERITY[check.severity]})"
    cells = (
        what,
        when,
        _right(check),
        unsure,
        seen_from,
        f'"{check.cue}"',
        why,
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _right(check: Check) -> str:
    """What passes, with the measure it is told by."""
    if check.order is not None:
        return "left and right take turns"
    assert check.range is not None  # the file's validator saw to it
    if check.measure is None:
        return asked(check.range, "s")
    whose = " of the other side" if check.side == "other" else ""
    told = f"`{check.measure}`{whose} "
    if check.against == "share_of_rest":
        return f"{told}{_percent(check.range)} of what it is at rest"
    change = ", as a change from your own start" if check.against == "rest" else ""
    less = f", once `{check.less}` at your own start is taken off" if check.less is not None else ""
    return f"{told}{asked(check.range, _as_written(MEASURES[check.measure].unit))}{change}{less}"


def _percent(wanted: Range) -> str:
    low, high = (
        None if end is None else f"{'+' if end > 0 else '−' if end < 0 else ''}{abs(end):.1%}"
        for end in (wanted.min, wanted.max)
    )
    if low is not None and high is not None:
        return f"changed by {low} to {high}"
    return f"changed by {low} at least" if low is not None else f"changed by {high} at most"


def _unsure(check: Check, views: Iterable[ViewName], errors: ErrorTable) -> str:
    """How far outside the range nobody can know, by view."""
    if check.order is not None:
        return ""
    unit = "s" if check.measure is None else _as_written(MEASURES[check.measure].unit)
    bands = {view: band_of(check, view, errors) for view in views}

    def told(band: float) -> str:
        return f"{band:.1%}" if check.against == "share_of_rest" else limit(band, unit)

    if len(set(bands.values())) == 1:
        return f"{told(next(iter(bands.values())))} outside"
    return ", ".join(f"{told(band)} outside from {FROM[view]}" for view, band in bands.items())


def _as_written(unit: str) -> str:
    """A unit for numbers as they stand in the files, where a ratio is 0.15 and not 15 %."""
    return "" if unit == "ratio" else unit


def _listed(words: Iterable[str], joint: str) -> str:
    """Words in a row: "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


# --- the measures -----------------------------------------------------------------------------------


def measures_table() -> str:
    """Every measure: its unit, the views it is good in, its measured error there, and what it is."""
    lines = ["| measure | unit | from, and its error there | what it is |", "|---|---|---|---|"]
    for measure in sorted(MEASURES.values(), key=lambda found: found.name):
        seen = ", ".join(_with_error(measure, view) for view in measure.views)
        lines.append(f"| `{measure.name}` | {measure.unit} | {seen} | {measure.meaning} |")
    lines += [
        "",
        "\\* not measured over all exercises: the default of its unit. An exercise may have a measured error of "
        "its own, under `exercises` in `coach/motion/errors.json`; its page tells what it makes of the checks.",
    ]
    return "\n".join(lines)


def _with_error(measure: Measure, view: ViewName) -> str:
    """A view with the measure's error in it: "side 3.9°", and that of a change from rest where it was measured."""
    errors = load_errors()
    known = "" if view in errors.errors.get(measure.name, {}) else "*"
    told = f"{view.replace('_', '-')} {limit(errors.error(measure, view), _as_written(measure.unit))}{known}"
    if view in errors.changes.get(measure.name, {}):
        told += f" (a change {limit(errors.error_of_change(measure, view), _as_written(measure.unit))})"
    return told


def with_measures(text: str) -> str:
    """The page of the exercise files with the table of measures as it is now.

    Raises ValueError where the page has no place for it.
    """
    if text.count(BEGIN) != 1 or END not in text[text.index(BEGIN) :]:
        raise ValueError(f"{FILES} has no place for the table of measures: {BEGIN} and {END} were expected")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{measures_table()}\n\n{END}{rest.split(END, 1)[1]}"


def main(docs: Path) -> None:
    """Write all pages, and remove those that are no longer any exercise's."""
    written = pages(docs)
    (docs / FOLDER).mkdir(exist_ok=True)
    for path, text in written.items():
        (docs / path).write_text(text, "utf-8")
    for old in (docs / FOLDER).iterdir():
        if old.suffix in (".md", ".svg") and f"{FOLDER}/{old.name}" not in written:
            old.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path, nargs="?", default=Path("docs"))
    main(parser.parse_args().docs)
