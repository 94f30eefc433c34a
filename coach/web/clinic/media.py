"""Whose the pictures and downloads are that Streamlit hands out at /media: it gives them to whoever has the address."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from coach.web.clinic.door import LoggedOut

MOST: Final = (
    100_000  # addresses that are remembered; one that was forgotten gives nothing until the page is run anew
)


class Media:
    """Who was given which address."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._given: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._promised: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def may(self, name: str, whose: str) -> bool:
        """Whether somebody was given the file of this name."""
        return (name, whose) in self._given

    def watch(self, manager: Any, whose: Callable[[], str]) -> None:
        """Remember from now on what Streamlit's manager of such files gives to whom.

        whose  who is at the page that runs
        """
        add, add_deferred, execute = manager.add, manager.add_deferred, manager.execute_deferred

        def adding(*arguments: Any, **named: Any) -> str:
            address: str = add(*arguments, **named)
            self._give(address, _who(whose))
            return address

        def promising(*arguments: Any, **named: Any) -> str:
            promise: str = add_deferred(*arguments, **named)
            self._keep(self._promised, promise, _who(whose))
            return promise

        def executing(promise: str) -> str:
            address: str = execute(promise)
            self._give(address, self._promised.get(promise, ""))
            return address

        manager.add, manager.add_deferred, manager.execute_deferred = adding, promising, executing

    def _give(self, address: str, whose: str) -> None:
        if whose:
            self._keep(self._given, (address.rsplit("/", 1)[-1], whose), None)

    def _keep(self, kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
        with self._lock:
            kept[key] = value
            kept.move_to_end(key)
            if len(kept) > self._most:
                kept.popitem(last=False)


def _who(whose: Callable[[], str]) -> str:
    """Nobody where nobody is logged in."""
    try:
        return whose()
    except LoggedOut:
        return ""


MEDIA: Final = Media()
