"""Reading exercise files: those that ship, own ones beside them, and one clear sentence for each way to break one."""

import errno
import os
import re
from pathlib import Path

import pytest
import yaml

from coach.errors import CoachError, ExerciseError
from coach.judge.library import BUILT_IN, exercise_ids, load_exercise, read_exercise, wrong_files
from coach.motion import MEASURES, load_errors
from tests.judge.files import CURL, SIT, write

FIRST = ("bridge", "hip_hiker", "pigeon", "squat")


def refusal(path: Path) -> str:
    with pytest.raises(ExerciseError) as refused:
        read_exercise(path)
    said = str(refused.value)
    assert "\n" not in said and said.endswith((".", "?")), "one sentence"
    assert not re.search(r"\b(input|valid|tuple|dictionary|token|block|mapping|scalar|string)\b", said), said
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


def test_an_exercise_is_read_once() -> None:
    assert load_exercise("squat") is load_exercise("squat")


# --- the folder in the environment ------------------------------------------------------------------------

BAD = CURL.replace("severity: 2", "severity: 9")
OF_BAD = "line 40: checks.upright.severity: 3 or less was expected, not 9."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_LIBRARY", str(tmp_path))
    return tmp_path


def named(text: str, name: str) -> str:
    return text.replace("id: curl", f"id: {name}")


def test_who_names_no_folder_gets_the_own_files_of_the_environment(library: Path) -> None:
    write(library, CURL)
    write(library, named(CURL, "squat"), "squat")
    assert "curl" in exercise_ids() and wrong_files() == ()
    assert load_exercise("squat").name == "Knee curl" != load_exercise("squat", BUILT_IN).name
    assert "curl" not in exercise_ids(BUILT_IN)


def test_an_own_file_is_read_again_only_when_it_was_edited(library: Path) -> None:
    path = write(library, CURL)
    first = load_exercise("curl")
    assert load_exercise("curl") is first
    path.write_text(CURL.replace("Knee curl", "Knee curls"), "utf-8")
    assert load_exercise("curl").name == "Knee curls"
    path.unlink()
    with pytest.raises(ExerciseError, match="There is no exercise 'curl'"):
        load_exercise("curl")


