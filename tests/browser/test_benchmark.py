"""The benchmark of the live path finds its way through the pages as they are."""

import sys

import pytest
from playwright.sync_api import Browser

from benchmarks.live import measure, over_starts
from benchmarks.live_figures import Case

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="usage is read where Linux tells it")


def test_a_case_is_measured_from_the_command_on(browser: Browser) -> None:
    watched, first_s = measure(Case("coach", "full", 1), browser, seconds=1.0, warm_up_s=0.0)
    assert first_s > 0
    assert watched.answered > 0 and len(watched.lags) == len(watched.ages) == watched.answered
    assert watched.grabbed >= watched.answered
    assert watched.server_cpu > 0


def test_sets_are_begun_and_stopped_over_and_over(browser: Browser) -> None:
    samples = over_starts(browser, starts=1)
    assert [number for number, _ in samples] == [0.0, 1.0]
    assert all(usage.resident_mb > 0 for _, usage in samples)
