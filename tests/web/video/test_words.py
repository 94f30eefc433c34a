"""The message files: the same keys and the same places in every language."""

from string import Formatter

import pytest

from coach.language import LANGUAGES, Language, Message, words
from coach.video import problems
from coach.web.video import page

FOLDERS = (page.HERE, page.HERE.parents[1] / "video")


def places(message: Message) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_language_says_everything(folder: object, language: Language) -> None:
    english = words("en", folder).messages  # type: ignore[arg-type]
    own = words(language, folder).messages  # type: ignore[arg-type]
    assert list(own) == list(english)
    assert {key: places(own[key]) | {"n"} for key in own} == {
        key: places(english[key]) | {"n"} for key in own
    }


def test_a_problem_is_told_in_the_language_of_the_person() -> None:
    error = problems.problem("empty", name="'a.mp4'")
    assert str(error) == error.told("en") == "'a.mp4' is empty (0 bytes); copy or record it again."
    assert (
        error.told("de") == "'a.mp4' ist leer (0 Byte); kopiere das Video noch einmal oder nimm es neu auf."
    )
