"""A request to an ASGI app without a server."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

from coach.web.video.files import routes


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(
    method: str, url: str, headers: Mapping[str, str] | None = None, body: Sequence[bytes | None] = (b"",)
) -> Answer:
    """Ask the routes; a None in the body: there the browser went away."""
    parts = urlsplit(url)
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [
            (k.lower().encode(), v.encode()) for k, v in {"host": "coach", **(headers or {})}.items()
        ],
    }
    pieces = list(body)
    answer = Answer()

    async def receive() -> dict[str, Any]:
        if not pieces:
            await asyncio.Event().wait()  # the browser stays, and has no more to say
        piece = pieces.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    asyncio.run(Starlette(routes=routes)(scope, receive, send))
    return answer
