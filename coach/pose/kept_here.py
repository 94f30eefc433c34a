"""Keeps the pose model's library from telling anybody that it is used.

After each use MediaPipe sends its version, Python's, the task, times and numbers of frames (no picture, no landmark) to
one address.  There is no option against it, and none is wanted: https://github.com/google-ai-edge/mediapipe/issues/6291.
So before the first model is made that address becomes one that leads nowhere, in the memory of this process alone: then
no name is looked up and no socket opened, and whatever else this process asks of a network goes on as before.  A proxy
in the environment would do on Linux only, since Windows and macOS reach the network in their own ways, and children
would get it too.

macOS guards the pages of a program; there the library sends through NSURLSession, which nothing else in this process
uses, and which from then on gives no session.
"""

import ctypes
import logging
import mmap
import os
import sys
from collections.abc import Callable, Iterable
from ctypes import c_char_p, c_int, c_size_t, c_uint32, c_void_p
from functools import cache
from pathlib import Path
from struct import unpack_from
from threading import Lock
from typing import Any, Final

ADDRESS: Final = b"https://play.googleapis.com/log\0"
NOWHERE: Final = (
    b"never://127.0.0.1:9/switchedoff\0"  # as long; a scheme that nobody speaks, a port that nobody hears
)
READ, WRITE, RUN = 1, 2, 4  # what a page may be used for, on Linux
READ_AND_WRITE: Final = 4  # the same on Windows, which copies the page when it is written to
SESSIONS: Final = (
    b"sharedSession",
    b"sessionWithConfiguration:",
    b"sessionWithConfiguration:delegate:delegateQueue:",
)
NOT_KEPT: Final = (
    "MediaPipe may tell its makers that it is used (no pictures); this version could not be kept from it."
)
_one_at_a_time: Final = Lock()


def keep_here() -> bool:
    """See above; to be called before a model is made.  Whether it could be done; where not, the log says so once."""
    with _one_at_a_time:
        return _kept_here()


@cache
def _kept_here() -> bool:
    try:
        kept = _without_sessions() if sys.platform == "darwin" else _without_address()
    except (OSError, ValueError, AttributeError, ImportError) as error:
        logging.getLogger("coach").warning("%s (%s)", NOT_KEPT, error)
        return False
    if not kept:
        logging.getLogger("coach").warning(NOT_KEPT)
    return kept


def _without_address() -> bool:
    """On Linux and Windows: the address is written over."""
    from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library

    library, on_windows = load_raw_library(), sys.platform == "win32"
    path = Path(os.path.realpath(library._name))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as image:
        offset = image.find(ADDRESS)
        if offset < 0:
            return False
        in_section = section_place(image, offset) if on_windows else 0
    if on_windows:
        return _written(library._handle + in_section, _write_on_windows)
    maps = Path("/proc/self/maps").read_text("utf-8", "surrogateescape")
    return _written(mapped_place(maps.splitlines(), str(path), offset), _write_on_linux)


def _written(place: int, write: Callable[[int], bool]) -> bool:
    return ctypes.string_at(place, len(ADDRESS)) == ADDRESS and write(place)


def mapped_place(maps: Iterable[str], path: str, offset: int) -> int:
    """Where a byte of a mapped file lies in memory, by the lines of /proc/self/maps.  Raises ValueError.

    >>> mapped_place(["7f00-7f80 r-xp 00000010 08:01 12   /a/b c.so"], "/a/b c.so", 0x12) == 0x7F02
    True
    """
    for line in maps:
        span, rights, begins, _, _, *name = line.split(maxsplit=5)
        start, end = (int(each, 16) for each in span.split("-"))
        place = start + offset - int(begins, 16)
        if name == [path] and rights.startswith("r") and start <= place < end:
            return place
    raise ValueError(f"{path} is not in memory")


def section_place(image: Any, offset: int) -> int:
    """Where a byte of a Windows library's file lies, from where the library is loaded.  Raises ValueError.

    image  the file, as bytes or mapped
    """
    head = unpack_from("<I", image, 0x3C)[0]
    sections, optional = unpack_from("<H", image, head + 6)[0], unpack_from("<H", image, head + 20)[0]
    for number in range(sections):
        loaded, size, begins = unpack_from("<III", image, head + 24 + optional + 40 * number + 12)
        if begins <= offset < begins + size:
            return int(loaded) + offset - int(begins)
    raise ValueError("no section has it")


def _write_on_linux(place: int) -> bool:
    allow = ctypes.CDLL(None).mprotect
    allow.argtypes = (c_void_p, c_size_t, c_int)
    page = place - place % mmap.PAGESIZE
    size = place + len(NOWHERE) - page
    if allow(page, size, READ | WRITE):
        return False
    ctypes.memmove(place, NOWHERE, len(NOWHERE))
    if allow(page, size, READ | RUN):  # a linker may put such texts into one segment with the code
        allow(page, size, READ)
    return True


def _write_on_windows(place: int) -> bool:
    allow = ctypes.CDLL("kernel32").VirtualProtect
    allow.argtypes = (c_void_p, c_size_t, c_uint32, c_void_p)
    before = c_uint32()
    if not allow(place, len(NOWHERE), READ_AND_WRITE, ctypes.byref(before)):
        return False
    ctypes.memmove(place, NOWHERE, len(NOWHERE))
    allow(place, len(NOWHERE), before, ctypes.byref(before))
    return True


def _without_sessions() -> bool:
    """On macOS: what would make a session gives none, as `isProxy` of every object is a plain no."""
    from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library

    load_raw_library()  # and with it what it sends with
    objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")

    def call(name: str, *given: Any) -> int | None:
        function = getattr(objc, name)
        function.restype = c_void_p
        function.argtypes = [c_char_p if isinstance(each, bytes) else c_void_p for each in given]
        return function(*given)  # type: ignore[no-any-return]

    no = call(
        "class_getMethodImplementation",
        call("objc_getClass", b"NSObject"),
        call("sel_registerName", b"isProxy"),
    )
    session = call("objc_getClass", b"NSURLSession")
    makers = [call("class_getClassMethod", session, call("sel_registerName", name)) for name in SESSIONS]
    if not no or not all(makers):
        return False
    for maker in makers:
        call("method_setImplementation", maker, no)
    return True
