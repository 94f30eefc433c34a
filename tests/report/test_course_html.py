"""A course as a page: complete, escaped, readable without anything else, and with the words of the paper."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from coach.care.types import Note
from coach.language import LANGUAGES, Language
from coach.report.course import CourseInput
from coach.report.course_page import course_page
from coach.report.html import render_course_html
from tests.report.courses import MADE_AT, course, nobody
from tests.report.test_html import Page

ODD = "<script>alert('x')</script> & محمد " + "Lopado" * 30
COURSES = {
    "weeks": course(12),
    "months": course(30),
    "one": course(1),
    "nobody": nobody(),
    "odd": course(2, ODD, "es"),
}


@pytest.fixture(params=COURSES)
def given(request: pytest.FixtureRequest) -> CourseInput:
    return COURSES[request.param]


def test_every_tag_is_closed_and_every_part_has_its_name(given: CourseInput) -> None:
    page = Page(render_course_html(given))
    assert page.open == [] and len(page.all("h1")) == 1
    ids = {one["id"] for one in page.all("h2") if "id" in one}
    assert {one["aria-labelledby"] for one in page.all("section") if "aria-labelledby" in one} == ids
    assert len(page.all("svg")) == len(course_page(given)["charts"])


def test_it_needs_nothing_from_elsewhere(given: CourseInput) -> None:
    html = render_course_html(given)
    assert not {"script", "link", "iframe", "object", "img"} & {tag for tag, _ in Page(html).tags}
    assert set(re.findall(r"https?://[^\"' <)]+", html)) <= {"http://www.w3.org/2000/svg"}
    assert all(found.startswith("#") for found in re.findall(r"url\(([^)]*)\)", html))


def test_it_tells_what_the_paper_tells(given: CourseInput) -> None:
    """Each word of the page's model stands in it, in the order of the paper or not."""
    told, text = course_page(given), " ".join(Page(render_course_html(given)).text.split())

    def words(value: object) -> list[str]:
        if isinstance(value, dict):
            return [word for key, one in value.items() if key not in HIDDEN for word in words(one)]
        if isinstance(value, list | tuple):
            return [word for one in value for word in words(one)]
        return [value] if isinstance(value, str) else []

    there = {key: told[key] for key in told.keys() - {"charts", "words"} if told[OF.get(key, key)]}
    for word in words(there):
        assert " ".join(unescape(word).split()) in text, word


HIDDEN = {"document_title", "moved"}
OF = {  # the heads of a table are where it is
    "followed_heads": "followed",
    "reviewed_heads": "reviewed",
    "plan_heads": "plan",
    "session_heads": "sessions",
}


def test_what_is_written_by_people_stays_text() -> None:
    noted = replace(COURSES["odd"], notes=(Note("n", "p-1", None, "<b>bold</b>\n& more", "t-1", MADE_AT),))
    html = render_course_html(noted)
    assert "<script" not in html and "<b>bold" not in html and "&lt;b&gt;bold" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_persons_language(language: Language) -> None:
    page = Page(render_course_html(course(4, language=language)))
    assert page.all("html") == [{"lang": language}]


def test_nothing_is_told_of_nothing() -> None:
    page = Page(render_course_html(nobody()))
    assert not page.all("table") and not page.all("svg")


def test_the_template_has_no_words_of_its_own() -> None:
    import coach.report

    source = Path(coach.report.__file__).with_name("course.html.j2").read_text("utf-8")
    text = re.sub(r"\{[{%].*?[%}]\}|<[^>]+>", " ", source, flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"Form", "Coach"}


def test_no_id_stands_twice_in_a_page(given: CourseInput) -> None:
    ids = re.findall(r'\bid="([^"]+)"', render_course_html(given))
    assert len(ids) == len(set(ids))
