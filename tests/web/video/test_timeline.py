"""What the player shows of a set: every bar, fault and gap in words, on the clock of the annotated copy."""

import pytest

from coach.judge import Judgement
from coach.language import LANGUAGES, words
from coach.web.video import page
from coach.web.video.timeline import Note, timeline
from tests.web.video.conftest import a_rep, a_verdict, an_analysis

EN = words("en", page.HERE)
FAULT, PASS = Judgement.FAULT, Judgement.PASS


def test_bars_are_told_apart_by_a_sign() -> None:
    analysis = an_analysis(
        a_rep(2, hold=a_verdict(PASS)),
        a_rep(10, straight_line=a_verdict(FAULT, 12.5)),
        a_rep(20, counted=False),
    )
    told = timeline(analysis, EN)
    assert told.headline == "2 of 3 repetitions counted."
    assert [(bar.sign, bar.kind, bar.start_s, bar.end_s) for bar in told.bars] == [
        ("✓", "clean", 2.0, 7.0),
        ("!", "fault", 10.0, 15.0),
        ("✕", "not_counted", 20.0, 25.0),
    ]
    assert told.bars[1].label == "Repetition 2, 0:10 – 0:15: counted, with a fault"


def test_a_fault_is_told_with_its_value_and_what_to_do() -> None:
    told = timeline(an_analysis(a_rep(10, straight_line=a_verdict(FAULT, 12.5))), EN)
    assert told.bars[0].notes == (
        Note("◆", "Not met: Shoulder, hip and knee are in one line at the top (154\u00a0±\u00a09.1°)"),
        Note("→", "Squeeze your buttocks, higher if your back allows"),
    )
    (lane,) = told.lanes
    assert lane.name == "Shoulder, hip and knee are in one line at the top"
    assert [(mark.at_s, mark.label) for mark in lane.marks] == [
        (12.5, "Shoulder, hip and knee are in one line at the top – Repetition 1, 0:12")
    ]


def test_why_it_did_not_count_and_what_nobody_knows() -> None:
    unsure = a_verdict(Judgement.UNSURE, reason="too close to tell")
    hidden = a_verdict(Judgement.CANNOT_JUDGE, reason="your left knee is hidden")
    told = timeline(an_analysis(a_rep(2, counted=False, no_arch=unsure, knees_over_ankles=hidden)), EN)
    assert told.bars[0].notes == (
        Note("✕", "Not high enough to count"),
        Note("?", "Not sure: The back does not arch at the top (too close to tell)"),
        Note("–", "Could not be judged: The knees are over the ankles at the top (your left knee is hidden)"),
    )


def test_what_no_camera_sees_is_told_once() -> None:
    blind = a_verdict(Judgement.CANNOT_JUDGE, reason="no camera sees it")
    told = timeline(an_analysis(a_rep(2, feet_flat=blind)), EN)
    assert told.bars[0].notes == ()
    assert told.not_judged == ("The feet stay flat on the floor (no camera sees it)",)


def test_times_are_those_of_the_copy_of_one_set() -> None:
    told = timeline(an_analysis(a_rep(62, no_arch=a_verdict(FAULT, 64.0)), from_s=60.0), EN)
    assert (told.bars[0].start_s, told.bars[0].time) == (2.0, "0:02 – 0:07")
    assert told.lanes[0].marks[0].at_s == pytest.approx(4.0)
    assert told.duration_s == pytest.approx(30.0)


def test_nothing_seen() -> None:
    told = timeline(an_analysis(), EN)
    assert (told.headline, told.bars, told.lanes) == ("No repetition was seen.", (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_player_gets_plain_data_and_the_ways_to_keep_it(language: str) -> None:
    say = words(language, page.HERE)  # type: ignore[arg-type]
    data = page.player_data("t", an_analysis(a_rep(2), language=language), say)
    assert data["src"] == "/files/t/coached.mp4"
    assert [file["url"] for file in data["downloads"]] == [
        "/files/t/report.pdf?download",
        "/files/t/report.html?download",
        "/files/t/result.json?download",
        "/files/t/coached.mp4?download",
    ]
    assert data["bars"][0]["notes"] == ()
    assert all(data["words"].values())
