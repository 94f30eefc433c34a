"""A live session on disk: whatever happens to the process or the disk, what ended is there."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.care.plans import exercise_for
from coach.care.types import PlanItem
from coach.judge import HeldPose, Rep, SetResult, load_exercise
from coach.judge.results import WhyNotCode
from coach.live import Coaching, Dose, Ended, LiveSettings
from coach.live.journal import Journal, Kept, journal_path, read_journal
from coach.records.journals import KEEP_S, forget_old
from tests.judge.films import pigeons, squats
from tests.live.sets import asked, still, then, watch
from tests.skeletons import pigeon

SETTINGS = asked("squat", Dose(3, None, 2, 20.0), spoken="counting", language="es")


@cache
def result() -> SetResult:
    return watch(squats(3), asked("squat", Dose(3, None))).coached.results[0]


def write(path: Path, settings: LiveSettings = SETTINGS) -> Journal:
    """A closed set, and two repetitions of the next."""
    journal = Journal(path, settings)
    journal.parts(result().reps)
    journal.closed(result())
    journal.parts(result().reps[:2])
    return journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal_path(tmp_path / "live", "token")


# --- there and back -----------------------------------------------------------------------------------------


def test_everything_is_read_as_it_was_written(path: Path) -> None:
    write(path)
    kept = read_journal(path)
    assert kept == Kept(SETTINGS, (result(),), result().reps[:2])
    assert kept is not None and kept.over is None
    assert kept.last_s == result().reps[-1].end_s


@pytest.mark.parametrize("code", ["range", "unfinished", None])
def test_why_one_did_not_count_that_has_no_code_yet_is_known_by_what_was_told(
    path: Path, code: WhyNotCode | None
) -> None:
    rule = SETTINGS.exercise.repetition
    assert rule is not None
    told = {**rule.why_not.model_dump(), None: "Something else"}[code]
    (rep, *_), without = result().reps, {"counted": False, "why_not": told, "why_not_code": None}
    older = rep.model_copy(update=without)
    journal = Journal(path, SETTINGS)
    journal.closed(result().model_copy(update={"reps": (older,)}))
    journal.parts([older])
    kept = read_journal(path)
    assert kept is not None
    (closed,), (begun,) = kept.results[0].reps, kept.parts
    assert closed == begun == older.model_copy(update={"why_not_code": code})


def test_a_hold_and_its_settings_are_read(path: Path) -> None:
    settings = asked("pigeon", Dose(None, 12.0), side="left", spoken="nothing")
    hold = HeldPose(
        start_s=1, end_s=2, side="left", held_s=1, counted=False, pauses=((1.2, 1.3),), entered=True
    )
    Journal(path, settings).parts([hold])
    kept = read_journal(path)
    assert kept is not None and kept.parts == (hold,)
    assert (kept.settings.side, kept.settings.dose, kept.settings.spoken) == (
        "left",
        settings.dose,
        "nothing",
    )
    assert kept.settings.coached.hold is not None and kept.settings.coached.hold.target_s == 12.0


def test_an_end_is_kept(path: Path) -> None:
    write(path).ended(Ended.STOPPED)
    kept = read_journal(path)
    assert kept is not None and kept.over is Ended.STOPPED


def test_all_sets_closed_is_an_end_too(path: Path) -> None:
    write(path).closed(result())
    kept = read_journal(path)
    assert kept is not None and kept.over is Ended.DOSE


def test_the_name_does_not_tell_the_token(tmp_path: Path) -> None:
    assert "secret" not in str(journal_path(tmp_path, "secret"))
    assert journal_path(tmp_path, "../secret").parent == tmp_path


def test_what_is_open_already_is_gone_on_with(path: Path) -> None:
    write(path)
    Journal(path, SETTINGS).parts(result().reps[2:])
    kept = read_journal(path)
    assert kept is not None and len(kept.parts) == 3


def test_a_session_writes_as_it_goes(path: Path) -> None:
    coaching = Coaching(asked("squat", Dose(3, None)), [Journal(path, asked("squat", Dose(3, None)))])
    counts = []
    for frame in squats(3):
        coaching.step(frame)
        kept = read_journal(path)
        assert kept is not None
        counts.append((len(kept.parts), len(kept.results)))
    assert list(dict.fromkeys(counts)) == [(0, 0), (1, 0), (2, 0), (0, 1)]
    assert read_journal(path).over is Ended.DOSE  # type: ignore[union-attr]
    assert read_journal(path).results == coaching.coached.results  # type: ignore[union-attr]


def test_a_hold_is_there_from_the_moment_it_has_its_time_and_once(path: Path) -> None:
    settings = asked("pigeon", Dose(None, 5.0))
    coaching, told = Coaching(settings, [Journal(path, settings)]), []
    for frame in then(pigeons(8.0), still(lambda: pigeon(hips_m=0.4), 9.0)):
        coaching.step(frame)
        kept = read_journal(path)
        assert kept is not None
        told.append([(part.counted, part.end_s - part.start_s > 7) for part in kept.parts])  # type: ignore[union-attr]
    seen = [told[i] for i in range(len(told)) if i == 0 or told[i] != told[i - 1]]
    assert seen == [[], [(True, False)], [(True, True)]], "as far as it went, then as a whole"


def test_another_hold_of_the_side_after_a_restart_is_another_one(path: Path) -> None:
    first = HeldPose(start_s=1, end_s=7, side="left", held_s=6, counted=True)
    Journal(path, SETTINGS).reached(first)
    second = first.model_copy(update={"start_s": 8.0, "end_s": 9.0, "counted": False})
    Journal(path, SETTINGS).parts([second])
    kept = read_journal(path)
    assert kept is not None and {part.start_s for part in kept.parts} == {1, 8} and kept.last_s == 9
    Journal(path, SETTINGS).closed(result())
    kept = read_journal(path)
    assert kept is not None and kept.parts == ()


# --- cut short, spoiled -------------------------------------------------------------------------------------


def whole(text: bytes) -> list[dict[str, Any]]:
    """The lines that were complete before a cut."""
    lines = []
    for line in text.split(b"\n"):
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue
    return lines


def test_cut_at_any_byte_everything_before_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.live.journal.load_exercise", cache(load_exercise))
    hold = HeldPose(start_s=1, end_s=2, side="left", held_s=1, counted=True)
    closed = SetResult(exercise="pigeon", name="Pigeon", duration_s=3, counted=1, attempts=1, holds=(hold,))
    journal = Journal(path, asked("pigeon", Dose(None, 5.0, 3)))
    journal.parts([hold, hold])
    journal.closed(closed)
    journal.parts([hold])
    journal.ended(Ended.LEFT)
    text, cut = path.read_bytes(), path.with_name("cut.jsonl")
    seen = set()
    for at in range(len(text) + 1):
        cut.write_bytes(text[:at])
        kept, lines = read_journal(cut), whole(text[:at])
        known = None if kept is None else (len(kept.results), len(kept.parts), kept.ended is not None)
        assert (
            known
            == [
                None,
                (0, 0, False),
                (0, 1, False),
                (0, 2, False),
                (1, 0, False),
                (1, 1, False),
                (1, 1, True),
            ][len(lines)]
        )
        seen.add(known)
    assert len(seen) == 7


def test_after_a_cut_it_is_written_on_without_a_loss(path: Path) -> None:
    write(path)
    path.write_bytes(path.read_bytes()[:-20])
    journal = Journal(path, SETTINGS)
    journal.parts(result().reps[1:])
    kept = read_journal(path)
    assert kept is not None and kept.parts == result().reps


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.binary(max_size=200), st.integers(0, 2000))
def test_bytes_in_the_middle_spoil_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "a.jsonl"
    Journal(path, SETTINGS)
    begun = path.read_bytes()
    path.write_bytes(begun[:at] + noise + begun[at:])
    read_journal(path)
    path.write_bytes(begun + b"\n" + noise)
    Journal(path, SETTINGS).parts(result().reps[:1])
    kept = read_journal(path)
    assert kept is not None and kept.parts == result().reps[:1]


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000, "null", "3", "[]", '"set"', "{}", '{"settings": 3}', '{"settings": {}}',
        '{"settings": {"exercise": "no_such", "language": "en", "dose": {}, "side": null, "spoken": "", "model": ""}}',
        '{"settings": {"exercise": "squat", "language": "fr", "dose": {"reps": 1}, "side": null, "spoken": ""}}',
    ],
)  # fmt: skip
def test_what_cannot_be_gone_on_with_is_none(line: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(line)
    assert read_journal(path) is None


@pytest.mark.parametrize(
    "line", ['{"rep": 3}', '{"set": {}}', '{"hold": {"start_s": "x"}}', '{"ended": "eaten"}']
)
def test_a_line_of_another_version_is_none(line: str, path: Path) -> None:
    write(path)
    with path.open("a") as file:
        file.write("\n" + line)
    assert read_journal(path) is None


def test_an_exercise_that_is_no_more_is_none(path: Path) -> None:
    write(path)
    path.write_text(path.read_text().replace('"squat"', '"squirm"'))
    assert read_journal(path) is None


def test_a_missing_one_is_none(path: Path) -> None:
    assert read_journal(path) is None
    assert read_journal(path.parent) is None


# --- the disk -----------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "live" / "a.jsonl"
    write(path).dropped()
    assert read_journal(path) is None


def test_a_full_disk_stops_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    journal = Journal(path, SETTINGS)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        journal.parts(result().reps)
        journal.closed(result())
    journal.parts(result().reps[:1])
    kept = read_journal(path)
    assert kept is not None and kept.parts == result().reps[:1]


def test_a_locked_folder_stops_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*args: Any, **kwargs: Any) -> bool:
        raise PermissionError(13, "Permission denied")

    for name in ("exists", "mkdir", "open", "unlink"):
        monkeypatch.setattr(Path, name, locked)
    write(path).dropped()


def test_what_is_forgotten_is_not_written_again(path: Path) -> None:
    journal = write(path)
    journal.dropped()
    journal.parts(result().reps)
    journal.dropped()
    assert not path.exists()


def test_after_a_day_it_is_forgotten(tmp_path: Path) -> None:
    old, new, other = tmp_path / "old.jsonl", tmp_path / "new.jsonl", tmp_path / "letter.txt"
    for file, age_s in ((old, KEEP_S + 10), (new, KEEP_S - 10), (other, 10 * KEEP_S)):
        file.write_text("")
        os.utime(file, (1e9 - age_s, 1e9 - age_s))
    assert forget_old(tmp_path, now=1e9) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["letter.txt", "new.jsonl"]
    assert forget_old(tmp_path / "nowhere", now=1e9) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_on_the_machine_may_read_it(path: Path) -> None:
    write(path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_was_deleted_by_others_is_not_written_again(path: Path) -> None:
    """As with its person, while somebody still exercises."""
    journal = write(path)
    path.unlink()
    journal.parts(result().reps)
    assert not path.exists()


def test_a_repetition_that_is_unknown_to_the_exercise_is_kept_as_it_was(path: Path) -> None:
    """The file of an exercise may have changed since: what was judged then is told, and nothing is advised."""
    odd = result().model_copy(update={"faults": {"no_such_check": 3}})
    Journal(path, SETTINGS).closed(odd)
    kept = read_journal(path)
    assert kept is not None
    coaching = Coaching(kept.settings, kept=kept)
    assert coaching.stop(0.0).say == ""
    assert coaching.most_frequent_fault is None


def test_a_rep_is_told_from_a_hold(path: Path) -> None:
    write(path)
    kept = read_journal(path)
    assert kept is not None and all(isinstance(part, Rep) for part in kept.parts)


def test_limits_that_were_moved_for_somebody_stay_moved(path: Path) -> None:
    line = PlanItem("a", "bridge", sets=2, reps=5, tolerances={"knees_over_ankles": 3.0, "target": 4.0})
    exercise = exercise_for(line)
    settings = LiveSettings(exercise, Dose(5, None, 2), tolerances=line.tolerances)
    Journal(path, settings)
    kept = read_journal(path)
    assert kept is not None and kept.settings.exercise.checks == exercise.checks
    assert kept.settings.exercise.repetition == exercise.repetition
    assert kept.settings.tolerances == line.tolerances
