"""Sample clips that can be played as if they were the camera."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coach.judge import exercise_ids
from coach.judge.library import BUILT_IN

FOLDER: Final = Path(__file__).parents[2] / "sample_videos"
KINDS: Final = ("faulty", "clean", "wrong_view")  # with something to hear first


@cache
def clips(folder: Path = FOLDER) -> MappingProxyType[str, tuple[str, ...]]:
    """The clips to try each exercise with, by the exercise's id; none in an installation without the clips."""
    names = sorted((path.name for path in folder.glob("*.mp4")), key=_order)
    found: dict[str, tuple[str, ...]] = {}
    for exercise in sorted(exercise_ids(BUILT_IN), key=len, reverse=True):  # bridge_march before bridge
        own = tuple(name for name in names if name.startswith(f"{exercise}_"))
        names = [name for name in names if name not in own]
        if own:
            found[exercise] = own
    return MappingProxyType(found)


def parts_of(name: str, exercise: str) -> tuple[str, ...]:
    """What a clip's name tells beside the exercise.

    >>> parts_of("squat_front_faulty.mp4", "squat"), parts_of("bridge_wrong_view.mp4", "bridge")
    (('front', 'faulty'), ('wrong_view',))
    """
    rest = Path(name).stem.removeprefix(f"{exercise}_")
    kind = next((kind for kind in KINDS if rest.endswith(kind)), "")
    before = rest.removesuffix(kind).strip("_")
    return tuple(part for part in (before, kind) if part)


def clip_path(name: str) -> Path | None:
    """The file of a clip, by its plain name; None for anything else."""
    known = {clip for own in clips().values() for clip in own}
    return FOLDER / name if name in known else None


def _order(name: str) -> tuple[int, int, str]:
    kind = next((place for place, kind in enumerate(KINDS) if kind in name), len(KINDS))
    return name.count("_"), kind, name
