"""The routes beside the pages: a video comes in in one piece, and a job's own files go out.

PUT /uploads/{ticket}?name=bridge.mp4
GET /files/{token}/{name}, with ?download to save it under a telling name
"""

from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from coach.web.clinic.gate import nothing, own_page, whose_request
from coach.web.video.folder import remove
from coach.web.video.jobs import jobs
from coach.web.video.uploads import MAX_BYTES, Uploads, uploads

TYPES: Final = {
    ".mp4": "video/mp4",
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".json": "application/json",
}
HEADERS: Final = {
    "Cache-Control": "private, no-store",  # it is gone here within the hour, and no longer elsewhere
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; media-src 'self'; "
    "frame-ancestors 'none'",
}


class TooLarge(Exception):
    """More bytes came than are taken."""


async def send_file(request: Request) -> Response:
    """A file of a job, in whole or in part (Range); 404 for every other name."""
    token, name = request.path_params["token"], request.path_params["name"]
    whose = whose_request(request)
    if whose is None:
        return nothing()
    own = jobs().of(whose)
    path = own.file(token, name)
    task = own.task(token)
    if path is None or task is None or not path.is_file():
        return nothing()
    return FileResponse(
        path,
        headers=HEADERS,
        media_type=TYPES[path.suffix],
        filename=f"{task.video.stem}-{name}",
        content_disposition_type="attachment" if "download" in request.query_params else "inline",
    )


async def take_file(request: Request) -> Response:
    """A video from the page that has the ticket; the answer's status tells the page what to say."""
    tickets: Uploads = uploads()
    ticket = request.path_params["ticket"]
    if not own_page(request):
        return Response(status_code=403)
    whose = whose_request(request)
    if whose is None or not tickets.known(ticket, whose):
        return Response(status_code=404)
    told = request.headers.get("content-length", "")
    size = int(told) if told.isdecimal() else 0
    if size > MAX_BYTES:
        return Response(status_code=413)
    if not tickets.has_room(size):
        return Response(status_code=507)
    video = tickets.begin(ticket, request.query_params.get("name", ""), whose)
    status = await _written(request, video)
    if status != 201:
        remove(video.parent)
        return Response(status_code=status)
    tickets.complete(ticket, video, whose)
    return Response(status_code=201)


async def _written(request: Request, video: Path) -> int:
    """Write what comes; gives the status of the answer."""
    try:
        await _write(request, video)
    except TooLarge:
        return 413
    except ClientDisconnect:
        return 400
    except OSError:
        return 507
    return 201


async def _write(request: Request, video: Path) -> None:
    taken = 0
    with video.open("wb") as file:
        async for chunk in request.stream():
            taken += len(chunk)
            if taken > MAX_BYTES:
                raise TooLarge
            await run_in_threadpool(file.write, chunk)


routes: Final = [
    Route("/files/{token}/{name}", send_file, methods=["GET"]),
    Route("/uploads/{ticket}", take_file, methods=["PUT"]),
]
