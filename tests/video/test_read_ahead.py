"""Frames come from another thread: the same ones, few at a time, and nothing of it stays behind."""

import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import VideoError
from coach.video.opening import Limits
from coach.video.reader import VideoFrame, VideoReader, read_ahead, unprepared


class Endless:
    """Stands for a reader, and counts what was taken from it."""

    made = 0
    closed = False

    def frames(self) -> Generator[VideoFrame, None, None]:
        try:
            while True:
                self.made += 1
                yield VideoFrame(float(self.made), np.zeros((2, 2, 3), np.uint8))
        finally:
            self.closed = True


def decoding_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "decode"]


@pytest.mark.parametrize("depth", [1, 2, 4, 100])
def test_the_same_frames(clip: Callable[..., Path], depth: int) -> None:
    path = clip()
    with VideoReader(path) as direct, VideoReader(path) as ahead:
        for one, other in zip(direct.frames(), read_ahead(ahead, unprepared, depth), strict=True):
            assert one.t == other.t
            assert (one.image == other.image).all()
    assert decoding_threads() == []


def test_only_few_frames_wait() -> None:
    reader: Any = Endless()
    frames = read_ahead(reader, unprepared, 3)
    for taken in range(1, 50):
        next(frames)
        assert reader.made <= taken + 3 + 1  # three in the queue, one in the hand of the thread
    frames.close()
    assert reader.made <= 49 + 3 + 2


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_thread_ends_with_the_consumer(depth: int) -> None:
    reader: Any = Endless()
    frames = read_ahead(reader, unprepared, depth)
    next(frames)
    assert len(decoding_threads()) == 1
    frames.close()
    assert decoding_threads() == []
    assert reader.closed


def test_the_thread_ends_when_the_consumer_fails() -> None:
    reader: Any = Endless()

    def consume() -> None:
        for _ in read_ahead(reader, unprepared):
            raise KeyError("x")

    with pytest.raises(KeyError) as caught:
        consume()
    del caught
    assert decoding_threads() == []


def test_errors_are_raised_where_the_frames_are_read(clip: Callable[..., Path]) -> None:
    path = clip("clip.h264", times=[i / 25 for i in range(60)])
    got = 0
    with VideoReader(path, Limits(max_duration_s=1.02)) as reader, pytest.raises(VideoError, match="longer"):
        for _ in read_ahead(reader, unprepared):
            got += 1
    assert got == 26
    assert decoding_threads() == []


def test_a_reader_that_is_closed_meanwhile_is_at_its_end(clip: Callable[..., Path]) -> None:
    with VideoReader(clip(times=[i / 20 for i in range(200)])) as reader:
        frames = read_ahead(reader, unprepared, 2)
        next(frames)
    assert len(list(frames)) <= 4
    assert decoding_threads() == []
