"""Alone on a laptop: the server listens at this machine's own address, and nothing on the way changes that."""

import tomllib

from tests.conftest import ROOT


def test_it_listens_at_this_machine_alone() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["address"] == "127.0.0.1"


def test_what_starts_it_does_not_say_otherwise() -> None:
    for name in ("start.py", "app.py"):
        text = (ROOT / name).read_text("utf-8")
        assert "server.address" not in text and "0.0.0.0" not in text


def test_what_keeps_other_pages_out_is_not_switched_off() -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    for option in ("enableCORS", "enableXsrfProtection", "trustedUserHeaders", "corsAllowedOrigins"):
        assert option not in text
