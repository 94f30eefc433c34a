"""What is said: one thing, the most urgent, not the same again at once."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge.cues import PAUSE_S, REPEAT_S, Candidate, CueChooser
from coach.judge.results import Cue


def candidate(code: str, urgency: int = 1) -> Candidate:
    return Candidate(Cue(code, f"say {code}", "fault"), urgency)


def codes(said: list[Cue | None]) -> list[str]:
    return [cue.code for cue in said if cue is not None]


def test_the_waits_are_those_of_the_design() -> None:
    assert (REPEAT_S, PAUSE_S) == (8.0, 2.5)


def test_nothing_to_say_is_nothing_said() -> None:
    assert CueChooser().choose(0.0, []) is None


def test_the_most_urgent_is_said_first_and_alone() -> None:
    cue = CueChooser().choose(0.0, [candidate("hold", 1), candidate("arch", 3), candidate("knees", 2)])
    assert cue is not None and cue.code == "arch"


def test_among_equals_the_first_is_said() -> None:
    cue = CueChooser().choose(0.0, [candidate("one"), candidate("two")])
    assert cue is not None and cue.code == "one"


def test_after_a_cue_there_is_time_to_act_on_it() -> None:
    chooser = CueChooser()
    said = [chooser.choose(i / 10, [candidate(f"cue {i}")]) for i in range(61)]
    assert codes(said) == ["cue 0", "cue 25", "cue 50"]


def why_not() -> Candidate:
    return replace(candidate("why_not", 5), waits=True)


def test_what_is_due_but_once_is_said_after_the_cue_before_it() -> None:
    chooser = CueChooser()
    due = {0: candidate("knees"), 10: why_not(), 12: candidate("praise")}
    said = [chooser.choose(i / 10, [due[i]] if i in due else []) for i in range(100)]
    assert [(i / 10, cue.code) for i, cue in enumerate(said) if cue] == [(0.0, "knees"), (2.5, "why_not")]


def test_what_waits_is_not_said_when_it_is_true_no_more_or_long_ago() -> None:
    for i, drops in ((20, True), (60, False)):
        chooser = CueChooser()
        assert chooser.choose(0.0, [candidate("knees")]) is not None
        assert chooser.choose(1.0, [why_not()]) is None
        if drops:
            chooser.drop()
        assert chooser.choose(1 + i / 10, []) is None


def test_the_same_is_not_said_again_within_eight_seconds() -> None:
    chooser = CueChooser()
    said = [t / 10 for t in range(200) if chooser.choose(t / 10, [candidate("knees")])]
    assert said == [0.0, 8.0, 16.0]


def test_meanwhile_the_next_urgent_has_its_turn() -> None:
    chooser = CueChooser()
    both = [candidate("arch", 3), candidate("hold", 1)]
    said = [chooser.choose(t / 10, both) for t in range(100)]
    assert codes(said) == ["arch", "hold", "arch"]


def test_other_words_of_the_same_code_count_as_the_same() -> None:
    chooser = CueChooser()
    assert chooser.choose(0.0, [Candidate(Cue("why_not", "Lower", "why_not"), 5)]) is not None
    assert chooser.choose(3.0, [Candidate(Cue("why_not", "Slower", "why_not"), 5)]) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 3.0), st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 6)), max_size=4)
        ),
        max_size=60,
    )
)
def test_whatever_comes_the_waits_are_kept(frames: list[tuple[float, list[tuple[str, int]]]]) -> None:
    chooser, t = CueChooser(), 0.0
    said: list[tuple[float, str]] = []
    for dt, found in frames:
        t += dt
        cue = chooser.choose(t, [candidate(code, urgency) for code, urgency in found])
        if cue is not None:
            assert cue.code in dict(found)
            said.append((t, cue.code))
    assert all(b - a >= PAUSE_S for (a, _), (b, _) in zip(said, said[1:], strict=False))
    for code in "abcd":
        times = [t for t, c in said if c == code]
        assert all(b - a >= REPEAT_S for a, b in zip(times, times[1:], strict=False))
