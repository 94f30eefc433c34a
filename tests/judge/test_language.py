"""Languages: every message and every text in each of them, the same judgement in all, broken texts refused by place."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import pytest
import yaml

from coach.errors import ExerciseError
from coach.judge import Engine, Exercise, Feedback, SetResult, exercise_ids, load_exercise
from coach.judge.file_fields import Read, Strict
from coach.judge.library import parse_exercise, stray_texts
from coach.judge.say import HERE, joint, say, views_told
from coach.judge.texts import text_tree, texts_of
from coach.judge.translation import main, unknown_files
from coach.language import LANGUAGES, Language, words
from coach.pose import NAMES, PoseFrame, PoseTrack
from tests.judge.files import CURL, SIT, write
from tests.judge.films import SQUAT, bridges, hikes, pigeons, squats

OTHERS: Final[tuple[Language, ...]] = ("de", "es")
LIVE = HERE.parent / "live"
SIDED = [name for name in NAMES if name.startswith(("left_", "right_"))]

# --- the engine's own messages ------------------------------------------------------------------------------


def messages(folder: Path, language: Language) -> dict[str, list[str]]:
    """The forms of each message."""
    told = words(language, folder).messages
    return {key: [text] if isinstance(text, str) else list(text.values()) for key, text in told.items()}


def places(texts: list[str]) -> list[set[str]]:
    return [set(re.findall(r"{(\w+)}", text)) for text in texts]


@pytest.mark.parametrize("folder", [HERE, LIVE], ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_message_with_the_same_places(folder: Path, language: Language) -> None:
    english, other = messages(folder, "en"), messages(folder, language)
    assert other.keys() == english.keys()
    for key, texts in english.items():
        assert all(isinstance(text, str) and text.strip() for text in other[key]), key
        assert set.union(*places(other[key])) == set.union(*places(texts)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_joint_has_a_name_of_its_own_in_every_language(language: Language) -> None:
    names = [joint(name, language) for name in SIDED]
    assert len(set(names)) == len(SIDED)


def test_names_of_joints_agree_with_their_article_and_side() -> None:
    assert say("de")("advice.hidden", joint=joint("left_knee", "de")) == "Ich sehe dein linkes Knie nicht"
    assert (
        say("de")("advice.hidden", joint=joint("right_ankle", "de"))
        == "Ich sehe deinen rechten Knöchel nicht"
    )
    assert say("es")("advice.hidden", joint=joint("left_knee", "es")) == "No veo tu rodilla izquierda"
    assert joint("right_foot_index", "es") == "los dedos de tu pie derecho"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "this is seen from the side or front only"),
        ("de", "das sieht man nur von der Seite oder von vorn"),
        ("es", "esto se ve solo de lado o de frente"),
    ],
)
def test_views_fit_their_sentence(language: Language, said: str) -> None:
    assert say(language)("reason.only_from", views=views_told(("side", "front"), language)) == said


# --- what the texts of an exercise are ----------------------------------------------------------------------


def test_texts_are_told_by_their_dotted_places() -> None:
    texts = texts_of(load_exercise("bridge"))
    assert texts["steps.0"].startswith("Lie on your back")
    assert texts["repetition.still.0.says"] == "Keep your feet where they are"
    assert texts["repetition.why_not.fast"] == "Slower, please", "what the file leaves to the engine too"
    assert texts["checks.hold.cue"] == "Stay up for three seconds"
    assert not {"id", "swap.exercise", "sides", "other_names.0"} & texts.keys()
    assert texts_of(load_exercise("pigeon"))["hold.left"]
    assert "hold.results.thigh.says.0.text" in texts_of(load_exercise("thomas_test"))


def models(kind: type[Strict]) -> Iterator[type[Strict]]:
    yield kind
    for below in kind.__subclasses__():
        yield from models(below)


def test_every_free_string_of_the_model_is_marked_as_read_or_known_as_none() -> None:
    """A new text field is marked, or named here."""
    none = {
        "id",
        "measure",
        "less",
        "like",
        "signal",
        "range_of_motion",
        "joint",
        "moves",
        "needs",
        "highlight",
    }
    for model in models(Strict):
        for name, kind in get_type_hints(model, include_extras=True).items():
            assert name in none or not unmarked(kind), f"{model.__name__}.{name}"


def unmarked(kind: Any) -> bool:
    """Whether a type holds a string that nothing says people read."""
    inner = get_args(kind)
    if get_origin(kind) is Literal or any(isinstance(part, Read) for part in inner):
        return False
    return kind is str or any(map(unmarked, inner[1:] if get_origin(kind) is dict else inner))


@pytest.mark.parametrize("name", exercise_ids())
def test_the_tree_of_texts_parses_as_its_own_translation(name: str) -> None:
    exercise = load_exercise(name)
    assert yaml.safe_load(yaml.safe_dump(plain(text_tree(exercise))))["name"] == exercise.name


def plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: plain(item) for key, item in tree.items()}
    return [plain(item) for item in tree] if isinstance(tree, list) else tree


# --- the exercises that ship --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", exercise_ids())
def test_every_exercise_is_complete_in_every_language(name: str, language: Language) -> None:
    english, other = load_exercise(name), load_exercise(name, language=language)
    assert other.language == language
    assert texts_of(other).keys() == texts_of(english).keys()
    assert other.name and other.checks.keys() == english.checks.keys()
    assert without_texts(other) == without_texts(english), "numbers stay as they are"


def without_texts(exercise: Exercise) -> Any:
    data = exercise.model_dump() | {"language": "", "other_names": ()}
    texts = set(texts_of(exercise))

    def blanked(value: Any, place: str) -> Any:
        if isinstance(value, dict):
            return {key: blanked(item, f"{place}.{key}".lstrip(".")) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [blanked(item, f"{place}.{i}") for i, item in enumerate(value)]
        return "" if place in texts else value

    return blanked(data, "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", exercise_ids())
def test_what_is_said_while_somebody_moves_is_short_in_every_language(name: str, language: Language) -> None:
    exercise = load_exercise(name, language=language)
    said = [check.cue for check in exercise.checks.values()]
    said += [exercise.repetition.why_not.range] if exercise.repetition is not None else []
    assert [text for text in said if len(text.split()) > 10] == []


@pytest.mark.parametrize(
    ("language", "rail", "wall"),
    [("en", "a rail", "the wall"), ("de", "Geländer", "Wand"), ("es", "barandilla", "pared")],
)
def test_who_stands_on_one_foot_on_a_step_is_told_what_to_hold_on_to(
    language: Language, rail: str, wall: str
) -> None:
    first = load_exercise("hip_hiker", language=language).steps[0]
    assert rail in first and wall in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["supine_hip_roll", "thomas_test", "thread_the_needle"])
def test_who_changes_sides_lying_down_hears_where_the_head_goes(name: str, language: Language) -> None:
    """ "The other way round" may be taken as face down."""
    camera = load_exercise(name, language=language).camera
    head = {"en": "head at the other end", "de": "Kopf ans andere Ende", "es": "cabeza al otro lado"}[
        language
    ]
    assert head in camera.other_side and head in camera.how


@pytest.mark.parametrize("language", OTHERS)
def test_no_texts_belong_to_no_exercise(language: Language) -> None:
    assert unknown_files(language) == []


def test_an_exercise_is_translated_once() -> None:
    assert load_exercise("squat", language="de") is load_exercise("squat", language="de")
    assert load_exercise("squat", language="en") is load_exercise("squat")


# --- the same set in another language -----------------------------------------------------------------------


def judged(frames: PoseTrack, name: str, language: Language) -> tuple[list[Feedback], SetResult]:
    engine = Engine(load_exercise(name, language=language))
    return [engine.step(frame) for frame in frames], engine.finish()


SHALLOW: Final = squats(3, move=replace(SQUAT, height=0.45))


@cache
def films() -> dict[str, tuple[str, PoseTrack]]:
    """An exercise and a film that shows faults, what did not count, and what could not be judged."""
    return {
        "squats that are too shallow": ("squat", SHALLOW),
        "squats": ("squat", squats(3)),
        "bridges": ("bridge", bridges(3)),
        "hikes": ("hip_hiker", hikes(2)),
        "a hold": ("pigeon", pigeons(20)),
        "a squat instead of a bridge": ("bridge", squats(2)),
    }


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("shown", films())
def test_another_language_changes_the_words_and_nothing_else(shown: str, language: Language) -> None:
    name, track = films()[shown]
    (said, result), (other_said, other) = judged(track, name, "en"), judged(track, name, language)
    for ours, theirs in zip(said, other_said, strict=True):
        assert (ours.phase, ours.count, ours.checks) == (theirs.phase, theirs.count, theirs.checks)
        assert (ours.cue and ours.cue.code) == (theirs.cue and theirs.cue.code)
        assert (ours.advice and ours.advice.code) == (theirs.advice and theirs.advice.code)
        if ours.cue is not None and theirs.cue is not None:
            assert ours.cue.text != theirs.cue.text
        if ours.advice is not None and theirs.advice is not None:
            assert ours.advice.text != theirs.advice.text
    assert (result.counted, result.attempts, result.faults) == (other.counted, other.attempts, other.faults)
    for part, theirs_part in zip(result.parts, other.parts, strict=True):
        assert (part.why_not is None) == (theirs_part.why_not is None)
        assert part.why_not is None or part.why_not != theirs_part.why_not
        for check, verdict in part.verdicts.items():
            theirs_verdict = theirs_part.verdicts[check]
            assert verdict.verdict is theirs_verdict.verdict
            assert not verdict.reason or verdict.reason != theirs_verdict.reason
    assert not {missing.reason for missing in result.not_judged} & {m.reason for m in other.not_judged}
    assert result.name != other.name or name == "pigeon"


def test_a_german_set_is_told_in_german() -> None:
    german = load_exercise("squat", language="de")
    said, result = judged(SHALLOW, "squat", "de")
    assert german.repetition is not None
    assert {rep.why_not for rep in result.reps} == {german.repetition.why_not.range}
    assert german.repetition.why_not.range in {feedback.cue.text for feedback in said if feedback.cue}
    _, result = judged(pigeons(12), "pigeon", "de")
    assert re.fullmatch(r"\d+ von \d+ Sekunden gehalten", result.holds[0].why_not or "")


def test_advice_is_told_in_german() -> None:
    nobody = PoseFrame.empty(0.0, (640, 480))
    told = Engine(load_exercise("squat", language="de")).step(nobody).advice
    assert told is not None and told.text == "Ich sehe niemanden: Komm ins Bild"


# --- the command --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_the_command_finds_all_texts(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([language, "bridge"]) == 0
    assert capsys.readouterr().out == "All texts are there.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "is not a language"),
        (["fr"], "'fr' is not a language"),
        (["de", "brige"], "Did you mean 'bridge'?"),
    ],
)
def test_the_command_says_in_a_sentence_what_it_does_not_know(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert said in capsys.readouterr().out


# --- own files ----------------------------------------------------------------------------------------------

GERMAN: Final = """\
name: Kniebeuger
other_names: [Beinbeuger]
description: Beuge im Stehen ein Knie und streck es wieder.
start: Steh aufrecht neben der Kamera.
steps: [Steh aufrecht., "Beuge das nahe Knie, dann streck es."]
camera: {view: von der Seite, how: Stell die Kamera auf Hüfthöhe.}
dose: {progression: Mehr davon.}
muscles: [Beinbeuger]
feel: Die Rückseite des Oberschenkels.
stop: ["Hör auf, wenn es wehtut."]
swap: {when: es wehtut}
wrong_view: Dreh dich seitlich zur Kamera.
repetition:
  phases: {rest: Stehen, out: Beugen, peak: Gebeugt, back: Strecken}
  why_not: {range: Beuge weiter, back: Ganz zurück, fast: Langsamer, lost: Verloren, unfinished: Nicht fertig}
