"""How somebody likes to be coached: kept between visits, and nothing in a spoiled file stops anybody."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.web.preferences import FILE, Preferences, language_of, load, save

CHOSEN = Preferences("de", False, 0.4, False, "counting", "Anna")


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    assert save(CHOSEN, tmp_path / "new" / "folder")
    assert load(tmp_path / "new" / "folder") == CHOSEN


def test_at_first_everything_is_as_usual(tmp_path: Path) -> None:
    assert load(tmp_path) == load(tmp_path / "nowhere") == Preferences()


def test_they_are_kept_in_the_folder_of_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    assert save(CHOSEN)
    assert (tmp_path / FILE).is_file() and load() == CHOSEN


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not save(CHOSEN, tmp_path / "file")
    assert load(tmp_path / "file") == Preferences()


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", "\x00", "[" * 100_000, '{"voice": '])
def test_a_spoiled_file_is_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    assert load(tmp_path) == Preferences()


def test_a_file_that_is_no_text_is_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x80")
    assert load(tmp_path) == Preferences()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"), ("language", 3), ("language", ["de"]), ("voice", "yes"), ("voice", 1), ("volume", 1.01),
        ("volume", -0.1), ("volume", float("nan")), ("volume", "loud"), ("volume", True), ("mirror", None),
        ("spoken", "all"), ("spoken", None), ("speaker", None), ("speaker", 3), ("speaker", "a" * 201),
        ("no_such", True), ("__class__", "x"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_as_at_the_beginning(name: str, value: Any, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        json.dumps({name: value, "mirror": False} | ({} if name != "mirror" else {name: value}))
    )
    assert load(tmp_path) == Preferences(mirror=name == "mirror")
    assert type(load(tmp_path).volume) is float


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    data=st.dictionaries(
        st.sampled_from([*Preferences.__slots__, "other"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.floats(),
            st.integers(),
            st.text("deallnothing ü"),
            st.lists(st.none()),
        ),
    )
)
def test_anything_gives_preferences_that_can_be_kept(
    data: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    (folder / FILE).write_text(json.dumps(data))
    kept = load(folder)
    assert 0 <= kept.volume <= 1
    assert save(kept, folder) and load(folder) == kept


@pytest.mark.parametrize(
    ("chosen", "browser", "language"),
    [(None, "de-AT", "de"), (None, "fr", "en"), (None, None, "en"), (None, "", "en"), ("es", "de", "es")],
)
def test_the_language_is_the_chosen_one_or_the_browsers(
    chosen: Any, browser: str | None, language: str
) -> None:
    assert language_of(Preferences(chosen), browser) == language
