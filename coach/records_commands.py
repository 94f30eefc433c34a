"""`coach records`: what is kept on this machine or by a clinic, in the hands of whoever runs it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from unicodedata import normalize

import typer
from rich.table import Table

from coach.errors import CoachError
from coach.language import known_language
from coach.screen import out

if TYPE_CHECKING:
    from coach.care.types import Person
    from coach.records import Actor, Desk, Records

SHORTEST: Final = 6  # letters of an id that are enough to name it
SHOWN: Final = 8  # that a list shows, so that the names have room; more where two ids begin alike
NARROWEST: Final = 80  # columns that a list of people takes: on fewer, Rich would cut the ids short

records = typer.Typer(help="What is kept about people.", no_args_is_help=True)

WhoChoice = Annotated[
    str,
    typer.Argument(
        metavar="PERSON", help="An id, its first six letters or more, or a name from `coach records people`."
    ),
]
TherapistChoice = Annotated[
    str,
    typer.Argument(
        metavar="THERAPIST",
        help="An id, its first six letters or more, or a name from `coach records therapists`.",
    ),
]


@records.command()
def where() -> None:
    """Say where the records are, and who is in them."""
    with opened() as (kept, desk):
        rows = [("database", kept.place), ("tracks and videos", f"'{kept.folder}'")]
        rows += [("people", str(len(desk.people()))), ("therapists", str(len(desk.therapists())))]
        made = [f"{at:%Y-%m-%d %H:%M} UTC, {file}" for at, file in kept.backups()]
        rows += [("last backup", made[-1] if made else "none yet")]
        table = Table(box=None, show_header=False, padding=(0, 2))
        for row in rows:
            table.add_row(*row)
        out.print(table, soft_wrap=True)


@records.command()
def people() -> None:
    """List the people."""
    with opened() as (_, desk):
        width = NARROWEST if out.width < NARROWEST else None
        table = Table(box=None, header_style="bold", width=width)
        for title in ("id", "name", "born", "sessions", "last"):
            table.add_column(title, no_wrap=title != "name", overflow="fold")
        sessions, known = desk.pains(), desk.people()
        letters = enough([person.id for person in known])
        for person in known:
            theirs = sessions.get(person.id, ())
            last = str(theirs[-1].started.astimezone().date()) if theirs else ""
            born = "" if person.born is None else str(person.born)
            table.add_row(person.id[:letters], told(person), born, str(len(theirs)), last)
        out.print(table, soft_wrap=True)


@records.command()
def therapists() -> None:
    """List the therapists, and how many people each may see."""
    with opened() as (_, desk):
        table = Table(box=None, header_style="bold", width=NARROWEST if out.width < NARROWEST else None)
        for title in ("id", "name", "people"):
            table.add_column(title, no_wrap=title != "name", overflow="fold")
        known, seen = desk.therapists(), desk.entrusted()
        letters = enough([one.id for one in known])
        for one in known:
            table.add_row(one.id[:letters], one.name, str(len(seen.get(one.id, ()))))
        out.print(table, soft_wrap=True)


@records.command()
def entrust(person: WhoChoice, therapist: TherapistChoice) -> None:
    """Let a therapist see a person."""
    with opened() as (_, desk):
        chosen, whom = find_therapist(desk, therapist), find(desk, person)
        desk.entrust(whom.id, chosen.id)
        say(f"{told(whom)} is entrusted to {chosen.name or chosen.id}.")


@records.command()
def withdraw(person: WhoChoice, therapist: TherapistChoice) -> None:
    """Let a therapist see a person no longer."""
    with opened() as (_, desk):
        chosen, whom = find_therapist(desk, therapist), find(desk, person)
        seen_by = desk.entrusted_to(whom.id)
        if chosen not in seen_by:
            raise CoachError(f"{told(whom)} is not entrusted to {chosen.name or chosen.id}.")
        desk.withdraw(whom.id, chosen.id)
        left = "" if len(seen_by) > 1 else " No therapist sees them now."
        say(f"{told(whom)} is not entrusted to {chosen.name or chosen.id} any longer.{left}")


@records.command()
def dismiss(
    therapist: TherapistChoice,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a therapist's access to everybody back, and remove them; what they wrote stays."""
    with opened() as (_, desk):
        chosen = find_therapist(desk, therapist)
        name, seen = chosen.name or chosen.id, len(desk.entrusted().get(chosen.id, ()))
        if not yes and not typer.confirm(f"Remove {name}, who may see {seen} people? It cannot be undone."):
            raise CoachError("Nobody was removed.")
        desk.remove_therapist(chosen.id)
        say(f"{name} is removed, and sees nobody any longer.")
        say(
            "Take the role away where they log in, too: with it they would be known again, and see nobody yet."
        )


@records.command()
def backup(target: Annotated[Path, typer.Argument(help="The zip to write, such as records.zip.")]) -> None:
    """Write everything into one zip, while the app goes on."""
    with opened() as (kept, _):
        say(
            f"Written: {kept.backup(target)}. It holds people's health data: keep it where nobody else reads it."
        )


@records.command()
def restore(source: Annotated[Path, typer.Argument(help="A zip that `coach records backup` wrote.")]) -> None:
    """Put a backup back, where there are no records yet."""
    with opened() as (kept, desk):
        kept.restore(source)
        say(f"{len(desk.people())} people are in {kept.place} again.")


@records.command()
def export(
    person: WhoChoice, target: Annotated[Path, typer.Argument(help="The zip to write, such as ana.zip.")]
) -> None:
    """Write everything about a person into one zip: JSON, landmark tracks, videos."""
    with opened() as (_, desk):
        say(f"Written: {desk.export(find(desk, person).id, target)}")


