"""The screen of the commands: results on stdout, everything else on stderr.

What is printed is data and stands there as it is: a person named `[/b]` or `:smile:` is nothing to be drawn.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class Screen(Console):
    """A console whose reader may have had enough: that is no failure."""

    def on_broken_pipe(self) -> None:
        """End here; nobody reads what is left."""
        let_go()
        raise SystemExit(0)


out = Screen(markup=False, emoji=False)
err = Console(stderr=True, markup=False, emoji=False)


def put(text: str) -> None:
    """Data for other programs on stdout, as it stands; nowhere where there is no stdout."""
    try:
        out.file.write(text)
        out.file.flush()
    except BrokenPipeError:
        out.on_broken_pipe()


def let_go() -> None:
    """What stdout did not take goes nowhere: Python would try it once more at the end, and fail loudly."""
    with suppress(AttributeError, OSError, ValueError):  # there is none, or none of the system's
        number = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


@contextmanager
def progress(name: str) -> Iterator[Callable[[float, float], None]]:
    """A bar with the time left, on stderr; silent where nobody watches."""
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    with bar:
        task = bar.add_task(name, total=None)

        def advance(done_s: float, total_s: float) -> None:
            bar.update(task, completed=done_s, total=total_s if total_s == total_s else None)

        yield advance
