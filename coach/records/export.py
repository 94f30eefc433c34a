"""Everything about a person in one zip.

everything.json     all that is written about them, in the words of coach.care.types; `damaged` names by their sets
                    the pieces of landmarks that could not be read, and so are not in the zip
tracks/SET.parquet  the landmarks of a set
videos/SET.mp4      its video
"""

import zipfile
from pathlib import Path
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import Connection

from coach.records import asking, people, review, sessions, sets, tracks, videos
from coach.records.access import accesses
from coach.records.problems import problem
from coach.records.shelves import Shelves
from coach.video import atomic_write, told_of

FORMAT: Final = 1


def write(rows: Connection, shelves: Shelves, person: str, target: Path) -> Path:
    """Write the zip.

    Raises OutputError where it cannot be written, RecordsError where something stands there already.
    """
    with told_of(target):
        if target.exists():
            raise problem("exists", name=target.name)
    told = everything(rows, person)
    damaged: dict[str, tuple[str, ...]] = {}
    with (
        atomic_write(target, private=True) as temporary,
        zipfile.ZipFile(temporary, "w", strict_timestamps=False) as archive,
    ):
        for one in told["sets"]:
            id = one.summary.id
            damaged[id] = _add_files(archive, rows, shelves, person, id)
        told["damaged"] = {id: names for id, names in damaged.items() if names}
        written = to_json(told, indent=2, inf_nan_mode="null")
        archive.writestr("everything.json", written, zipfile.ZIP_DEFLATED)
    return target


def everything(rows: Connection, person: str) -> dict[str, Any]:
    """All that is written about a person, in the types of coach.care."""
    return {
        "format": FORMAT,
        "person": people.person(rows, person),
        "entrusted": people.entrusted_to(rows, person),
        "consents": asking.consents(rows, person),
        "screenings": asking.screenings(rows, person),
        "plans": asking.plans(rows, person),
        "put_offs": asking.put_offs(rows, person),
        "sessions": sessions.sessions(rows, person, None),
        "sets": sets.of_person(rows, person),
        "corrections": review.corrections(rows, person),
        "ratings": review.ratings(rows, person),
        "notes": review.notes(rows, person),
        "accesses": accesses(rows, person),
    }


def _add_files(
    archive: zipfile.ZipFile, rows: Connection, shelves: Shelves, person: str, set_id: str
) -> tuple[str, ...]:
    """Add what there is of a set; the names of what is damaged and left out."""
    track, damaged = tracks.read_whole_pieces(shelves.set(person, set_id))
    if track is not None:
        with shelves.making() as folder:
            written = folder / "track.parquet"
            tracks.write_track(written, track)
            archive.write(written, f"tracks/{set_id}.parquet")
    video = videos.find(rows, shelves, person, set_id)
    if video is not None:
        archive.write(video, f"videos/{set_id}{video.suffix}")
    return damaged
