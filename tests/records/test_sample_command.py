"""`coach records sample`, as somebody types it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli import app
from coach.records import OWNER, open_records


def run(*told: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["records", "sample", *told])
    return result.exit_code, result.output


def test_people_are_made_up_and_deleted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    code, said = run("--people", "1", "--months", "0.5", "--seed", "3")
    assert code == 0 and "Ana Beltrán" in said and "--remove" in said
    with open_records() as kept:
        (person,) = kept.desk(OWNER).people()
        assert person.sample and kept.desk(OWNER).summaries(person.id)
    assert run("--remove") == (0, "Made-up people deleted: 1.\n")
    with open_records() as kept:
        assert kept.desk(OWNER).people() == ()


@pytest.mark.parametrize(
    "told", [("--people", "0"), ("--people", "9999"), ("--months", "0"), ("--seed", "x")]
)
def test_what_cannot_be_made_up_is_told(told: tuple[str, str]) -> None:
    code, said = run(*told)
    assert code == 2 and "Traceback" not in said
