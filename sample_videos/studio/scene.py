"""A scene file: who does what, with which planted faults, from where.  Errors name file and place."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from coach.pose import Side
from sample_videos.studio.dress import LOOKS, Look
from sample_videos.studio.errors import StudioError
from sample_videos.studio.film import PictureSettings
from sample_videos.studio.movements import EVERY, MOVEMENTS
from sample_videos.studio.movements.base import Tempo
from sample_videos.studio.room import Room
from sample_videos.studio.things import Thing

Who = Literal[
    "female", "male", "female_older_heavy", "male_tall_thin",
    "male_heavy", "female_tall_thin", "female_short", "male_short_heavy",
]  # fmt: skip
Stands = Literal["left", "right", "front", "back", "feet", "head"]
Point2 = tuple[float, float]
Seconds = Annotated[float, Field(gt=0, le=600)]
SHORTEST_FAULT_S: Final = 0.5
Film = TypeVar("Film", "Scene", "WorkoutScene")


class Strict(BaseModel):
    """Frozen, no key that nobody reads, no number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class CameraSettings(Strict):
    """Where the camera stands, about the middle of the exercise's space.

    from        the side of the person it stands on: left sees the left side; feet is before, head behind
    turned_deg  moved on round the person, anticlockwise seen from above
    past_deg    looks past the person, by so much to its right and upward: the person is left of the middle, and below
    rolled_deg  held askew: positive turns what it shows anticlockwise
    """

    stands: Stands = Field(alias="from")
    turned_deg: Annotated[float, Field(ge=-180, le=180)] = 0.0
    height_m: Annotated[float, Field(gt=0, le=4)] = 0.9
    distance_m: Annotated[float, Field(ge=0.5, le=12)] = 3.0
    lens_mm: Annotated[float, Field(ge=10, le=200)] = 30.0
    size: tuple[Annotated[int, Field(ge=64, le=4096)], Annotated[int, Field(ge=64, le=4096)]] = (640, 480)
    past_deg: tuple[Annotated[float, Field(ge=-40, le=40)], Annotated[float, Field(ge=-40, le=40)]] = (
        0.0,
        0.0,
    )
    rolled_deg: Annotated[float, Field(ge=-45, le=45)] = 0.0

    @field_validator("size")
    @classmethod
    def _even(cls, size: tuple[int, int]) -> tuple[int, int]:
        if size[0] % 2 or size[1] % 2:
            raise ValueError("a video needs an even width and height")
        return size


class PlacedFault(Strict):
    """A planted fault: its size, and in a hold from when to when (seconds of the hold; all of it if not given)."""

    size: float
    from_s: Annotated[float, Field(ge=0)] | None = None
    to_s: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.from_s is not None and self.to_s is not None and self.to_s < self.from_s + SHORTEST_FAULT_S:
            raise ValueError(f"to_s must be at least {SHORTEST_FAULT_S:g} s after from_s")
        return self

    def within(self, start_s: float, hold_s: float) -> "PlacedFault":
        """The same in seconds of the film, for a hold that starts at `start_s`."""
        end = hold_s if self.to_s is None else min(self.to_s, hold_s)
        return PlacedFault(size=self.size, from_s=start_s + (self.from_s or 0.0), to_s=start_s + end)

    @property
    def start(self) -> float:
        """From when."""
        return self.from_s or 0.0

    @property
    def end(self) -> float:
        """Until when."""
        return self.to_s or 0.0


