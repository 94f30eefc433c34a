"""What the whole process shares: the live sessions."""

from typing import Final

from coach.live import Hub

HUB: Final = Hub()
