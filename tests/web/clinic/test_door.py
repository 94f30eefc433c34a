"""Who is let in now."""

import pytest

from coach.language import LANGUAGES
from coach.web.clinic.door import Door, LoggedOut
from tests.web.clinic.logins import CLINIC, NOW, Clock, claims


@pytest.fixture
def door(clock: Clock) -> Door:
    return Door(CLINIC, clock)


def why(door: Door, **others: object) -> str:
    with pytest.raises(LoggedOut) as out:
        door.login(claims(**others))
    return out.value.why


def test_a_login_holds_until_its_end_to_the_second(door: Door, clock: Clock) -> None:
    login = door.login(claims())
    assert door.still(login) and door.left_s(login) == 3600
    clock.now += 3599.9
    assert door.still(login) and door.login(claims()) == login
    clock.now += 0.1
    assert not door.still(login) and door.left_s(login) == 0
    assert why(door) == "expired"


def test_what_was_ended_is_not_let_in_again(door: Door) -> None:
    door.end(door.login(claims()))
    assert why(door) == "ended"
    assert door.login(claims("ben")).subject == "ben"
    assert door.login(claims(iat=int(NOW) - 1)).subject == "ana", "who logs in anew is"


def test_ended_ones_are_forgotten_when_their_time_is_over(door: Door, clock: Clock) -> None:
    for n in range(100):
        door.end(door.login(claims(f"person-{n}", iat=int(clock.now), exp=int(clock.now) + 60)))
        clock.now += 30
    assert len(door._ended) <= 3


def test_it_is_told_in_every_language(door: Door) -> None:
    out = LoggedOut("expired")
    assert len({out.told(language) for language in LANGUAGES}) == len(LANGUAGES)
