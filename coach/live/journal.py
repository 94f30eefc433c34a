"""A live session on disk, line by line as it happens: what ended is never lost, whatever happens to the process.

A line is one JSON object.  The first tells the settings; then each repetition or hold as it ended, a hold also when it
had its time and went on, each set as it was closed, how the session ended, and the token of one that nobody comes back
to while the records do not have all of it: the next start writes it there.  A line that was cut short by a power
cut is left out: each begins with a line break, so that what is written after it is whole.
"""

import hashlib
import hmac
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from coach.care.plans import exercise_for
from coach.care.types import PlanItem, Role
from coach.errors import CoachError
from coach.judge import Exercise, HeldPose, Rep, SetResult, load_exercise
from coach.live.keeper import Ended, InRecords
from coach.live.settings import Dose, LiveSettings
from coach.pose import PoseFrame
from coach.records.journals import forget_old

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What a journal tells: the closed sets, what had ended of the one that was under way, how the session ended.

    place  where in the records it belongs; None: nowhere
    at     when something was last written
    left   the token of one that only has to be written into the records; "" of others
    """

    settings: LiveSettings
    results: tuple[SetResult, ...] = ()
    parts: tuple[Rep | HeldPose, ...] = ()
    ended: Ended | None = None
    place: InRecords | None = None
    at: datetime | None = field(default=None, compare=False)
    left: str = ""

    @property
    def over(self) -> Ended | None:
        """How it ended; None while something is left to do."""
        return self.ended or (Ended.DOSE if len(self.results) >= self.settings.dose.sets else None)

    @property
    def last_s(self) -> float:
        """When the last of it ended, on the stream's clock."""
        closed = (part for result in self.results for part in result.parts)
        return max((part.end_s for part in (*closed, *self.parts)), default=0.0)


class Journal:
    """Writes one session.  A disk that is full or locked stops nobody: then nothing is kept."""

    def __init__(self, path: Path, settings: LiveSettings, place: InRecords | None = None) -> None:
        self._path = path
        self._forgotten = False
        with suppress(OSError):
            if path.exists():
                return
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            forget_old(path.parent, time.time())
            path.touch(mode=0o600)  # health data: for nobody else on this machine
        records = None if place is None else asdict(place)
        self._write({"format": FORMAT, "settings": _plain(settings), "records": records})

    def frame(self, frame: PoseFrame) -> None:
        """The set goes on without what was seen."""

    def parts(self, ended: Iterable[Rep | HeldPose]) -> None:
        """What ended on a frame."""
        for part in ended:
            self._write({"rep" if isinstance(part, Rep) else "hold": part.model_dump(mode="json")})

    def reached(self, held: HeldPose) -> None:
        """A hold as it is told as done; it stands for the whole until that has ended."""
        self._write({"reached": held.model_dump(mode="json")})

    def closed(self, result: SetResult) -> None:
        """A set is complete."""
        self._write({"set": result.model_dump(mode="json")})

    def ended(self, how: Ended) -> None:
        """The session is over: it is looked at again, and not gone on with."""
        self._write({"ended": how})

    def left(self, token: str) -> None:
        """Nobody comes back to it, but not all of it may be in the records yet."""
        self._write({"left": token})

    def dropped(self) -> None:
        """Nobody needs it any longer: it is deleted, and nothing more is written."""
        self._forgotten = True
        forget(self._path)

    def _write(self, line: dict[str, Any]) -> None:
        if self._forgotten:
            return
        # Not "a", which would make it anew where the person was deleted meanwhile.
        with suppress(OSError), self._path.open("r+", encoding="utf-8") as file:
            file.seek(0, os.SEEK_END)
            file.write("\n" + json.dumps(line, separators=(",", ":")))


def journal_path(folder: Path, token: str, whose: str = "") -> Path:
    """The file of somebody's session; its name does not give the token away, and nobody else's leads to it."""
    named = hmac.new(whose.encode(), token.encode(), "sha256") if whose else hashlib.sha256(token.encode())
    return folder / f"{named.hexdigest()[:32]}.jsonl"


def read_journal(path: Path) -> Kept | None:
    """What was kept; None where there is nothing that can be gone on with."""
    try:
        lines = list(_lines(path.read_text("utf-8", errors="replace")))
        settings, place = _settings(lines[0]["settings"]), _place(lines[0].get("records"))
        results: list[SetResult] = []
        parts: list[Rep | HeldPose] = []
        reached: dict[tuple[str, float], HeldPose] = {}  # of those that had not ended
        ended: Ended | None = None
        left, at = "", datetime.fromtimestamp(path.stat().st_mtime, UTC)
        for line in lines[1:]:
            if "rep" in line:
                parts.append(_coded(Rep.model_validate(line["rep"]), settings.exercise))
            elif "hold" in line:
                hold = HeldPose.model_validate(line["hold"])
                reached.pop((hold.side, hold.start_s), None)
                parts.append(hold)
            elif "reached" in line:
                hold = HeldPose.model_validate(line["reached"])
                reached[hold.side, hold.start_s] = hold
            elif "set" in line:
                result = SetResult.model_validate(line["set"])
                reps = tuple(_coded(rep, settings.exercise) for rep in result.reps)
                results.append(result.model_copy(update={"reps": reps}))
                parts.clear()
                reached.clear()
            elif "ended" in line:
                ended = Ended(line["ended"])
            elif "left" in line:
                left = str(line["left"])
    except (OSError, LookupError, TypeError, ValueError, CoachError):
        return None
    return Kept(settings, tuple(results), (*parts, *reached.values()), ended, place, at, left)


def forget(path: Path) -> None:
    """Delete a journal, if it is there."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _lines(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            yield data


def _coded(rep: Rep, exercise: Exercise) -> Rep:
    """With the code of why it did not count; where it was written before there was one, by what the person was told."""
    if rep.why_not is None or rep.why_not_code is not None or exercise.repetition is None:
        return rep
    told = exercise.repetition.why_not.model_dump()
    code = next((code for code, sentence in told.items() if sentence == rep.why_not), None)
    return rep.model_copy(update={"why_not_code": code})


def _plain(settings: LiveSettings) -> dict[str, Any]:
    return {
        "exercise": settings.exercise.id,
        "language": settings.language,
        "dose": asdict(settings.dose),
        "side": settings.side,
        "spoken": settings.spoken,
        "model": settings.model,
        "tolerances": settings.tolerances,
    }


def _settings(data: dict[str, Any]) -> LiveSettings:
    language, dose, tolerances = data["language"], Dose(**data["dose"]), data.get("tolerances") or {}
    if tolerances:
        line = PlanItem("", data["exercise"], data["side"], dose.sets, dose.reps, dose.hold_s)
        exercise = exercise_for(replace(line, tolerances=tolerances), language)
    else:
        exercise = load_exercise(data["exercise"], language=language)
    return LiveSettings(exercise, dose, data["side"], data["spoken"], data["model"], tolerances)


def _place(data: dict[str, Any] | None) -> InRecords | None:
    return None if data is None else InRecords(**{**data, "role": Role(data["role"])})
