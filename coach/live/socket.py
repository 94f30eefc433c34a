"""The live socket: a route in the server that shows the pages."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from coach.language import words
from coach.live.eyes import Eyes
from coach.live.hub import Hub, LiveSession
from coach.live.worker import Sight, Worker

# Codes with which the socket is closed.
UNKNOWN, TAKEN, OVER, FULL, LOGGED_OUT, OTHER_PAGE = 4404, 4409, 4000, 4429, 4401, 4403
GONE: Final = object()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is at a connection: `whose` sessions it may have, and whether they still are who they were."""

    whose: str = ""
    still: Callable[[], bool] = lambda: True


Who = Callable[[WebSocket], Caller | None]


def live_route(
    hub: Hub,
    make_sight: Callable[[LiveSession], Sight] | None = None,
    own_page: Callable[[WebSocket], bool] | None = None,
    who: Who = lambda socket: Caller(),
) -> WebSocketRoute:
    """The route `/live/{token}`.

    make_sight  stands in for the pose model in tests
    own_page    whether a page of this server asks; else the one that the request was sent to
    who         who asks; None: somebody who would have to log in
    """
    sight = make_sight or (lambda session: Eyes(session.settings.coached, session.settings.model))

    async def endpoint(socket: WebSocket) -> None:
        if not (own_page or of_this_host)(socket):
            await socket.close(OTHER_PAGE)
            return
        caller = who(socket)
        session = None if caller is None else hub.find(socket.path_params["token"], caller.whose)
        await socket.accept()
        if caller is None:
            await socket.close(LOGGED_OUT)
        elif session is None:
            await socket.close(UNKNOWN)
        elif session.done:
            await socket.close(OVER)
        elif not hub.has_place_for(session):
            await socket.close(FULL)
        else:
            await coach_over(socket, session, sight, caller.still)

    return WebSocketRoute("/live/{token}", endpoint)


def of_this_host(socket: HTTPConnection) -> bool:
    """Whether the page that asks came from where the request was sent to."""
    return same_origin(socket.headers.get("origin"), socket.headers.get("host"))


def same_origin(origin: str | None, host: str | None) -> bool:
    """Whether a page of this very server asks: no other page may send a camera's pictures here, or listen.

    >>> same_origin("http://localhost:8501", "localhost:8501"), same_origin("http://evil.example", "localhost:8501")
    (True, False)
    """
    if not origin or not host:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:  # no address at all
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


async def coach_over(
    socket: WebSocket,
    session: LiveSession,
    make_sight: Callable[[LiveSession], Sight],
    still: Callable[[], bool] = lambda: True,
) -> None:
    """One connection, from its first frame to its end; the worker's thread is gone when this returns.

    still  whether who asked still may; asked at each frame
    """
    loop = asyncio.get_running_loop()
    outbox: asyncio.Queue[str | object] = asyncio.Queue()

    def answer(text: str | object) -> None:
        with suppress(RuntimeError):  # the server has ended before the worker: nobody is left to be told
            loop.call_soon_threadsafe(outbox.put_nowait, text)

    say = words(session.settings.language, Path(__file__).parent)
    worker = Worker(session, lambda: make_sight(session), answer, lambda: answer(GONE), say)
    worker.start()
    receiving = asyncio.create_task(_receive(socket, worker, still))
    try:
        while (text := await outbox.get()) is not GONE:
            await socket.send_text(str(text))
        ended = TAKEN if session.connected else 1000 if still() else LOGGED_OUT
        await socket.close(OVER if session.done else ended)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the page is gone: nobody is left to be told
    finally:
        receiving.cancel()
        worker.close()
        await loop.run_in_executor(None, worker.join)


async def _receive(socket: WebSocket, worker: Worker, still: Callable[[], bool]) -> None:
    """Frames go to the mailbox; the one word that is understood is `stop`."""
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect" or not still():
                break
            if message.get("bytes") is not None:
                worker.mailbox.put(message["bytes"])
            elif _asks_to_stop(message.get("text")):
                worker.stop_set()
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        worker.close()


def _asks_to_stop(text: str | None) -> bool:
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("do") == "stop"
