"""The pages made of the exercise files: complete, and the committed ones are those of today."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from coach.judge import exercise_ids, load_exercise
from coach.judge.file_fields import Range
from coach.motion import MEASURES, load_errors
from coach.report import exercise_pages
from coach.report.exercise_pages import BEGIN, END, main, measures_table, page, pages, with_measures
from coach.report.wording import asked
from tests.conftest import ROOT

DOCS = ROOT / "docs"
AGAIN = "run: python -m coach.report.exercise_pages docs"


def written(wanted: Range, unit: str) -> str:
    """A range as its file has it: a ratio is 0.15 there, and 15 % in a report."""
    return asked(wanted, "" if unit == "ratio" else unit)


def test_the_committed_pages_are_those_the_command_would_write() -> None:
    stale = [
        path
        for path, text in pages(DOCS).items()
        if not (DOCS / path).is_file() or (DOCS / path).read_text("utf-8") != text
    ]
    assert stale == [], AGAIN


def test_no_page_is_left_of_an_exercise_that_is_gone() -> None:
    written = set(pages(DOCS))
    there = {str(path.relative_to(DOCS)) for path in (DOCS / "exercises").iterdir()}
    assert there <= written, AGAIN


@pytest.mark.parametrize("name", exercise_ids())
def test_a_page_tells_all_that_people_read(name: str) -> None:
    exercise = load_exercise(name)
    text = page(exercise)
    told = (exercise.description, exercise.start, *exercise.steps, exercise.feel, *exercise.stop)
    told += (exercise.camera.how, exercise.wrong_view, exercise.dose.progression, exercise.swap.when)
    assert [words for words in told if words.strip() not in text] == []
    assert all(muscle in text for muscle in exercise.muscles)


def test_what_is_done_instead_is_a_link_where_it_is_an_exercise_and_else_words() -> None:
    assert ": [Pelvic tilt](pelvic_tilt.md).\n" in page(load_exercise("bridge"))
    assert ": lying on your back with the lower legs on a chair.\n" in page(load_exercise("pelvic_tilt"))


@pytest.mark.parametrize("name", exercise_ids())
def test_a_page_tells_every_check_with_its_cue_and_why(name: str) -> None:
    exercise = load_exercise(name)
    text = page(exercise)
    for check_name, check in exercise.checks.items():
        assert f"`{check_name}`" in text and check.what in text and check.cue in text and check.why in text
        assert check.unseen is None or check.unseen in text
        if check.measure is not None and check.range is not None and check.against != "share_of_rest":
            assert written(check.range, MEASURES[check.measure].unit) in text


def section(name: str, title: str) -> str:
    return page(load_exercise(name)).split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fire_hydrant", "- It takes at least 0.8\xa0s, and at most 60\xa0s."),
        ("bridge_march", "- It takes at least 0.8\xa0s, and at most 10\xa0s."),
        ("hip_hiker", "- Your own rest must be −14° to 14°."),
        ("hip_hinge", "- To count, where it begins: `knee_flexion` at most 60° (how far the knee is bent"),
        (
            "bridge",
            "- To count, at some moment on the way: `trunk_rise` at least 8° (slope of the trunk of somebody",
        ),
        (
            "hip_hinge",
            "- To count, at some moment on the way: Push your hips back and bend your knees only a little (`trunk_p",
        ),
        ("squat", "- To count, at its end: `knee_flexion` at most 38° (how far the knee is bent"),
        ("side_lying_leg_raise", "\n- Lie on your side (`pelvic_obliquity` at most −45°)\n"),
        (
            "supine_hip_roll",
            "\n- `trunk_rise` at most 20° (slope of the trunk of somebody on the back: 0 level",
        ),
        ("side_lying_leg_raise", "\n- Keep your hips where they are (the hip stays)\n"),
        ("hip_hiker", "\n- The ankle moves further than that of the other side\n"),
    ],
)
def test_a_page_tells_all_that_makes_one_count(name: str, told: str) -> None:
    assert told in section(name, "What is counted")


@pytest.mark.parametrize("name", exercise_ids())
def test_every_condition_of_a_repetition_is_told(name: str) -> None:
    rep, text = load_exercise(name).repetition, section(name, "What is counted")
    for condition in (*rep.only, *rep.rest_also, *rep.begin_also, *rep.reach_also) if rep else ():
        unit = MEASURES[condition.measure].unit
        assert (
            f"`{condition.measure}`" in text
            and written(condition.range, unit) in text
            and condition.says in text
        )


@pytest.mark.parametrize("name", exercise_ids())
def test_what_tells_it_from_other_movements_comes_last_under_one_head(name: str) -> None:
    rep, text = load_exercise(name).repetition, section(name, "What is counted")
    head = "It is told from other movements by:"
    assert text.count(head) == bool(rep and (rep.only or rep.still))
    assert all(line.startswith("- ") for line in text.partition(head)[2].split("\n") if line)


@pytest.mark.parametrize("name", exercise_ids())
def test_no_page_speaks_to_programmers(name: str) -> None:
    text = page(load_exercise(name))
    assert [word for word in ("NaN", "`side`", "HIGH_DEG", ", less `") if word in text] == []


def test_a_measure_that_is_taken_off_is_told_in_words() -> None:
    told = "`knee_out` at most 0.65, once `knee_aside` at your own start is taken off"
    assert told in section("pigeon", "What is checked")


def test_a_check_that_can_never_be_right_says_so_in_its_own_words() -> None:
    (row,) = [
        line
        for line in section("supine_hip_roll", "What is checked").splitlines()
        if "`shoulders_down`" in line
    ]
    cells = [cell.strip() for cell in row.split("|")[1:-1]]
    told = "; a right one is never told: the pose model now and then sees shoulders lie flat that come up"
    assert cells[3].endswith(told)
    assert cells[4] == "the side"


def test_what_is_not_judged_says_why() -> None:
    text = page(load_exercise("bridge"))
    assert "Not judged, because no camera sees it" in text
    assert text.index("Not judged") < text.index("`feet_flat`")


def test_rows_have_as_many_cells_as_their_heads() -> None:
    for text in pages(DOCS).values():
        wanted = None
        for line in text.splitlines():
            if line.startswith("|"):
                cells = len(re.findall(r"(?<!\\)\|", line))
                wanted = wanted or cells
                assert cells == wanted, line
            else:
                wanted = None


def test_pictures_and_links_lead_somewhere() -> None:
    written = pages(DOCS)
    for path, text in written.items():
        if path.startswith("exercises/") and path.endswith(".md"):
            for target in re.findall(r'\]\(([^)#:]+)\)|src="([^"]+)"', text):
                found = (Path("exercises") / "".join(target)).as_posix()
                assert found in written or (DOCS / found).exists(), f"{path}: {found}"


def test_every_picture_is_xml() -> None:
    for path, text in pages(DOCS).items():
        if path.endswith(".svg"):
            ElementTree.fromstring(text)


def test_a_measure_is_told_with_its_error_and_whether_it_was_measured() -> None:
    table = measures_table()
    near, between = (load_errors().errors["knee_flexion"][view] for view in ("side", "three_quarter"))
    assert f"| `knee_flexion` | deg | side {near:g}°, three-quarter {between:g}° |" in table
    assert all(f"| `{name}` |" in table for name in MEASURES)


def test_the_table_goes_between_its_marks_and_nothing_else_changes() -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    new = with_measures(text)
    assert new.startswith(f"before\n{BEGIN}\n\n| measure |") and new.endswith(f"\n\n{END}\nafter\n")
    assert with_measures(new) == new
    with pytest.raises(ValueError, match="no place"):
        with_measures("nothing here")


def test_old_pages_are_removed_and_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "gone.md").write_text("old", "utf-8")
    (tmp_path / "exercises" / "photo.jpg").write_bytes(b"")
    (tmp_path / "exercise-files.md").write_text(f"{BEGIN}\n{END}\n", "utf-8")
    main(tmp_path)
    assert not (tmp_path / "exercises" / "gone.md").exists()
    assert (tmp_path / "exercises" / "photo.jpg").exists()
    assert (tmp_path / "exercises" / "bridge.md").is_file()


def test_the_command_is_named_by_what_it_writes() -> None:
    assert exercise_pages.__name__ in BEGIN and exercise_pages.__name__ in page(load_exercise("squat"))
