"""The smallest streamlit-webrtc app with the same pose model: what `benchmarks.live` compares with.

It does less than the coach: a model and a skeleton, no light, no judgement, nothing said.
"""

import os
from typing import Any

import aioice.ice
import av
import cv2
import numpy as np
import streamlit as st
from streamlit_webrtc import webrtc_streamer

from coach.pose import INDEX, MediaPipeEstimator, PoseFrame
from coach.pose.landmarks import BONES

WANTED = {"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30}}


def estimator() -> MediaPipeEstimator:
    """One model a visit."""
    if "estimator" not in st.session_state:
        st.session_state.estimator = MediaPipeEstimator(os.environ.get("COACH_MODEL", "full"))  # type: ignore[arg-type]
    return st.session_state.estimator  # type: ignore[no-any-return]


def draw(image: np.ndarray, frame: PoseFrame) -> None:
    """The skeleton into the picture."""
    if frame.found:
        for a, b in BONES:
            ends = [tuple(np.nan_to_num(frame.xy[INDEX[name]]).astype(int).tolist()) for name in (a, b)]
            cv2.line(image, ends[0], ends[1], (143, 227, 236), 4)


# Streamed from this machine to itself, and to nobody else, whatever networks it has.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
model = estimator()


def answer(frame: av.VideoFrame) -> av.VideoFrame:
    """Called for each picture, on a thread of streamlit-webrtc."""
    image: Any = frame.to_ndarray(format="rgb24")
    draw(image, model.estimate(image, frame.time or 0.0))
    return av.VideoFrame.from_ndarray(image, format="rgb24")


constraints: dict[str, Any] = {"video": WANTED, "audio": False}
webrtc_streamer(
    key="benchmark",
    video_frame_callback=answer,
    media_stream_constraints=constraints,
    rtc_configuration={"iceServers": []},
)
