"""Reports on paper: PDF by Typst, from the templates in `typst`, with letters of our own in `fonts`.

Latin, Greek, Cyrillic, Arabic and Hebrew names are set with the fonts that come along.  Where a name has other
letters, the computer's own fonts are asked too; where none has them, each page says what its boxes stand for.  Nothing
is ever fetched.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import typst

from coach.judge import Judgement
from coach.language import Language
from coach.report.chart import chart_svg, describe
from coach.report.layout import layout_of
from coach.report.model import Evidence, ReportInput
from coach.report.summary import summary
from coach.report.svg import standalone
from coach.report.tables import (
    Band,
    Finding,
    Row,
    bands,
    findings,
    gaps,
    key_figures,
    measured,
    rows,
    sides_differ,
)
from coach.report.wording import breakable, check_name, clock, date_and_time, isolated, say

HERE: Final = Path(__file__).parent
FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew")
# What those fonts have: Latin, Greek, Cyrillic; Hebrew; Arabic; more Latin; punctuation and signs.
_COVERED: Final = re.compile(
    "[\x00-\u052f\u0590-\u06ff\u0750-\u077f\u1e00-\u1eff\u2000-\u209f\u20a0-\u20bf\u2116\u2122\u2190-\u2193"
    "\u2212\u2248\u2260\u2264\u2265\ufb1d-\ufb4f\ufffd]*"
)
LOOK: Final = "look.typ"
TITLE_WORD: Final = 28  # letters that fit a line
GAPS_FIRST: Final = 5  # on the first page
JPEG: Final = b"\xff\xd8"


def render_pdf(report: ReportInput) -> bytes:
    """A set: a page that says what matters, then the chart, the pictures and every repetition."""
    own = say(report.language)
    pictures = {f"e{n}.jpg": one for n, one in enumerate(report.evidence) if one.jpeg.startswith(JPEG)}
    drawn = bool(report.attempts) or report.curve.seen.size > 0
    told = [_finding(one, report, pictures) for one in findings(report)]
    # The first one is told on the first page, with its first picture.
    more = told if told and len(told[0]["pictures"]) > 1 else told[1:]
    data: dict[str, Any] = {
        "kind": own("page.kind"),
        "title": isolated(breakable(report.exercise.name, TITLE_WORD)),
        "document_title": own("page.title", name=report.exercise.name),
        "lines": [
            *([isolated(breakable(report.person))] if report.person else []),
            f"{isolated(breakable(report.source_name))}, {date_and_time(report.made_at, report.language)}",
        ],
        "summary": summary(report),
        "figures": list(key_figures(report).items()),
        "work_on": told[0] if told else None,
        "findings": more,
        "chart": drawn,
        "chart_told": describe(report, layout_of(report).lanes) if drawn else "",
        "advice": list(report.result.advice),
        "band_note": own("pdf.band") if report.range_band_deg and report.result.range_of_motion else "",
        "legend": [(verdict.value, own(f"verdict.{verdict.value}")) for verdict in Judgement],
        "bands": [(one.name, _band(one, report)) for one in bands(report)],
        "pictured": own("page.pictured") if report.evidence else "",
        "versions": list(report.result.versions.items()),
        "words": {
            "one_thing": own("pdf.one_thing"),
            "asked_for": own("page.asked_for"),
            "why": own("page.why"),
            "results": own("page.results"),
            "results_told": own("page.results_told"),
            "gaps": own("page.gaps"),
            "gaps_told": own("page.gaps_told"),
            "advice": own("page.advice"),
            "over_time": own("page.over_time"),
            "findings": own("page.findings" if more == told else "pdf.findings"),
            "attempts": own(f"page.attempts.{report.kind}"),
            "attempts_told": own(f"page.attempts_told.{report.kind}"),
            "bands": own("page.bands"),
            "bands_told": own("page.bands_told"),
            "about": own("page.about"),
            "measured": own("page.measured"),
        },
        **_results(report),
        **_gaps(report),
        **_attempts(report),
    }
    files = {name: one.jpeg for name, one in pictures.items()}
    if drawn:
        files["chart.svg"] = standalone(chart_svg(report), FAMILIES[0]).encode()
    return compiled("set.typ", data, files, report.language, report.made_at)


def _finding(one: Finding, report: ReportInput, pictures: Mapping[str, Evidence]) -> dict[str, Any]:
    own = say(report.language)
    return {
        "name": one.name,
        "often": one.often,
        "what": one.what,
        "why": one.why,
        "cue": own("page.cue", cue=one.cue) if one.cue else "",
        "pictures": [
            {
                "file": name,
                "title": own(f"page.picture.{report.kind}", number=shown.rep, time=clock(shown.at_s)),
                "caption": shown.caption,
                "alt": own(
                    f"page.picture_of.{report.kind}",
                    time=clock(shown.at_s),
                    number=shown.rep,
                    check=one.name,
                    caption=shown.caption,
                ),
            }
            for name, shown in pictures.items()
            if shown in one.pictures
        ],
    }


def _results(report: ReportInput) -> dict[str, Any]:
    """What a test measured; the side has a column where it tells anything."""
    own, sided = say(report.language), sides_differ(report)
    sides = [own("page.side")] if sided else []
    heads = [own("page.number"), *sides, own("page.result"), own("page.value"), own("page.meaning")]
    return {
        "result_heads": heads,
        "results": [
            [str(row.number), *([row.side] if sided else []), row.what, row.figure, row.says]
            for row in measured(report)
        ],
    }


def _gaps(report: ReportInput) -> dict[str, Any]:
    own, told = say(report.language), [(one.name, one.reason, one.share) for one in gaps(report)]
    nothing = "" if report.attempts else own(f"page.no_attempts.{report.kind}")
    every = own("page.no_gaps") if report.attempts and not told else ""
    first = GAPS_FIRST if report.attempts else len(told)  # a report of nothing has room for all of them
    return {
        "gap_heads": [own("page.check"), own("page.reason"), own("page.share")],
        "gaps": told,
        "gaps_first": first,
        "gaps_note": nothing or every,
        "gaps_more": own("pdf.more", n=len(told) - first) if len(told) > first else "",
    }


def _attempts(report: ReportInput) -> dict[str, Any]:
    """The table of repetitions or holds: some plain columns, then one a check."""
    own, sided = say(report.language), sides_differ(report)
    heads = [
        own("page.number"),
        own("page.time"),
        *([own("page.side")] if sided else []),
        own("page.counted"),
    ]
    own_heads = ("page.held", "page.pauses") if report.held else ("page.range", "page.hold", "page.tempo")
    plain = [*heads, *(own(key) for key in own_heads)]
    return {
        "row_heads": [*plain, *(check_name(check, report.language) for check in report.checks)],
        "plain_columns": len(plain),
        "counted_column": len(heads) - 1,
        "rows": [
            {
                "plain": _plain(row, report, sided),
                "why_not": row.why_not,
                "cells": [{"kind": cell.kind, "figure": cell.figure} for cell in row.cells],
            }
            for row in rows(report)
        ],
    }


def _plain(row: Row, report: ReportInput, sided: bool) -> list[str]:
    counted = say(report.language)("page.yes" if row.counted else "page.no")
    told = (row.lasted, row.pauses) if report.held else (row.range or "–", row.lasted, row.tempo)
    return [str(row.number), row.time, *([row.side] if sided else []), counted, *told]


def _band(one: Band, report: ReportInput) -> str:
    own = say(report.language)
    told = [own("page.band_asked", asked=one.asked)]
    if one.unsure:
        told.append(own("page.band_unsure", between=one.unsure, band=one.band))
    if one.misses:
        told.append(own("page.band_misses", why=one.misses))
    return " ".join(told)


# --- Typst ------------------------------------------------------------------------------------------------


def compiled(
    template: str, data: dict[str, Any], files: Mapping[str, bytes], language: Language, made_at: datetime
) -> bytes:
    """A template with its data as PDF; `files` are its pictures by name.

    `data` is text and never markup: nothing in a name is carried out.
    """
    given = {
        **data,
        "language": language,
        "fonts": FAMILIES,
        "disclaimer": say(language)("page.disclaimer"),
        "unreadable": "",
    }
    written = _written(given)
    covered = _COVERED.fullmatch(written.decode("utf-8")) is not None
    with TemporaryDirectory(prefix="form-coach-") as folder:
        for name, content in {"data.json": written, **files}.items():
            Path(folder, name).write_bytes(content)
        for name in (template, LOOK):
            Path(folder, name).write_bytes((HERE / "typst" / name).read_bytes())
        try:
            return _typeset(Path(folder), template, covered, made_at, "ua-1")
        except (
            typst.TypstError
        ):  # a letter that no font has: boxes, with a word on them, are better than no report
            told = _written({**given, "unreadable": say(language)("pdf.unreadable")})
            Path(folder, "data.json").write_bytes(told)
            return _typeset(Path(folder), template, covered, made_at, None)


def _written(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def _typeset(
    folder: Path, template: str, covered: bool, made_at: datetime, standard: Literal["ua-1"] | None
) -> bytes:
    return typst.compile(
        folder / template,
        root=folder,
        format="pdf",
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=covered,
        timestamp=int(made_at.timestamp()),
        pdf_standards=standard,
    )
