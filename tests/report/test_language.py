"""Reports and drawings in other languages: every message in each, no English left in a German report."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from functools import cache
from html import unescape
from typing import Final

import pytest

from coach.judge import Exercise, exercise_ids, load_exercise
from coach.judge.texts import texts_of
from coach.language import LANGUAGES, Language
from coach.motion import MEASURES
from coach.report import (
    ReportInput,
    camera_svg,
    load_figure,
    pose_svg,
    render_html,
    summary,
    without_pictures,
)
from coach.report.wording import check_name, label, measure_name, say
from coach.video import analyse
from tests.conftest import SAMPLES
from tests.report.conftest import thomas_report

OTHERS: Final[tuple[Language, ...]] = ("de", "es")
MADE_AT: Final = datetime(2026, 11, 22, 16, 20, tzinfo=UTC)
LETTER: Final = 6.6  # pixels that a letter of a drawing takes, at most, as a mean
# Kept tracks: repetitions of both sides, a hold that wavers, a step that is watched from the wrong side, a test.
KEPT: Final = {
    "standing_leg_lift_faulty_1": "standing_leg_lift",
    "hero_pose_faulty_1": "hero_pose",
    "step_up_wrong_view": "step_up",
    "thomas_test_faulty_1": "thomas_test",
}
MISSING: Final = ("supine_hip_roll_clean", "supine_hip_roll")  # a check that at best is unsure


def forms(language: Language) -> dict[str, list[str]]:
    """The forms of each message."""
    told = say(language).messages
    return {key: [text] if isinstance(text, str) else list(text.values()) for key, text in told.items()}


def places(texts: list[str]) -> set[str]:
    return {place for text in texts for place in re.findall(r"{(\w+)}", text)}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_message_with_the_same_places(language: Language) -> None:
    english, other = forms("en"), forms(language)
    assert other.keys() == english.keys()
    for key, texts in english.items():
        assert all(isinstance(text, str) and text.strip() for text in other[key]), key
        assert len(other[key]) == len(texts), key
        assert places(other[key]) == places(texts), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_and_measure_has_a_name(language: Language) -> None:
    checks = {check for name in exercise_ids() for check in load_exercise(name).checks}
    named = {key for key in say(language).messages if key.startswith(("check.", "measure."))}
    assert named == {f"check.{check}" for check in checks} | {f"measure.{name}" for name in MEASURES}


def test_an_english_name_is_that_in_the_file() -> None:
    assert all(check_name(check) == label(check) for check in load_exercise("bridge").checks)
    assert all(measure_name(name) == name.replace("_", " ") for name in MEASURES)


@pytest.mark.parametrize("language", OTHERS)
def test_names_have_room_in_the_chart(language: Language) -> None:
    assert [name for name in MEASURES if len(measure_name(name, language)) > 30] == []


# --- reports ----------------------------------------------------------------------------------------


@cache
def report_of(track: str, language: Language) -> ReportInput:
    exercise = load_exercise(KEPT[track], language=language)
    return without_pictures(analyse(SAMPLES / "library" / f"{track}.npz", exercise), "set.mp4", MADE_AT)


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_check_that_never_passes_says_why(language: Language) -> None:
    track, name = MISSING
    exercise = load_exercise(name, language=language)
    report = analyse(SAMPLES / "library" / f"{track}.npz", exercise)
    text = read(render_html(without_pictures(report, "set.mp4", MADE_AT)))
    why = exercise.checks["shoulders_down"].misses
    assert why and say(language)("page.band_misses", why=why) in text


def read(html: str) -> str:
    """What a person reads or hears of a page: texts and the attributes that are told."""
    told = " ".join(re.findall(r'(?:title|alt|aria-label)="([^"]*)"', html))
    text = re.sub(r"<[^>]+>", "\n", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    return unescape(f"{text}\n{told}").replace("\N{NO-BREAK SPACE}", " ")


def english_left(text: str, exercise: Exercise) -> list[str]:
    """English messages and texts of the exercise that are found in a text, where they are not also its own."""
    own = [
        *texts_of(exercise).values(),
        *(text for texts in forms(exercise.language).values() for text in texts),
    ]
    english = [*texts_of(load_exercise(exercise.id)).values()]
    english += [text for texts in forms("en").values() for text in texts]
    parts = {part.strip() for line in english for part in re.split(r"{\w+}", line.replace("\xa0", " "))}
    told = {part for part in parts if len(part) > 3 and not any(part.lower() in line.lower() for line in own)}
    return sorted(part for part in told if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE))


def test_english_would_be_found() -> None:
    german = load_exercise("hero_pose", language="de")
    assert english_left("Longest: 12 s. The timer paused twice. 3 of 4 holds", german)
    assert english_left(read(render_html(report_of("hero_pose_faulty_1", "en"))), german)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("track", KEPT)
def test_a_report_holds_no_english(track: str, language: Language) -> None:
    report = report_of(track, language)
    html = render_html(report)
    text = read(html)
    assert f'<html lang="{language}">' in html
    assert english_left(text, report.exercise) == []
    assert english_left(summary(report), report.exercise) == []
    versions = "".join(report.result.versions.values())
    assert [n for n in re.findall(r"\d+\.\d+", text) if n not in versions] == [], "a decimal comma is usual"


@pytest.mark.parametrize(
    ("language", "told"),
    [("de", "Rechts: Der Oberschenkel"), ("es", "Lado derecho: El muslo")],
)
def test_a_test_is_told_in_another_language(language: Language, told: str) -> None:
    assert told in summary(thomas_report(language))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("track", KEPT)
def test_a_report_in_another_language_tells_as_much(track: str, language: Language) -> None:
    tags = [re.findall(r"<(\w+)", render_html(report_of(track, lang))) for lang in ("en", language)]
    assert tags[0] == tags[1]


def test_a_german_report_is_told_in_german() -> None:
    text = read(render_html(report_of("standing_leg_lift_faulty_1", "de")))
    for told in (
        "22. November 2026, 16:20 UTC",
        "Wiederholungen gezählt.",
        "Die einzelnen Wiederholungen",
        "Abduktion des Beins",
        "Form Coach ist kein Medizinprodukt und stellt keine Diagnose.",
    ):
        assert told in text


@pytest.mark.parametrize("kind", ["rep", "hold"])
@pytest.mark.parametrize("n", [1, 2])
def test_a_count_agrees_in_spanish_with_what_is_counted(kind: str, n: int) -> None:
    told = say("es")(f"chart.attempts.{kind}", n=n, counted=1)
    assert told.endswith(": 1.") and "ellas" not in told and "contadas 1" not in told


def test_a_report_speaks_the_language_of_its_exercise(bridge: ReportInput) -> None:
    assert bridge.language == "en"
    assert report_of("hero_pose_faulty_1", "es").language == "es"
    assert "postura mantenida el tiempo previsto" in summary(report_of("hero_pose_faulty_1", "es"))


# --- drawings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", exercise_ids())
def test_drawings_carry_the_words_of_their_language(name: str, language: Language) -> None:
    exercise, figure = load_exercise(name, language=language), load_figure(name)
    assert figure is not None
    own = say(language)
    poses, camera = pose_svg(exercise, figure), camera_svg(exercise, figure)
    assert own("drawing.above") in camera and own("drawing.beside") in camera
    for svg in (poses, camera):
        text = read(svg)
        assert english_left(text, exercise) == []
        assert not re.search(r"\d\.\d", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", exercise_ids())
def test_no_words_of_a_drawing_are_cut_off(name: str, language: Language) -> None:
    exercise, figure = load_exercise(name, language=language), load_figure(name)
    assert figure is not None
    for svg in (pose_svg(exercise, figure), camera_svg(exercise, figure)):
        root = ElementTree.fromstring(svg)
        for line in root.iter("{http://www.w3.org/2000/svg}text"):
            letters = LETTER * len(line.text or "")
            left = float(line.attrib["x"]) - (letters / 2 if line.attrib["text-anchor"] == "middle" else 0)
            assert left >= 0 and left + letters <= float(root.attrib["width"]), line.text


def test_a_drawing_changes_its_words_and_nothing_else() -> None:
    figure = load_figure("fire_hydrant")
    assert figure is not None
    paths = [
        re.findall(r"<path[^>]*>", draw(load_exercise("fire_hydrant", language=language), figure))
        for draw in (pose_svg, camera_svg)
        for language in LANGUAGES
    ]
    assert paths[0] == paths[1] == paths[2]
    assert paths[3] == paths[4] == paths[5]
