"""The report as a page: complete, escaped, readable without anything else."""

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import coach.report
from coach.report import Evidence, ReportInput, render_html

VOID = {"meta", "img", "br", "link", "input", "hr"}
CSS = Path(coach.report.__file__).with_name("report.css").read_text("utf-8")


class Page(HTMLParser):
    """Collects the tags and checks that they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(params=["bridge", "pigeon", "thomas", "empty", "sixty"])
def report(request: pytest.FixtureRequest) -> ReportInput:
    found: ReportInput = request.getfixturevalue(request.param)
    return found


def test_every_tag_is_closed(report: ReportInput) -> None:
    assert Page(render_html(report)).open == []


def test_it_needs_nothing_from_elsewhere(report: ReportInput) -> None:
    html = render_html(report)
    page = Page(html)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert all((image["src"] or "").startswith("data:image/jpeg;base64,") for image in page.all("img"))
    assert re.findall(r"https?://[^\"' <)]+", html) in ([], ["http://www.w3.org/2000/svg"])
    assert "@import" not in html
    assert {found for found in re.findall(r"url\(([^)]*)\)", html) if not found.startswith("#")} == set()


def test_it_is_made_for_everybody(report: ReportInput) -> None:
    page = Page(render_html(report))
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == 1
    told = [
        table for table in page.all("table") if "aria-describedby" in table
    ]  # a caption would scroll with it
    assert len(page.all("caption")) + len(told) == len(page.all("table"))
    assert all("scope" in head for head in page.all("th"))
    assert all(image["alt"] for image in page.all("img"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [
        attributes.get(name)
        for _, attributes in page.tags
        for name in ("aria-labelledby", "aria-describedby")
    ]
    assert {name for names in named if names for name in names.split()} <= set(ids)


def test_what_is_said_of_a_table_that_scrolls_does_not_scroll_away(bridge: ReportInput) -> None:
    page = render_html(bridge)
    inside = re.findall(r'<div class="scroll"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert inside and not any("<caption" in told for told in inside)
    assert page.index('id="attempts-told"') < page.index('aria-describedby="attempts-told"')


def test_every_report_says_what_it_is_not(report: ReportInput) -> None:
    assert "not a medical device and does not diagnose" in render_html(report)


def test_the_summary_comes_first(bridge: ReportInput) -> None:
    html = render_html(bridge)
    places = [
        html.index(text)
        for text in (
            "6 of 7 repetitions counted",
            "<svg",
            "What to work on",
            "Repetition by repetition",
            "What was not judged",
            "How sure the numbers are",
            "For the next recording",
            "not a medical device",
        )
    ]
    assert places == sorted(places)


def test_the_table_has_a_symbol_and_a_word(bridge: ReportInput) -> None:
    html = render_html(bridge)
    assert "✕&nbsp;fault" in html
    assert "?&nbsp;unsure" in html
    assert 'title="too close to the limit for the camera to tell"' in html
    assert ">Side<" not in html, "both sides move alike"


def test_holds_have_their_own_table(pigeon: ReportInput) -> None:
    text = Page(render_html(pigeon)).text
    assert "Hold by hold" in text
    assert "Held 22 of 30 seconds" in text
    assert "Tempo" not in text


def test_what_a_test_measured_has_a_table(thomas: ReportInput, pigeon: ReportInput) -> None:
    text = Page(render_html(thomas)).text.replace("\xa0", " ")
    for told in (
        "What was measured",
        "−19 ± 3.4°",
        "53 ± 6.2°",
        "not measured",
        "It was not seen for long enough to measure it.",
    ):
        assert told in text
    assert "No fault was seen" not in text
    assert "What was measured" not in render_html(pigeon)


def test_who_is_seen_is_told(bridge: ReportInput) -> None:
    html = render_html(dataclasses.replace(bridge, person="Ada <Example>"))
    assert "<bdi>Ada &lt;Example&gt;</bdi>" in html
    assert "<bdi></bdi>" not in render_html(bridge)


def test_an_empty_set_gives_advice(empty: ReportInput) -> None:
    text = Page(render_html(empty)).text
    assert "There is nothing to draw" in text
    assert "More light, please" in text
    assert "No check was judged" in text
    assert "What to work on" not in text


def test_everything_is_escaped(bridge: ReportInput) -> None:
    evil = '<script>alert("x")</script>'
    rep = bridge.result.reps[1]
    verdicts = {evil: rep.verdicts["knees_over_ankles"].model_copy(update={"reason": evil})}
    result = bridge.result.model_copy(
        update={
            "reps": (rep.model_copy(update={"verdicts": verdicts, "why_not": evil}),),
            "faults": {evil: 1},
            "advice": (evil,),
            "versions": {evil: evil},
            "view": evil,
        }
    )
    page = Page(
        render_html(
            dataclasses.replace(
                bridge,
                result=result,
                source_name=evil,
                exercise=bridge.exercise.model_copy(update={"name": evil}),
                evidence=(Evidence(evil, 1, 2.0, b"x", f'"{evil}'),),
                curve=dataclasses.replace(bridge.curve, label=evil, unit=evil),
            )
        )
    )
    assert not page.all("script")
    assert page.open == []


def test_a_file_name_that_is_no_text_does_not_stop_the_report(bridge: ReportInput) -> None:
    html = render_html(dataclasses.replace(bridge, source_name="a\udcff.mp4"))
    assert "a?.mp4" in html
    html.encode("utf-8")


def test_right_to_left_names_are_kept_in_place(bridge: ReportInput) -> None:
    html = render_html(dataclasses.replace(bridge, source_name="جسر.mp4"))
    assert "<bdi>جسر.mp4</bdi>" in html


def test_the_same_report_gives_the_same_page(bridge: ReportInput) -> None:
    assert render_html(bridge) == render_html(bridge)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", ["ink", "muted", "accent", "pass", "fault", "unsure"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_contrast(theme: int, colour: str, ground: str) -> None:
    colours = {
        name: found[theme] for name in (colour, ground) if (found := re.findall(rf"--{name}: (#\w+)", CSS))
    }
    light, dark = sorted((luminance(colours[colour]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_it_prints_without_breaking_rows_and_pictures() -> None:
    assert re.search(r"@media print \{.*tr, figure[^}]*break-inside: avoid", CSS, re.DOTALL)
    assert "size: A4" in CSS


def test_a_test_tells_over_what_it_was_measured(thomas: ReportInput) -> None:
    assert "over the part of it in which everything that is asked for was right" in render_html(thomas)