def test_for_an_own_file_that_is_wrong_the_built_in_one_stands_in_and_it_is_told(
    library: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(library, named(BAD, "squat"), "squat")
    write(library, BAD)
    assert load_exercise("squat") is load_exercise("squat", BUILT_IN)
    assert "squat" in exercise_ids() and "curl" not in exercise_ids()
    told = [(one.said, one.meanwhile) for one in wrong_files()]
    assert told == [(f"curl.yaml, {OF_BAD}", "left_out"), (f"squat.yaml, {OF_BAD}", "built_in")]
    with pytest.raises(ExerciseError) as refused:
        load_exercise("curl")
    assert str(refused.value) == f"curl.yaml, {OF_BAD}"
    assert caplog.messages == [said for said, _ in told], "once, for whoever looks at the terminal"
    with pytest.raises(ExerciseError, match=re.escape(OF_BAD)):
        load_exercise("squat", library)


def test_an_own_exercise_with_a_wrong_translation_stays_in_its_language(library: Path) -> None:
    write(library, CURL)
    (library / "de").mkdir()
    write(library / "de", "name: Beugen\n")
    assert load_exercise("curl", language="de").name == load_exercise("curl").name == "Knee curl"
    assert [one.meanwhile for one in wrong_files()] == ["untranslated"]
    (library / "de" / "curl.yaml").unlink()
    assert wrong_files() == ()


def test_a_folder_that_is_not_there_leaves_what_is_built_in(library: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COACH_LIBRARY", str(library / "none"))
    assert exercise_ids() == exercise_ids(BUILT_IN)
    (wrong,) = wrong_files()
    assert wrong.meanwhile == "no_folder" and "There is no folder" in wrong.said


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
    (tmp_path / "UP.YAML").write_text("x", "utf-8")
    assert set(exercise_ids(tmp_path)) - set(exercise_ids()) == {"other", "UP"}


@pytest.mark.parametrize("suffix", ["yaml", "yml"])
def test_two_own_files_of_one_id_are_both_refused(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, CURL)
    (tmp_path / "curl.yml").write_text(CURL.replace("min: 90", "min: 70"), "utf-8")
    with pytest.raises(ExerciseError, match=r"'curl.yaml' and 'curl.yml' are both the file of 'curl'; .*\.$"):
        load_exercise("curl", tmp_path)
    assert "'curl.yaml' and 'curl.yml'" in refusal(tmp_path / f"curl.{suffix}")
    assert load_exercise("squat", tmp_path).id == "squat"
    (tmp_path / "curl.yml").rename(tmp_path / "curl.Yml")
    assert "'curl.Yml' and 'curl.yaml'" in refusal(tmp_path / "curl.yaml")


def test_what_a_file_is_like_must_have_been_measured(tmp_path: Path) -> None:
    liked = CURL.replace("id: curl", "id: curl\nlike: bridge")
    assert read_exercise(write(tmp_path, liked)).measured_as == "bridge"
    assert read_exercise(write(tmp_path, CURL)).measured_as == "curl"
    said = refusal(write(tmp_path, liked.replace("like: bridge", "like: my_bridge")))
    assert said.startswith(
        "curl.yaml, line 2: like: no exercise 'my_bridge' was measured; known are bridge, "
    )


def test_a_swap_is_one_of_ones_own_or_of_those_that_ship(tmp_path: Path) -> None:
    write(tmp_path, CURL.replace("exercise: bridge", "exercise: sit"))
    write(tmp_path, SIT.replace("exercise: bridge", "exercise: curl"), "sit")
    assert read_exercise(tmp_path / "curl.yaml").swap.exercise == "sit", "two may stand in for each other"
    assert load_exercise("sit", tmp_path).swap.exercise == "curl"
    (tmp_path / "other").mkdir()
    moved = write(tmp_path / "other", CURL.replace("exercise: bridge", "exercise: sit"))
    assert "swap.exercise: there is no exercise 'sit'; did you mean 'squat'?" in refusal(moved)
    assert read_exercise(moved, tmp_path).swap.exercise == "sit"


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
        (
            "signal: knee_flexion",
            "signal: kneeflex",
            "signal",
            "repetition.signal",
            "the nearest are knee_fl",
        ),
        ("measure: trunk_incl", "measure: trunk_x_incl", "measure", "checks.upright.measure", "unknown mea"),
        (
            "needs: [shoulder, hip",
            "needs: [shoulder, hpi",
            "needs",
            "needs",
            "unknown joint 'hpi'; the nearest are hip, pinky, heel",
        ),
        ("highlight: [shoulder", "highlight: [sholder", "highlight", "upright.highlight.0", "unknown joint"),
        ("rest: {max: 20}", "rest: {max: 95}", "target", "repetition.target", "overlap"),
        ("target: {min: 90}", "target: {min: 190}", "target", "repetition.target.min", "reach (0 to 180)"),
        (
            "views: [side]\n  range",
            "views: [front]\n  range",
            "  views",
            "repetition.views",
            "only from side",
        ),
        (
            "views: [side]\n  range",
            "views: [side]\n  max_s: 0.2\n  range",
            "max_s",
            "repetition.max_s",
            "min_s",
        ),
        (
            "range: {min: -10, max: 10}",
            "range: {min: 10, max: -10}",
            "    range",
            "checks.upright.range",
            "smaller",
        ),
        ("range: {min: -10, max: 10}", "range: {max: 500}", "    range", "upright.range.max", "can reach"),
        ("    views: [side]", "    views: [front]", "    views", "upright.views", "were expected: side"),
        ("    views: [side]", "    views: [above]", "    views", "checks.upright.views.0", "'front'"),
        ("when: whole", "when: middle", "    when", "checks.upright.when", "'whole'"),
        (
            "when: whole",
            "when: hold",
            "    when",
            "checks.upright.when",
            "whole or return was expected, not 'h",
        ),
        ("severity: 2", "severity: two", "severity", "checks.upright.severity", "a whole number"),
        ("severity: 2", "severity: 1.5", "severity", "checks.upright.severity", "a whole number"),
        (
            "severity: 2",
            "severity: 4",
            "severity",
            "checks.upright.severity",
            "3 or less was expected, not 4",
        ),
        (
            "severity: 2",
            "severity:",
            "severity",
            "checks.upright.severity",
            "number without quotes was expected, a",
        ),
        ("min: 90", "min: ninety", "target", "repetition.target.min", "number"),
        (
            "height_m: [0.5, 1.0]",
            "height_m: low",
            "height_m",
            "camera.height_m",
            "a list was expected, one '- '",
        ),
        ("height_m: [0.5, 1.0]", "height_m: [20, 100]", "height_m", "height_m.0", "expected: 0.2, not 20."),
        (
            "distance_m: [2.0, 3.0]",
            "distance_m: [200, 350]",
            "distance",
            "distance_m.0",
            "expected: 2.0, not 200.",
        ),
        (
            "distance_m: [2.0, 3.0]",
            "distance_m: [2, 3500]",
            "distance",
            "distance_m.1",
            "at most 10, not 3500.",
        ),
        ("  - Stand tall.\n", "", "steps", "steps", "2 or more were expected, not 1"),
        (
            "exercise: bridge",
            "exercise: [bridge]",
            "swap",
            "swap.exercise",
            "a text was expected, not a list",
        ),
        (
            "exercise: bridge",
            "exercise: curls",
            "swap",
            "swap.exercise",
            "there is no exercise 'curls'; what is ",
        ),
        (
            "exercise: bridge",
            "exercise: pelvic_tild",
            "swap",
            "swap.exercise",
            "'; did you mean 'pelvic_tilt'?",
        ),
        (
            "muscles: [hamstrings]",
            "muscles: hamstrings",
            "muscles",
            "muscles",
            "a list was expected, one '- ' a li",
        ),
        (
            "target: {min: 90}",
            "target: 90",
            "target",
            "target",
            "{min: ..., max: ...} was expected, or one of th",
        ),
        (
            "swap: {exercise: bridge, when: it hurts}",
            "swap: bridge",
            "swap",
            "swap",
            "such as exercise, when, not",
        ),
        ("cue: Stay tall", "cue: 12", "cue", "checks.upright.cue", "a text was expected; put 12 in quotes"),
        ("cue: Stay tall", "cue: no", "cue", "checks.upright.cue", "a text was expected; put no in quotes"),
        (
            "cue: Stay tall",
            "cue: So",
            "cue",
            "checks.upright.cue",
            "a text of 3 letters or more was expected, not S",
        ),
        (
            "cue: Stay tall",
            "cue:",
            "cue",
            "checks.upright.cue",
            "a text was expected, and nothing stands here",
        ),
        (
            "[Stop when it hurts.]",
            "\n  - Stop: it hurts",
            "  - Stop:",
            "stop.0",
            "': ' in it must stand in quotes",
        ),
        (
            "sides: both",
            "sides: both\njudged: maybe",
            "judged",
            "judged",
            "true or false was expected, not maybe",
        ),
        (
            "id: curl",
            "id: Curl",
            "id",
            "id",
            "small letters, digits and _ were expected, as in my_bridge, not C",
        ),
        ("checks:\n", "checks: 5\nolder:\n", "older", "'older'", "not a key"),
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
    assert (
        said
        == f"sit.yaml, line {line_of(SIT, '    when')}: checks.upright.when: hold was expected, not 'peak'."
    )


HELD = "hold:\n  conditions: [{measure: knee_flexion, min: 8}]\n  views: [side]\n  target_s: 5\n"
TURNS = (
    "    severity: 2\n  turns:\n    what: Turns\n    order: alternating\n"
    "    cue: Turn\n    why: So it is\n    severity: 2\n"
)


@pytest.mark.parametrize(
    ("text", "new", "at", "place", "said"),
    [
        (
            "repetition:\n",
            f"{HELD}repetition:\n",
            "hold:",
            "hold",
            "give either repetition or hold; repetition is",
        ),
        (
            "    severity: 2\n",
            TURNS,
            "order",
            "checks.turns.order",
            "both sides move at once in this exercise",
        ),
        (
            "progression: More of them.",
            "progression: More., grows: {steps: [{sets: 2}, {sets: 2}]}",
            "dose",
            "dose.grows.steps.1",
            "each step must ask for more than the one before",
        ),
    ],
)
def test_what_only_the_whole_shows_is_told_at_its_own_place(
    tmp_path: Path, text: str, new: str, at: str, place: str, said: str
) -> None:
    broken = CURL.replace(text, new, 1)
    told = refusal(write(tmp_path, broken))
    assert told.startswith(f"curl.yaml, line {line_of(broken, at)}: {place}: {said}")


def test_the_id_must_be_the_name_of_the_file(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, CURL, "curls"))
    assert said == "curls.yaml: the id 'curl' must be the file's name, 'curls'."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: [one, two\nid: x\n", 1),
        ("id: x\n\tname: y\n", 2),
        ("id: x\n  name: y: z\n", 2),
        ("a: *nobody\n", 1),
    ],
)
def test_bad_yaml_is_told_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert refusal(write(tmp_path, text)).startswith(f"curl.yaml, line {line}: ")


