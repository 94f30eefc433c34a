"""A course as people read it, on paper and on a screen: what matters, the weeks as charts, faults, a therapist's word.

In it stand finished words, and pictures as SVG; where they go is each format's own.
"""

from dataclasses import asdict
from typing import Any, Final

from coach import __version__
from coach.care.days import day_of
from coach.report.course import CourseInput
from coach.report.course_text import (
    SESSIONS_TOLD,
    UNJUDGED_TOLD,
    course_figures,
    course_summary,
    day_short,
    day_told,
    fault_rows,
    followed_rows,
    lately,
    look_first,
    plan_rows,
    plan_shown,
    reviewed_rows,
    session_rows,
    unjudged,
    work_on,
)
from coach.report.trend import kept_chart, pain_chart, range_charts
from coach.report.wording import check_name, date_and_time, isolated, say

WEEKS_A_TABLE: Final = 8  # of faults: more would not stand side by side


def course_page(course: CourseInput) -> dict[str, Any]:
    """Everything that is told of a course, by where it stands; an empty list or text: there is none of it."""
    own, language = say(course.language), course.language
    charts = (*(picture for _, picture in range_charts(course)), pain_chart(course), kept_chart(course))
    cut, plan, first = unjudged(course), plan_shown(course), look_first(course)
    return {
        "kind": own("course.kind"),
        "title": course.person.name or own("course.title"),
        "document_title": own("course.page_title"),
        "lines": _lines(course),
        "summary": course_summary(course),
        "figures": list(course_figures(course).items()),
        "look_first": first,
        "work_on": None if first else _work_on(course),
        "followed": [asdict(row) for row in followed_rows(course)],
        "followed_heads": [own(f"course.{key}") for key in ("measured", "first", "last", "change")],
        "unjudged": cut[:UNJUDGED_TOLD],
        "unjudged_more": own("course.more", n=len(cut) - UNJUDGED_TOLD) if len(cut) > UNJUDGED_TOLD else "",
        "charts": [{"picture": picture, "told": _told(picture)} for picture in charts if picture],
        "bands": bool(course.followed),
        "faults": _faults(course),
        "reviewed": [asdict(row) for row in reviewed_rows(course)],
        "reviewed_heads": [own(f"course.{key}") for key in ("date", "exercise", "number")]
        + [own("page.check"), *(own(f"course.{key}") for key in ("machine", "therapist", "comment"))],
        "plan": [asdict(row) for row in plan_rows(course)],
        "plan_heads": [own(f"course.{key}") for key in ("exercise", "amount", "days", "rest")],
        "plan_from": own("course.plan_from", date=day_told(plan.from_day, language)) if plan else "",
        "plan_note": plan.note if plan else "",
        "plan_next": [
            own("course.plan_next", date=day_told(one.from_day, language))
            for one in course.coming
            if one is not plan
        ],
        "notes": [
            {
                "about": own(
                    "course.note",
                    date=day_told(day_of(note.at), language),
                    who=isolated(course.name_of(note.by)),
                ),
                "text": note.text,
            }
            for note in course.notes
        ],
        "sessions": [asdict(row) for row in session_rows(course)],
        "sessions_cut": own("course.sessions_cut", n=SESSIONS_TOLD, of=len(course.sessions))
        if len(course.sessions) > SESSIONS_TOLD
        else "",
        "session_heads": [own(f"course.{key}") for key in ("date", "pain_pair", "done_in")],
        "version": __version__,
        "words": _words(course),
    }


def _lines(course: CourseInput) -> list[str]:
    own, language = say(course.language), course.language
    born = course.person.born
    told = [own("course.title")] if course.person.name else []
    if born:
        told.append(own("course.born", date=day_told(born, language)))
    return [*([", ".join(told)] if told else []), date_and_time(course.made_at, language)]


def _work_on(course: CourseInput) -> dict[str, str] | None:
    worst = work_on(course)
    if worst is None:
        return None
    own, (name, check), tally = say(course.language), worst, lately(course)[worst]
    exercise = course.exercises.get(name)
    rule = exercise.checks.get(check) if exercise else None
    return {
        "name": f"{course.exercise_name(name)}: {check_name(check, course.language)}",
        "often": own(
            f"page.often.{'hold' if exercise and exercise.hold else 'rep'}",
            faults=tally.faults,
            n=tally.judged,
        ),
        "cue": own("page.cue", cue=rule.cue) if rule else "",
        "what": rule.what if rule else "",
        "why": rule.why if rule else "",
    }


def _faults(course: CourseInput) -> list[dict[str, Any]]:
    """The table, so many weeks at a time."""
    told, mondays = fault_rows(course), course.mondays
    if not told:
        return []
    return [
        {
            "weeks": [day_short(day, course) for day in mondays[first : first + WEEKS_A_TABLE]],
            "rows": [
                {
                    "exercise": row.exercise,
                    "check": row.check,
                    "cells": [
                        {"told": cell, "share": share}
                        for cell, share in row.weeks[first : first + WEEKS_A_TABLE]
                    ],
                }
                for row in told
            ],
        }
        for first in range(0, len(mondays), WEEKS_A_TABLE)
    ]


def _told(picture: str) -> str:
    """What the picture shows, for those who do not see it: its title."""
    return picture.split("<title>", 1)[1].split("</title>", 1)[0]


def _words(course: CourseInput) -> dict[str, str]:
    own = say(course.language)
    keys = {
        "look_first": "course.look_first",
        "one_thing": "pdf.one_thing",
        "asked_for": "page.asked_for",
        "why": "page.why",
        "check": "page.check",
        "about": "page.about",
        "measured": "page.measured",
        "sessions": "course.sessions_list",
    }
    same = (
        "ranges ranges_told unjudged trends band_told faults faults_told reviewed reviewed_told plan notes exercise "
        "found_by"
    )
    return {name: own(key) for name, key in keys.items()} | {
        name: own(f"course.{name}") for name in same.split()
    }
