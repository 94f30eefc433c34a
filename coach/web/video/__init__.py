"""The page that takes a video: uploads on disk, a queue with one worker, and the player with its timeline."""

from coach.web.video.files import routes
from coach.web.video.folder import emptied

__all__ = ["emptied", "routes"]