def test_what_yaml_stumbles_over_is_told_where_it_is_and_in_plain_words(tmp_path: Path) -> None:
    for text, new, added, said in (
        ("  rest: {", "   rest: {", 0, "indented differently from its neighbours: by 3 spaces, the line before by 2."),
        ("  rest: {", " rest: {", 0, "indented differently from its neighbours: by 1 space, the line before by 2."),
        ("  rest: {", "    rest: {", 0, "indented differently from its neighbours: by 4 spaces, the line before by"),
        ("  signal:", "   signal:", 1, "indented differently from its neighbours: by 2 spaces, the line before by 3."),
        ("muscles:", " muscles:", 0, "indented differently from its neighbours: by 1 space, the line before by 0."),
        ("  rest: {", "\trest: {", 0, "a tab stands here; use spaces."),
        ("rest: {max", "rest:\t{max", 0, "a tab stands here; use spaces."),
        ("cue: Stay", "cue: Note: stay", 0, "a text with ': ' in it must stand in quotes."),
        ("  - Bend", "  -Bend", 0, "a space is missing after '-'."),
        ("band: 4", "band:4", 0, "a space is missing after ':'."),
        ("when: whole", "when:whole", 0, "a space is missing after ':'."),
        ("id: curl", "id:curl", 0, "a space is missing after ':'."),
        ("  - Bend", "  Bend", 0, "neither a key with ': ' nor '- ' begins this line; "),
        ("{min: -10, max", "{min:-10, max", 0, "range.min:-10' is not a key of an exercise file; a space is missing "),
        ("{min: -10, max", "{min -10, max", 0, "is not a key of an exercise file; ': ' is missing after 'min'."),
        ("More of them.", "More, then more yet", 0, "; a text with a comma in it must stand in quotes."),
        ("views: [side]\n    cue", "views: [side\n    cue", 0, "the closing ']' is missing in the brackets that "),
        ("max: 10}", "max: 10", 0, "a ',' or the closing '}' is missing in the brackets that open here."),
        ("cue: Stay tall", "cue: 'Stay tall", 0, "the quote that opens here is not closed."),
        ("cue: Stay tall", "cue: 'Don't lean'", 0, "put all of it in the other kind of quotes."),
        ("cue: Stay tall", 'cue: "Stay \\q"', 0, "a text with '\\' in it must stand in single quotes."),
        ("cue: Stay tall", "cue: *Stay* tall", 0, "a text that begins with '*' must stand in quotes."),
        ("cue: Stay tall", "cue: @tall", 0, "a text that begins with '@' must stand in quotes."),
        ("cue: Stay tall", "cue: >90 or so", 0, "a text that begins with '>' must stand in quotes."),
        ("cue: Stay tall", "cue: Stay \x07 tall", 0, "a sign that is no text stands here; write it anew."),
        ("wrong_view:", "---\nwrong_view:", 0, "'---' begins a second file here; take the line away."),
    ):  # fmt: skip
        assert text in CURL
        broken = CURL.replace(text, new, 1)
        told = refusal(write(tmp_path, broken))
        rows = zip(broken.splitlines(), CURL.splitlines(), strict=False)
        line = next(i for i, (one, other) in enumerate(rows, 1) if one != other) + added
        assert told.startswith(f"curl.yaml, line {line}: ") and said in told, told


