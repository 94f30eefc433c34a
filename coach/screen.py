"""The screen of the commands: results on stdout, everything else on stderr.

What is printed is data and stands there as it is: a person named `[/b]` or `:smile:` is nothing to be drawn.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

out = Console(markup=False, emoji=False)
err = Console(stderr=True, markup=False, emoji=False)


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
