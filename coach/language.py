"""Sentences for people, in their language: message files beside the code that says them.

A message file is YAML, `words/LANGUAGE.yaml` in the folder of the package that speaks; English is complete, and
a test sees to it that the others are.  A message may have places for values (`{n}`), and, where its `n` is counted,
two forms: `one` and `other`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

import yaml

from coach.errors import CoachError

Language = Literal["en", "de", "es"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
NATIVE: Final = MappingProxyType({"en": "English", "de": "Deutsch", "es": "Español"})

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one: ten times as quick

Message = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The messages of one folder in one language.

    >>> words("en", Path(__file__).parent / "live")("done_reps", n=1)
    'Done: one repetition'
    """

    language: Language
    messages: dict[str, Message]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence named by `key`, its places filled.  Raises KeyError for one that is not there."""
        message = self.messages[key]
        if isinstance(message, dict):
            message = message["one" if values["n"] == 1 else "other"]
        return message.format(**values) if values else message


@cache
def words(language: Language, folder: Path) -> Words:
    """The messages in `folder`/words/`language`.yaml."""
    path = folder / "words" / f"{language}.yaml"
    messages = yaml.load(path.read_text("utf-8"), Loader=LOADER)
    return Words(language, cast(dict[str, Message], messages))


def known_language(name: str) -> Language:
    """A language by its code, a region set aside: `de-AT` is German.  Raises CoachError for an unknown one."""
    code = name.replace("_", "-").split("-")[0].lower()
    if code not in LANGUAGES:
        raise CoachError(
            f"'{name}' is not a language that Form Coach speaks; there are {', '.join(LANGUAGES)}."
        )
    return code


def shortest(value: float, language: Language) -> str:
    """A number with no more decimals than it has, three at most.

    >>> shortest(2.50, "de")
    '2,5'
    """
    text = f"{round(value, 3):g}"
    return text if language == "en" else text.replace(".", ",")


def decimal(value: float, language: Language, digits: int = 1) -> str:
    """A number as it is written in a language.

    >>> decimal(2.5, "de")
    '2,5'
    """
    text = f"{value:.{digits}f}"
    return text if language == "en" else text.replace(".", ",")
