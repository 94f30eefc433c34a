"""The server: Streamlit's pages, the routes beside them, and the gate around it all."""

import logging
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from coach.errors import CoachError
from coach.live.socket import live_route
from coach.web import warm_up
from coach.web.clinic import ended
from coach.web.clinic.door import LoggedOut, door
from coach.web.clinic.gate import Gate, caller, nothing, own_page
from coach.web.clinic.media import MEDIA
from coach.web.clinic.setup import ClinicError
from coach.web.clinic.visit import whose
from coach.web.clips import clip_path
from coach.web.pages import PAGES
from coach.web.state import HUB
from coach.web.video import emptied
from coach.web.video import routes as video_routes

SCRIPT: Final = str(Path(__file__).parent / "main.py")


def gates() -> list[Middleware]:
    """What is asked before anything is answered.  Ends the program where a clinic is not set up as it must be."""
    try:
        door()
    except ClinicError as error:
        sys.exit(str(error))
    return [Middleware(Gate, pages=[page.name for page in PAGES])]


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """From the start of the server to its end."""
    end_with_the_window()
    HUB.write_left()
    # Not before: what is imported beside the server's own modules only keeps the first page waiting.
    warm_up.begin()
    if (of_clinic := door()) is not None:
        ended.watch(of_clinic.learn)
        MEDIA.watch(st.runtime.get_instance().media_file_mgr, whose)
    async with emptied(app):
        yield


def end_with_the_window() -> None:
    """Who closes the terminal ends the server in good order, as who tells it to stop; not where `nohup` keeps it."""
    hang_up = getattr(signal, "SIGHUP", None)  # Windows knows none
    if threading.current_thread() is not threading.main_thread() or hang_up is None:
        return
    if signal.getsignal(hang_up) is signal.SIG_DFL:
        signal.signal(hang_up, lambda *_: signal.raise_signal(signal.SIGTERM))


def say_sorry(error: Exception) -> bool:
    """Tell a person in one sentence that a page failed, and whoever runs this in full."""
    if isinstance(error, LoggedOut):  # between two runs of the page, which would have offered the login
        from coach.web.session import current_language

        st.info(error.told(current_language()))
        return True
    logging.getLogger("coach").exception("A page failed.", exc_info=error)
    from coach.web.session import current_language, here

    st.error(str(error) if isinstance(error, CoachError) else here(current_language())("wrong.page"))
    return True


def routes() -> list[BaseRoute]:
    """What the server answers beside the pages."""
    return [live_route(HUB, own_page=own_page, who=caller), Route("/clips/{name}", _clip), *video_routes]


async def _clip(request: Request) -> Response:
    """A sample clip, to be played as if it were the camera."""
    path = clip_path(request.path_params["name"])
    return nothing() if path is None else FileResponse(path, media_type="video/mp4")
