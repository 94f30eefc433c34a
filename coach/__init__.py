"""Form Coach: an exercise coach that a camera can be, and that knows what it cannot see.

The way of the data, one direction, no way back::

    frame -> PoseFrame -> measures -> verdicts, phases -> Feedback -> SetResult -> weeks of sets  -> report
    video/   pose/        motion/     judge/              live and files alike     care/ records/    report/

As a library::

    import coach
    result = coach.analyse("squat.mp4", "squat")
    print(result.counted, [rep.peak_s for rep in result.reps])
"""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.judge import SetResult

try:
    __version__ = version("form-coach")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0"

__all__ = ["CoachError", "__version__", "analyse"]


def analyse(source: Any, exercise: str, **options: Any) -> "SetResult":
    """Analyse a video or a saved landmark track; see :func:`coach.video.analyse` for the options.

    The import is made here so that ``import coach`` stays quick and needs no video library.
    """
    from coach.video import analyse as analyse_file

    return analyse_file(source, exercise, **options).result
