"""Flat tables, and what CSV and Parquet make of them."""

import dataclasses
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from coach.judge.exercise import TAKEN
from coach.report import ReportInput, flat
from coach.report.csv import render_csv
from coach.report.flat import Column, FlatTable
from coach.report.parquet import render_parquet
from tests.report.courses import course, nobody
from tests.report.reading import of_csv, of_parquet

AT = datetime(2026, 11, 22, 16, 20, tzinfo=UTC)
COLUMNS = (Column("a", "text"), Column("n", "number", "deg"), Column("t", "time"), Column("ok", "truth"))


@pytest.mark.parametrize("name", ["bridge", "pigeon", "thomas", "empty", "sixty"])
def test_rows_are_as_long_as_the_head(name: str, request: pytest.FixtureRequest) -> None:
    report: ReportInput = request.getfixturevalue(name)
    table = flat.attempts(report)
    assert len(table.rows) == len(report.attempts)
    assert {len(row) for row in table.rows} <= {len(table.columns)}
    assert len({column.name for column in table.columns}) == len(table.columns)


def test_no_check_may_be_named_as_a_column_beside_it() -> None:
    assert {column.name for column in (*flat.ATTEMPT, *flat.REP, *flat.HOLD)} <= TAKEN


def test_holds_tell_their_pauses(pigeon: ReportInput) -> None:
    table = flat.attempts(pigeon)
    assert table.name == "holds"
    assert table.of("pauses") == (2, 0)
    assert table.of("paused_s") == (7.5, 0.0)
    assert table.of("why_not") == (None, "held 22 of 30 seconds")


def test_holds_tell_what_a_test_measured(thomas: ReportInput) -> None:
    table = flat.attempts(thomas)
    assert table.of("measured.thigh.value") == (-18.61, 1.2)
    assert table.of("measured.thigh.band") == (3.4, 3.4)
    assert table.of("measured.knee.value") == (52.75, None)
    assert [str(told).split(".")[0] for told in table.of("measured.knee.says")] == [
        "The knee bends less than usual",
        "It was not seen for long enough to measure it",
    ]
    assert {
        one.unit for one in table.columns if one.name.startswith("measured.") and one.kind == "number"
    } == {"deg"}


def test_sides_that_cannot_be_told_apart_are_marked() -> None:
    given_course = course(1)
    (hiked, *others) = sorted(given_course.sets, key=lambda one: one.exercise != "hip_hiker")
    far = dataclasses.replace(hiked, range_deg={"left": 9.0, "right": 13.0})
    near = dataclasses.replace(hiked, range_deg={"left": 9.0, "right": 12.5})
    told = flat.sets(dataclasses.replace(given_course, sets=(far, near, others[-1])))
    assert told.of("sides_alike") == (False, True, None), (
        "each side errs by 2.5 degrees, their difference by 3.5"
    )


def test_the_error_of_a_change_is_named_so() -> None:
    sets = flat.sets(course(1))
    assert sets.of("change_error_deg.both")[0] == 2.9
    assert not [one.name for one in sets.columns if "spread" in one.name or "band" in one.name]


def test_the_longest_hold_stands_beside_all_of_them() -> None:
    given_course = course(1)
    done = next(one for one in given_course.sets if one.exercise == "pigeon")
    twice = dataclasses.replace(done, hold_s={"left": 30.0}, longest_s={"left": 20.0})
    old = dataclasses.replace(twice, longest_s={})
    told = flat.sets(dataclasses.replace(given_course, sets=(twice, old)))
    assert (told.of("hold_s.left"), told.of("longest_s.left")) == ((30.0, 30.0), (20.0, None))


def test_the_tables_of_a_course() -> None:
    given_course = course(12)
    sets, sessions, weeks, corrections = flat.tables(given_course)
    assert len(sets.rows) == len(given_course.sets)
    assert sets.of("range_deg.left")[0] is None and sets.of("range_deg.both")[0] is not None
    for faults, judged, one in zip(
        sets.of("faults.trunk"), sets.of("judged.trunk"), given_course.sets, strict=True
    ):
        assert (faults is None) == (judged is None), "what was judged and never at fault has 0"
        assert (faults or 0) == one.faults.get("trunk", 0)
    assert sessions.of("pain_before")[:2] == (6, 6)
    assert sum(weeks.of("sessions")) == len(given_course.sessions)  # type: ignore[arg-type]
    assert corrections.of("machine") == ("fault", "pass")
    assert corrections.of("therapist") == ("pass", "fault")
    assert corrections.of("by")[0] == "Dr. Grete Muster"


@pytest.mark.parametrize("render", [lambda t: of_csv(render_csv(t)), lambda t: of_parquet(render_parquet(t))])
def test_nobody_has_tables_without_rows(render: object) -> None:
    for table in flat.tables(nobody()):
        read = render(table)  # type: ignore[operator]
        assert list(read.columns) == [column.name for column in table.columns]
        assert len(read) == 0


def test_csv_is_utf8_that_spreadsheets_know() -> None:
    content = render_csv(
        FlatTable("x", COLUMNS, (('Müller, "Eva"\nمريم', 1.5, AT, True), (None, None, None, None)))
    )
    assert content.startswith(b"\xef\xbb\xbf")
    read = of_csv(content)
    assert read["a"][0] == 'Müller, "Eva"\nمريم'
    assert read["n"][0] == 1.5
    assert read["t"][0] == "2026-11-22T16:20:00+00:00"
    assert read.iloc[1].isna().all()


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-cmd", "@x", "\tx"])
def test_nothing_in_a_cell_is_worked_out(evil: str) -> None:
    content = render_csv(FlatTable("x", COLUMNS[:1], ((evil,),)))
    assert content.decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert of_csv(render_csv(FlatTable("x", COLUMNS[1:2], ((-4.25,),))))["n"][0] == -4.25


def test_parquet_keeps_types_and_units(tmp_path: object, bridge: ReportInput) -> None:
    import io

    table = pq.read_table(io.BytesIO(render_parquet(flat.attempts(bridge), {"exercise": "bridge"})))
    assert table.schema.metadata[b"exercise"] == b"bridge"
    assert table.schema.field("range_deg").metadata == {b"unit": b"deg"}
    assert table.schema.field("straight_line.value").metadata == {b"unit": b"deg"}
    assert str(table.schema.field("counted").type) == "bool"
    times = of_parquet(render_parquet(FlatTable("x", COLUMNS[2:3], ((AT,),))))
    assert times["t"][0].to_pydatetime() == AT


@given(some.floats(-1e6, 1e6))
def test_rounding_keeps_three_digits_and_no_minus_zero(value: float) -> None:
    told = flat.rounded(value)
    assert told is not None and abs(told - value) <= 0.0005 + 1e-9
    assert str(told) != "-0.0"


def test_a_verdict_that_is_not_there_leaves_its_cells_empty(bridge: ReportInput) -> None:
    rep = bridge.result.reps[0].model_copy(update={"verdicts": {}})
    result = bridge.result.model_copy(update={"reps": (rep, *bridge.result.reps[1:])})
    table = flat.attempts(dataclasses.replace(bridge, result=result))
    assert table.of("hold.value")[:2] == (None, 3.4)