checks:
  upright: {what: Der Rumpf bleibt aufrecht, cue: Bleib aufrecht, why: Vorlehnen hilft dem Bein.}
"""


def translate(folder: Path, text: str = GERMAN, name: str = "curl", language: str = "de") -> None:
    (folder / language).mkdir(exist_ok=True)
    write(folder / language, text, name)


def test_an_own_file_is_translated_by_the_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path, CURL)
    assert load_exercise("curl", tmp_path, "de").language == "en", "without one it stays as it is"
    translate(tmp_path)
    german = load_exercise("curl", tmp_path, "de")
    assert (german.language, german.name, german.other_names) == ("de", "Kniebeuger", ("Beinbeuger",))
    assert german.checks["upright"].cue == "Bleib aufrecht"
    assert german.checks["upright"].range == load_exercise("curl", tmp_path).checks["upright"].range
    assert load_exercise("curl", tmp_path).name == "Knee curl"
    assert load_exercise("curl", tmp_path, "es").language == "en"


def test_what_is_done_instead_is_translated_where_it_is_told_in_words(tmp_path: Path) -> None:
    write(tmp_path, CURL.replace("swap: {exercise: bridge", "swap: {exercise: a short walk"))
    translate(tmp_path)
    with pytest.raises(ExerciseError, match=r"de/curl.yaml, line 11: 'swap.exercise' is missing"):
        load_exercise("curl", tmp_path, "de")
    translate(tmp_path, GERMAN.replace("swap: {", "swap: {exercise: ein kurzer Spaziergang, "))
    assert load_exercise("curl", tmp_path, "de").swap.exercise == "ein kurzer Spaziergang"


def test_a_language_has_as_many_other_names_as_it_has(tmp_path: Path) -> None:
    write(tmp_path, CURL.replace("name: Knee curl", "name: Knee curl\nother_names: [leg curl, bend]"))
    translate(tmp_path, GERMAN.replace("[Beinbeuger]", "[a, b, c]", 1))
    assert load_exercise("curl", tmp_path, "de").other_names == ("a", "b", "c")
    translate(tmp_path, GERMAN.replace("other_names: [Beinbeuger]\n", ""))
    assert load_exercise("curl", tmp_path, "de").other_names == ()


def test_an_own_file_may_be_in_another_language_by_itself(tmp_path: Path) -> None:
    write(tmp_path, CURL.replace("id: curl", "id: curl\nlanguage: de"))
    write(tmp_path, SIT.replace("id: sit", "id: sit\nlanguage: es"), "sit")
    for asked in LANGUAGES:
        german, spanish = (load_exercise(name, tmp_path, asked) for name in ("curl", "sit"))
        assert (german.language, spanish.language) == ("de", "es")
    assert german.repetition is not None and spanish.hold is not None
    assert german.repetition.why_not.fast == "Langsamer, bitte", (
        "what it leaves unsaid is said in its language"
    )
    assert spanish.hold.left == "Dejaste la posición; el cronómetro espera"


def test_texts_that_nobody_reads_are_told(tmp_path: Path) -> None:
    write(tmp_path, CURL)
    translate(tmp_path)
    (tmp_path / "pictures").mkdir()
    (tmp_path / ".old").mkdir()
    write(tmp_path / ".old", CURL)
    assert stray_texts(tmp_path) == []
    translate(tmp_path, name="curls")
    translate(tmp_path, name="zzz", language="es")
    translate(tmp_path, language="fr")
    assert stray_texts(tmp_path) == [
        "de/curls.yaml: there is no exercise file 'curls.yaml' beside its folder; did you mean 'curl.yaml'?",
        "es/zzz.yaml: there is no exercise file 'zzz.yaml' beside its folder, so nobody reads these texts.",
        f"The folder '{tmp_path / 'fr'}' is not read: translations stand in en, de, es.",
    ]


def test_an_unknown_language_of_a_file_is_refused() -> None:
    with pytest.raises(ExerciseError, match=r"^curl.yaml, line 2: language: .*'de'.*\.$"):
        parse_exercise(CURL.replace("id: curl", "id: curl\nlanguage: fr"), "curl.yaml")


@pytest.mark.parametrize(
    ("text", "new", "line", "said"),
    [
        ("feel: Die Rückseite des Oberschenkels.", "feel:", 9, "feel: a text was expected"),
        ("feel: Die Rückseite des Oberschenkels.\n", "", 1, "'feel' is missing"),
        ("feel: Die", "felt: Die", 9, "'felt' is not a text of this exercise; did you mean 'feel'?"),
        (
            "cue: Bleib",
            "cues: B",
            17,
            "'checks.upright.cues' is not a text of this exercise; did you mean 'cue'?",
        ),
        ("feel: Die", "feel: Da\nfeeling: Die", 10, "'feeling' is not a text of this exercise"),
        ("cue: Bleib aufrecht", "severity: 3, cue: B", 17, "'checks.upright.severity' is not a text of this"),
        ("swap: {", "swap: {exercise: bridge, ", 11, "'swap.exercise' is not a text of this exercise"),
        ("why: Vorlehnen hilft dem Bein.", "why: 3", 17, "checks.upright.why: a text was expected"),
        ("why: Vorlehnen hilft dem Bein.", "why: ''", 17, "checks.upright.why: a text was expected"),
        (", cue: Bleib aufrecht", "", 17, "'checks.upright.cue' is missing"),
        ("fast: Langsamer, ", "", 15, "'repetition.why_not.fast' is missing"),
        (
            "muscles: [Beinbeuger]",
            "muscles: [Bein, Po]",
            8,
            "muscles: 1 expected, as in the exercise's file, not 2",
        ),
        ("muscles: [Beinbeuger]", "muscles: Bein", 8, "muscles: a list of 1 was expected"),
        ("other_names: [Beinbeuger]", "other_names: [4]", 2, "other_names: a list of names was expected"),
        ("swap: {when: es wehtut}", "swap: wehtut", 11, "swap: texts under when were expected"),
        ("[Steh aufrecht., ", "[{a: b}, ", 5, "steps.0: a text was expected"),
        ("name: Kniebeuger", "name: K", 1, "name: "),
        (
            "name: Kniebeuger",
            "name: [K",
            1,
            "a ',' or the closing ']' is missing in the brackets that open here",
        ),
        ("cue: Bleib aufrecht", "cue: Bleib, ganz aufrecht", 17, "is not a text of this exercise"),
        ("name: Kniebeuger", "name: Knie\nname: Knie", 2, "'name' stands here for the second time"),
    ],
)
def test_broken_texts_are_refused_with_file_line_and_place(
    tmp_path: Path, text: str, new: str, line: int, said: str
) -> None:
    assert text in GERMAN
    write(tmp_path, CURL)
    translate(tmp_path, GERMAN.replace(text, new, 1))
    with pytest.raises(ExerciseError) as refused:
        load_exercise("curl", tmp_path, "de")
    told = str(refused.value)
    assert "\n" not in told and told.endswith((".", "?"))
    assert said in told
    assert told.startswith(f"de/curl.yaml, line {line}: ")


@pytest.mark.parametrize("text", ["", "- a\n", "42"])
def test_texts_that_are_no_mapping_are_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, CURL)
    translate(tmp_path, text)
    with pytest.raises(ExerciseError, match=r"^de/curl.yaml, line 1: texts by their keys.* expected\.$"):
        load_exercise("curl", tmp_path, "de")