@pytest.mark.parametrize(
    ("text", "new", "said"),
    [
        ("feel: The", "feels: The", "'feels' is not a key of an exercise file; did you mean 'feel'?"),
        (
            "severity: 2",
            "severty: 2",
            "'checks.upright.severty' is not a key of an exercise file; did you mean 's",
        ),
        (
            "{min: -10",
            "{mni: -10",
            "'checks.upright.range.mni' is not a key of an exercise file; did you mean 'min'?",
        ),
        (
            "  rest: {",
            "  rests: {",
            "'repetition.rests' is not a key of an exercise file; did you mean 'rest'?",
        ),
        ("name: Knee", "Name: Knee", "'Name' is not a key of an exercise file; did you mean 'name'?"),
        ("reps: 10,", "reps: 10, rep: 10,", "'dose.rep' is not a key of an exercise file."),  # reps is there
        ("id: curl", "5: curl\nid: curl", "'5' is not a key of an exercise file."),
    ],
)
def test_a_misspelt_key_is_told_before_the_one_that_is_missing_for_it(
    tmp_path: Path, text: str, new: str, said: str
) -> None:
    broken = CURL.replace(text, new, 1)
    told = refusal(write(tmp_path, broken))
    assert told.startswith(f"curl.yaml, line {line_of(broken, new.splitlines()[0])}: {said}")


