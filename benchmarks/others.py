"""What is named, and what is counted, in films of movements that are none of the library's exercises.

    python -m benchmarks.others DIR [--write]

DIR holds the films of `python -m sample_videos.studio.matrix others DIR`.  The right answer is nothing, or "not sure".
The exit code is 1 when anything is named.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from benchmarks.clips import clips_in
from benchmarks.recognition import Shown, all_told, verdict
from benchmarks.tables import markdown, write
from coach.judge import WorkoutResult, exercise_ids
from coach.video import analyse, analyse_workout


def counts(track: Path) -> dict[str, int]:
    """What each exercise counts in it when it was chosen, where that is something: repetitions, or held seconds."""
    found = {}
    for name in exercise_ids():
        result = analyse(track, name).result
        held = sum(round(hold.held_s) for hold in result.holds if hold.counted)
        if result.counted or held:
            found[name] = result.counted or held
    return found


def row(track: Path, found: WorkoutResult, counted: dict[str, int]) -> tuple[str, str, str, str]:
    """A film in the table."""
    shown = Shown(track, None)
    chosen = ", ".join(f"{exercise} {count}" for exercise, count in counted.items()) or "-"
    return shown.name, all_told(found.sets), verdict(shown, found), chosen


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    tracks = [clip.kept() for clip in clips_in([chosen.folder])]
    rows = [row(track, analyse_workout(track).result, counts(track)) for track in tracks]
    words = Counter(word for _, _, word, _ in rows)
    text = markdown(("film", "found", "", "counted when that exercise was chosen"), rows)
    text += (
        f"\n\nNamed in {words['WRONG']} of {len(rows)} films, not sure in {words['not sure']}; something was counted "
        f"by an exercise that was chosen in {sum(r[3] != '-' for r in rows)}."
    )
    print(text)
    if chosen.write:
        write("others", "python -m benchmarks.others DIR --write", text)
    return int(words["WRONG"] > 0)


if __name__ == "__main__":
    sys.exit(main())
