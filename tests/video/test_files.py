"""A result takes the place of the old one when it is complete, or not at all."""

import errno
import os
from pathlib import Path

import pytest

from coach.errors import OutputError
from coach.video.files import atomic_write, must_be_writable, personal_write

SAYS = {
    errno.ENOSPC: "not enough space on the disk to write 'report.json'",
    errno.EDQUOT: "not enough space",
    errno.EACCES: "no permission to write 'report.json'",
    errno.EPERM: "no permission",
    errno.EROFS: "can only be read",
    errno.EIO: "could not be written",
}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_is_there_at_the_end_and_nothing_else(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "report.json") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".json"
        assert temporary.name.startswith(".")
        temporary.write_text("{}")
    assert (tmp_path / "report.json").read_text() == "{}"
    assert names(tmp_path) == ["report.json"]


def test_it_may_be_read_by_whom_the_user_allows(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with atomic_write(tmp_path / "report.json") as temporary:
        temporary.write_text("{}")
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_the_old_file_stays_when_something_goes_wrong(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    with pytest.raises(KeyError), atomic_write(target) as temporary:
        temporary.write_text("half")
        raise KeyError("x")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report.json"]


@pytest.mark.parametrize("number", SAYS)
def test_what_the_system_refuses_is_told_in_one_sentence(tmp_path: Path, number: int) -> None:
    with pytest.raises(OutputError, match=SAYS[number]) as caught, atomic_write(tmp_path / "report.json"):
        raise OSError(number, os.strerror(number))
    assert str(caught.value).endswith(".")
    assert names(tmp_path) == []


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"), atomic_write(tmp_path / "no" / "report.json"):
        pytest.fail("refused before any work is done")


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "no").touch()
    with pytest.raises(OutputError, match="is not a folder"), atomic_write(tmp_path / "no" / "report.json"):
        pytest.fail("refused before any work is done")


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(OutputError, match="is a folder"), atomic_write(tmp_path / "report.json"):
        pytest.fail("refused before any work is done")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too long"), atomic_write(tmp_path / ("n" * 300)):
        pytest.fail("refused before any work is done")


@pytest.mark.parametrize("place", ["n" * 300 + "/x.pdf", "n" * 300 + ".pdf", "ü" * 130 + "/x.pdf"])
def test_it_is_told_which_name_is_too_long(tmp_path: Path, place: str) -> None:
    for refuse in (must_be_writable, lambda path: atomic_write(path).__enter__()):
        with pytest.raises(OutputError) as caught:
            refuse(tmp_path / place)
        assert str(caught.value) == f"The name '{place.split('/')[0]}' is too long; choose a shorter one."


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
@pytest.mark.parametrize("place", ["a", "a/x.json"])
def test_links_that_lead_in_a_circle(tmp_path: Path, place: str) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for refuse in (must_be_writable, lambda path: atomic_write(path).__enter__()):
        with pytest.raises(OutputError, match="lead in a circle"):
            refuse(tmp_path / place)
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_what_is_private_may_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "ana.zip"
    target.write_text("old, for all")
    with atomic_write(target, private=True) as temporary:
        assert temporary.stat().st_mode & 0o777 == 0o600
        temporary.write_text("{}")
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o600])
def test_what_tells_of_a_person_is_its_owners_where_it_is_new(tmp_path: Path, mode: int) -> None:
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.write_text("old")
    old.chmod(mode)
    link = tmp_path / "link.json"
    link.symlink_to(old)
    for target, expected in ((new, 0o600), (old, mode), (link, mode)):
        with personal_write(target) as temporary:
            assert temporary.stat().st_mode & 0o777 == 0o600
            temporary.write_text("told")
        assert target.read_text() == "told" and target.stat().st_mode & 0o777 == expected
    assert link.is_symlink() and names(tmp_path) == ["link.json", "new.json", "old.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_what_is_no_file_keeps_its_place(tmp_path: Path) -> None:
    pipe = tmp_path / "report.json"
    os.mkfifo(pipe)
    link = tmp_path / "link.json"
    link.symlink_to(pipe)
    for target in (pipe, link):
        with pytest.raises(OutputError, match=f"'{target.name}' is a device or a pipe"), atomic_write(target):
            pytest.fail("refused before any work is done")
        with pytest.raises(OutputError, match="is a device or a pipe"):
            must_be_writable(target)
    assert pipe.is_fifo() and link.is_symlink()
    assert names(tmp_path) == ["link.json", "report.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
@pytest.mark.parametrize("there", [True, False])
def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path, there: bool) -> None:
    real = tmp_path / "elsewhere" / "real.json"
    real.parent.mkdir()
    if there:
        real.write_text("old")
    link = tmp_path / "report.json"
    link.symlink_to("elsewhere/real.json")
    must_be_writable(link)
    with atomic_write(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink() and real.read_text() == "new"
    assert names(real.parent) == ["real.json"]
