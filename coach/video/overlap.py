"""The model works on the next frame while everything else is done with this one.

Inference lets go of Python's lock, so decoding, judging, drawing and encoding cost no time of their own as long as
they take less than the model (docs/measured/speed.md).
"""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")


def one_ahead(
    items: Iterable[Item], work: Callable[[Item], Done]
) -> Generator[tuple[Item, Done], None, None]:
    """Each item with what `work` made of it, in order; `work` is called in one thread, one item ahead.

    What goes wrong in `work` is raised here, at its item.  The thread has ended when the iterator is exhausted or
    closed.
    """
    with ThreadPoolExecutor(1, "model") as model:
        waiting: tuple[Item, Future[Done]] | None = None
        for item in items:
            under_way = model.submit(work, item)
            if waiting is not None:
                yield waiting[0], waiting[1].result()
            waiting = item, under_way
        if waiting is not None:
            yield waiting[0], waiting[1].result()
