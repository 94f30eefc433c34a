"""The live set: frames from a camera in, what is shown and said out.  No web framework's pages, no drawing."""

from coach.live.coaching import Coached, Coaching
from coach.live.desk_keeper import DeskKeeper, keep_whole
from coach.live.hub import Hub, LiveSession
from coach.live.keeper import Ended, InRecords, Keeper
from coach.live.replay import Replay
from coach.live.screen import Screen, Stage
from coach.live.settings import Dose, LiveSettings

__all__ = [
    "Coached",
    "Coaching",
    "DeskKeeper",
    "Dose",
    "Ended",
    "Hub",
    "InRecords",
    "Keeper",
    "LiveSession",
    "LiveSettings",
    "Replay",
    "Screen",
    "Stage",
    "keep_whole",
]
