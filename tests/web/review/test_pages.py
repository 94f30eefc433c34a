"""The review as a therapist meets it, on real records."""

import re
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import av
import numpy as np
import pytest
from PIL import Image

from coach.care.agreement import agreement, pairs
from coach.care.plans import TARGET, exercise_for, movable
from coach.care.types import Consent, Correction, Rating, Screening
from coach.judge import Judgement, load_exercise
from coach.language import LANGUAGES, Language, Message, words
from coach.report.wording import check_name, scale_of
from coach.web.plan.wording import messages as plan_messages
from coach.web.review import file, opening, people, rating, wording
from coach.web.review.wording import messages
from tests.web.review.conftest import NOW, Clinic, Opened, html, labels, newest_session, open_line, rows

EN = messages("en")
PLAN = plan_messages("en")
WORD = re.compile(r"[A-Za-zÄÖÜäöüßáéíóúñ]{4,}")


def places(message: Message) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name} | {"n"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: Language) -> None:
    english, own = words("en", wording.HERE).messages, words(language, wording.HERE).messages
    assert list(own) == list(english)
    assert {key: places(own[key]) for key in own} == {key: places(english[key]) for key in english}


# --- the list -------------------------------------------------------------------------------------------


def test_who_needs_eyes_is_first(opened: Opened) -> None:
    app = opened()
    named = [row["name"] for row in rows(app)]
    assert "Carla" in named[0]
    assert "Bruno" in named[1]
    told = "".join(row["told"] for row in rows(app))
    assert "of 10" in told
    assert "less range in six weeks (error ±" in told
    assert "Pain " in told


def test_a_flag_is_told_before_all_else(clinic: Clinic, opened: Opened) -> None:
    ada = clinic.people["Ada Ahlers"].id
    clinic.desk(clinic.mine).save_screening(Screening(ada, NOW, ("fever",)))
    assert "Ada" in rows(opened())[0]["name"]
    told = html(opened(person=ada))
    assert EN("person.flags", day="today") in told and "You have a fever, or feel ill." in told
    assert "A physician has looked" not in told
    clinic.desk(clinic.mine).save_screening(Screening(ada, NOW, ("fever",), seen=True))
    told = html(opened(person=ada))
    assert "You have a fever, or feel ill." in told and "A physician has looked at this." in told
    clinic.desk(clinic.mine).save_screening(Screening(ada, NOW))
    assert "You have a fever, or feel ill." not in html(opened(person=ada))


def test_what_the_most_urgent_reason_is_about_is_shown_first(clinic: Clinic) -> None:
    known = file.person_file(clinic.desk(clinic.mine), clinic.people["Bruno Berg"].id, NOW)
    about = next(reason for reason in known.reasons if "exercise" in reason.numbers)
    assert known.exercise_first == about.numbers["exercise"]
    assert replace(known, reasons=()).exercise_first == known.exercises[0]
    assert replace(known, reasons=(), summaries=()).exercise_first is None


def test_somebody_is_found_by_name(opened: Opened) -> None:
    app = opened()
    app.text_input(key="review-search").set_value("berg").run()
    assert [(row["name"], row["tag"]) for row in rows(app)] == [("Bruno Berg", "made up")]
    app.text_input(key="review-search").set_value("nobody").run()
    assert EN("people.none_found") in [info.value for info in app.info]


