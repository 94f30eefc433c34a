"""Brings a database up to the version that this program knows; Alembic's steps are in `migrations`."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from coach.records.problems import RecordsError, problem

NEWEST: Final = "0005"
FOLDER: Final = Path(__file__).parent / "migrations"
ONE_AT_A_TIME: Final = 5_230_917  # PostgreSQL's advisory lock: two programs may be started at once


def upgrade(engine: Engine, place: str, to: str = NEWEST) -> None:
    """Run what is missing, all of it or nothing.  Raises RecordsError for a database that is newer than `NEWEST`."""
    with engine.connect() as rows, rows.begin():
        if version(rows) == to:
            return
    with engine.connect() as rows, rows.execution_options(writes=True).begin():
        if rows.dialect.name == "postgresql":
            rows.execute(text("SET LOCAL statement_timeout TO 0"))  # of years of records it may take long
            rows.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        _upgrade(rows, place, to)


def version(rows: Connection) -> str | None:
    """The version of a database; None of an empty one."""
    if not inspect(rows).has_table("alembic_version"):
        return None
    found: str | None = rows.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(rows: Connection, place: str, to: str) -> None:
    from alembic import command  # takes half a second, and is seldom needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = rows
    found = version(rows)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise problem("newer", place=place)
    try:
        command.upgrade(config, to)
    except RecordsError:
        raise
    except SQLAlchemyError as error:
        raise problem("older", place=place, reason=str(error).splitlines()[0].rstrip(".")) from error