class Entry(Strict):
    """One line of the set: a repetition (faulty, partial, repeated), a hold, leaving it, a pause, or another thing.

    side: of an alternating exercise, the side that moves; else the one that did not move before
    """

    repeat: Annotated[int, Field(ge=1, le=100)] = 1
    faults: dict[str, PlacedFault] = {}
    range: Annotated[float, Field(gt=0, le=1.2)] = 1.0
    side: Side | None = None
    pause_s: Seconds | None = None
    hold_s: Seconds | None = None
    leaves_s: Annotated[float, Field(ge=1, le=60)] | None = None
    does: Literal["stands", "walks", "sits"] | None = None
    for_s: Seconds = 3.0

    @field_validator("faults", mode="before")
    @classmethod
    def _sizes(cls, faults: Any) -> Any:
        """A number is a fault's size."""
        if not isinstance(faults, dict):
            return faults
        return {k: {"size": v} if isinstance(v, int | float) else v for k, v in faults.items()}

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = [k for k in ("pause_s", "hold_s", "leaves_s", "does") if getattr(self, k) is not None]
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} cannot stand in one entry")
        if given and given != ["hold_s"] and (self.faults or self.range != 1):
            raise ValueError(f"an entry with {given[0]} has no faults and no range")
        return self


class TempoSettings(Strict):
    """Seconds; what is not given is the exercise's own."""

    out_s: Seconds | None = None
    hold_s: Annotated[float, Field(ge=0, le=600)] | None = None
    back_s: Seconds | None = None
    rest_s: Annotated[float, Field(ge=0, le=60)] | None = None

    def over(self, own: Tempo) -> Tempo:
        """The exercise's tempo with these times."""
        return Tempo(**{k: getattr(own, k) if v is None else v for k, v in self.model_dump().items()})


class Other(Strict):
    """Another person: `at` metres from the middle, x toward the camera's right, y toward the camera.

    facing_deg: 0 faces the camera, anticlockwise seen from above.  Who stands comes in at from_s and goes at to_s;
    who passes crosses the picture in that time.
    """

    who: Who
    doing: Literal["stands", "passes"] = "stands"
    at: Point2
    facing_deg: float = 0.0
    from_s: Annotated[float, Field(ge=0)] | None = None
    to_s: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _times(self) -> Self:
        if self.doing == "passes" and (self.from_s is None or self.to_s is None):
            raise ValueError("who passes needs from_s and to_s")
        if self.from_s is not None and self.to_s is not None and self.to_s <= self.from_s:
            raise ValueError("to_s must be after from_s")
        return self


class Standing(Strict):
    """A thing in the room: `at` as for others; turned_deg: 0 with its front toward the camera."""

    what: Thing
    at: Point2
    turned_deg: float = 0.0


class Away(Strict):
    """Leaves the picture between repetitions, at the first rest after from_s, for so long."""

    from_s: Annotated[float, Field(ge=0)]
    for_s: Seconds = 4.0


class Setting(Strict):
    """Who is filmed, where, and from where."""

    who: Who = "female"
    look: dict[str, str] = {}
    room: Room = Room()
    camera: CameraSettings
    picture: PictureSettings = PictureSettings()
    enter: bool = False
    leave: bool = False
    tremor_deg: Annotated[float, Field(ge=0, le=5)] = 0.4
    others: tuple[Other, ...] = ()
    things: tuple[Standing, ...] = ()

    @field_validator("look")
    @classmethod
    def _a_look(cls, look: dict[str, str]) -> dict[str, str]:
        LOOKS["female"].varied(look)  # raises where a look has no such thing
        return look

    @property
    def dressed(self) -> Look:
        """The body's usual look with the scene's changes."""
        return LOOKS[self.who].varied(self.look)


