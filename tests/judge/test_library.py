"""Reading exercise files: those that ship, own ones beside them, and one clear sentence for each way to break one."""

from pathlib import Path

import pytest
import yaml

from coach.errors import CoachError, ExerciseError
from coach.judge.library import BUILT_IN, exercise_ids, load_exercise, read_exercise
from coach.motion import MEASURES, load_errors
from tests.judge.files import CURL, SIT, write

FIRST = ("bridge", "hip_hiker", "pigeon", "squat")


def refusal(path: Path) -> str:
    with pytest.raises(ExerciseError) as refused:
        read_exercise(path)
    said = str(refused.value)
    assert "\n" not in said and said.endswith("."), "one sentence"
    return said


def line_of(text: str, part: str) -> int:
    return next(i for i, line in enumerate(text.splitlines(), 1) if part in line)


# --- the files that ship ----------------------------------------------------------------------------------


def test_the_first_four_are_there() -> None:
    assert set(FIRST) <= set(exercise_ids())
    assert exercise_ids() == sorted(exercise_ids())


@pytest.mark.parametrize("name", exercise_ids())
def test_every_file_that_ships_loads(name: str) -> None:
    exercise = load_exercise(name)
    assert exercise.id == name
    assert exercise.steps and exercise.stop and exercise.swap.when


@pytest.mark.parametrize("name", exercise_ids())
def test_no_tolerance_that_ships_is_tighter_than_the_error_of_its_measure(name: str) -> None:
    for check in load_exercise(name).checks.values():
        if check.measure is not None:
            table = load_errors()
            error = table.error if check.against == "zero" else table.error_of_change
            errors = [error(MEASURES[check.measure], view) for view in check.views]
            assert check.band >= 0.5 * max(errors), "the file shows the band that is used, or near it"


@pytest.mark.parametrize("name", exercise_ids())
def test_every_cue_is_short(name: str) -> None:
    for check in load_exercise(name).checks.values():
        assert len(check.cue.split()) <= 12


def test_an_exercise_is_read_once() -> None:
    assert load_exercise("squat") is load_exercise("squat")


# --- finding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("sqat", "squat"),
        ("Squat", "squat"),
        ("hip-hiker", "hip_hiker"),
        ("Hip hiker", "hip_hiker"),
        ("brige", "bridge"),
    ],
)
def test_an_unknown_exercise_suggests_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(ExerciseError, match=f"There is no exercise '{asked}'. Did you mean '{near}'?"):
        load_exercise(asked)


def test_an_exercise_unlike_any_lists_them_all() -> None:
    with pytest.raises(ExerciseError) as refused:
        load_exercise("zzzzzz")
    assert all(name in str(refused.value) for name in FIRST)


@pytest.mark.parametrize("asked", ["", "../poses/squat", "squat.yaml", "/etc/passwd"])
def test_a_path_is_no_exercise(asked: str) -> None:
    with pytest.raises(ExerciseError):
        load_exercise(asked)


# --- a folder of one's own --------------------------------------------------------------------------------


def test_own_files_add_to_the_built_in_ones(tmp_path: Path) -> None:
    write(tmp_path, CURL)
    write(tmp_path, SIT, "sit")
    assert set(exercise_ids(tmp_path)) == {*exercise_ids(), "curl", "sit"}
    assert exercise_ids(tmp_path) == sorted(exercise_ids(tmp_path))
    assert load_exercise("sit", tmp_path).hold is not None
    assert load_exercise("squat", tmp_path) is load_exercise("squat")
    assert "curl" not in exercise_ids()


def test_an_own_file_stands_in_for_the_built_in_one(tmp_path: Path) -> None:
    write(tmp_path, (BUILT_IN / "bridge.yaml").read_text("utf-8").replace("reps: 10", "reps: 4"), "bridge")
    assert load_exercise("bridge", tmp_path).dose.reps == 4
    assert load_exercise("bridge").dose.reps == 10
    assert exercise_ids(tmp_path) == exercise_ids()


def test_an_own_file_is_read_anew_each_time(tmp_path: Path) -> None:
    write(tmp_path, CURL)
    assert load_exercise("curl", tmp_path).dose.reps == 10
    write(tmp_path, CURL.replace("reps: 10", "reps: 5"))
    assert load_exercise("curl", tmp_path).dose.reps == 5


def test_what_is_no_exercise_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("to do", "utf-8")
    (tmp_path / ".hidden.yaml").write_text("x", "utf-8")
    (tmp_path / "other.yml").write_text("x", "utf-8")
    assert set(exercise_ids(tmp_path)) - set(exercise_ids()) == {"other"}


