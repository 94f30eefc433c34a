"""Where on this machine Form Coach keeps what belongs to a person."""

import os
from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """COACH_HOME where it is set, else the user's own data folder."""
    told = os.environ.get("COACH_HOME")
    return Path(told) if told else user_data_path("form-coach", appauthor=False)
