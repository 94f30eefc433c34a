"""What the exercises that ship tell people of stopping, of how far to go, and of what is done instead."""

import re
from typing import Final

import pytest

from coach.judge import exercise_ids, load_exercise
from coach.judge.texts import texts_of
from coach.language import LANGUAGES, NATIVE, Language

NEW_HIP: Final = "With a new hip, only when your surgeon or therapist has allowed this movement."
BRITTLE: Final = "With brittle bones keep the back long; do not fold or curl."
PREGNANT: Final = "From the middle of pregnancy not long on your back; turn to your side when dizzy or sick."
NEW_KNEE: Final = "Not with a new knee, unless your surgeon or therapist has allowed it."
GROIN: Final = "Stop when the front of the hip or the groin pinches."
SORE_SIDE: Final = "With a sore outer hip, raise from level only, whatever is counted."
LEG: Final = "Stop when pain, tingling or numbness comes into a leg, or goes further down than before."
WHETHER_AT_ALL: Final = (NEW_HIP, BRITTLE, PREGNANT, NEW_KNEE)
FOR_ALL: Final = " ".join(exercise_ids())
MOST_WORDS: Final = 8  # of what is heard while one moves


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        (
            NEW_HIP,
            "pigeon thread_the_needle thomas_test hero_pose runners_lunge squat plie_squat lunge hip_hinge",
        ),
        (BRITTLE, "pigeon hip_hinge thread_the_needle"),
        (PREGNANT, "bridge bridge_march pelvic_tilt supine_hip_roll thread_the_needle thomas_test"),
        (NEW_KNEE, "hero_pose"),
        (GROIN, "pigeon squat lunge runners_lunge thread_the_needle thomas_test"),
        (SORE_SIDE, "hip_hiker"),
        (LEG, FOR_ALL),
    ],
)
def test_a_stop_rule_stands_in_every_exercise_that_it_is_for(rule: str, names: str) -> None:
    found = {name for name in exercise_ids() if rule in load_exercise(name).stop}
    assert found == set(names.split())


def test_every_exercise_on_the_back_is_known_to_be_one_for_the_pregnant() -> None:
    """Who lies on the back in every picture of it, and not only where somebody ends up."""
    for name in exercise_ids():
        exercise = load_exercise(name)
        assert (exercise.position == ("supine",)) == (PREGNANT in exercise.stop), name


@pytest.mark.parametrize("name", exercise_ids())
def test_for_whom_an_exercise_is_none_comes_before_when_to_stop(name: str) -> None:
    stop = load_exercise(name).stop
    ahead = [rule in WHETHER_AT_ALL for rule in stop]
    assert ahead == sorted(ahead, reverse=True), stop


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_stop_rule_has_the_same_words_in_every_exercise(language: Language) -> None:
    told: dict[str, set[str]] = {}
    for name in exercise_ids():
        other = load_exercise(name, language=language).stop
        for english, words in zip(load_exercise(name).stop, other, strict=True):
            told.setdefault(english, set()).add(words)
    assert {rule: words for rule, words in told.items() if len(words) > 1} == {}