def test_what_is_found_is_shown_from_its_beginning(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PAGE", 1)
    app = opened()
    first = rows(app)
    for _ in range(2):
        app.button(key="review-page-on").click().run()
    assert rows(app) != first
    app.text_input(key="review-search").set_value("a").run()
    assert rows(app) == first


def test_somebody_elses_people_are_not_here(clinic: Clinic, opened: Opened) -> None:
    app = opened(actor=clinic.stranger)
    assert not rows(app)
    ada = clinic.people["Ada Ahlers"].id
    for place in ({"person": ada}, {"person": ada, "session": newest_session(clinic, "Ada Ahlers").id},
                  {"person": ada, "view": "rate"}, {"person": "nobody"}):  # fmt: skip
        app = opened(actor=clinic.stranger, **place)
        assert len(app.error) == 1
        assert "Ada" not in html(app) + str(labels(app)) + app.error[0].value


def test_a_session_is_shown_with_its_own_person_alone(clinic: Clinic, opened: Opened) -> None:
    session = newest_session(clinic, "Ada Ahlers")
    app = opened(person=clinic.people["Bruno Berg"].id, session=session.id)
    assert [error.value for error in app.error] == [EN("wrong.gone")]


# --- a person -------------------------------------------------------------------------------------------


def test_a_click_opens_the_person(clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    bruno = clinic.people["Bruno Berg"].id
    app = open_line(opened(), monkeypatch, bruno)
    assert app.query_params["person"] == bruno
    assert app.title[0].value == "Bruno Berg"
    told = html(app)
    assert "18 sessions in all" in told
    assert "less range" in told
    found = re.search(r": from (\d+)° to (\d+)° since [^:]*, down by (\d+)°, more than the error", told)
    assert found is not None
    was, now, change = map(int, found.groups())
    assert was - now == change and f"{change}° less range in six weeks" in told
    assert EN("over.line") in told


def test_there_are_few_charts_and_each_is_told_in_words(clinic: Clinic, opened: Opened) -> None:
    app = opened(person=clinic.people["Ada Ahlers"].id)
    charts = [one for one in app.get("bidi_component") if "cc-figure" in f"{one.proto.json}{one.proto.mixed}"]
    assert 4 <= len(charts) <= 10
    for title in ("over.pain", "over.adherence", "over.range", "over.symmetry", "over.faults"):
        assert EN(title) in html(app)


def test_only_a_line_that_is_shown_is_opened(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened()
    monkeypatch.setattr(opening, "_list", lambda **_: SimpleNamespace(opened="somebody else"))
    assert "person" not in app.run().query_params


def test_from_when_a_plan_holds_is_told_by_its_date(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = clinic.people["Ada Ahlers"].id
    (plan, *_), app = clinic.desk(clinic.mine).plans(ada), opened(person=ada)
    monkeypatch.setattr(file, "now", lambda: plan.made_at + timedelta(days=3))
    app.segmented_control(key=f"review-view-{ada}").set_value("plan").run()
    assert EN("plan.since", day=wording.date_beside(plan.from_day, plan.from_day, "en")) in html(app)


def test_the_newest_sessions_come_first(
    clinic: Clinic, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = clinic.people["Ada Ahlers"].id
    app = opened(person=ada)
    app.segmented_control(key=f"review-view-{ada}").set_value("sessions").run()
    assert len(rows(app)) == 15
    assert re.search(r"✕ Fire hydrant: [a-z ]+, \d of \d", "".join(row["told"] for row in rows(app)))
    assert rows(app)[0]["id"] == newest_session(clinic, "Ada Ahlers").id
    app.button(key=f"review-sessions-{ada}-on").click().run()
    assert len(rows(app)) == 3
    oldest = rows(app)[-1]["id"]
    assert open_line(app, monkeypatch, oldest).query_params["session"] == oldest


def test_a_note_is_kept_and_shown(clinic: Clinic, opened: Opened) -> None:
    ada = clinic.people["Ada Ahlers"].id
    app = opened(person=ada)
    app.segmented_control(key=f"review-view-{ada}").set_value("notes").run()
    app.text_area[0].set_value("Call <b>her</b>.")
    next(button for button in app.button if button.label == EN("note.keep")).click()
    app.run()
    assert "Call <b>her</b>." in html(app)
    assert "&lt;b&gt;" in "".join(element.proto.body for element in app.get("html"))
    assert clinic.desk(clinic.mine).notes(ada)[-1].text == "Call <b>her</b>."


def test_the_plan_can_be_changed_here(clinic: Clinic, opened: Opened) -> None:
    ada = clinic.people["Ada Ahlers"].id
    app = opened(person=ada)
    app.segmented_control(key=f"review-view-{ada}").set_value("plan").run()
    before = clinic.desk(clinic.mine).plans(ada)
    line = before[-1].items[-1].id
    next(b for b in app.button if b.key and b.key.startswith("remove") and line in b.key).click().run()
    app.button(key="keep-plan").click().run()
    after = clinic.desk(clinic.mine).plans(ada)
    assert len(after) == len(before) + 1
    assert [item.id for item in after[-1].items] == [item.id for item in before[-1].items[:-1]]
    assert after[-1].by == clinic.mine.id


def test_a_limit_is_moved_for_one_person_outwards_and_within_bounds(clinic: Clinic, opened: Opened) -> None:
    carla = clinic.people["Carla Castro"].id
    line = clinic.desk(clinic.mine).plans(carla)[-1].items[0]
    app = opened(person=carla)
    app.segmented_control(key=f"review-view-{carla}").set_value("plan").run()
    fields = {one.key: one for one in app.number_input if str(one.key).startswith(f"limit-{line.id}-0-")}
    can = movable(load_exercise(line.exercise))
    assert {key.removeprefix(f"limit-{line.id}-0-") for key in fields} == {
        name for name, one in can.items() if one.most > 0
    }
    for name, one in can.items():
        field = fields[f"limit-{line.id}-0-{name}"]
        assert (field.min, field.value) == (0.0, 0.0)
        scale = scale_of(one.unit)
        assert one.most * scale - field.step < field.max <= one.most * scale + 1e-9
    name = next(name for name, one in can.items() if name != TARGET and one.unit == "deg")
    fields[f"limit-{line.id}-0-{name}"].set_value(3.0).run()
    assert not app.exception
    app.button(key="keep-plan").click().run()
    kept = clinic.desk(clinic.mine).plans(carla)[-1]
    assert kept.items[0].tolerances == {name: 3.0} and kept.items[0].id == line.id
    assert PLAN("plan.limits_moved") in next(one.label for one in app.expander)
    usual, own = (
        load_exercise(line.exercise).checks[name].range,
        exercise_for(kept.items[0]).checks[name].range,
    )
    assert usual is not None and own is not None
    assert (usual.max is None or own.max == usual.max + 3) and (usual.min is None or own.min == usual.min - 3)


def test_limits_that_are_finer_than_their_fields_are_not_changed_by_a_look(
    clinic: Clinic, opened: Opened
) -> None:
    desk, carla = clinic.desk(clinic.mine), clinic.people["Carla Castro"].id
    newest = desk.plans(carla)[-1]
    can = movable(load_exercise(newest.items[0].exercise))
    fine = replace(newest.items[0], tolerances={name: one.most - 0.001 for name, one in can.items()})
    desk.save_plan(carla, (fine, *newest.items[1:]), newest.from_day)
    app = opened(person=carla)
    app.segmented_control(key=f"review-view-{carla}").set_value("plan").run()
    assert not app.exception and app.button(key="keep-plan").disabled
    assert "undo-plan" not in [one.key for one in app.button]


# --- a session ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_repetition_with_sign_and_word(clinic: Clinic, opened: Opened, language: Language) -> None:
    session = newest_session(clinic, "Ada Ahlers")
    told = html(opened(language, person=session.person, session=session.id))
    own = messages(language)
    for check in ("hips_level", "knee_bent"):
        assert check_name(check, language) in told
    assert f"✕</b>{own('verdict.fault')}" in told
    assert f"✓</b>{own('verdict.pass')}" in told
    assert "data:image/svg+xml" in told
    if language != "en":
        left = set(WORD.findall(re.sub(r"<[^>]*>|data:[^\"]*", " ", told)))
        assert not left & {"fault", "fine", "counted", "could", "Every", "repetition", "asked"}


def test_this_rep_was_fine_stands_beside_the_machines_verdict(clinic: Clinic, opened: Opened) -> None:
    session = newest_session(clinic, "Bruno Berg")
    app = opened(person=session.person, session=session.id)
    fine = next(button for button in app.button if button.label == EN("session.was_fine"))
    fine.click().run()
    told = html(app)
    assert f"✕</b>{EN('verdict.fault')}" in told, "the machine's verdict stays"
    assert EN("session.therapist", verdict=EN("verdict.pass")) in told
    kept = clinic.desk(clinic.mine).corrections(session.person)
    assert {word.says for word in kept} == {Judgement.PASS}
    assert any(word.check is None for word in kept)
    found = agreement(
        pair
        for some in pairs(
            kept, {one.summary.id: one for one in clinic.desk(clinic.mine).sets(session.id)}
        ).values()
        for pair in some
    )
    assert 0 < found.same < found.n, "what the machine was right about is counted too"
    again = opened(person=session.person, session=session.id)
    assert EN("session.therapist", verdict=EN("verdict.pass")) in html(again)


def test_a_comment_is_kept_with_the_word(clinic: Clinic, opened: Opened) -> None:
    session = newest_session(clinic, "Carla Castro")
    app = opened(person=session.person, session=session.id)
    kept = clinic.desk(clinic.mine).sets(session.id)[0]
    part = 1  # with the first fault
    field = f"word-{kept.summary.id}-{part}-hips_level"
    app.segmented_control(key=field).set_value(Judgement.PASS).run()
    app.text_input(key=f"{field}-comment").set_value("Loose shirt").run()
    word = clinic.desk(clinic.mine).corrections(session.person)[-1]
    assert (word.part, word.check, word.says, word.comment) == (
        part,
        "hips_level",
        Judgement.PASS,
        "Loose shirt",
    )
    assert "Loose shirt" in html(app)


def test_agreeing_with_all_keeps_the_machines_own_verdicts(clinic: Clinic, opened: Opened) -> None:
    session = clinic.desk(clinic.mine).sessions(clinic.people["Carla Castro"].id)[-2]
    app = opened(person=session.person, session=session.id)
    next(button for button in app.button if button.label == EN("session.all_agree")).click().run()
    kept = {one.summary.id: one for one in clinic.desk(clinic.mine).sets(session.id)}
    words_ = [word for word in clinic.desk(clinic.mine).corrections(session.person) if word.set in kept]
    assert words_
    for word in words_:
        part = kept[word.set].parts[word.part]
        if word.check is not None:
            assert part.verdicts[word.check].verdict is word.says


# --- rating blindly -------------------------------------------------------------------------------------


def test_rating_shows_nothing_of_the_machine_and_ends_with_the_agreement(
    clinic: Clinic, opened: Opened
) -> None:
    ada = clinic.people["Ada Ahlers"].id
    app = opened(person=ada, view="rate")
    for _ in range(4):
        told = html(app)
        assert "✕" not in told and EN("verdict.fault") not in told
        given = "".join(str(e.proto.json) + str(e.proto.mixed) for e in app.get("bidi_component"))
        assert "✗" not in given.replace('"✗"', "") or '"lines": []' in given
        app.button(key="rate-key-1").click().run()
    assert len(clinic.desk(clinic.mine).ratings(ada)) == 4
    app.button(key="rate-undo").click().run()
    app.button(key="rate-key-2").click().run()
    ratings = clinic.desk(clinic.mine).ratings(ada)
    assert len(ratings) == 5
    assert (ratings[-1].set, ratings[-1].part, ratings[-1].check) == (
        ratings[-2].set, ratings[-2].part, ratings[-2].check)  # fmt: skip
    next(button for button in app.button if button.label == EN("rate.stop")).click().run()
    assert EN("agree.kappa") in html(app)


def test_the_order_is_random_and_always_the_same(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.mine)
    sets = [(one, tuple(one.parts[0].verdicts)) for one in desk.sets(newest_session(clinic, "Ada Ahlers").id)]
    first, second = rating.questions(sets, "a"), rating.questions(sets, "a")
    assert first == second
    assert first != rating.questions(sets, "b")
    assert len(set(first)) == len(first)
    blocks = [(one.set, one.part) for one in first]
    assert (
        len(list(dict.fromkeys(blocks))) == sum(a != b for a, b in zip(blocks, blocks[1:], strict=False)) + 1
    )


def test_agreement_of_everybody(clinic: Clinic, opened: Opened) -> None:
    desk, by = clinic.desk(clinic.mine), clinic.mine.id
    oldest = desk.sessions(clinic.people["Bruno Berg"].id)[0]
    kept = next(one for one in desk.sets(oldest.id) if one.parts)
    check = next(iter(kept.parts[0].verdicts))
    desk.rate(Rating(kept.summary.id, 0, check, Judgement.PASS, by, NOW))
    desk.correct(Correction(kept.summary.id, 0, check, Judgement.PASS, "", by, NOW))
    told = html(opened(view="agreement"))
    assert EN("agree.kappa") in told
    assert EN("agree.corrected_help") in told
    stranger = html(opened(view="agreement", actor=clinic.stranger))
    assert EN("agree.blind_none") in stranger


# --- a draw over all people -----------------------------------------------------------------------------


def test_a_draw_is_over_all_people_with_faults_and_without_and_nothing_twice(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.mine)
    drawn = rating.draw(desk, "en")
    parts = {(one.set, one.part) for one in drawn.questions}
    assert {drawn.sets[set_id].summary.person for set_id, _ in parts} == {
        one.id for one in clinic.people.values()
    }
    faulty = [
        any(one.verdict is Judgement.FAULT for one in drawn.sets[set_id].parts[n].verdicts.values())
        for set_id, n in parts
    ]
    assert {True, False} == set(faulty)
    assert rating.draw(desk, "de").questions == drawn.questions
    first = drawn.questions[0]
    desk.rate(Rating(first.set, first.part, first.check, Judgement.PASS, clinic.mine.id, NOW))
    again = {(one.set, one.part) for one in rating.draw(desk, "en").questions}
    assert (first.set, first.part) not in again
    assert rating.draw(clinic.desk(clinic.stranger), "en").questions == ()


def test_a_draw_is_rated_and_its_agreement_told_with_its_size(clinic: Clinic, opened: Opened) -> None:
    app = opened(view="agreement")
    app.button(key="review-draw").click().run()
    assert app.query_params["view"] == "rate"
    before = len(clinic.desk(clinic.mine).ratings())
    for key in ("1", "2", "1"):
        assert not {name for name in clinic.people if name.split()[0] in html(app) + str(app.title)}
        app.button(key=f"rate-key-{key}").click().run()
    assert len(clinic.desk(clinic.mine).ratings()) == before + 3
    next(button for button in app.button if button.label == EN("rate.stop")).click().run()
    told = html(app)
    assert (
        EN("rate.drawn") in told and "Judgements: 3. Repetitions or holds: " in told and "Raters: 1." in told
    )


# --- the picture of a video that was kept ---------------------------------------------------------------


def test_the_videos_own_frame_shows_the_fault(clinic: Clinic, opened: Opened, tmp_path: Path) -> None:
    """Each second of the film has a shade of its own: the picture is of the second of the fault."""
    desk = clinic.desk(clinic.mine)
    session = newest_session(clinic, "Bruno Berg")
    kept = desk.sets(session.id)[0]
    fault = next(
        verdict
        for part in kept.parts
        for verdict in part.verdicts.values()
        if verdict.verdict is Judgement.FAULT and verdict.at_s is not None
    )
    assert fault.at_s is not None
    film = filmed(tmp_path / "film.mp4", seconds=int(fault.at_s) + 2)
    own = clinic.desk()
    own.save_consent(Consent(session.person, "video", True, NOW))
    desk.keep_video(kept.summary.id, film)
    told = html(opened(person=session.person, session=session.id))
    shots = re.findall(r"data:image/jpeg;base64,([^\"']+)", told)
    assert shots
    with Image.open(BytesIO(b64decode(shots[0]))) as picture:
        corner = picture.convert("L").crop((0, 0, 8, 8)).resize((1, 1)).getpixel((0, 0))
    assert isinstance(corner, int) and abs(corner - shade(int(fault.at_s))) < 8
    assert EN("session.from_joints") not in told.split("data:image/jpeg", 1)[1].split("</figure>", 1)[0]
    own.save_consent(Consent(session.person, "video", False, NOW))
    again = html(opened(person=session.person, session=session.id))
    assert "data:image/jpeg" not in again and "data:image/svg+xml" in again


def shade(second: int) -> int:
    """Of the film, in a second; two seconds that follow each other are far apart."""
    return 40 + 67 * second % 180


def filmed(path: Path, seconds: int) -> Path:
    """A small film, ten frames a second."""
    with av.open(path, "w") as film:
        stream = film.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for n in range(10 * seconds):
            picture = np.full((240, 320, 3), shade(n // 10), np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(stream.encode())
    return path
