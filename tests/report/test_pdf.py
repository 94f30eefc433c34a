"""The report on paper: what is told and where, that it fits the page, and names of any kind."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from coach.care.types import Pain
from coach.language import LANGUAGES, Language
from coach.report import CourseInput, ReportInput, pdf
from coach.report.course_pdf import render_course_pdf
from coach.report.pdf import render_pdf
from coach.report.wording import say
from tests.report.courses import course, nobody
from tests.report.reading import pdf_pages, pdf_text

A4 = (595, 842)  # points
ARABIC = "مريم الحسيني"
HEBREW = "תרגיל גשר"


def first_page(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return " ".join(page.replace("\xa0", " ").split())


def ink_near_the_rim(picture: Image.Image, points: int = 30) -> int:
    """Dark pixels outside the margins of a page drawn at one pixel a point; its foot stands a little lower."""
    dark = np.asarray(picture.convert("L")) < 160
    dark[points : -points + 8, points:-points] = False
    return int(dark.sum())


@pytest.mark.parametrize("name", ["bridge", "pigeon", "thomas", "empty", "sixty"])
def test_pages_are_a4_and_nothing_leaves_them(name: str, request: pytest.FixtureRequest) -> None:
    pages = pdf_pages(render_pdf(request.getfixturevalue(name)))
    for page in pages:
        assert page.size == pytest.approx(A4, abs=1)
        assert ink_near_the_rim(page) == 0
    assert len(pages) == {"bridge": 3, "pigeon": 2, "thomas": 2, "empty": 1, "sixty": 3}[name]


def test_the_first_page_says_what_matters(bridge: ReportInput) -> None:
    page = first_page(render_pdf(bridge))
    for told in (
        "6 of 7 repetitions counted",
        "54 ± 6.9°, largest without a fault 54°",
        "The one thing to work on Knees over ankles",
        "“Bring your heels under your knees”",
        "Feet flat The model’s heel and toes do not follow a lifted heel 100%",
        "Form Coach is not a medical device and does not diagnose.",
    ):
        assert told in page


def test_the_first_page_says_what_a_test_measured(thomas: ReportInput) -> None:
    page = first_page(render_pdf(thomas))
    for told in (
        "Right: The thigh stays above the horizontal.",
        "What was measured",
        "1 right Hanging thigh below the horizontal (a minus is above it) −19 ± 3.4° The thigh stays above",
        "2 left Bend of the hanging knee not measured It was not seen for long enough to measure it.",
    ):
        assert told in page
    assert "No fault was seen" not in page


def test_an_empty_set_says_that_no_check_was_judged(empty: ReportInput) -> None:
    page = first_page(render_pdf(empty))
    assert "No check was judged, since there was no repetition to judge." in page
    assert "Feet flat" in page


def test_a_mark_of_direction_turns_nothing_round(bridge: ReportInput) -> None:
    odd = dataclasses.replace(bridge, source_name="clip\u202eevil.mp4", person="Ada\u202eExample")
    page = first_page(render_pdf(odd))
    assert "AdaExample" in page and "clipevil.mp4, 22 November 2026, 16:20 UTC" in page


def test_every_page_says_what_it_is_not(sixty: ReportInput) -> None:
    document = pypdfium2.PdfDocument(render_pdf(sixty))
    for page in document:
        assert "Form Coach is not a medical device" in page.get_textpage().get_text_range()


def test_sixty_repetitions_are_all_there(sixty: ReportInput) -> None:
    text = pdf_text(render_pdf(sixty))
    assert "60 5:26 yes" in text
    assert text.count("No. Time Counted") == 2, "the head stands on each page of the table"


def test_pictures_of_faults_are_in_it(bridge: ReportInput) -> None:
    page = pdf_pages(render_pdf(bridge))[0]
    grey = np.abs(np.asarray(page.convert("RGB")).astype(int) - (150, 170, 175)).max(axis=-1) < 12
    assert grey.mean() > 0.03
    assert "Repetition 2, 0:15 The shank leans by 22 ± 4°" in first_page(render_pdf(bridge))


def test_a_picture_that_is_none_is_left_out(bridge: ReportInput) -> None:
    broken = tuple(dataclasses.replace(one, jpeg=b"x") for one in bridge.evidence)
    assert "6 of 7" in pdf_text(render_pdf(dataclasses.replace(bridge, evidence=broken)))


@pytest.mark.parametrize("name", [ARABIC, HEBREW, "Παπαδοπούλου Ольга Nguyễn Łukasz"])
def test_names_in_other_writings_have_letters(name: str) -> None:
    """PDF/UA asks that each letter can be shown: a missing one would have been an error there."""
    document = pypdfium2.PdfDocument(render_course_pdf(course(1, name)))
    page = document[0].get_textpage()
    assert set(name) <= set(page.get_text_range())
    fonts = {
        found.get_font().get_base_name() for found in document[0].get_objects() if hasattr(found, "get_font")
    }
    assert all("NotoSans" in font for font in fonts), fonts


@pytest.mark.parametrize(
    "name", ["山田太郎", "x\x00\x07y", "a\udcff.mp4", '#import "x"', "*b* $x$ \\ @y <z>"]
)
def test_no_name_stops_a_report_or_is_carried_out(name: str, bridge: ReportInput) -> None:
    text = pdf_text(render_pdf(dataclasses.replace(bridge, source_name=name, person=name)))
    assert "6 of 7 repetitions counted" in text
    if name.isascii() and name.isprintable():
        assert name in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_that_no_font_has_are_told_of(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer without fonts of its own."""
    typeset = pdf._typeset
    monkeypatch.setattr(
        pdf, "_typeset", lambda folder, name, covered, *more: typeset(folder, name, True, *more)
    )
    told = say(language)("pdf.unreadable")
    assert told in pdf_text(render_course_pdf(course(1, "山田太郎", language)))
    assert told not in pdf_text(render_course_pdf(course(1, "Ada Ahlers", language)))