@pytest.mark.parametrize("suffix", ["yaml", "yml"])
def test_two_own_files_of_one_id_are_both_refused(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, CURL)
    (tmp_path / "curl.yml").write_text(CURL.replace("min: 90", "min: 70"), "utf-8")
    with pytest.raises(ExerciseError, match=r"'curl.yaml' and 'curl.yml' are both the file of 'curl'; .*\.$"):
        load_exercise("curl", tmp_path)
    assert "'curl.yaml' and 'curl.yml'" in refusal(tmp_path / f"curl.{suffix}")
    assert load_exercise("squat", tmp_path).id == "squat"


def test_what_a_file_is_like_must_have_been_measured(tmp_path: Path) -> None:
    liked = CURL.replace("id: curl", "id: curl\nlike: bridge")
    assert read_exercise(write(tmp_path, liked)).measured_as == "bridge"
    assert read_exercise(write(tmp_path, CURL)).measured_as == "curl"
    said = refusal(write(tmp_path, liked.replace("like: bridge", "like: my_bridge")))
    assert said.startswith(
        "curl.yaml, line 2: like: no exercise 'my_bridge' was measured; known are bridge, "
    )


def test_a_broken_own_file_is_told_by_name_and_line_when_it_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, CURL.replace("sides: both", "sides: sideways"))
    assert load_exercise("squat", tmp_path).id == "squat", "the others still load"
    with pytest.raises(ExerciseError, match=r"curl.yaml, line \d+: sides: ") as refused:
        load_exercise("curl", tmp_path)
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match=r"^There is no folder '.*none' of own exercises; .*\.$"):
        exercise_ids(tmp_path / "none")
    file = tmp_path / "curl.yaml"
    file.write_text(CURL, "utf-8")
    with pytest.raises(ExerciseError, match=r"^'.*curl.yaml' is a file; a folder .*\.$"):
        load_exercise("squat", file)


def test_the_nearest_own_exercise_is_suggested(tmp_path: Path) -> None:
    write(tmp_path, CURL)
    with pytest.raises(ExerciseError, match="Did you mean 'curl'"):
        load_exercise("curls", tmp_path)


def test_the_error_belongs_to_the_family() -> None:
    assert issubclass(ExerciseError, CoachError)


# --- broken files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "new", "at", "place", "expected"),
    [
        ("sides: both", "sides: both\ncolour: red", "colour", "'colour'", "not a key"),
        ("    severity: 2", "    severity: 2\n    loud: yes", "loud", "'checks.upright.loud'", "not a key"),
        ("sides: both\n", "", "id: curl", "'sides'", "is missing"),
        ("    cue: Stay tall\n", "", "upright", "'checks.upright.cue'", "is missing"),
        ("signal: knee_flexion", "signal: kneeflex", "signal", "repetition.signal", "known are"),
        ("measure: trunk_incl", "measure: trunk_x_incl", "  upright", "checks.upright", "unknown measure"),
        (
            "needs: [shoulder, hip",
            "needs: [shoulder, hpi",
            "needs",
            "needs",
            "unknown joint 'hpi'; known are",
        ),
        ("highlight: [shoulder", "highlight: [sholder", "  upright", "checks.upright", "unknown joint"),
        ("rest: {max: 20}", "rest: {max: 95}", "repetition:", "repetition", "overlap"),
        ("target: {min: 90}", "target: {min: 190}", "repetition:", "repetition", "can reach (0 to 180)"),
        (
            "range: {min: -10, max: 10}",
            "range: {min: 10, max: -10}",
            "    range",
            "checks.upright.range",
            "smaller",
        ),
        ("range: {min: -10, max: 10}", "range: {max: 500}", "  upright", "checks.upright", "can reach"),
        ("    views: [side]", "    views: [front]", "  upright", "checks.upright", "means something: side"),
        ("    views: [side]", "    views: [above]", "    views", "checks.upright.views.0", "'front'"),
        ("when: whole", "when: middle", "    when", "checks.upright.when", "'whole'"),
        ("when: whole", "when: hold", "id: curl", "the exercise", "whole or return was expected"),
        ("severity: 2", "severity: two", "severity", "checks.upright.severity", "integer"),
        ("min: 90", "min: ninety", "target", "repetition.target.min", "number"),
        ("height_m: [0.5, 1.0]", "height_m: low", "height_m", "camera.height_m", "tuple"),
        ("  - Stand tall.\n", "", "steps", "steps", "at least 2"),
        ("exercise: bridge", "exercise: [bridge]", "swap", "swap.exercise", "string"),
    ],
)
def test_a_broken_place_is_named_with_file_line_path_and_what_was_expected(
    tmp_path: Path, text: str, new: str, at: str, place: str, expected: str
) -> None:
    assert text in CURL
    broken = CURL.replace(text, new, 1)
    said = refusal(write(tmp_path, broken))
    assert said.startswith(f"curl.yaml, line {line_of(broken, at)}: ")
    assert place in said and expected in said