UNLESS_IT_HURTS: Final = {"en": "if it does not hurt", "de": "wenn es nicht wehtut", "es": "si no te duele"}
IF_THE_BACK_ALLOWS: Final = {
    "en": "if your back allows",
    "de": "wenn der Rücken es erlaubt",
    "es": "si la espalda lo permite",
}
COMFORTABLE: Final = {
    "en": "as far as is comfortable",
    "de": "so weit es angenehm ist",
    "es": "hasta donde sea cómodo",
}
AS_THE_KNEE_ALLOWS: Final = {
    "en": "as your knee allows",
    "de": "wie das Knie es erlaubt",
    "es": "si la rodilla lo permite",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "key", "limit"),
    [
        ("squat", "checks.depth.cue", UNLESS_IT_HURTS),
        ("squat", "repetition.why_not.range", UNLESS_IT_HURTS),
        ("plie_squat", "checks.depth.cue", UNLESS_IT_HURTS),
        ("plie_squat", "repetition.why_not.range", UNLESS_IT_HURTS),
        ("lunge", "checks.depth.cue", UNLESS_IT_HURTS),
        ("lunge", "repetition.why_not.range", UNLESS_IT_HURTS),
        ("runners_lunge", "checks.hips_low.cue", UNLESS_IT_HURTS),
        ("runners_lunge", "hold.conditions.1.says", UNLESS_IT_HURTS),
        ("bridge", "checks.straight_line.cue", IF_THE_BACK_ALLOWS),
        ("bridge", "repetition.why_not.range", IF_THE_BACK_ALLOWS),
        ("thread_the_needle", "checks.thigh_drawn_in.cue", COMFORTABLE),
        ("pigeon", "hold.conditions.0.says", AS_THE_KNEE_ALLOWS),
        ("pigeon", "hold.conditions.1.says", AS_THE_KNEE_ALLOWS),
        ("pigeon", "hold.conditions.2.says", AS_THE_KNEE_ALLOWS),
    ],
)
def test_who_shall_go_further_hears_how_far(
    name: str, key: str, limit: dict[Language, str], language: Language
) -> None:
    said = texts_of(load_exercise(name, language=language))[key]
    assert said.endswith(f" {limit[language]}") and len(said.split()) <= MOST_WORDS + 1


@pytest.mark.parametrize(
    ("language", "cushion", "buttock"),
    [
        ("en", "cushion", "front buttock"),
        ("de", "Kissen", "vordere Gesäßhälfte"),
        ("es", "cojín", "delantero"),
    ],
)
def test_who_does_not_reach_the_floor_in_the_pigeon_is_told_of_a_cushion(
    language: Language, cushion: str, buttock: str
) -> None:
    steps = load_exercise("pigeon", language=language).steps
    assert [step for step in steps if cushion in step and buttock in step]


@pytest.mark.parametrize(
    ("language", "firm", "beside"),
    [
        ("en", "cannot tip", "somebody beside you"),
        ("de", "nicht kippen kann", "jemandem neben dir"),
        ("es", "no pueda volcar", "alguien a tu lado"),
    ],
)
def test_who_lies_down_on_the_edge_of_a_table_is_safe_there(
    language: Language, firm: str, beside: str
) -> None:
    first = load_exercise("thomas_test", language=language).steps[0]
    assert firm in first and beside in first


@pytest.mark.parametrize(
    ("language", "third", "half"),
    [("en", "third", "half"), ("de", "Drittel", "halb"), ("es", "tercio", "medi[ao]")],
)
def test_a_leg_that_goes_to_a_third_is_not_told_to_go_half_way(
    language: Language, third: str, half: str
) -> None:
    """Half-way to the side are 45 degrees, the most that is asked for."""
    exercise = load_exercise("standing_leg_lift", language=language)
    asked = exercise.checks["height"].range
    assert asked is not None and asked.outside(90 / 3) < 0
    cue = exercise.checks["height"].cue
    assert third in cue and third in exercise.steps[1] and not re.search(half, cue)
    assert len(cue.split()) <= MOST_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_of_a_check_names_no_degrees_beside_those_it_asks_for(language: Language) -> None:
    height = load_exercise("standing_leg_lift", language=language).checks["height"]
    assert re.findall(r"\d+", height.what) == ["25", "45"] and not re.findall(r"\d", height.why)


@pytest.mark.parametrize(
    ("language", "rests"),
    [
        ("en", "lying on your back with the lower legs on a chair"),
        ("de", "auf dem Rücken liegen, die Unterschenkel auf einem Stuhl"),
        ("es", "acostarte boca arriba con las pantorrillas sobre una silla"),
    ],
)
def test_whose_back_hurts_when_it_is_pressed_flat_rests_it(language: Language, rests: str) -> None:
    """Any exercise that bends the back more would make it worse."""
    assert load_exercise("pelvic_tilt", language=language).swap.exercise == rests


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_exercise_is_told_in_the_language_of_the_others(language: Language) -> None:
    for name in exercise_ids():
        other = load_exercise(name, language=language).swap.exercise
        same = other == load_exercise(name).swap.exercise
        assert same is (other in exercise_ids() or language == "en"), f"{name} in {NATIVE[language]}"
