"""The rows of the tables."""

import dataclasses
from typing import Any

import pytest

from coach.judge import Judgement, NotJudged, Verdict
from coach.judge.results import RangeOfMotion, faults_of
from coach.records.summaries import numbers_of
from coach.report import Evidence, ReportInput
from coach.report.tables import bands, cell, findings, gaps, key_figures, measured, rows, sides_differ


def with_result(report: ReportInput, **changed: Any) -> ReportInput:
    return dataclasses.replace(report, result=report.result.model_copy(update=changed))


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_a_row_tells_a_repetition(bridge: ReportInput) -> None:
    row = rows(bridge)[3]
    assert (row.number, row.time, row.counted, row.why_not) == (4, "0:28", False, "Not high enough to count")
    assert [plain(text) for text in (row.lasted, row.range, row.tempo)] == ["1.1 s", "32°", "1.8 / 2.0 s"]
    assert [c.kind for c in row.cells] == ["pass", "fault", "pass", "fault", "pass"]


def test_a_row_tells_a_hold(pigeon: ReportInput) -> None:
    left, right = rows(pigeon)
    assert (plain(left.lasted), plain(left.pauses), left.side) == ("34 s", "2 (7.5 s)", "left")
    assert (right.pauses, right.why_not) == ("none", "Held 22 of 30 seconds")


def test_a_row_tells_what_a_hold_measured(thomas: ReportInput, pigeon: ReportInput) -> None:
    told = [(row.number, row.side, plain(row.figure), row.says.split(".")[0]) for row in measured(thomas)]
    assert told == [
        (1, "right", "−19 ± 3.4°", "The thigh stays above the horizontal"),
        (1, "right", "53 ± 6.2°", "The knee bends less than usual"),
        (2, "left", "1 ± 3.4°", "Too close to the limit for the camera to tell"),
        (2, "left", "not measured", "It was not seen for long enough to measure it"),
    ]
    assert measured(pigeon) == []


def test_every_verdict_has_a_symbol_and_a_word() -> None:
    told = [cell(Verdict(verdict=kind)) for kind in Judgement]
    assert [(c.symbol, c.word) for c in told] == [
        ("✓", "pass"),
        ("✕", "fault"),
        ("?", "unsure"),
        ("–", "not judged"),
    ]
    assert cell(None).word == "not judged"


def test_a_cell_has_value_band_and_reason() -> None:
    verdict = Verdict(verdict=Judgement.UNSURE, value=160.2, unit="deg", band=5, reason="too close")
    assert (plain(cell(verdict).figure), cell(verdict).reason) == ("160 ± 5°", "too close")
    assert cell(Verdict(verdict=Judgement.CANNOT_JUDGE, value=float("nan"), unit="deg", band=5)).figure == ""


def test_a_value_beside_a_limit_is_told_so_that_it_does_not_contradict_its_verdict(
    bridge: ReportInput,
) -> None:
    wanted = bridge.wanted("no_arch")
    assert wanted is not None and wanted.max is not None
    verdict = Verdict(verdict=Judgement.UNSURE, value=wanted.max + 0.2, unit="deg", band=5)
    rep = bridge.result.reps[0].model_copy(update={"verdicts": {"no_arch": verdict}})
    (row,) = rows(with_result(bridge, reps=(rep,)))
    told = row.cells[bridge.checks.index("no_arch")].figure
    assert plain(told) == f"{wanted.max + 0.2:g} ± 5°"


def test_findings_begin_with_the_most_frequent_then_the_most_severe(bridge: ReportInput) -> None:
    told = findings(with_result(bridge, faults={"hold": 1, "no_arch": 1, "knees_over_ankles": 3}))
    assert [f.name for f in told] == ["Knees over ankles", "No arch", "Hold", "Straight line"]
    assert told[0].often == "Fault in 3 of 7 judged repetitions"
    assert told[-1].often == "", "it has a picture, but no fault"
    assert len(told[0].pictures) == 2


def test_a_picture_of_an_unknown_check_is_shown_all_the_same(bridge: ReportInput) -> None:
    report = dataclasses.replace(bridge, evidence=(Evidence("old_check", 1, 2.0, b"", "Then"),))
    assert findings(report)[-1].name == "Old check"
    assert findings(report)[-1].what == ""


