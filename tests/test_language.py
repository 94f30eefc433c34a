"""Languages: messages by key with their places, codes of browsers, numbers as they are written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.language import LANGUAGES, NATIVE, Words, decimal, known_language, words
from tests.conftest import ROOT

FOLDERS = sorted(path.parent for path in (ROOT / "coach").rglob("words") if path.is_dir())
WORDS = Words(
    "en",
    {
        "plain": "Go",
        "odd": "100 {",
        "named": "Set {n} of {of}",
        "counted": {"one": "once", "other": "{n} times"},
    },
)


def test_a_message_is_as_it_stands() -> None:
    assert WORDS("plain") == "Go"
    assert WORDS("odd") == "100 {"


def test_places_are_filled() -> None:
    assert WORDS("named", n=1, of=2) == "Set 1 of 2"


def test_one_is_told_apart_from_others() -> None:
    assert [WORDS("counted", n=n) for n in (0, 1, 2, 1.0)] == ["0 times", "once", "2 times", "once"]


def test_an_unknown_message_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such"):
        WORDS("no_such")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_package_that_speaks_speaks_every_language(folder: Path, language: str) -> None:
    told = words(language, folder)  # type: ignore[arg-type]
    assert told.language == language
    assert told.messages.keys() == words("en", folder).messages.keys()
    for key, message in told.messages.items():
        assert isinstance(message, str) or message.keys() == {"one", "other"}, key


def test_files_are_read_once() -> None:
    folder = ROOT / "coach" / "live"
    assert words("de", folder) is words("de", folder)


def test_every_language_has_its_own_name() -> None:
    assert tuple(NATIVE) == LANGUAGES


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("de-AT", "de"), ("ES_mx", "es"), ("en-GB-oxendict", "en"), ("DE", "de")],
)
def test_a_region_is_set_aside(code: str, language: str) -> None:
    assert known_language(code) == language


@pytest.mark.parametrize("code", ["", "fr", "deutsch", "-de", "../de"])
def test_an_unknown_language_is_told_with_those_there_are(code: str) -> None:
    with pytest.raises(CoachError, match="en, de, es"):
        known_language(code)


@given(st.text("desn-_AT .\x00ß"))
def test_any_code_is_a_language_or_an_error(code: str) -> None:
    try:
        assert known_language(code) in LANGUAGES
    except CoachError:
        return


def test_numbers_have_their_own_point() -> None:
    assert [decimal(2.5, language) for language in LANGUAGES] == ["2.5", "2,5", "2,5"]
    assert decimal(-1234.567, "de", 2) == "-1234,57"
    assert decimal(3.0, "es", 0) == "3"