def test_the_phase_of_a_hold_must_be_the_hold(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, SIT.replace("when: hold", "when: peak"), "sit"))
    assert "sit.yaml" in said and "checks.upright.when is 'peak'; hold was expected" in said


def test_the_id_must_be_the_name_of_the_file(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, CURL, "curls"))
    assert said == "curls.yaml: the id 'curl' must be the file's name, 'curls'."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: [one, two\nid: x\n", 2),
        ("id: x\n\tname: y\n", 2),
        ("id: x\n  name: y: z\n", 2),
        ("a: *nobody\n", 1),
    ],
)
def test_bad_yaml_is_told_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert refusal(write(tmp_path, text)).startswith(f"curl.yaml, line {line}: ")


@pytest.mark.parametrize("number", ["0145", "1:45", "0x91", "0b11", "1_000", "007.5"])
def test_a_number_that_yaml_reads_otherwise_than_people_do_is_refused(tmp_path: Path, number: str) -> None:
    broken = CURL.replace("min: 90", f"min: {number}")
    said = refusal(write(tmp_path, broken))
    line = line_of(broken, "  target")
    assert said.startswith(f"curl.yaml, line {line}: repetition.target.min: ")
    assert f"write the number '{number}' plainly" in said


@pytest.mark.parametrize("word", ["true", "yes", "'90'", '"90"', "090", "1e2", ".nan", ".inf"])
def test_what_is_no_plain_number_is_none(tmp_path: Path, word: str) -> None:
    said = refusal(write(tmp_path, CURL.replace("min: 90", f"min: {word}")))
    assert "repetition.target.min: input should be a" in said and "number" in said


@pytest.mark.parametrize("number", ["90", "+90", "90.", "90.0", "9.0e+1"])
def test_a_plain_number_may_be_written_in_its_ways(tmp_path: Path, number: str) -> None:
    rep = read_exercise(write(tmp_path, CURL.replace("min: 90", f"min: {number}"))).repetition
    assert rep is not None and rep.target.min == 90


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "squat", "42", "null", "# only a comment\n"])
def test_what_is_no_mapping_is_told_what_was_expected(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, text)).startswith("curl.yaml, line 1: an exercise with keys such as 'id'")


@pytest.mark.parametrize(
    "text",
    ["a: 2024-13-45\n", "a: " + 5000 * "1", 500 * "[", 500 * "{a: "],
    ids=["date", "digits", "brackets", "braces"],
)
def test_values_that_yaml_itself_stumbles_over_are_refused_too(tmp_path: Path, text: str) -> None:
    assert "curl.yaml" in refusal(write(tmp_path, text))


@pytest.mark.parametrize(
    "text", ["a: \x00\n", "id: curl\n---\nid: curl\n", "1: 2\n", "[a]: b\n", "? {a: 1}\n: 2\n"]
)
def test_strange_yaml_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    assert "curl.yaml" in refusal(write(tmp_path, text))


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['true']", "!!python/name:os.system", "!mine x"]
)
def test_a_file_runs_no_code(tmp_path: Path, tag: str) -> None:
    assert "line 2" in refusal(write(tmp_path, CURL.replace("name: Knee curl", f"name: {tag}")))


def test_aliases_that_grow_without_end_are_refused_at_once(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    assert "is missing" in refusal(write(tmp_path, "\n".join(rows)))
    names = "other_names: *a11\n" + CURL
    assert "other_names.0" in refusal(write(tmp_path, "\n".join([*rows, names])))


def test_a_file_that_is_no_text_or_not_there_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "curl.yaml"
    assert "There is no exercise file" in refusal(path)
    path.write_bytes(b"\xff\xfe\x00\x81")
    assert "cannot be read as text" in refusal(path)
    path.unlink()
    path.mkdir()
    assert "cannot be read as text" in refusal(path)


def test_umlauts_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "curl.yaml"
    path.write_bytes(CURL.replace("Knee curl", "Kniebeugung über").replace("\n", "\r\n").encode())
    assert read_exercise(path).name == "Kniebeugung über"


def test_a_duplicate_key_is_refused(tmp_path: Path) -> None:
    check = CURL[CURL.index("  upright:") :]
    said = refusal(write(tmp_path, CURL + check.replace("Stay tall", "Stand up")))
    first, second = (i for i, line in enumerate((CURL + check).splitlines(), 1) if line == "  upright:")
    assert (
        said == f"curl.yaml, line {second}: 'upright' stands here for the second time; first in line {first}."
    )


def test_what_ships_is_what_the_loader_reads() -> None:
    for path in BUILT_IN.glob("*.yaml"):
        assert yaml.safe_load(path.read_text("utf-8"))["id"] == path.stem
