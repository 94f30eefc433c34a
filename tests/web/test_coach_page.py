"""Drawings are told to who does not see them."""

import pytest

from coach.language import LANGUAGES, Language
from coach.web.coach_page import CHOSEN
from coach.web.session import exercise_in
from tests.web.plan.acting import opened


@pytest.fixture(autouse=True)
def nobody(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_has_a_text_in_the_language_of_the_visit(language: Language) -> None:
    app, exercise = opened("coach_page", language), exercise_in("squat", language)
    first = [image.alt for one in app.get("image") for image in one.proto.imgs]
    assert len(first) > 10 and all(first) and exercise.description in first
    app.session_state[CHOSEN] = "squat"
    app.run()
    drawn, camera = (image.alt for one in app.get("image") for image in one.proto.imgs)
    assert drawn == exercise.description and exercise.camera.how in camera