@records.command()
def report(
    person: WhoChoice,
    target: Annotated[
        Path, typer.Argument(help="The file to write: .pdf, .html, .csv, .json, .parquet or .fhir.json.")
    ],
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Its language: en, de or es; the person's own without it.")
    ] = "",
) -> None:
    """Write the report of a person's course over weeks, as the ending says; as CSV a file for each table."""
    from coach.report import course_files, course_of, ending_of, format_of
    from coach.video import atomic_write

    known, told_in = format_of(target.name, course=True), known_language(language) if language else None
    with opened() as (_, desk):
        course = course_of(desk, find(desk, person).id, datetime.now().astimezone(), language=told_in)
    name = target.name.removesuffix(ending_of(target.name))
    files = course_files(course, name, (known.ending,))
    for path, file in zip((target, *(target.with_name(one.name) for one in files[1:])), files, strict=True):
        with atomic_write(path, private=True) as temporary:
            temporary.write_bytes(file.content)
        say(f"Written: {path}")


@records.command()
def delete(
    person: WhoChoice,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything about a person, for good."""
    with opened() as (kept, desk):
        whom = find(desk, person)
        if not yes and not typer.confirm(f"Delete everything about {told(whom)}? It cannot be undone."):
            raise CoachError("Nothing was deleted.")
        desk.erase(whom.id)
        say(f"Everything about {told(whom)} is deleted.")
        backups = kept.backups()
        if backups:
            say("What these backups hold of them is still there; delete them too, and make a new one:")
            for at, file in backups:
                say(f"  {at:%Y-%m-%d %H:%M} UTC  {file}")


@records.command()
def forget() -> None:
    """Delete videos, journals and entries of the access log past their time, and every trace of what was deleted."""
    with opened() as (kept, _):
        forgotten = kept.forget_expired()
        kept.scrub()
        say(
            f"Deleted: {forgotten.videos} videos past their time, {forgotten.entries} old entries of the access log, "
            f"{forgotten.journals} journals of live sets that nobody came back to, "
            f"what {forgotten.folders} interrupted deletions had left."
        )
        if forgotten.strangers:
            say(
                f"Left: {forgotten.strangers} folders in '{kept.folder / 'people'}' of people whom this database "
                "does not know; they may be another one's."
            )


@records.command()
def sample(
    people: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 6,
    months: Annotated[float, typer.Option(min=0.25, max=24, help="For how long they have exercised.")] = 4,
    seed: Annotated[int, typer.Option(help="Another one makes other months.")] = 0,
    remove: Annotated[bool, typer.Option("--remove", help="Delete all made-up people instead.")] = False,
) -> None:
    """Put made-up people with months of records beside the real ones, to try plans and the review with."""
    from coach.records import samples

    with opened() as (_, desk):
        if remove:
            say(f"Made-up people deleted: {samples.remove(desk)}.")
            return
        made = samples.fill(desk, people, months, seed)
        say(
            f"Made up: {', '.join(person.name for person in made)}. `coach records sample --remove` deletes them."
        )


@contextmanager
def opened() -> "Iterator[tuple[Records, Desk]]":
    """The records, and their owner's desk."""
    from coach.records import OWNER, open_records  # the database's libraries: only when they are needed

    with open_records() as kept:
        yield kept, kept.desk(OWNER)


def enough(ids: Sequence[str]) -> int:
    """How many letters name each of these ids and no other.

    >>> enough(["0123456789", "0123456798"]), enough(["0123456789"])
    (9, 8)
    """
    letters = SHOWN
    while len({one[:letters] for one in ids}) < len(set(ids)):
        letters += 1
    return letters


def find(desk: "Desk", person: str) -> "Person":
    """Somebody by their id, its first SHORTEST letters or more, or their name, however it is capitalised."""
    chosen: Person = the_one(named(desk.people(), person), person, "person")
    return chosen


def find_therapist(desk: "Desk", therapist: str) -> "Actor":
    """The same of a therapist."""
    chosen: Actor = the_one(named(desk.therapists(), therapist), therapist, "therapist")
    return chosen


def named(known: Sequence[Any], name: str) -> list[Any]:
    """Those of an id or a name; else those whose id begins so."""
    name = normalize("NFC", name)  # macOS writes an ä as two characters
    exact = [one for one in known if name in (one.id, normalize("NFC", one.name))]
    same = exact or [one for one in known if name.casefold() == normalize("NFC", one.name).casefold()]
    return same or [one for one in known if len(name) >= SHORTEST and one.id.startswith(name)]


def the_one(found: list[Any], name: str, what: str) -> Any:
    """What was found.  Raises CoachError where it is none, or several, and where nobody was named.

    A blank name is mostly a slip, as of a variable that is not set; it must not mean whoever has no name.
    """
    if not name.strip():
        raise CoachError(f"The name of the {what} is empty; give a name or an id.")
    if not found:
        if what == "therapist":
            raise CoachError(
                f"There is no therapist '{name}'; one is known once they have logged in, and listed by "
                "`coach records therapists`."
            )
        short = " Of an id six letters are needed." if len(name) < SHORTEST else ""
        raise CoachError(f"There is no {what} '{name}'; `coach records people` lists those there are.{short}")
    if len(found) > 1:
        raise CoachError(f"There are {len(found)} of the name '{name}'; say which one by their id.")
    return found[0]


def told(person: "Person") -> str:
    """A person in a sentence."""
    return person.name or ("somebody without a name" if person.login else "the person of this machine")


def say(sentence: str) -> None:
    """A line on the screen, as it stands."""
    out.print(sentence, soft_wrap=True, highlight=False)
