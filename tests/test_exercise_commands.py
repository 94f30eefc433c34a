"""`coach exercises`: own files beside the built-in ones, copies to edit, and learning from a demonstration."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from coach import screen
from coach.exercise_commands import dose
from coach.judge import load_exercise
from coach.judge.texts import text_tree
from coach.language import LANGUAGES
from coach.pose import PoseTrack
from coach.screen import progress
from tests.conftest import Run
from tests.judge.files import CURL, SIT, write
from tests.judge.films import bridges, curls, joined
from tests.judge.waves import Move
from tests.test_cli import assert_one_sentence


@pytest.fixture
def coach(coach: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COACH_LIBRARY", raising=False)
    return coach


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def low(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A demonstration of low bridges, as a track."""
    path = tmp_path_factory.mktemp("track") / "low.npz"
    track = bridges(3, move=Move(1.5, 3.8, 2.2, pause_s=1.2, height=32.0))
    with path.open("wb") as file:
        track.save(file)
    return str(path)


def test_own_exercises_are_listed_shown_and_checked(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    for place in (("exercises", "--library", str(mine)), ("exercises",)):
        code, told, _ = coach(*place)
        assert code == 0 and "bridge" in told
        assert ("curl" in told) == ("--library" in place)
    assert "Knee curl" in coach("exercises", "show", "curl", "--library", str(mine))[1]
    assert "Knee curl" in coach("exercises", "--library", str(mine), "show", "curl")[1]
    code, told, _ = coach("exercises", "check", "--library", str(mine))
    assert code == 0 and "curl.yaml is right" in told


def test_an_exercise_is_shown_in_another_language(coach) -> None:  # type: ignore[no-untyped-def]
    assert "Brücke" in coach("exercises", "show", "bridge", "--language", "de-AT")[1]
    assert_one_sentence(*coach("exercises", "show", "bridge", "--language", "fr"))


def test_the_translations_beside_a_file_are_checked_with_it(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    path = write(mine, CURL)
    (mine / "de").mkdir()
    write(mine / "de", "name: Kniebeuger\nsides: beide\n")
    code, told, errors = coach("exercises", "check", str(path))
    assert code == 1 and "is right" not in told
    assert errors.splitlines()[0] == "de/curl.yaml, line 2: 'sides' is not a text of this exercise."
    assert "de/curl.yaml, line 1: 'checks.upright.cue' is missing." in errors.splitlines()
    (mine / "de" / "curl.yaml").unlink()
    (mine / "en").mkdir()
    write(mine / "en", "name: Curl\n")
    code, _, errors = coach("exercises", "check", str(path))
    assert code == 1
    assert errors == "en/curl.yaml is not read: 'curl' is in this language itself (language: en).\n"


def test_a_file_of_texts_is_checked_as_such(coach, mine: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    texts = write(mine, CURL).parent / "de" / "curl.yaml"
    texts.parent.mkdir()
    write(texts.parent, "name: Kniebeuger\nsides: beide\n")
    code, _, errors = coach("exercises", "check", str(texts))
    assert code == 1
    assert errors.splitlines()[0] == "de/curl.yaml, line 2: 'sides' is not a text of this exercise."
    texts.write_text(json.dumps(text_tree(load_exercise("curl", mine))), "utf-8")
    monkeypatch.chdir(texts.parent)
    for name in (str(texts), "curl.yaml"):
        assert coach("exercises", "check", name) == (0, "de/curl.yaml is right: the texts of 'curl'.\n", "")
    write(texts.parent, CURL)
    assert coach("exercises", "check", "--library", str(texts.parent))[0] == 0, "a folder may have any name"
    (mine / "curl.yaml").unlink()
    assert coach("exercises", "check", str(texts))[0] == 0, "an exercise, with none beside its folder"


def test_what_only_looks_like_an_exercise_file_is_told(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    (mine / "de").mkdir()
    names = ["curl.yaml.txt", "curl.yml~", "de/curl.yaml.bak"]
    for name in (*names, "notes.txt", ".curl.yaml.swp"):
        (mine / name).write_text("to do", "utf-8")
    code, told, errors = coach("exercises", "check", "--library", str(mine))
    assert code == 1 and "curl.yaml is right" in told
    said = "is not read: the name of an exercise file ends with .yaml or .yml."
    assert errors.splitlines() == [f"'{name}' {said}" for name in names]


def test_what_is_wrong_with_the_translations_of_a_folder_is_told(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    for language, name in (("de", "curl"), ("de", "other"), ("fr", "curl")):
        (mine / language).mkdir(exist_ok=True)
        write(mine / language, "name: Beugen\n", name)
    code, told, errors = coach("exercises", "--library", str(mine))
    assert code == 1 and "Knee curl" in told, "it can be used in its own language"
    assert errors == "de/curl.yaml, line 1: 'description' is missing.\n", "the first of what is wrong with it"
    code, told, errors = coach("exercises", "check", "--library", str(mine))
    assert code == 1 and "is right" not in told
    assert errors.splitlines()[-2:] == [
        "de/other.yaml: there is no exercise file 'other.yaml' beside its folder, so nobody reads these texts.",
        f"The folder '{mine / 'fr'}' is not read: translations stand in en, de, es.",
    ]
    (mine / "de" / "curl.yaml").unlink()
    code, told, errors = coach("exercises", "check", "--library", str(mine))
    assert code == 1 and "curl.yaml is right" in told and len(errors.splitlines()) == 2


def test_an_exercise_is_shown_with_all_that_its_file_tells_people(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    for language in LANGUAGES:
        found = load_exercise("bridge", language=language)
        told = " ".join(coach("exercises", "show", "bridge", "--language", language)[1].split())
        texts = [
            *found.steps,
            found.feel,
            *found.muscles,
            found.dose.progression,
            found.swap.when,
            *found.stop,
        ]
        texts += [
            load_exercise("pelvic_tilt", language=language).name,
            found.checks["feet_flat"].unseen or "",
        ]
        assert [text for text in texts if text not in told] == []
    told = coach("exercises", "show", "bridge", "--language", "de")[1]
    for head in ("Wo die Kamera steht", "Wie viel", "Was du spüren solltest", "Merkmal", "Wann du aufhörst"):
        assert head in told
    assert "10 Wiederholungen, Haltezeit 3 s. " in told and "Höhe 0,2 bis 1 m." in told
    assert (
        "led and timed only" not in told and "This one is led" in coach("exercises", "show", "pelvic_tilt")[1]
    )
    write(mine, CURL.replace("exercise: bridge", "exercise: sit"))
    write(mine, "id: broken\n", "sit")
    assert "do this instead: sit." in coach("exercises", "show", "curl", "--library", str(mine))[1]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bridge", "10 repetitions, hold 3 s"),
        ("hip_hiker", "10 repetitions a side"),
        ("hip_hinge", "2 sets of 10 repetitions"),
        ("pigeon", "30 seconds a side"),
    ],
)
def test_a_dose_is_told_in_words(name: str, told: str) -> None:
    assert dose(load_exercise(name)) == told


def test_a_swap_may_be_in_the_library_of_ones_own(coach, mine: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, SIT, "sit")
    path = write(tmp_path, CURL.replace("exercise: bridge", "exercise: sit"))
    assert_one_sentence(*coach("exercises", "check", str(path)))
    assert coach("exercises", "check", str(path), "--library", str(mine))[0] == 0


def test_the_folder_may_stand_in_the_environment(coach, mine: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    monkeypatch.setenv("COACH_LIBRARY", str(mine))
    assert "Knee curl" in coach("exercises", "show", "curl")[1]
    assert "curl" in coach("exercises")[1]


def test_every_broken_file_of_a_folder_is_told(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    write(mine, CURL.replace("id: curl", "id: bad").replace("severity: 2", "severity: 9"), "bad")
    write(mine, CURL.replace("id: curl", "id: worse\ncolour: red"), "worse")
    code, told, errors = coach("exercises", "check", "--library", str(mine))
    assert code == 1
    assert "curl.yaml is right" in told
    assert [line.split(",")[0] for line in errors.splitlines()] == ["bad.yaml", "worse.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("exercises", "--library", "none"),
        ("exercises", "show", "bridge", "--library", "none"),
        ("exercises", "check"),
        ("exercises", "check", "--library", "mine"),
        ("exercises", "new", "x", "--from", "brdge"),
        ("exercises", "new", "My bridge", "--from", "bridge"),
        ("exercises", "new", "../bridge", "--from", "bridge"),
        ("exercises", "new", "my_bridge", "--from", "bridge", "--library", "none/none"),
        ("exercises", "learn", "none.mp4", "--from", "bridge", "--as", "my_bridge"),
        ("exercises", "learn", "none.npz", "--from", "bridge", "--as", "my_bridge"),
        ("analyse", "none.npz", "-e", "bridge", "--library", "none"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(coach, mine: Path, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert_one_sentence(*coach(*arguments))
    assert list(mine.iterdir()) == []


def test_a_broken_own_file_is_told_and_the_rest_is_listed(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL)
    write(mine, "id: bad\n", "bad")
    write(mine, CURL.replace("id: curl", "id: twice"), "twice")
    (mine / "twice.yml").write_text(CURL, "utf-8")
    code, told, errors = coach("exercises", "--library", str(mine))
    assert code == 1 and "Knee curl" in told and "step_up" in told
    first, second = errors.splitlines()
    assert first.startswith("bad.yaml, line 1: ") and second.startswith("'twice.yaml' and 'twice.yml' are ")
    code, told, errors = coach("analyse", "none.npz", "--library", str(mine))
    assert_one_sentence(code, told, errors)
    assert errors.startswith("bad.yaml, line 1: "), "which file it is that has to be mended"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CURL.replace("id: curl\nname: Knee curl", "id: &x curl\nname: *x"), "two of the places are one."),
        (
            CURL.replace("id: curl", "id: &x curl\nother_names: [*x]"),
            "'curl' cannot be copied: its id is used again elsewhere; write it out.",
        ),
        (
            CURL.replace("name: Knee curl", "name: &n Knee curl\nother_names: [*n]"),
            "'curl' cannot be copied: its name is used again elsewhere; write it out.",
        ),
    ],
)
def test_a_file_that_cannot_be_copied_is_told_in_one_sentence(
    coach, mine: Path, text: str, told: str
) -> None:  # type: ignore[no-untyped-def]
    write(mine, text)
    code, said, errors = coach("exercises", "new", "mine", "--from", "curl", "--library", str(mine))
    assert_one_sentence(code, said, errors)
    assert told in errors and not (mine / "mine.yaml").exists()


def test_a_name_over_several_lines_is_copied(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    write(mine, CURL.replace("name: Knee curl", "name: >-\n  Knee\n  curl"))
    assert coach("exercises", "new", "my_curl", "--from", "curl", "--library", str(mine))[0] == 0
    assert load_exercise("my_curl", mine).name == "My curl"


def test_no_second_file_of_one_id_is_made(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    (mine / "my_bridge.yml").write_text(CURL, "utf-8")
    assert_one_sentence(*coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(mine)))
    assert [path.name for path in mine.iterdir()] == ["my_bridge.yml"]


def test_a_copy_is_like_what_it_was_made_of(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    for name, base in (("my_bridge", "bridge"), ("third", "my_bridge")):
        assert coach("exercises", "new", name, "--from", base, "--library", str(mine))[0] == 0
        assert load_exercise(name, mine).like == "bridge"


def test_a_copy_keeps_its_comments_and_loads(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(mine))
    assert code == 0 and "checks" in told and "coach exercises check" in told
    exercise = load_exercise("my_bridge", mine)
    assert exercise.name == "My bridge"
    assert exercise.checks == load_exercise("bridge").checks
    assert "# Real people rest" in (mine / "my_bridge.yaml").read_text("utf-8")
    assert_one_sentence(*coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(mine)))
    assert coach("exercises", "new", "third", "--from", "my_bridge", "--library", str(mine))[0] == 0


def test_the_folder_of_own_exercises_is_made(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    folder = mine / "own"
    assert coach("exercises", "new", "my_bridge", "--from", "bridge", "--library", str(folder))[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == ["de", "es", "my_bridge.yaml"]


@pytest.mark.parametrize(
    "command",
    [
        ("new", "my_bridge", "--from", "brdge"),
        ("new", "n" * 260, "--from", "bridge"),
        ("learn", "none.npz", "--from", "bridge", "--as", "my_bridge"),
    ],
)
def test_a_folder_into_which_nothing_came_goes_again(coach, mine: Path, command: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert_one_sentence(*coach("exercises", *command, "--library", str(mine / "own")))
    assert not (mine / "own").exists()
    assert_one_sentence(*coach("exercises", *command, "--library", str(mine)))
    assert mine.is_dir(), "an empty one that was there stays"


LONG = "n" * 260


@pytest.mark.parametrize(
    "arguments",
    [
        ("exercises", "new", LONG, "--from", "bridge", "--library", "mine"),
        ("exercises", "new", LONG, "--from", "bridge"),
        ("exercises", "new", "my_bridge", "--from", "bridge", "--library", LONG),
        ("exercises", "learn", "none.npz", "--from", "bridge", "--as", LONG),
        ("exercises", "--library", LONG),
        ("exercises", "check", "--library", LONG),
        ("exercises", "check", f"{LONG}.yaml"),
        ("exercises", "check", f"{LONG}/x.yaml"),
        ("analyse", "none.npz", "-e", "squat", "--library", LONG),
        ("analyse", f"{LONG}.npz", "-e", "squat"),
        ("analyse", "none.npz", "-e", "squat", "--report", f"{LONG}/x.html"),
        ("analyse", "none.npz", "-e", "squat", "--json", f"{LONG}.json"),
        ("analyse", "loop", "-e", "squat"),
        ("analyse", "none.npz", "-e", "squat", "--json", "loop"),
        ("analyse", "none.npz", "-e", "squat", "--json", "loop/x"),
        ("exercises", "check", "loop"),
        ("exercises", "check", "pipe.yaml"),
        ("analyse", "pipe.npz", "-e", "squat"),
        ("analyse", "", "-e", "squat"),
    ],
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_path_that_leads_nowhere_is_one_sentence(  # type: ignore[no-untyped-def]
    coach, mine: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "loop").symlink_to("again")
    (tmp_path / "again").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe.yaml")
    os.mkfifo(tmp_path / "pipe.npz")
    before = sorted(tmp_path.rglob("*"))
    assert_one_sentence(*coach(*arguments))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_pipe_in_a_folder_of_own_exercises_is_told(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    os.mkfifo(mine / "pipe.yaml")
    code, told, errors = coach("exercises", "--library", str(mine))
    assert code == 1 and "step_up" in told and "is a device or a pipe" in errors


def test_a_copy_under_the_same_id_stands_in_for_it(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    assert coach("exercises", "new", "bridge", "--from", "bridge", "--library", str(mine))[0] == 0
    assert load_exercise("bridge", mine).name == "Bridge"
    assert load_exercise("bridge", mine, "de").name == "Brücke"


def test_the_translations_are_copied_along(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    for name, base in (("my_bridge", "bridge"), ("third", "my_bridge")):
        told = coach("exercises", "new", name, "--from", base, "--library", str(mine))[1]
        files = ", ".join(str(mine / language / f"{name}.yaml") for language in ("de", "es"))
        assert f"Its texts in other languages: {files}. Change them along with it" in told
    assert coach("exercises", "check", "--library", str(mine))[0] == 0
    german = load_exercise("third", mine, "de")
    assert (german.language, german.name) == ("de", "Third")
    assert german.steps == load_exercise("bridge", language="de").steps
    write(mine, CURL)
    told = coach("exercises", "new", "my_curl", "--from", "curl", "--library", str(mine))[1]
    assert "other languages" not in told, "it has none"


def test_translations_that_cannot_be_copied_are_told_and_nothing_is_written(coach, mine: Path) -> None:  # type: ignore[no-untyped-def]
    (mine / "de").mkdir()
    there = write(mine / "de", "name: Meine\n", "mine")
    new = "exercises", "new", "mine", "--library", str(mine), "--from"
    code, told, errors = coach(*new, "bridge")
    assert_one_sentence(code, told, errors)
    assert f"'{there}' is there already" in errors and there.read_text("utf-8") == "name: Meine\n"
    there.unlink()
    write(mine, CURL)
    write(mine / "de", "name: Beugen\n")
    code, told, errors = coach(*new, "curl")
    assert_one_sentence(code, told, errors)
    assert errors.startswith("de/curl.yaml, line 1: ") and not (mine / "mine.yaml").exists()


def test_a_copy_without_a_folder_comes_here(coach, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert coach("exercises", "new", "my_bridge", "--from", "bridge")[0] == 0
    assert (tmp_path / "my_bridge.yaml").is_file()


def test_a_demonstration_is_learnt_and_then_counted(coach, mine: Path, low: str) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = coach(
        "exercises", "learn", low, "--from", "bridge", "--as", "low", "--library", str(mine)
    )
    assert code == 0
    assert "end range" in told and "at least 165 deg" in told and "Review" in told
    assert "# Learnt from low.npz" in (mine / "low.yaml").read_text("utf-8")
    assert "In 3 of 3 repetitions the base file finds faults: straight line. Check that the dem" in told
    assert load_exercise("low", mine, "de").steps == load_exercise("bridge", language="de").steps
    assert "0 of 3" in coach("analyse", low, "-e", "bridge")[1]
    assert "3 of 3" in coach("analyse", low, "-e", "low", "--library", str(mine))[1]
    assert_one_sentence(
        *coach("exercises", "learn", low, "--from", "bridge", "--as", "low", "--library", str(mine))
    )
    assert_one_sentence(
        *coach("exercises", "learn", low, "--from", "pigeon", "--as", "no", "--library", str(mine))
    )
    assert not (mine / "no.yaml").exists()


def test_the_name_of_a_folder_is_told_as_it_is(  # type: ignore[no-untyped-def]
    coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path would take the table's width
    folder = Path("[b]own[") / "x]"
    folder.parent.mkdir()
    code, told, _ = coach("exercises", "new", "my_x", "--from", "bridge", "--library", str(folder))
    assert code == 0 and f"Written: {folder / 'my_x.yaml'}" in told
    text = (folder / "my_x.yaml").read_text("utf-8").replace("name: My x", 'name: "My [/x]"')
    (folder / "my_x.yaml").write_text(text, "utf-8")
    told = coach("exercises", "--library", str(folder))[1]
    assert "My [/x]" in told and "[b]own[" in told
    assert "My [/x]" in coach("exercises", "show", "my_x", "--library", str(folder))[1]
    assert "My [/x]" in coach("exercises", "check", "--library", str(folder))[1]


def test_the_name_of_a_demonstration_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, where the bar is drawn."""
    shown = Console(file=StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(screen, "err", shown)
    with progress("[/b]low.mp4") as advance:
        advance(1.0, 2.0)
    assert "[/b]low.mp4" in shown.file.getvalue()  # type: ignore[attr-defined]


def test_what_speaks_against_a_demonstration_is_told(coach, mine: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(
        mine,
        CURL.replace(
            "  views: [side]", "  only: [{measure: trunk_inclination, max: 15}]\n  views: [side]", 1
        ),
    )
    move, low = (Move(1.0, 1.5, 1.0, pause_s=1.5, height=height) for height in (110.0, 70.0))
    films = curls(move, 2), curls(low, 1), curls(move, 4, trunk_deg=30.0)
    demo = tmp_path / "demo.npz"
    with demo.open("wb") as file:
        PoseTrack.of(joined(*films)).save(file)
    learn = "exercises", "learn", str(demo), "--from", "curl", "--library", str(mine), "--as"
    code, told, _ = coach(*learn, "mine")
    assert code == 0
    assert "4 of the 7 movements in the demonstration were refused as not 'curl'" in told
    assert "The new file counts 2 of the 3 repetitions that it was learnt from" in told


def test_nothing_speaks_against_a_demonstration_that_counts(coach, mine: Path, low: str) -> None:  # type: ignore[no-untyped-def]
    _, told, _ = coach("exercises", "learn", low, "--from", "bridge", "--as", "low", "--library", str(mine))
    assert "refused as not" not in told and "The new file counts" not in told
    assert "People are told in it" not in told


def test_faults_and_a_dose_that_goes_along_are_told(coach, mine: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    right, quick = (Move(1.5, held_s, 2.2, pause_s=1.2, height=55.0) for held_s in (3.8, 1.2))
    for name, move in (("right", right), ("quick", quick)):
        demo = tmp_path / f"{name}.npz"
        with demo.open("wb") as file:
            PoseTrack.of(bridges(3, move=move)).save(file)
        learn = "exercises", "learn", str(demo), "--from", "bridge", "--as", name, "--library", str(mine)
        code, told, _ = coach(*learn)
        assert code == 0
        quickly = name == "quick"
        assert ("In 3 of 3 repetitions the base file finds faults: hold. Check that" in told) is quickly
        assert ("People are told in it to hold for 1." in told) is quickly
        assert ("and no longer for 3: see that its texts" in told) is quickly
    assert coach("exercises", "check", "--library", str(mine))[0] == 0
