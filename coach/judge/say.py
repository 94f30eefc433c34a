"""What the engine says itself, in the language of the exercise; the messages are in `words`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from coach.language import Language, Words, words

HERE: Final = Path(__file__).parent


def say(language: Language) -> Words:
    """The engine's own sentences in a language.

    >>> say("en")("advice.too_far")
    'Come closer to the camera'
    """
    return words(language, HERE)


def joint(landmark: str, language: Language = "en") -> str:
    """A landmark as people say it, as the object of a sentence.

    >>> joint("left_foot_index"), joint("right_ankle", "de")
    ('your left toes', 'deinen rechten Knöchel')
    """
    return say(language)(f"joint.{landmark}")


def views_told(views: Iterable[str], language: Language = "en") -> str:
    """Views from which something is seen, as the end of a sentence.

    >>> views_told(("side", "three_quarter"))
    'side or diagonal'
    """
    own = say(language)
    return f" {own('or')} ".join(own(f"view.{view}") for view in views)


def only_from(views: Iterable[str], language: Language = "en") -> str:
    """Why something is not judged from here.

    >>> only_from(("side",), "de")
    'das sieht man nur von der Seite'
    """
    return say(language)("reason.only_from", views=views_told(views, language))
