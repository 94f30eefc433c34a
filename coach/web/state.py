"""What the whole process shares: the live sessions."""

from typing import Final

from coach.folders import data_folder
from coach.live import Hub

HUB: Final = Hub(data_folder() / "live")