class ExerciseSet(Strict):
    """A set of one exercise.  in_place: a lunge without the step, the feet stay apart."""

    exercise: str
    side: Side | None = None
    tempo: TempoSettings = TempoSettings()
    in_place: bool = False
    entries: Annotated[tuple[Entry, ...], Field(alias="set", min_length=1)]

    @field_validator("exercise")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in EVERY:
            raise ValueError(f"there is no movement '{name}'; known are {', '.join(MOVEMENTS)}")
        return name

    @field_validator("entries", mode="before")
    @classmethod
    def _clean(cls, entries: Any) -> Any:
        """An entry without anything is a clean repetition."""
        return [{} if entry is None else entry for entry in entries] if isinstance(entries, list) else entries

    @model_validator(mode="after")
    def _fits_the_exercise(self) -> Self:
        movement = EVERY[self.exercise]
        if movement.sided and self.side is None:
            raise ValueError(f"side: {self.exercise} is done a side at a time; left or right was expected")
        if not movement.sided and self.side is not None:
            raise ValueError(f"side: {self.exercise} moves both sides alike; no side was expected")
        for i, entry in enumerate(self.entries):
            self._check(i, entry)
        if self.in_place and self.exercise != "lunge":
            raise ValueError("in_place: only a lunge is done in place")
        return self

    def _check(self, i: int, entry: Entry) -> None:
        movement = EVERY[self.exercise]
        known = (*movement.faults, *movement.times)
        for name in entry.faults:
            if name not in known:
                raise ValueError(
                    f"set.{i}.faults: there is no fault '{name}'; known are {', '.join(known) or 'none'}"
                )
        if entry.side is not None and not movement.alternates:
            raise ValueError(f"set.{i}.side: {self.exercise} does not alternate; no side was expected")
        if (entry.does is not None) != (self.exercise == "none") and entry.pause_s is None:
            expected = "does: stands, walks or sits" if self.exercise == "none" else "no 'does'"
            raise ValueError(f"set.{i}: {expected} was expected for {self.exercise}")
        if (entry.hold_s is not None or entry.leaves_s is not None) and not movement.held:
            raise ValueError(f"set.{i}: {self.exercise} is not held; a repetition was expected")
        if movement.held and entry.hold_s is None and entry.leaves_s is None and entry.pause_s is None:
            raise ValueError(f"set.{i}: {self.exercise} is held; hold_s, leaves_s or pause_s was expected")

    @property
    def rhythm(self) -> Tempo:
        """The times of a repetition."""
        return self.tempo.over(EVERY[self.exercise].tempo)


class Scene(ExerciseSet, Setting):
    """One film of one set."""

    away: tuple[Away, ...] = ()

    @model_validator(mode="after")
    def _comes_first(self) -> Self:
        if self.away and not self.enter:
            raise ValueError("away: only who enters can leave in between; enter: true was expected")
        return self


class WorkoutScene(Setting):
    """One film of several sets, the person getting up after each and going over to the next."""

    workout: Annotated[tuple[ExerciseSet, ...], Field(min_length=1)]

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Each set as a scene: who enters, or leaves, comes from the set before, or goes on to the next."""
        shared = {name: getattr(self, name) for name in Setting.model_fields}
        last = len(self.workout) - 1
        return tuple(
            Scene(
                **shared | {"enter": i > 0 or self.enter, "leave": i < last or self.leave},
                **{name: getattr(one, name) for name in ExerciseSet.model_fields},
            )
            for i, one in enumerate(self.workout)
        )


def read_scene(path: Path) -> Scene:
    """Read and check the scene file of one set.

    Raises StudioError naming the file, the place, and what was expected.
    """
    return _checked(Scene, path, _keys(path))


def read_film(path: Path) -> Scene | WorkoutScene:
    """The same of any scene file: of one set, or of a `workout`."""
    keys = _keys(path)
    return _checked(WorkoutScene, path, keys) if "workout" in keys else _checked(Scene, path, keys)


def _keys(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        raise StudioError(f"There is no scene file '{path}'.") from None
    except (OSError, UnicodeDecodeError):
        raise StudioError(f"The scene file '{path.name}' cannot be read as text.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StudioError(f"{path.name}, line {line}: {error.problem}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise StudioError(f"{path.name} is not a YAML file.") from None
    if not isinstance(data, dict):
        raise StudioError(f"{path.name}: a scene with keys such as 'exercise' and 'set' was expected.")
    return data


def _checked(kind: type[Film], path: Path, keys: dict[str, Any]) -> Film:
    try:
        return kind.model_validate(keys)
    except ValidationError as error:
        raise StudioError(_told(path.name, error)) from None


def _told(file: str, error: ValidationError) -> str:
    """The first thing that is wrong, in one sentence."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    if first["type"] == "extra_forbidden":
        message = "there is no such key"
    elif first["type"] == "missing":
        message = "this is missing"
    message = message.split("\n")[0]
    return f"{file}: {place}: {message}." if place else f"{file}: {message}."