@pytest.mark.parametrize("word", ["no", "yes", "On", "null", "~", "2026-11-30"])
def test_a_name_that_yaml_reads_as_another_thing_must_stand_in_quotes(tmp_path: Path, word: str) -> None:
    broken = CURL.replace("  upright:", f"  {word}:", 1)
    said = f"curl.yaml, line {line_of(broken, f'  {word}:')}: the name '{word}' must stand in quotes."
    assert refusal(write(tmp_path, broken)) == said


@pytest.mark.parametrize("name", ["12", "1.5", "Up", "no way"])
def test_a_check_is_named_as_programs_do(tmp_path: Path, name: str) -> None:
    broken = CURL.replace("  upright:", f"  {name}:", 1)
    said = f"curl.yaml, line {line_of(broken, f'  {name}:')}: checks.{name}: a name of small letters, digits and _ was"
    assert refusal(write(tmp_path, broken)).startswith(said)


@pytest.mark.parametrize("number", ["0145", "1:45", "0x91", "0b11", "1_000", "007.5"])
def test_a_number_that_yaml_reads_otherwise_than_people_do_is_refused(tmp_path: Path, number: str) -> None:
    broken = CURL.replace("min: 90", f"min: {number}")
    said = refusal(write(tmp_path, broken))
    line = line_of(broken, "  target")
    assert said.startswith(f"curl.yaml, line {line}: repetition.target.min: ")
    assert f"write the number '{number}' plainly" in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cue: Stay tall", "checks.upright.cue"),
        ("muscles: [hamstrings", "muscles.0"),
        ("  - Stand tall.", "steps.0"),
        ("signal: knee_flexion", "repetition.signal"),
        ("dose: {reps: 10, progression: More of them.", "dose.progression"),
    ],
)
def test_what_yaml_takes_for_a_number_is_put_in_quotes_where_a_text_belongs(
    tmp_path: Path, text: str, place: str
) -> None:
    broken = CURL.replace(text, re.sub(r"(.*[:\[-] ?).+", r"\g<1>1:30", text), 1)
    said = f"curl.yaml, line {line_of(broken, '1:30')}: {place}: a text was expected; put 1:30 in quotes."
    assert refusal(write(tmp_path, broken)) == said


