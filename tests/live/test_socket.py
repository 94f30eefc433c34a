"""The live socket: who is let in, one frame in and one answer out, and nothing left behind."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from coach.language import Language
from coach.live import Dose, Hub, LiveSession
from coach.live.socket import (
    FULL,
    LOGGED_OUT,
    OVER,
    TAKEN,
    UNKNOWN,
    Caller,
    _asks_to_stop,
    coach_over,
    live_route,
    same_origin,
)
from tests.judge.films import squats
from tests.live.sets import asked
from tests.live.sights import Film, sent

ANY = st.one_of(st.none(), st.text('https:/[]@.%#?\\{}"do 019é\x00'))
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def hub() -> Hub:
    return Hub(most=2)


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(app(hub)) as client:
        yield client
    assert live_threads() == []


def app(
    hub: Hub, sight: Callable[[LiveSession], Any] = lambda session: Film(squats(2)), **of: Any
) -> Starlette:
    return Starlette(routes=[live_route(hub, sight, **of)])


def live_threads() -> list[threading.Thread]:
    """The workers that are there for good: a test client does not wait for the end of what it leaves."""
    threads = [thread for thread in threading.enumerate() if thread.name == "coach-live"]
    for thread in threads:
        thread.join(5.0)
    return [thread for thread in threads if thread.is_alive()]


def opened(hub: Hub, dose: Dose | None = None, language: Language = "en") -> LiveSession:
    return hub.open(asked("squat", dose or Dose(2, None), language=language))


@contextmanager
def connected(client: TestClient, token: str, **headers: str) -> Iterator[WebSocketTestSession]:
    with client.websocket_connect(f"/live/{token}", headers=headers or ORIGIN) as socket:
        yield socket


def closed_with(socket: WebSocketTestSession) -> int:
    with pytest.raises(WebSocketDisconnect) as closed:
        while True:
            socket.receive_text()
    return closed.value.code


# --- who is let in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": ""},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://testserver:81"},
        {"origin": "file://testserver"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://[evil"},
    ],
)
def test_no_other_page_may_send_pictures_or_listen(
    headers: dict[str, str], client: TestClient, hub: Hub
) -> None:
    session = opened(hub)
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client.websocket_connect(f"/live/{session.token}", headers=headers) as socket,
    ):
        socket.receive_text()
    assert not session.connected


def test_the_page_of_this_server_may() -> None:
    assert same_origin("http://localhost:8501", "localhost:8501")
    assert same_origin("https://Coach.example", "coach.example")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY, ANY)
def test_an_origin_is_never_more_than_refused(origin: str | None, host: str | None) -> None:
    assert same_origin(origin, host) in (True, False)
    assert not same_origin(origin, None)


def test_an_unknown_token_is_told(client: TestClient) -> None:
    with connected(client, "no-such-token") as socket:
        assert closed_with(socket) == UNKNOWN == 4404


def test_a_set_that_is_over_is_told(client: TestClient, hub: Hub) -> None:
    session = opened(hub)
    session.stop()
    with connected(client, session.token) as socket:
        assert closed_with(socket) == OVER == 4000


def test_a_full_house_is_told(client: TestClient, hub: Hub) -> None:
    first, second, third = (opened(hub) for _ in range(3))
    with connected(client, first.token) as one, connected(client, second.token) as two:
        assert one.receive_json() == two.receive_json() == {"ready": True}
        with connected(client, third.token) as socket:
            assert closed_with(socket) == FULL == 4429
        with connected(client, first.token) as again:
            assert again.receive_json() == {"ready": True}, "one that comes back has its place"


@pytest.mark.parametrize("caller", [Caller("ben"), Caller("")])
def test_somebody_elses_set_is_one_that_never_was(hub: Hub, caller: Caller) -> None:
    session = hub.of("ana").open(asked("squat"))
    with TestClient(app(hub, who=lambda socket: caller)) as client:
        for token in (session.token, "no-such-token"):
            with connected(client, token) as socket:
                assert closed_with(socket) == UNKNOWN
    assert not session.connected


def test_who_is_not_logged_in_learns_nothing_of_a_token(hub: Hub) -> None:
    session = hub.of("ana").open(asked("squat"))
    with TestClient(app(hub, who=lambda socket: None)) as client:
        for token in (session.token, "no-such-token"):
            with connected(client, token) as socket:
                assert closed_with(socket) == LOGGED_OUT == 4401


def test_a_login_that_ends_in_the_middle_ends_the_connection_and_leaves_the_set(hub: Hub) -> None:
    session, logged_in = hub.of("ana").open(asked("squat")), [True]
    caller = Caller("ana", lambda: logged_in[0])
    with (
        TestClient(app(hub, who=lambda socket: caller)) as client,
        connected(client, session.token) as socket,
    ):
        assert socket.receive_json() == {"ready": True}
        socket.send_bytes(sent(1, 3.0))
        assert socket.receive_json()["number"] == 1
        logged_in.clear()
        logged_in.append(False)
        socket.send_bytes(sent(2, 3.1))
        assert closed_with(socket) == LOGGED_OUT
    assert live_threads() == []
    assert not session.done and not session.connected


def test_which_page_is_its_own_can_be_told(hub: Hub) -> None:
    session = opened(hub)
    told = {"origin": "https://coach.example"}
    with TestClient(app(hub, own_page=lambda socket: socket.headers["origin"] == told["origin"])) as client:
        with connected(client, session.token, **told) as socket:
            assert socket.receive_json() == {"ready": True}
        with pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)), connected(client, session.token):
            pass


# --- a set --------------------------------------------------------------------------------------------------


def test_a_frame_in_an_answer_out_until_the_dose_is_done(client: TestClient, hub: Hub) -> None:
    session = opened(hub)
    with connected(client, session.token) as socket:
        assert socket.receive_json() == {"ready": True}
        answers: list[dict[str, Any]] = []
        while not answers or answers[-1]["stage"] != "done":
            number = len(answers)
            socket.send_bytes(sent(number, 3.0 + number / 12))
            answers.append(socket.receive_json())
            assert answers[-1]["number"] == number
        assert closed_with(socket) == OVER
    assert answers[-1]["say"].endswith("Done: 2 repetitions")
    assert [part.counted for part in session.coached.results[0].parts] == [True, True]


def test_stop_is_answered_with_the_end(client: TestClient, hub: Hub) -> None:
    session = opened(hub, language="de")
    with connected(client, session.token) as socket:
        socket.receive_json()
        socket.send_bytes(sent(1, 0.0))
        socket.receive_json()
        socket.send_text("[" * 100_000)
        socket.send_text("hello")
        socket.send_text('["stop"]')
        socket.send_text('{"do": "dance"}')
        socket.send_text('{"do": "stop"}')
        last = socket.receive_json()
        assert (last["stage"], last["say"]) == ("done", "Der Satz ist zu Ende. Gezählt wurde nichts")
        assert closed_with(socket) == OVER
    assert session.done


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ANY)
def test_only_one_word_is_understood(text: str | None) -> None:
    assert not _asks_to_stop(text)
    assert _asks_to_stop(json.dumps({"do": "stop", "why": text}))


def test_what_is_no_frame_is_told_in_one_sentence_and_the_set_stays(client: TestClient, hub: Hub) -> None:
    session = opened(hub)
    for message in (b"", b"hello", sent(1, 0.0, b"no picture")):
        with connected(client, session.token) as socket:
            socket.receive_json()
            socket.send_bytes(message)
            error = socket.receive_json()
            assert list(error) == ["error"] and error["error"].endswith(".")
            assert closed_with(socket) == 1000
    assert not session.done and not session.connected


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Something went wrong in the coach. What was counted so far is kept."),
        ("de", "Beim Mitschauen ist etwas schiefgegangen. Was bis jetzt gezählt wurde, bleibt erhalten."),
        ("es", "Algo ha fallado al mirarte. Lo que se ha contado hasta ahora se conserva."),
    ],
)
def test_a_model_that_fails_is_told_in_the_language_of_the_set(
    hub: Hub, language: Language, told: str
) -> None:
    def sight(session: LiveSession) -> Any:
        raise RuntimeError("a graph somewhere")

    session = opened(hub, language=language)
    with TestClient(app(hub, sight)) as client, connected(client, session.token) as socket:
        assert socket.receive_json() == {"error": told}
        assert closed_with(socket) == 1000
    assert not session.done and not session.connected


def test_who_connects_last_has_the_set(client: TestClient, hub: Hub) -> None:
    session = opened(hub)
    with connected(client, session.token) as first:
        first.receive_json()
        with connected(client, session.token) as second:
            second.receive_json()
            first.send_bytes(sent(1, 0.0))
            assert closed_with(first) == TAKEN
            second.send_bytes(sent(2, 0.0))
            assert second.receive_json()["number"] == 2


def test_a_dropped_session_lets_go_of_its_camera(client: TestClient, hub: Hub) -> None:
    session = opened(hub)
    with connected(client, session.token) as socket:
        socket.receive_json()
        hub.drop(session.token)
        socket.send_bytes(sent(1, 0.0))
        assert closed_with(socket) == 1000


# --- nothing is left behind ---------------------------------------------------------------------------------


def test_a_page_that_goes_leaves_no_thread_and_frees_its_model(hub: Hub) -> None:
    films: list[Film] = []

    def sight(session: LiveSession) -> Film:
        films.append(Film(squats(1)))
        return films[-1]

    session = opened(hub)
    with TestClient(app(hub, sight)) as client, connected(client, session.token) as socket:
        socket.receive_json()
        socket.send_bytes(sent(1, 0.0))
        socket.receive_json()
    assert live_threads() == []
    assert [film.closed for film in films] == [1]
    assert not session.connected and not session.done


def test_coming_and_going_twenty_times_leaves_nothing(hub: Hub) -> None:
    films: list[Film] = []

    def sight(session: LiveSession) -> Film:
        films.append(Film(squats(1)))
        return films[-1]

    session = opened(hub)
    before = threading.active_count()
    with TestClient(app(hub, sight)) as client:
        for n in range(20):
            with connected(client, session.token) as socket:
                if n % 3:
                    socket.receive_json()
                if n % 3 == 2:
                    socket.send_bytes(sent(n, float(n)))
        assert live_threads() == []
    assert threading.active_count() <= before + 1
    assert len(films) == 20 and all(film.closed == 1 for film in films)
    assert hub.live == 0


class Silent:
    """A connection over which nothing comes."""

    async def receive(self) -> Any:
        await asyncio.Future()


def test_a_server_that_ends_before_the_worker_breaks_nothing(hub: Hub) -> None:
    session, ended = opened(hub), threading.Event()

    def sight(session: LiveSession) -> Film:
        ended.wait(5.0)
        return Film(squats(1))

    async def cut_short() -> None:
        connection = asyncio.create_task(coach_over(Silent(), session, sight))  # type: ignore[arg-type]
        while not connection.done():
            await asyncio.sleep(0)
            connection.cancel()
        with suppress(asyncio.CancelledError):
            await connection

    loop = asyncio.new_event_loop()
    loop.run_until_complete(cut_short())
    loop.close()
    ended.set()
    assert live_threads() == []
