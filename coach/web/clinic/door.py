"""Who is let in now, asked anew on every run of a page, every request and every frame."""

import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

from coach.errors import CoachError
from coach.language import LANGUAGES, words
from coach.web.clinic import ended
from coach.web.clinic.login import Login, Why, read_login
from coach.web.clinic.setup import Clinic, configured

HERE: Final = Path(__file__).parent


class LoggedOut(CoachError):
    """Nobody is logged in here, or no longer; `why` tells which."""

    def __init__(self, why: Why) -> None:
        told: dict[str, str] = {one: words(one, HERE)("logged_out") for one in LANGUAGES}
        super().__init__(told["en"], told)
        self.why: Why = why


class Door:
    """Of a clinic.  `clock` gives seconds since 1970.

    A login that was ended is not let in again, though its cookie may still be somewhere: `tell` is told of each, and
    whoever hears of others says so to `learn`.
    """

    def __init__(
        self,
        clinic: Clinic,
        clock: Callable[[], float] = time.time,
        tell: Callable[[Login], None] = lambda login: None,
    ) -> None:
        self.clinic = clinic
        self._clock, self._tell = clock, tell
        self._ended: dict[str, float] = {}
        self._lock = Lock()

    def login(self, claims: Mapping[str, Any]) -> Login:
        """Whose claims they are.  Raises LoggedOut."""
        found = read_login(claims, self.clinic, self._clock())
        if not isinstance(found, Login):
            raise LoggedOut(found)
        self.hold(found)
        return found

    def still(self, login: Login) -> bool:
        """Whether it holds."""
        return self._clock() < login.until and login.mark not in self._ended

    def hold(self, login: Login) -> None:
        """Raises LoggedOut where it does not."""
        if not self.still(login):
            raise LoggedOut("ended" if self._clock() < login.until else "expired")

    def left_s(self, login: Login) -> float:
        """For how long it will."""
        return max(0.0, login.until - self._clock())

    def end(self, login: Login) -> None:
        """It holds no longer, wherever its cookie is."""
        if self.still(login):
            self.learn({login.mark: login.until})
            self._tell(login)

    def learn(self, ended: Mapping[str, float]) -> None:
        """Of logins that were ended elsewhere: mark -> when it would have ended."""
        with self._lock:
            now = self._clock()
            self._ended = {mark: until for mark, until in {**self._ended, **ended}.items() if until > now}


@cache
def door() -> Door | None:
    """The one of this process; None: a laptop of one's own, where nobody logs in.  Raises ClinicError."""
    clinic = configured()
    return None if clinic is None else Door(clinic, tell=ended.tell)