def test_the_longest_gap_comes_first_and_unseen_checks_are_always_told(bridge: ReportInput) -> None:
    assert [(g.name, g.share) for g in gaps(bridge)] == [("Feet flat", "100%"), ("Knees over ankles", "8%")]
    short = NotJudged(check="hold", reason="it was dark", share=0.2)
    told = gaps(with_result(bridge, not_judged=(short,)))
    assert [(g.name, g.reason, g.share) for g in told] == [
        ("Feet flat", "The model’s heel and toes do not follow a lifted heel", "100%"),
        ("Hold", "It was dark", "20%"),
    ]


def test_bands_lie_outside_the_range(bridge: ReportInput) -> None:
    told = {band.name: (plain(band.asked), plain(band.unsure)) for band in bands(bridge)}
    assert told == {
        "Knees over ankles": ("−12° to 12°", "between −16° and −12° or between 12° and 16°"),
        "Straight line": ("at least 162°", "between 157° and 162°"),
        "No arch": ("at most 185°", "between 185° and 190°"),
        "Hold": ("at least 3 s", "between 2.5 s and 3 s"),
        "Slow lowering": ("at least 1.5 s", "between 1.2 s and 1.5 s"),
    }


def test_a_range_against_rest_says_so(pigeon: ReportInput) -> None:
    assert bands(pigeon)[0].asked == "at most 15°, against the person’s own value at rest"


def test_without_verdicts_there_are_no_bands(empty: ReportInput) -> None:
    assert bands(empty) == []


def test_key_figures_leave_out_what_nobody_measured(bridge: ReportInput, empty: ReportInput) -> None:
    assert key_figures(bridge) == {
        "Counted": "6 of 7",
        "Typical range": "54\u00a0±\u00a06.9°, largest without a fault 54°",
        "Length": "0:58 min",
        "Person seen": "97% of the time",
        "Camera view": "side",
    }
    assert list(key_figures(empty)) == ["Counted", "Length", "Person seen"]


def test_a_range_without_a_clean_repetition_has_no_largest_and_a_single_one_nothing_typical(
    bridge: ReportInput,
) -> None:
    unsure = {"hold": Verdict(verdict=Judgement.UNSURE)}
    reps = tuple(rep.model_copy(update={"verdicts": unsure}) for rep in bridge.result.reps)
    assert plain(key_figures(with_result(bridge, reps=reps))["Typical range"]) == "54 ± 6.9°"
    told = key_figures(with_result(bridge, reps=bridge.result.reps[:1]))
    assert plain(told["Range"]) == "54 ± 6.9°" and "Typical range" not in told


def of_sides(report: ReportInput, left: float, right: float) -> ReportInput:
    sides = (
        RangeOfMotion(side="left", median_deg=left, best_deg=44),
        RangeOfMotion(side="right", median_deg=right, best_deg=44),
    )
    reps = tuple(
        rep.model_copy(update={"side": ("left", "right")[n % 2], "verdicts": {}})
        for n, rep in enumerate(report.result.reps)
    )
    return with_result(report, range_of_motion=sides, reps=reps, symmetry_percent=100 * left / right)


def test_symmetry_is_told_with_both_sides(bridge: ReportInput) -> None:
    told = key_figures(of_sides(bridge, 30, 40))
    assert (told["Typical range, left"], told["Symmetry"]) == ("30\u00a0±\u00a06.9°, largest 44°", "75%")


def test_sides_that_cannot_be_told_apart_have_no_symmetry(bridge: ReportInput) -> None:
    """A change errs by 2.8 degrees, so their difference by 4.0; what both sides err by alike falls away."""
    assert key_figures(of_sides(bridge, 9, 12))["Symmetry"] == "no difference beyond the error"
    assert key_figures(of_sides(bridge, 9, 14))["Symmetry"] == "64%"


def test_the_side_is_a_column_only_where_it_tells_something(bridge: ReportInput, pigeon: ReportInput) -> None:
    assert not sides_differ(bridge)
    assert sides_differ(pigeon)


@pytest.mark.parametrize(
    ("verdicts", "of"),
    [
        (("fault", "unsure", "unsure", "pass"), 4),
        (("unsure", "pass", "cannot_judge"), 1),
        (("unsure", "unsure"), 0),
    ],
)
def test_faults_are_told_of_all_that_was_judged_and_none_of_what_was_surely_right(
    bridge: ReportInput, verdicts: tuple[str, ...], of: int
) -> None:
    reps = tuple(
        bridge.result.reps[0].model_copy(update={"verdicts": {"hold": Verdict(verdict=Judgement(one))}})
        for one in verdicts
    )
    told = with_result(bridge, reps=reps, faults=dict(faults_of(reps)))
    assert told.of_how_many("hold") == numbers_of(told.result).told_of["hold"] == of
