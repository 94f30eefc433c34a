"""What is kept about people over months: on SQLite or PostgreSQL, asked through one desk that checks and logs."""

from coach.records.access import OWNER, Actor
from coach.records.desk import Desk
from coach.records.problems import NotYours, RecordsError, TracesLeft
from coach.records.store import Records, open_records

__all__ = ["OWNER", "Actor", "Desk", "NotYours", "Records", "RecordsError", "TracesLeft", "open_records"]
