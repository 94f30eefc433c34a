"""Sample clips that can be played as if they were the camera."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coach.judge import exercise_ids

FOLDER: Final = Path(__file__).parents[2] / "sample_videos"
LIKED: Final = ("faulty", "clean")  # with something to hear first


@cache
def clips() -> MappingProxyType[str, str]:
    """The clip to try each exercise with, by the exercise's id; none in an installation without the clips."""
    found: dict[str, str] = {}
    for exercise in exercise_ids():
        for kind in LIKED:
            name = f"{exercise}_{kind}.mp4"
            if exercise not in found and (FOLDER / name).is_file():
                found[exercise] = name
    return MappingProxyType(found)


def clip_path(name: str) -> Path | None:
    """The file of a clip, by its plain name; None for anything else."""
    known = {path.name: path for path in FOLDER.glob("*.mp4")} if FOLDER.is_dir() else {}
    return known.get(name)