@pytest.mark.parametrize("word", ["true", "yes", "'90'", '"90"', "090", "1e2", ".nan", ".inf"])
def test_what_is_no_plain_number_is_none(tmp_path: Path, word: str) -> None:
    said = refusal(write(tmp_path, CURL.replace("min: 90", f"min: {word}")))
    assert "repetition.target.min: a number" in said and said.endswith(f", not {word}.")


@pytest.mark.parametrize(
    ("text", "new", "place", "told"),
    [
        ("target: {min: 90}", "target: {min: 165,5}", "repetition.target", "165.5, not 165,5"),
        ("{min: -10, max: 10}", "{min: -10,5, max: 10,5}", "checks.upright.range", "-10.5, not -10,5"),
        ("{min: -10, max: 10}", "{min: -10, max: 0,05}", "checks.upright.range", "0.05, not 0,05"),
        ("target: {min: 90}", "target:\n    min: 90,25", "repetition.target.min", "90.25, not 90,25"),
        ("[0.5, 1.0]", "[0,2, 1,0]", "camera.height_m", "0.2, not 0,2"),
        ("[0.5, 1.0]", "[1, 2,5]", "camera.height_m", "2.5, not 2,5"),
        ("band: 4", "band: 7,5", "checks.upright.band", "7.5, not 7,5"),
        ("reps: 10", 'reps: "7,5"', "dose.reps", ""),
    ],
)
def test_a_decimal_comma_is_told_as_one(tmp_path: Path, text: str, new: str, place: str, told: str) -> None:
    said = refusal(write(tmp_path, CURL.replace(text, new, 1)))
    assert f"{place}: " in said
    assert said.endswith(f": write a decimal with a point: {told}." if told else 'was expected, not "7,5".')
    assert read_exercise(write(tmp_path, CURL.replace("[0.5, 1.0]", "[0,2]"))).camera.height_m == (0, 2)


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
    lists = ["&a0 [x, x, x, x, x, x, x, x, x]"]
    lists += [f"&a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    rows = [f"a{i}: {inside}" for i, inside in enumerate(lists)]
    assert "'a0' is not a key" in refusal(write(tmp_path, "\n".join(rows)))
    names = f"other_names: [{', '.join(lists)}]\n" + CURL
    assert "other_names.0: a text was expected, not a list." in refusal(write(tmp_path, names))


@pytest.mark.parametrize(
    ("given", "place", "most"),
    [
        ("reps: 99999999999999999999", "reps", 100),
        ("reps: 10, sets: 11", "sets", 10),
        ("reps: 10, hold_s: 601", "hold_s", 600),
        ("reps: 10, grows: {steps: [{reps: 20}, {reps: 101}]}", "grows.steps.1.reps", 100),
    ],
)
def test_a_dose_beyond_what_anybody_is_asked_for(tmp_path: Path, given: str, place: str, most: int) -> None:
    said = refusal(write(tmp_path, CURL.replace("dose: {reps: 10", "dose: {" + given)))
    assert f": dose.{place}: {most} or less was expected, not " in said
    assert said.startswith("curl.yaml, line ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "curl.yaml")
    assert "is a device or a pipe" in refusal(tmp_path / "curl.yaml")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    long = "n" * 260
    assert "cannot be read: file name too long" in refusal(tmp_path / f"{long}.yaml").lower()
    with pytest.raises(
        ExerciseError, match=r"own exercises cannot be read: file name too long; give another"
    ):
        exercise_ids(tmp_path / long)


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "exists", forbidden)  # root, who runs this in a container, may enter any
    with pytest.raises(ExerciseError, match="own exercises cannot be read: permission denied"):
        exercise_ids(tmp_path)


def test_a_file_that_is_no_text_or_not_there_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "curl.yaml"
    assert "There is no exercise file" in refusal(path)
    for other in (b"\xff\xfe\x00\x81", CURL.replace("Knee curl", "Kniebeugung über").encode("latin-1")):
        path.write_bytes(other)
        assert "cannot be read as text; save it as UTF-8." in refusal(path)
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
