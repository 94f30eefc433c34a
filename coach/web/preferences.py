"""How somebody likes to be coached, kept on this machine between two visits."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, get_args

from coach.errors import CoachError
from coach.folders import data_folder
from coach.language import LANGUAGES, Language, known_language
from coach.live.settings import Spoken

FILE: Final = "preferences.json"
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Preferences:
    """language None: the browser's; volume 0 to 1; mirror: the picture as in a mirror; spoken: what is said aloud.

    speaker  the name of the machine's voice that speaks; "" where the machine chooses, as it does in another language
    """

    language: Language | None = None
    voice: bool = True
    volume: float = 1.0
    mirror: bool = True
    spoken: Spoken = "everything"
    speaker: str = ""


def load(folder: Path | None = None) -> Preferences:
    """The kept preferences; whatever is missing or makes no sense is as at the beginning."""
    try:
        data = json.loads(((folder or data_folder()) / FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(data, dict):
        return Preferences()
    kept = Preferences()
    for name, value in data.items():
        if _makes_sense(name, value):
            kept = replace(kept, **{name: value})
    return kept


def save(preferences: Preferences, folder: Path | None = None) -> bool:
    """Keep them; False where the folder cannot be written, which is no reason to stop anybody."""
    path = (folder or data_folder()) / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(preferences)), "utf-8")
    except OSError:
        return False
    return True


def changed(kept: Preferences, before: Preferences, after: Preferences) -> Preferences:
    """The kept ones with what is another after than before, and nothing else.

    >>> kept = changed(Preferences("de", voice=False), Preferences(), Preferences(mirror=False))
    >>> kept == Preferences("de", voice=False, mirror=False)
    True
    """
    old, new = asdict(before), asdict(after)
    return replace(kept, **{name: value for name, value in new.items() if value != old[name]})


def _makes_sense(name: str, value: Any) -> bool:
    if name not in {field.name for field in fields(Preferences)}:
        return False
    if name == "language":
        return value is None or value in LANGUAGES
    if name == "spoken":
        return value in get_args(Spoken)
    if name == "speaker":
        return isinstance(value, str) and len(value) <= LONGEST_NAME
    if name == "volume":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return isinstance(value, bool)


def language_of(preferences: Preferences, browser: str | None) -> Language:
    """The chosen language, else the browser's, else English.

    >>> language_of(Preferences(), "de-AT"), language_of(Preferences(), "fr"), language_of(Preferences("es"), "de")
    ('de', 'en', 'es')
    """
    if preferences.language is not None:
        return preferences.language
    try:
        return known_language(browser or "en")
    except CoachError:
        return "en"
