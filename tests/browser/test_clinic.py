"""A clinic in a real browser: who is who, what each gets, and that nobody gets what is somebody else's."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import APIResponse, expect

from coach.care.types import Role
from coach.language import LANGUAGES, Language, words
from coach.live.socket import LOGGED_OUT, UNKNOWN
from coach.records import OWNER
from coach.web.video.page import HERE as VIDEO
from tests.browser.clinic import CLIENT_SECRET, COOKIE_SECRET, PEOPLE, Clinic, closed_with, running, said
from tests.browser.guests import Guests
from tests.browser.test_video import clip, upload
from tests.browser.visit import Visit

__all__ = ["clip"]
REVIEW: Final = "review"
Come = Callable[..., Visit]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A clinic, its provider, and nobody in it yet."""
    with running(tmp_path_factory.mktemp("clinic")) as started:
        yield started


@pytest.fixture
def come(clinic: Clinic, guests: Guests) -> Iterator[Come]:
    """Makes visits; when the test ends none may have had trouble, nor the server, and its log names nobody."""
    made: list[Visit] = []
    clinic.app.log.clear()

    def comes(who: str | None = None, language: Language = "en") -> Visit:
        made.append(clinic.visit(guests, language))
        return made[-1] if who is None else clinic.enter(made[-1], who)

    yield comes
    trouble = [told for one in made for told in one.trouble]
    for one in made:
        guests.go(one)
    assert not trouble, "".join(clinic.app.log)
    assert not clinic.app.trouble
    log = "".join(clinic.app.log)
    for private in (COOKIE_SECRET, CLIENT_SECRET, "eyJ", *(str(person["name"]) for person in PEOPLE)):
        assert private not in log


def pages(visit: Visit) -> list[str]:
    """What stands in the navigation."""
    return [link.inner_text().split("\n")[-1] for link in visit.page.get_by_test_id("stTopNavLink").all()]


def get(visit: Visit, path: str) -> APIResponse:
    """A file, with the cookies of a visit."""
    return visit.context.request.get(f"{visit.url}/{path}")


def alike(one: APIResponse, other: APIResponse) -> bool:
    """Whether two answers are the same to the byte but for the time."""
    left, right = ({k: v for k, v in told.headers.items() if k != "date"} for told in (one, other))
    return (one.status, one.body(), left) == (other.status, other.body(), right)


def token_of(visit: Visit, name: str) -> str:
    """What the address says."""
    visit.page.wait_for_url(re.compile(rf"[?&]{name}="))
    found = re.search(rf"[?&]{name}=([^&]+)", visit.page.url)
    assert found is not None
    return found[1]


def exercising(visit: Visit) -> str:
    """In front of a sample clip; gives the token of the set."""
    visit.choose("squat").watch("squat", "clean")
    visit.until("coach.frames >= 2")
    return token_of(visit, "set")


# --- who is who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "today", "video", REVIEW])
def test_before_the_login_there_is_nothing_but_the_login(path: str, language: Language, come: Come) -> None:
    visit = come(language=language).open(path, ready=".st-key-login h1").settled()
    expect(visit.page.get_by_text(said("not_medical", language))).to_be_visible()
    expect(visit.page.get_by_test_id("stTopNavLink")).to_have_count(0)
    assert visit.page.get_by_role("button").all_inner_texts() == [said("in", language)]


def test_a_person_gets_the_pages_of_a_person_and_of_the_others_nothing(come: Come) -> None:
    visit = come("ana")
    expect(visit.page.get_by_text("Ana Apfelbaum", exact=True)).to_be_visible()
    assert visit.say("page.coach") in pages(visit)
    assert visit.say("page.review") not in pages(visit)
    told = []
    for page in (REVIEW, "no-such-page"):
        visit.open(page, ready="[role=dialog]")
        dialog = visit.page.get_by_role("dialog")
        expect(dialog).to_contain_text(visit.say("streamlit.no_page_why"))  # no longer in Streamlit's words
        told.append(dialog.inner_text().replace(page, ""))
    assert told[0] == told[1]


