"""What is named, and what is counted, in films of movements that are none of the library's exercises.

    python -m benchmarks.others DIR [--write]

DIR holds the films of `python -m sample_videos.studio.matrix others DIR`.  The right answer is nothing, or "not sure".
The exit code is 1 when anything is named.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from benchmarks.clips import Clip, clips_in
from benchmarks.recognition import told
from benchmarks.tables import markdown, write
from coach.judge import FoundSet, exercise_ids
from coach.video import analyse, analyse_workout


def kept(clip: Clip) -> Path:
    """Where the landmarks of a film are, which are made if need be."""
    clip.track()
    return clip.video.with_suffix(".full.npz")


def counts(track: Path) -> dict[str, int]:
    """What each exercise counts in it when it was chosen, where that is something: repetitions, or held seconds."""
    found = {}
    for name in exercise_ids():
        result = analyse(track, name).result
        held = sum(round(hold.held_s) for hold in result.holds if hold.counted)
        if result.counted or held:
            found[name] = result.counted or held
    return found


def row(name: str, sets: tuple[FoundSet, ...], counted: dict[str, int]) -> tuple[str, str, str, str]:
    """A film in the table."""
    sure = [one for one in sets if one.exercise is not None]
    word = "NAMED" if sure else "not sure" if sets else ""
    return (
        name,
        "; ".join(map(told, sets)) or "-",
        word,
        ", ".join(f"{exercise} {count}" for exercise, count in counted.items()) or "-",
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    rows = []
    for clip in clips_in([chosen.folder]):
        track = kept(clip)
        rows.append(row(clip.name, analyse_workout(track).result.sets, counts(track)))
    words = Counter(word for _, _, word, _ in rows)
    text = markdown(("film", "found", "", "counted when that exercise was chosen"), rows)
    text += (
        f"\n\nNamed in {words['NAMED']} of {len(rows)} films, not sure in {words['not sure']}; something was counted "
        f"by an exercise that was chosen in {sum(r[3] != '-' for r in rows)}."
    )
    print(text)
    if chosen.write:
        write("others", "python -m benchmarks.others DIR --write", text)
    return int(words["NAMED"] > 0)


if __name__ == "__main__":
    sys.exit(main())