def test_long_names_stay_on_the_page(bridge: ReportInput) -> None:
    odd = dataclasses.replace(
        bridge,
        person="Wolfeschlegelsteinhausenbergerdorff-" * 5,
        source_name="x" * 240 + ".mp4",
        exercise=bridge.exercise.model_copy(update={"name": "Bridge" * 40}),
    )
    assert all(ink_near_the_rim(page) == 0 for page in pdf_pages(render_pdf(odd)))
    assert all(ink_near_the_rim(page) == 0 for page in pdf_pages(render_course_pdf(course(2, "Z" * 200))))


@pytest.mark.parametrize(
    "make", [lambda: course(12), lambda: course(60), lambda: course(1, ARABIC, "es"), nobody]
)
def test_a_course_fits_its_pages(make: Callable[[], CourseInput]) -> None:
    assert all(ink_near_the_rim(page) == 0 for page in pdf_pages(render_course_pdf(make())))


def test_a_note_of_many_lines_goes_on_over_the_pages() -> None:
    lines = [f"{n}. point of the letter" for n in range(1, 201)]
    note = dataclasses.replace(course(1).notes[0], text="\n".join(lines))
    plain, given = course(1), dataclasses.replace(course(1), notes=(note, *course(1).notes))
    pdf = render_course_pdf(given)
    told = pdf_text(pdf)
    assert all(line in told for line in lines) and course(1).notes[0].text in told
    assert len(pdf_pages(pdf)) <= len(pdf_pages(render_course_pdf(plain))) + 4
    assert all(ink_near_the_rim(page) == 0 for page in pdf_pages(pdf))


def test_long_words_that_people_write_stay_on_the_page() -> None:
    link = f"https://clinic.example/{'a' * 150}END"
    given, found = course(2), course(2).plans[0]
    plan = dataclasses.replace(
        found, items=tuple(dataclasses.replace(item, note=link) for item in found.items), note=link
    )
    word = dataclasses.replace(
        given.reviewed[0], correction=dataclasses.replace(given.reviewed[0].correction, comment=link)
    )
    note = dataclasses.replace(given.notes[0], text=f"See {link}")
    hurt = Pain(3, link)
    pdf = render_course_pdf(
        dataclasses.replace(
            given,
            plans=(plan,),
            reviewed=(word,),
            notes=(note,),
            names={"t-1": link},
            sessions=tuple(dataclasses.replace(one, after=hurt) for one in given.sessions),
        )
    )
    assert pdf_text(pdf).count("END") >= len(plan.items) + 3
    assert all(ink_near_the_rim(page) == 0 for page in pdf_pages(pdf))


def test_a_course_tells_everything() -> None:
    text = pdf_text(render_course_pdf(course(12)))
    for told in (
        "32 sessions from 31 August 2026 to 20 November 2026.",
        "107 of 120 planned sets were done.",
        "44 ± 2.9°, 31 Aug 58 ± 2.9°, 20 Nov more: 14°",
        "Hip hiker: pelvic drop, right 12 ± 2.5°, 31 Aug 12 ± 2.5°, 20 Nov none beyond the error",
        "Pain, 0 to 10",
        "fault pass The camera stood too low. Dr. Grete Muster",
        "36/54",
        "2 sets of 10 repetitions",
        "Feels stronger on stairs",
        "Form Coach is not a medical device and does not diagnose.",
    ):
        assert told in text


def test_nobody_has_a_page() -> None:
    text = pdf_text(render_course_pdf(nobody()))
    assert "No session has been recorded yet." in text and "1 / 1" in text


def test_the_same_report_gives_the_same_file(bridge: ReportInput) -> None:
    assert render_pdf(bridge) == render_pdf(bridge)
