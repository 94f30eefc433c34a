"""A sample clip as the film that Chromium's fake webcam plays, over and over."""

from pathlib import Path

import av


def film(clip: Path, to: Path) -> Path:
    """Write a clip as YUV4MPEG2, which keeps its frame rate."""
    with av.open(str(clip)) as source, to.open("wb") as file:
        stream = source.streams.video[0]
        rate = stream.average_rate
        assert rate is not None
        head = f"YUV4MPEG2 W{stream.width} H{stream.height} F{rate.numerator}:{rate.denominator} Ip A1:1 C420jpeg\n"
        file.write(head.encode())
        for frame in source.decode(stream):
            file.write(b"FRAME\n" + frame.reformat(format="yuv420p").to_ndarray().tobytes())
    return to
