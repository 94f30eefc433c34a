"""The way through a set: choose, set up, be coached, look back."""

from html import escape
from typing import Any, Final, cast

import streamlit as st

from coach.care.plans import LEAST, LEAST_REST_S, MOST_REST_S
from coach.judge import Exercise, exercise_ids
from coach.judge.file_dose import MOST_HOLD_S, MOST_REPS, MOST_SETS
from coach.language import Language, Words, decimal
from coach.live import Dose, LiveSettings
from coach.pose import Side
from coach.report.figure import camera_svg, load_figure
from coach.web import live_set, pages
from coach.web.clinic.visit import placed
from coach.web.clips import clips, parts_of
from coach.web.plan import after, begin, gate
from coach.web.plan.adding import add_to_plan
from coach.web.plan.seconds import STEP_S, seconds_of, whole
from coach.web.session import drawing, exercise_in, here, preferences, tell_wrong_files
from coach.web.top import begin_at_top

GROUPS: Final = {
    "lying": {"supine", "side_lying", "prone"},
    "floor": {"quadruped", "kneeling", "sitting"},
    "standing": {"standing", "bent_over"},
}
COLUMNS: Final = 3
FIRST: Final = "bridge"  # what a newcomer is shown at work
CHOSEN: Final = "chosen_exercise"
SET_UP: Final = "set_up"  # field -> what was chosen in it, of all exercises


def show(language: Language) -> None:
    """Whatever comes next in this visit."""
    token, chosen = live_set.token(), st.session_state.get(CHOSEN)
    begin_at_top(f"{chosen} {token} {live_set.is_over(token)} {begin.step_now()}")
    if token is not None:
        after.live(token, language)
    elif gate.show(language):
        return
    elif chosen in exercise_ids():
        _set_up(exercise_in(chosen, language), language)
    else:
        _choose(language)


# --- choosing ---------------------------------------------------------------------------------------


def _choose(language: Language) -> None:
    say = here(language)
    st.title(say("choose.title"), anchor=False)
    if (unread := pages.unread()) is not None:  # somebody with a plan is here because nobody knows of it
        st.warning(unread.told(language))
    st.markdown(say("choose.intro", pictures=placed(say, "choose.pictures")))
    with st.container(horizontal=True):
        if FIRST in clips():
            shown = LiveSettings(exercise_in(FIRST, language), Dose.of(exercise_in(FIRST, language)))
            st.button(
                say("choose.look"),
                icon=":material/play_circle:",
                on_click=live_set.start,
                args=(shown, clips()[FIRST][0]),
            )
        if pages.has("plan") and st.button(say("page.plan"), icon=":material/edit_calendar:", key="to-plan"):
            pages.go_to("plan")
    group = st.segmented_control(
        say("choose.groups"),
        ("all", *GROUPS),
        default="all",
        format_func=lambda name: say(f"choose.{name}"),
        label_visibility="collapsed",
    )
    tell_wrong_files(language)
    known = [exercise_in(name, language) for name in exercise_ids()]
    wanted = [e for e in known if group in (None, "all") or group_of(e) == group]
    for first in range(0, len(wanted), COLUMNS):
        for column, one in zip(st.columns(COLUMNS), wanted[first : first + COLUMNS], strict=False):
            with column.container(border=True, height="stretch", key=f"card-{one.id}"):
                _card(one, say)


def group_of(exercise: Exercise) -> str:
    """Lying, floor or standing: by the first position that its file names."""
    first = exercise.position[0]
    return next(name for name, positions in GROUPS.items() if first in positions)


def _card(exercise: Exercise, say: Words) -> None:
    drawn = drawing(exercise.id, exercise.language)
    if drawn is not None:
        st.image(drawn, width="stretch", alt=exercise.description)
    st.subheader(exercise.name, anchor=False)
    st.html(f'<div class="card-text">{escape(exercise.description)}</div>')
    if st.button(
        say("choose.this"),
        key=f"choose-{exercise.id}",
        width="stretch",
        help=None,
        on_click=_take,
        args=(exercise.id,),
    ):
        st.rerun()


def _take(exercise_id: str | None) -> None:
    st.session_state[CHOSEN] = exercise_id
    live_set.leave()


# --- setting up -------------------------------------------------------------------------------------


def _set_up(exercise: Exercise, language: Language) -> None:
    say = here(language)
    st.button(f"← {say('setup.back')}", on_click=_take, args=(None,), type="tertiary")
    head, begin = st.columns((3, 2), gap="large", vertical_alignment="center")
    with head:
        st.title(exercise.name, anchor=False)
        st.markdown(exercise.description)
        drawn = drawing(exercise.id, exercise.language)
        if drawn is not None:
            st.image(drawn, width="stretch", alt=exercise.description)
    left, right = st.columns((3, 2), gap="large")
    with right:
        settings = _dose(exercise, say)
        _place(exercise, say, language)
    with left:
        _instructions(exercise, say)
    with begin:
        _begin(settings, say)


