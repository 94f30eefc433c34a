"""Reading and writing video files, what is drawn on their pictures, and the offline pipeline."""

from coach.video.analysis import Analysis, MainCurve, analyse
from coach.video.evidence import Moment, pictures
from coach.video.files import atomic_write, must_be_writable, personal_write, told_of
from coach.video.opening import Limits
from coach.video.overlap import one_ahead
from coach.video.overlay import Overlay
from coach.video.reader import VideoFrame, VideoInfo, VideoReader
from coach.video.workout import Workout, analyse_workout
from coach.video.writer import VideoWriter

__all__ = [
    "Analysis",
    "Limits",
    "MainCurve",
    "Moment",
    "Overlay",
    "VideoFrame",
    "VideoInfo",
    "VideoReader",
    "VideoWriter",
    "Workout",
    "analyse",
    "analyse_workout",
    "atomic_write",
    "must_be_writable",
    "one_ahead",
    "personal_write",
    "pictures",
    "told_of",
]