def test_a_therapist_gets_the_review(come: Come) -> None:
    visit = come("thea")
    expect(visit.page.get_by_text("Thea Tannenbaum · therapist")).to_be_visible()
    assert pages(visit)[0] == visit.say("page.review")


def test_who_has_no_role_here_comes_no_further_than_the_way_out(clinic: Clinic, come: Come) -> None:
    visit = come().open(ready=".st-key-login h1")
    visit.page.get_by_role("button", name=said("in")).click()
    visit.page.get_by_role("button", name="gus", exact=True).click()
    expect(visit.page.get_by_text(said("why_refused"))).to_be_visible(timeout=30_000)
    expect(visit.page.get_by_test_id("stTopNavLink")).to_have_count(0)
    assert get(visit, "clips/squat_clean.mp4").status == 404


# --- two at once ---------------------------------------------------------------------------------------


def test_somebody_elses_live_set_is_one_that_never_was(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    token = exercising(ana)
    for asked in (token, "no-such-token"):
        assert closed_with(ben.page, f"/live/{asked}") == UNKNOWN
        ben.open(f"coach?set={asked}", ready=f"text={ben.say('after.gone')}").settled()
        assert closed_with(come().open(ready=".st-key-login h1").page, f"/live/{asked}") == LOGGED_OUT
    frames = ana.page.evaluate("formCoach.frames")
    ana.until(f"coach.frames > {frames}")


def test_two_people_exercise_at_once_and_each_has_their_own(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    assert exercising(ana) != exercising(ben)
    for visit, frames in ((visit, visit.page.evaluate("formCoach.frames")) for visit in (ana, ben)):
        visit.until(f"coach.frames > {frames}")


def test_who_logs_out_leaves_nothing_behind(clinic: Clinic, come: Come) -> None:
    ana = come("ana")
    token, jar = exercising(ana), ana.context.cookies()
    other_tab = ana.context.new_page()
    other_tab.goto(f"{ana.url}/settings")
    expect(other_tab.get_by_role("heading", level=1)).to_be_visible()
    ana.page.locator(".st-key-log-out button").click()
    ana.page.get_by_role("button", name="End session").click()  # of the provider
    expect(ana.page.locator(".st-key-login h1")).to_be_visible()
    other_tab.reload()
    expect(other_tab.locator(".st-key-login h1")).to_be_visible()
    ana.context.add_cookies([dict(one) for one in jar])  # type: ignore[arg-type]  # as if somebody had kept them
    ana.open(f"coach?set={token}", ready=".st-key-login h1")
    expect(ana.page.get_by_text(said("why_ended"))).to_be_visible()
    assert closed_with(ana.page, f"/live/{token}") == LOGGED_OUT
    clinic.app.stop()
    clinic.app.start()
    ana.open(ready=".st-key-login h1")
    expect(ana.page.get_by_text(said("why_ended"))).to_be_visible()
    assert closed_with(ana.page, f"/live/{token}") == LOGGED_OUT, "a restart brings no login back"
    ana.context.clear_cookies()
    again = clinic.enter(ana, "ana")
    assert closed_with(again.page, f"/live/{token}") == UNKNOWN, "and the set had been ended with it"


def test_another_person_in_the_same_browser_finds_nothing_of_the_first(clinic: Clinic, come: Come) -> None:
    visit = come("ana")
    visit.open("settings")
    visit.page.get_by_text(visit.say("settings.spoken_nothing"), exact=True).click()
    visit.settled()
    visit.context.clear_cookies()
    clinic.enter(visit, "ben").open("settings").settled()
    expect(visit.page.get_by_text("Ben Birnbaum", exact=True)).to_be_visible()
    expect(visit.page.get_by_label(visit.say("settings.spoken_everything"))).to_be_checked()
    visit.context.clear_cookies()
    clinic.enter(visit, "ana").open("settings").settled()
    expect(visit.page.get_by_label(visit.say("settings.spoken_nothing"))).to_be_checked()


# --- the end of a login --------------------------------------------------------------------------------


def test_a_login_that_runs_out_takes_the_page_with_it(clinic: Clinic, come: Come) -> None:
    visit = clinic.enter_for(come(), seconds=12.0)
    visit.open("settings", ready=".st-key-login-bar")
    assert get(visit, "clips/squat_clean.mp4").status == 200
    expect(visit.page.get_by_text(said("why_expired"))).to_be_visible(timeout=30_000)
    expect(visit.page.get_by_test_id("stTopNavLink")).to_have_count(0)
    assert get(visit, "clips/squat_clean.mp4").status == 404
    assert closed_with(visit.page, "/live/any") == LOGGED_OUT


def test_a_set_stops_being_watched_when_the_login_runs_out(clinic: Clinic, come: Come) -> None:
    visit = clinic.enter_for(come(), seconds=25.0)
    exercising(visit)
    expect(visit.page.get_by_text(said("why_expired"))).to_be_visible(timeout=60_000)


def test_a_login_that_soon_ends_is_renewed_with_a_click(clinic: Clinic, come: Come) -> None:
    visit = clinic.enter_for(come(), seconds=300.0).open("settings", ready=".st-key-login-bar").settled()
    expect(visit.page.get_by_text(re.compile(r"Your login ends in [45] minutes\."))).to_be_visible()
    visit.page.get_by_role("button", name=said("again")).click()
    visit.page.get_by_role("button", name="ana", exact=True).click()  # of the provider
    expect(visit.page.locator(".st-key-login-bar")).to_be_visible(timeout=30_000)
    visit.settled()
    expect(visit.page.get_by_role("button", name=said("again"))).to_have_count(0)


@pytest.mark.parametrize("seconds", [-1.0, 0.0])
def test_a_token_that_has_run_out_lets_nobody_in(seconds: float, clinic: Clinic, come: Come) -> None:
    visit = clinic.enter_for(come(), seconds).open(ready=".st-key-login h1")
    expect(visit.page.get_by_text(said("why_expired"))).to_be_visible()
    assert get(visit, "clips/squat_clean.mp4").status == 404


# --- a therapist ---------------------------------------------------------------------------------------


def test_a_therapist_gets_nothing_of_who_is_not_entrusted(clinic: Clinic, come: Come) -> None:
    come("ana")
    thea = come("thea")
    with clinic.records() as records:
        owner = records.desk(OWNER)
        ana = next(person for person in owner.people() if person.name == "Ana Apfelbaum")
        theirs = owner.begin_session(ana.id, datetime.now(UTC)).id
        therapist = owner.therapists()[0].id
    told = {}
    for asked in (f"person={ana.id}", f"person={ana.id}&session={theirs}", f"person={ana.id}&view=rate"):
        for place in (asked, asked.replace(ana.id, "no-such").replace(theirs, "no-such")):
            thea.open(f"{REVIEW}?{place}", ready="[data-testid=stAlert]").settled()
            told[place] = thea.page.get_by_test_id("stMain").inner_text()
            assert "Ana" not in told[place].replace("Thea Tannenbaum", "")
        assert told[place] == told[asked]
    with clinic.records() as records:
        records.desk(OWNER).entrust(ana.id, therapist)
    thea.open(f"{REVIEW}?person={ana.id}", ready="text=Ana Apfelbaum")


def test_who_handed_somebody_over_gets_nothing_of_them(clinic: Clinic, come: Come) -> None:
    come("ana")
    thea = come("thea")
    with clinic.records() as records:
        owner = records.desk(OWNER)
        ana = next(person for person in owner.people() if person.name == "Ana Apfelbaum")
        colleague = records.enter("a-colleague", "Theo Thymian", Role.THERAPIST)
        for therapist in owner.therapists():
            if therapist.id != colleague.id:
                owner.entrust(ana.id, therapist.id)
    thea.open(f"?person={ana.id}", ready="text=Ana Apfelbaum")  # a therapist's first page is the review
    thea.page.get_by_role("radio", name="Therapists").click()
    thea.page.get_by_role("combobox").click()
    thea.page.get_by_role("option", name="Theo Thymian").click()
    thea.settled()
    thea.page.get_by_role("button", name="Hand over").click()
    thea.page.locator("[data-testid=stMain] h1", has_text="Who needs your eyes").wait_for()
    thea.open(f"{REVIEW}?person={ana.id}", ready="[data-testid=stAlert]").settled()
    told = thea.page.get_by_test_id("stMain").inner_text()
    assert "Ana" not in told.replace("Thea Tannenbaum", "")
    with clinic.records() as records:
        assert [one.name for one in records.desk(colleague).entrusted_to(ana.id)] == ["Theo Thymian"]


# --- files ---------------------------------------------------------------------------------------------


def test_a_video_and_what_comes_of_it_are_ones_own(come: Come, clip: Path) -> None:
    say = words("en", VIDEO)
    ana, ben, nobody = come("ana"), come("ben"), come()
    ana.open("video").settled()
    with ana.page.expect_request(lambda request: request.method == "PUT") as sent:
        upload(ana, clip)
    ticket = sent.value.url.split("?")[0].removeprefix(f"{ana.url}/")
    ana.page.get_by_role("combobox").first.click()
    ana.page.get_by_role("option", name="Squat", exact=True).click()
    ana.settled()
    ana.page.get_by_role("button", name=say("start"), exact=True).click()
    token = token_of(ana, "video")
    expect(ana.page.locator(".player video")).to_be_visible(timeout=120_000)
    for name in ("result.json", "report.html", "coached.mp4"):
        assert get(ana, f"files/{token}/{name}").status == 200
        for other in (ben, nobody):
            assert alike(get(other, f"files/{token}/{name}"), get(other, f"files/{'x' * 32}/{name}"))
            assert get(other, f"files/{token}/{name}").status == 404
    for asked in (token, "no-such-token"):
        ben.open(f"video?video={asked}", ready=f"text={say('gone')}").settled()
        expect(ben.page.locator(".player")).to_have_count(0)
    for other, origin in ((ben, ben.url), (nobody, nobody.url), (ana, "https://evil.example")):
        put = other.context.request.put(f"{other.url}/{ticket}", data=b"x", headers={"Origin": origin})
        assert put.status == (404 if origin == other.url else 403)
    assert get(ana, f"files/{token}/result.json").status == 200


def test_a_download_is_given_to_whom_it_was_made_for(come: Come) -> None:
    ana, ben, nobody = come("ana"), come("ben"), come()
    exercising(ana)
    ana.stop()
    take = ana.page.locator('[class*="st-key-take-"] button')
    with ana.page.expect_download() as download:
        take.click()
    path = download.value.url.removeprefix(f"{ana.url}/")
    assert path.startswith("media/") and get(ana, path).status == 200
    for other in (ben, nobody):
        assert alike(get(other, path), get(other, "media/nothing.json"))
        assert get(other, path).status == 404


# --- other pages, other ways ---------------------------------------------------------------------------


def test_a_page_of_another_address_may_open_no_socket(clinic: Clinic, come: Come) -> None:
    ana = come("ana")
    ana.allowed.append("WebSocket")
    ana.page.goto(f"{clinic.provider}/.well-known/openid-configuration")
    for path in ("/live/x", "/_stcore/stream"):
        assert closed_with_elsewhere(ana, path) == 1006


def closed_with_elsewhere(visit: Visit, path: str) -> int:
    """The code for a socket of the clinic that a page of another address opens."""
    return closed_with(visit.page, visit.url.replace("http", "ws") + path)
