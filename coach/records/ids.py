"""Ids that nobody can guess, and those that others may choose."""

import re
import secrets
from typing import Final

from coach.records.problems import problem

CHOSEN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")  # a folder is named after it


def new_id() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def checked(id: str) -> str:
    """An id that somebody chose.  Raises RecordsError for what cannot be one."""
    if not CHOSEN.fullmatch(id):
        raise problem("bad_id", id=id[:80])
    return id
