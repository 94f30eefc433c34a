"""A clinic with a clock of its own."""

from tests.web.clinic.logins import clinic_door, clock

__all__ = ["clinic_door", "clock"]
