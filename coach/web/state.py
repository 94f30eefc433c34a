"""What the whole process shares: the live sessions, the records."""

import logging
import os
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from coach.folders import data_folder
from coach.live import DeskKeeper, Hub, InRecords, Keeper, LiveSettings
from coach.live.journal import Kept
from coach.records import Actor, Records, RecordsError, open_records
from coach.records.journals import FOLDER

_OPENING: Final = Lock()


def records() -> Records:
    """The records, opened at first use.  Raises RecordsError with one sentence, each time until they can be opened."""
    with _OPENING:  # of two visits at once, one migrates and the other waits
        return _records(os.environ.get("COACH_DATABASE_URL"), data_folder())


@cache
def _records(url: str | None, folder: Path) -> Records:
    opened = open_records()
    try:
        opened.forget_expired()
    except RecordsError as error:  # the next start tries again
        logging.getLogger("coach").error("Not all that has had its time could be deleted: %s", error)
    return opened


def _recorded(token: str, settings: LiveSettings, place: InRecords, kept: Kept | None) -> Keeper:
    return DeskKeeper(lambda: records().desk(Actor(place.who, place.role)), place, token, settings, kept)


HUB: Final = Hub(data_folder() / FOLDER, record=_recorded)
