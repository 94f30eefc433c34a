"""Who sees a person in a clinic: told and changed by a therapist who does, and by the person themselves."""

from pathlib import Path
from typing import Final

import streamlit as st

from coach.care.types import Person, Role
from coach.language import Language, Words, words
from coach.records import Actor, Desk
from coach.web.markdown import plain

HERE: Final = Path(__file__).parent


def shown(desk: Desk, person: Person, language: Language) -> bool:
    """The therapists who see somebody, and one more; whether the person was handed over just now."""
    say, me = words(language, HERE), desk.actor
    seen = desk.entrusted_to(person.id)
    st.caption(say("team.help"))
    if not seen:
        st.markdown(say("team.none"))
    for one in seen:
        _one(desk, person, one, say)
    others = {one.id: one for one in desk.therapists() if one not in seen}
    if not others:
        st.caption(say("team.no_other"))
        return False
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("team.choose"),
            others,
            format_func=lambda id: others[id].name or id,
            index=None,
            key="team-choose",
        )
        if st.button(say("team.add"), disabled=chosen is None, key="team-add") and chosen is not None:
            desk.entrust(person.id, chosen)
            st.rerun()
        if me.role is not Role.THERAPIST:
            return False
        told = say("team.hand_over_help")
        over = st.button(say("team.hand_over"), disabled=chosen is None, help=told, key="team-hand-over")
    if not over or chosen is None:
        return False
    desk.entrust(person.id, chosen)
    desk.withdraw(person.id, me.id)
    st.toast(say("team.handed", person=plain(person.name), therapist=plain(others[chosen].name)))
    return True


def _one(desk: Desk, person: Person, one: Actor, say: Words) -> None:
    """A therapist's name; whose it is, or who runs it alone, may take back that they see it."""
    mine = one.id == desk.actor.id
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(say("team.you", name=one.name) if mine else one.name or one.id, width="content")
        if desk.actor.role is not Role.THERAPIST and st.button(
            say("team.take"),
            type="tertiary",
            help=say("team.take_of", name=one.name),
            key=f"team-take-{one.id}",
        ):
            desk.withdraw(person.id, one.id)
            st.rerun()
