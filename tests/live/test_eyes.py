"""From a picture to who exercises; and the change to the quicker model on a machine that does not keep up."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.live.eyes import ENOUGH, SLOW_S, WARM, Eyes
from coach.pose import FROZEN, Image, ModelName, PoseFrame
from tests.live.sets import Clock
from tests.skeletons import LEFT, standing

PICTURE = np.full((480, 640, 3), 200, np.uint8)


@dataclass
class Models:
    """Loads models that take so many seconds a frame."""

    clock: Clock
    took_s: dict[str, float]
    made: list[ModelName] = field(default_factory=list)
    closed: list[ModelName] = field(default_factory=list)
    scouts: int = 0

    def __call__(self, model: ModelName) -> "Model":
        self.made.append(model)
        return Model(self, model)

    def look(self, image: Image, t: float) -> list[PoseFrame]:
        return [standing(camera=LEFT, t=t)]

    def close(self) -> None:
        self.scouts -= 1

    def scout(self) -> "Models":
        self.scouts += 1
        return self


@dataclass
class Model:
    models: Models
    name: ModelName

    def estimate(self, image: Image, t: float) -> PoseFrame:
        assert self.name not in self.models.closed
        self.models.clock.now += self.models.took_s[self.name]
        return standing(camera=LEFT, t=t)

    def close(self) -> None:
        self.models.closed.append(self.name)


def eyes(full_s: float, model: ModelName = "full", lite_s: float = 1.0) -> tuple[Eyes, Models]:
    models = Models(Clock(), {"full": full_s, "lite": lite_s, "heavy": full_s})
    return Eyes(load_exercise("squat"), model, models.clock, models, models.scout), models


def look(own: Eyes, frames: int) -> list[PoseFrame]:
    return [own.see(PICTURE - np.uint8(4 * (i % 2)), i / 30) for i in range(frames)]


def test_a_frame_has_its_time_and_its_light() -> None:
    own, _ = eyes(0.01)
    frame = look(own, 2)[-1]
    assert frame.found and frame.t == pytest.approx(1 / 30)
    assert frame.light == pytest.approx(200 / 255, abs=0.02)


def test_a_picture_that_stands_still_shows_nobody() -> None:
    own, _ = eyes(0.01)
    frames = [own.see(PICTURE, i / 30) for i in range(90)]
    assert frames[0].found and not frames[-1].found
    assert frames[-1].doubt == FROZEN


@pytest.mark.parametrize("model", ["full", "heavy"])
def test_a_slow_machine_gets_the_quicker_model(model: ModelName) -> None:
    own, models = eyes(SLOW_S * 1.1, model)
    look(own, WARM + ENOUGH - 1)
    assert not own.quicker
    look(own, 1)
    assert own.quicker and own.model == "lite"
    assert (models.made, models.closed) == ([model, "lite"], [model])


def test_the_quicker_model_goes_on_with_the_same_person() -> None:
    own, _ = eyes(SLOW_S * 1.1)
    look(own, WARM + ENOUGH - 1)
    known = list(own._lock._people)
    look(own, 1)
    assert own.quicker and own._lock._people == known


def test_the_quicker_model_is_the_last_there_is() -> None:
    own, models = eyes(1.0, "lite")
    look(own, 200)
    assert not own.quicker and models.made == ["lite"]


def test_a_machine_that_keeps_up_keeps_its_model() -> None:
    own, models = eyes(SLOW_S * 0.9)
    look(own, 300)
    assert not own.quicker and models.made == ["full"]


def test_a_slow_moment_changes_nothing() -> None:
    own, models = eyes(0.02)
    for i in range(300):
        models.took_s["full"] = 0.3 if i < WARM or i % 60 < 20 else 0.02
        look(own, 1)
    assert not own.quicker


def test_closing_closes_what_looks() -> None:
    own, models = eyes(SLOW_S * 2)
    look(own, WARM + ENOUGH + 3)
    assert models.scouts == 1
    own.close()
    assert (models.closed, models.scouts) == (["full", "lite"], 0)


def test_a_model_that_cannot_be_closed_keeps_nothing_else_open() -> None:
    own, models = eyes(0.01)
    look(own, 1)

    def fail() -> None:
        raise RuntimeError("graph")

    own._lock.close = fail  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="graph"):
        own.close()
    assert models.scouts == 0
