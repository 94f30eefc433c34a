"""Whose the files are that Streamlit hands out."""

from dataclasses import dataclass, field
from typing import Any

from coach.web.clinic.door import LoggedOut
from coach.web.clinic.media import Media


@dataclass
class Manager:
    """Streamlit's own, made small."""

    promised: dict[str, str] = field(default_factory=dict)

    def add(self, content: str, **others: Any) -> str:
        return f"/media/{content}.svg"

    def add_deferred(self, content: str, **others: Any) -> str:
        self.promised[f"promise-{content}"] = content
        return f"promise-{content}"

    def execute_deferred(self, promise: str) -> str:
        return f"/media/{self.promised[promise]}.json"


@dataclass
class Visit:
    """Who is at the page."""

    whose: str | None = None

    def __call__(self) -> str:
        if self.whose is None:
            raise LoggedOut("nobody")
        return self.whose


def watched(most: int = 100) -> tuple[Media, Manager, Visit]:
    media, manager, visit = Media(most), Manager(), Visit("ana")
    media.watch(manager, visit)
    return media, manager, visit


def test_a_picture_is_for_whoever_was_shown_it() -> None:
    media, manager, visit = watched()
    assert manager.add("bridge") == "/media/bridge.svg"
    assert media.may("bridge.svg", "ana") and not media.may("bridge.svg", "ben")
    visit.whose = "ben"
    manager.add("bridge")
    assert media.may("bridge.svg", "ana") and media.may("bridge.svg", "ben")


def test_a_download_is_for_whom_it_was_promised_to_whoever_asks_for_it() -> None:
    media, manager, visit = watched()
    promise = manager.add_deferred("report")
    visit.whose = "ben"
    assert manager.execute_deferred(promise) == "/media/report.json"
    assert media.may("report.json", "ana") and not media.may("report.json", "ben")


def test_what_nobody_was_shown_is_for_nobody() -> None:
    media, manager, visit = watched()
    visit.whose = None
    manager.add("bridge")
    manager.execute_deferred(manager.add_deferred("report"))
    assert not media.may("bridge.svg", "") and not media.may("report.json", "")
    assert not media.may("bridge.svg", "ana")


def test_not_more_are_remembered_than_that() -> None:
    media, manager, _ = watched(most=3)
    for n in range(5):
        manager.add(str(n))
    manager.add("2")
    manager.add("5")
    assert [media.may(f"{n}.svg", "ana") for n in range(6)] == [False, False, True, False, True, True]


def test_streamlits_own_is_as_it_is_thought_to_be() -> None:
    from streamlit.runtime.media_file_manager import MediaFileManager
    from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

    manager, media = MediaFileManager(MemoryMediaFileStorage("/media")), Media()
    media.watch(manager, lambda: "ana")
    address = manager.add(b"<svg/>", "image/svg+xml", "1")
    assert media.may(address.removeprefix("/media/"), "ana")
    late = manager.execute_deferred(manager.add_deferred(lambda: "{}", "application/json", "2"))
    assert media.may(late.removeprefix("/media/"), "ana") and not media.may(
        late.removeprefix("/media/"), "ben"
    )
