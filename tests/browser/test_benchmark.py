"""The benchmark of the live path finds its way through the pages as they are."""

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from benchmarks.live import CLIP, FLAGS, measure
from benchmarks.live_figures import Case
from benchmarks.live_memory import over_starts, over_time
from benchmarks.live_pages import Chrome, chromes
from tests.browser import chromium
from tests.browser.webcam import film

ON_THE_WAY = 3  # when the watching began: a picture sent, one made to be the next, and one only grabbed

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(sys.platform != "linux", reason="usage is read where Linux tells it"),
]


@pytest.fixture(scope="module")
def chrome(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser that can be left to itself."""
    shown = film(CLIP, tmp_path_factory.mktemp("camera") / "camera.y4m")
    with chromes(playwright, chromium.find(playwright), shown, FLAGS, 1) as (started,):
        yield started
    shown.unlink()


def test_a_case_is_measured_from_the_command_on(chrome: Chrome) -> None:
    watched, first_s = measure(Case("coach", "full", 1), [chrome], seconds=1.0, warm_up_s=0.0)
    assert first_s > 0
    assert watched.answered > 0 and len(watched.lags) == len(watched.ages) == watched.answered
    assert watched.grabbed >= watched.answered - ON_THE_WAY
    assert watched.server_cpu > 0


def test_sets_are_begun_and_stopped_over_and_over(chrome: Chrome) -> None:
    samples = over_starts(chrome, starts=1)
    assert [number for number, _ in samples] == [0.0, 1.0]
    assert all(usage.resident_mb > 0 for _, usage in samples)


def test_memory_is_looked_at_over_time(chrome: Chrome) -> None:
    samples = over_time(chrome, minutes=0.02, steps=2)
    assert [minutes for minutes, _ in samples] == [0.0, 0.01, 0.02]
    assert all(usage.threads > 1 for _, usage in samples)
