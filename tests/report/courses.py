"""Courses made by hand: twelve weeks with a plan, pain that goes, corrections; one of nobody; one with odd names."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from coach.care.types import (
    Correction,
    Note,
    Pain,
    Person,
    Plan,
    PlanItem,
    Session,
    SetSummary,
)
from coach.judge import Judgement, load_exercise
from coach.language import Language
from coach.report.course import CourseInput, Reviewed, kept_weeks

MADE_AT = datetime(2026, 11, 22, 16, 20, tzinfo=UTC)
BEGAN = datetime(2026, 8, 31, 7, 30, tzinfo=UTC)  # a Monday
EXERCISES = ("bridge", "hip_hiker", "pigeon")


def the_person(name: str = "Ada Example", language: Language = "en") -> Person:
    return Person("p-1", name, date(1971, 5, 2), language)


def the_plan() -> Plan:
    items = (
        PlanItem("i-1", "bridge", sets=2, reps=10, days=(0, 2, 4)),
        PlanItem("i-2", "hip_hiker", sets=1, reps=12, days=(0, 2, 4), rest_s=45, note="Hold on to the wall."),
        PlanItem("i-3", "pigeon", side="left", sets=1, hold_s=30, days=(0,)),
    )
    return Plan("plan-1", "p-1", BEGAN, BEGAN.date(), items, "t-1", "Slowly, and stop when it hurts more.")


def course(weeks: int = 12, name: str = "Ada Example", language: Language = "en") -> CourseInput:
    """Three times a week, every eighth session missed, and told on the Sunday after.

    The range grows, one fault becomes rarer, one stays.
    """
    sessions: list[Session] = []
    sets: list[SetSummary] = []
    for n in range(weeks * 3):
        if n % 8 == 7:
            continue
        at = BEGAN + timedelta(days=7 * (n // 3) + 2 * (n % 3), minutes=7 * n % 50)
        pain = max(1, 6 - n // 6)
        sessions.append(
            Session(
                f"s-{n}",
                "p-1",
                at,
                at + timedelta(minutes=18),
                Pain(pain, "low_back"),
                Pain(max(0, pain - 1 + (n % 5 == 4)), "low_back"),
            )
        )
        sets += _sets(n, at, n / max(1, weeks * 3 - 1))
    plan, made_at = the_plan(), MADE_AT + timedelta(weeks=weeks - 12)
    reviewed = (
        Reviewed(
            Correction(
                "set-0-0", 2, "knees_over_ankles", Judgement.PASS, "The camera stood too low.", "t-1", MADE_AT
            ),
            "bridge",
            BEGAN,
            Judgement.FAULT,
        ),
        Reviewed(
            Correction("set-2-1", 4, None, Judgement.FAULT, "That was half a movement.", "t-1", MADE_AT),
            "hip_hiker",
            BEGAN + timedelta(days=4),
            Judgement.PASS,
        ),
    )
    note = Note("n-1", "p-1", None, "Feels stronger on stairs; next visit in two weeks.", "t-1", MADE_AT)
    return CourseInput(
        person=the_person(name, language),
        made_at=made_at,
        sessions=tuple(sessions),
        sets=tuple(sets),
        plans=(plan,),
        weeks=kept_weeks((plan,), sets, sessions, made_at.date()),
        reviewed=reviewed,
        notes=(note,),
        exercises={name: load_exercise(name, language=language) for name in EXERCISES},
        names={"t-1": "Dr. Grete Muster"},
    )


def _sets(n: int, at: datetime, share: float) -> list[SetSummary]:
    wobble = (n * 37 % 7 - 3) * 0.6
    far = round((1 - share) * 6)
    bridge = SetSummary(
        f"set-{n}-0", f"s-{n}", "p-1", "i-1", "bridge", at, "camera", True, 9, 10,
        range_deg={"both": 44 + 14 * share + wobble}, spread_deg={"both": 2.9},
        faults={"knees_over_ankles": far, "hold": 3}, judged={"knees_over_ankles": 9, "straight_line": 10, "hold": 10},
        seen_share=0.98,
    )  # fmt: skip
    second = replace(bridge, id=f"set-{n}-3", started=at + timedelta(minutes=4), counted=10)
    hiker = SetSummary(
        f"set-{n}-1", f"s-{n}", "p-1", "i-2", "hip_hiker", at + timedelta(minutes=8), "camera", True, 21, 24,
        range_deg={"left": 9 + 4 * share + wobble / 3, "right": 12 + wobble / 4},
        spread_deg={"left": 2.5, "right": 2.5}, faults={"trunk": 1 if n % 4 == 0 else 0},
        judged={"trunk": 24}, symmetry_percent=75 + 20 * share, seen_share=0.95,
    )  # fmt: skip
    done = [bridge, second, hiker]
    if n % 3 == 0:
        done.append(
            SetSummary(
                f"set-{n}-2", f"s-{n}", "p-1", "i-3", "pigeon", at + timedelta(minutes=14), "camera", True, 1, 1,
                hold_s={"left": 22 + 10 * share}, faults={"hips_square": 0}, judged={"hips_square": 1},
                seen_share=0.9,
            )
        )  # fmt: skip
    return done


def nobody() -> CourseInput:
    """Somebody who has not begun, and has no plan."""
    return CourseInput(replace(the_person(), name="", born=None), MADE_AT)
