"""The server: Streamlit's pages, and the routes beside them."""

import logging
import threading
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from coach.errors import CoachError
from coach.live.socket import live_route
from coach.web.clips import clip_path
from coach.web.state import HUB
from coach.web.video import routes as video_routes

SCRIPT: Final = str(Path(__file__).parent / "main.py")


def warm_up() -> None:
    """Load the pose model in the background, while the person still reads the first page."""
    threading.Thread(target=_load, name="coach-warm-up", daemon=True).start()


def say_sorry(error: Exception) -> bool:
    """Tell a person in one sentence that a page failed, and whoever runs this in full."""
    logging.getLogger("coach").exception("A page failed.", exc_info=error)
    from coach.web.session import current_language, here

    st.error(str(error) if isinstance(error, CoachError) else here(current_language())("wrong.page"))
    return True


def routes() -> list[BaseRoute]:
    """What the server answers beside the pages."""
    return [live_route(HUB), Route("/clips/{name}", _clip), *video_routes]


async def _clip(request: Request) -> Response:
    """A sample clip, to be played as if it were the camera."""
    path = clip_path(request.path_params["name"])
    return PlainTextResponse("", 404) if path is None else FileResponse(path, media_type="video/mp4")


def _load() -> None:
    """Import what takes a second or two, and run the model once."""
    import numpy as np

    from coach.pose import MediaPipeEstimator

    with MediaPipeEstimator() as estimator:
        estimator.estimate(np.zeros((480, 640, 3), np.uint8), 0.0)