def _begin(settings: LiveSettings, say: Words) -> None:
    """No callbacks: theirs would be the dose of the run before, and a field is left by the click on the button."""
    if st.button(say("setup.start"), type="primary", width="stretch"):
        begin.ask(settings)
        st.rerun()
    own = clips().get(settings.exercise.id, ())
    if own:
        clip = st.selectbox(
            say("setup.clip"),
            own,
            format_func=lambda name: _clip_name(name, settings.exercise, say),
            key=f"clip-{settings.exercise.id}",
            placeholder="",
            filter_mode=None,
        )
        if st.button(say("setup.try"), width="stretch"):
            live_set.start(settings, clip)
            st.rerun()
        st.caption(say("setup.try_help"))
    st.html(
        f'<p class="quiet"><span class="by-key">{escape(say("setup.space"))}</span>'
        f'<span class="by-touch">{escape(say("setup.space_touch"))}</span></p>'
    )
    add_to_plan(settings, settings.language)


def _clip_name(name: str, exercise: Exercise, say: Words) -> str:
    told = [say(f"clip.{part}") for part in parts_of(name, exercise.id)]
    return ", ".join(told)


def _instructions(exercise: Exercise, say: Words) -> None:
    st.subheader(say("setup.how"), anchor=False)
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(exercise.steps, start=1)))
    st.markdown(f"**{say('setup.feel')}** {exercise.feel}")
    if not exercise.judged:
        st.info(say("setup.not_judged"), icon=":material/info:")
    st.subheader(say("setup.stop_rules"), anchor=False)
    st.markdown("\n".join(f"- {rule}" for rule in exercise.stop))


def _place(exercise: Exercise, say: Words, language: Language) -> None:
    st.subheader(say("setup.place"), anchor=False)
    near, far = (decimal(value, language) for value in exercise.camera.distance_m)
    low, high = (decimal(value, language) for value in exercise.camera.height_m)
    told = say("setup.camera_distance", how=exercise.camera.how, near=near, far=far, low=low, high=high)
    figure = load_figure(exercise.id)
    if figure is not None:
        st.container(key="camera").image(camera_svg(exercise, figure), width="stretch", alt=told)
    st.markdown(told)


def _dose(exercise: Exercise, say: Words) -> LiveSettings:
    st.subheader(say("setup.dose"), anchor=False)
    usual, id = Dose.of(exercise), exercise.id
    first, second = st.columns(2)
    reps, hold_s, rest_s = usual.reps, usual.hold_s, usual.rest_s
    guided = exercise.hold is not None and exercise.hold.guide is not None
    with first:
        if reps is not None:
            label = say("setup.reps_side" if exercise.dose.each_side else "setup.reps")
            reps = _number(label, f"reps-{id}", reps, (LEAST, MOST_REPS))
        elif hold_s is not None and not guided:
            hold_s = _seconds(say("setup.hold"), f"hold-{id}", hold_s, (LEAST, MOST_HOLD_S))
    with second:
        sets = _number(say("setup.sets"), f"sets-{id}", usual.sets, (LEAST, MOST_SETS))
        if sets > 1:
            rest_s = _seconds(say("setup.rest"), f"rest-{id}", rest_s, (LEAST_REST_S, MOST_REST_S))
    dose = Dose(reps, hold_s, sets, rest_s)
    return LiveSettings(exercise, dose, _side(exercise, say), preferences().spoken)


def _side(exercise: Exercise, say: Words) -> Side | None:
    if exercise.sides != "each":
        return None
    key = f"side-{exercise.id}"
    _as_chosen(key, "both")
    side = st.segmented_control(
        say("setup.side"),
        ("both", "left", "right"),
        format_func=lambda name: say(f"setup.side_{name}"),
        key=key,
    )
    _remember(key, side)
    if exercise.of_side is not None:
        st.caption(say("setup.of_side", what=exercise.of_side))
    return None if side in (None, "both") else cast(Side, side)


def _number(label: str, key: str, usual: int, between: tuple[int, int], step: int = 1) -> int:
    _as_chosen(key, usual)
    number = int(st.number_input(label, *between, step=step, key=key))
    _remember(key, number)
    return number


def _seconds(label: str, key: str, usual: float, between: tuple[int, int]) -> float:
    return seconds_of(_number(label, key, whole(usual), between, STEP_S), usual)


def _as_chosen(key: str, usual: Any) -> None:
    """A field has what was chosen in it last in this visit: its own memory ends with the page that it stood on."""
    st.session_state.setdefault(key, st.session_state.get(SET_UP, {}).get(key, usual))


def _remember(key: str, value: Any) -> None:
    st.session_state[SET_UP] = {**st.session_state.get(SET_UP, {}), key: value}
