"""Where the running app listens: at this machine alone."""

import sys
from pathlib import Path
from socket import inet_ntop

import pytest

from coach.web.clinic.gate import is_this_machine
from tests.browser.server import App

LISTENS = "0A"


def listening(port: int) -> list[str]:
    """The addresses at which somebody listens on a port, as Linux tells them."""
    found = []
    for name, family in (("tcp", 2), ("tcp6", 10)):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            address, its_port = local.split(":")
            if state == LISTENS and int(its_port, 16) == port:
                words = [bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8)]
                found.append(inet_ntop(family, b"".join(words)))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="listeners are told where Linux tells them")
def test_it_listens_at_this_machine_alone(app: App) -> None:
    app.start()
    found = listening(app.port)
    assert found and all(is_this_machine(address) for address in found)
