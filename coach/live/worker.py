"""The thread of one connection: it owns the pose model and the coach, and answers frame by frame."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

from coach.errors import CoachError
from coach.live.hub import LiveSession, TakenOver
from coach.live.mailbox import Mailbox
from coach.live.wire import Incoming, as_json, reply, unpack
from coach.pose import Image, PoseFrame, decode_picture

log = logging.getLogger("coach")
IDLE_S: Final = 1.5  # without a frame for so long, the camera or the network is gone


class Sight(Protocol):
    """What sees: `Eyes`, or anything like it in a test."""

    quicker: bool

    def see(self, image: Image, t: float) -> PoseFrame: ...

    def close(self) -> None: ...


class Worker:
    """Takes frames from its mailbox until that is closed, the session is done or taken over, or no frame comes.

    make_sight  called on the worker's own thread, as is its `close`
    answer      gets the text to send; on_end is called once, last of all
    words       the sentences of a live set, by their keys

    Whatever goes wrong ends the connection with one sentence; the set stays as it is, with what was counted.
    """

    def __init__(
        self,
        session: LiveSession,
        make_sight: Callable[[], Sight],
        answer: Callable[[str], None],
        on_end: Callable[[], None],
        words: Callable[[str], str],
        idle_s: float = IDLE_S,
    ) -> None:
        self.mailbox = Mailbox[bytes]()
        self._session, self._make_sight = session, make_sight
        self._answer, self._on_end = answer, on_end
        self._words, self._idle_s = words, idle_s
        self._told_quicker = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="coach-live", daemon=True)

    def start(self) -> None:
        """Begin to take frames."""
        self._session.connect(self)
        self._thread.start()

    def stop_set(self) -> None:
        """The person ends the set; the last screen is answered from the worker's thread."""
        self._stopped.set()
        self.mailbox.close()

    def close(self) -> None:
        """The connection is gone; the set stays as it is."""
        self.mailbox.close()

    def join(self, timeout_s: float = 5.0) -> None:
        """Wait for the thread's end."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            sight = self._make_sight()
            try:
                self._watch(sight)
            finally:
                sight.close()
        except CoachError as error:
            self._answer(as_json({"error": error.told(self._session.settings.language)}))
        except Exception:  # of the pose model, of a picture's decoder
            log.exception("A live set was interrupted.")
            self._answer(as_json({"error": self._words("interrupted")}))
        finally:
            self._session.leave(self)
            self._on_end()

    def _watch(self, sight: Sight) -> None:
        self._answer(as_json({"ready": True}))
        while self._session.belongs_to(self) and not self._session.done:
            message = self.mailbox.take(self._idle_s)
            if message is None:
                break
            try:
                self._step(sight, unpack(message))
            except TakenOver:
                break
        if self._stopped.is_set() and self._session.belongs_to(self):
            nobody = PoseFrame.empty(0.0, (1, 1))
            self._answer(reply(0, nobody, self._session.stop()))

    def _step(self, sight: Sight, incoming: Incoming) -> None:
        image = decode_picture(incoming.picture)
        frame = sight.see(image, self._session.time_of(incoming.t, self))
        repaired, screen = self._session.take(frame, self)
        more = {}
        if sight.quicker and not self._told_quicker:
            self._told_quicker = True
            more["notice"] = self._words("quicker_model")
        self._answer(reply(incoming.number, repaired, screen, **more))
