"""The page that takes a video."""

import json
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest
from playwright.sync_api import expect

from coach.language import Words, words
from coach.web.video.page import HERE
from tests.browser.visit import Visit
from tests.conftest import SAMPLES

SECONDS = 6.3  # one squat


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first squat of a sample clip."""
    path = tmp_path_factory.mktemp("clip") / "one squat.mp4"
    with av.open(str(SAMPLES / "squat_clean.mp4")) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        rate = stream.average_rate
        assert rate is not None
        made = target.add_stream_from_template(stream)
        for packet in islice(source.demux(stream), round(SECONDS * rate)):
            if packet.dts is not None:
                packet.stream = made
                target.mux(packet)
    return path


@pytest.fixture
def say() -> Words:
    """The words of this page."""
    return words("en", HERE)


@pytest.fixture
def page(visit: Visit) -> Visit:
    """Somebody with a video."""
    visit.open("video")
    return visit.settled()


def upload(page: Visit, path: Path) -> None:
    """Choose a file."""
    page.page.locator("input[type=file]").set_input_files(path)


def squat(page: Visit) -> None:
    """Say that it shows squats."""
    page.page.get_by_role("combobox").first.click()
    page.page.get_by_role("option", name="Squat", exact=True).click()
    page.settled()


def test_a_video_comes_back_coached(page: Visit, clip: Path, say: Words) -> None:
    squat(page)
    upload(page, clip)
    page.page.get_by_role("button", name=say("start"), exact=True).click()
    video = page.page.locator(".player video")
    expect(video).to_be_visible(timeout=90_000)
    expect(page.page.get_by_text("1 of 1 repetition counted.")).to_be_visible()
    page.page.locator(".player .list .head").first.click()
    start_s = page.page.locator(".player .bar").first.evaluate("bar => parseFloat(bar.style.left) / 100")
    page.page.wait_for_function(
        "([video, share]) => !video.seeking && Math.abs(video.currentTime - share * video.duration) < 0.15",
        arg=[video.element_handle(), start_s],
    )
    with page.page.expect_download() as download:
        page.page.get_by_role("link", name=say("take_json")).click()
    assert json.loads(download.value.path().read_text("utf-8"))["counted"] == 1
    with page.page.expect_download() as download:
        page.page.locator('a[href*="report.html"]').click()
    assert "<html" in download.value.path().read_text("utf-8")


def test_where_nothing_is_seen_there_is_no_list(page: Visit, tmp_path: Path, say: Words) -> None:
    path = tmp_path / "nobody.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(15):
            film.mux(
                stream.encode(av.VideoFrame.from_ndarray(np.zeros((240, 320, 3), np.uint8), format="rgb24"))
            )
        film.mux(stream.encode(None))
    upload(page, path)
    page.page.get_by_role("button", name=say("start"), exact=True).click()
    expect(page.page.get_by_text(say("nobody"))).to_be_visible(timeout=90_000)
    page.page.get_by_role("button", name=say("other_video"), exact=True).click()
    squat(page)
    upload(page, path)
    page.page.get_by_role("button", name=say("start"), exact=True).click()
    expect(page.page.locator(".player video")).to_be_visible(timeout=90_000)
    expect(page.page.get_by_role("heading", name=say("next_time"))).to_be_visible()
    expect(page.page.get_by_role("heading", name=say("list"))).to_have_count(0)


def test_what_is_no_video_is_told_in_one_sentence(page: Visit, tmp_path: Path, say: Words) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video" * 100)
    upload(page, broken)
    told = page.page.get_by_test_id("stAlert")
    expect(told).to_be_visible()
    expect(told).to_contain_text("broken.mp4")
    expect(page.page.get_by_role("button", name=say("start"), exact=True)).not_to_be_visible()


def test_a_video_can_be_cancelled(page: Visit, say: Words) -> None:
    squat(page)
    upload(page, SAMPLES / "squat_faulty.mp4")
    page.page.get_by_role("button", name=say("start"), exact=True).click()
    # A shorter one may be done before the page looks.
    expect(page.page.get_by_role("progressbar")).to_be_visible()
    # The button that had the focus is gone.
    page.page.wait_for_function("document.activeElement?.matches('h1')")
    page.page.get_by_role("button", name=say("cancel"), exact=True).click()
    expect(page.page.get_by_text(say("cancelled"))).to_be_visible()
    page.page.get_by_role("button", name=say("other_video"), exact=True).click()
    expect(page.page.locator("input[type=file]")).to_be_attached()
