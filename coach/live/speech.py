"""What is due to be said in a set that is going: the count, the seconds, the cue, whose turn it is."""

from collections.abc import Iterable

from coach.judge import Cue, Feedback
from coach.judge.results import SidedOrBoth
from coach.language import Words
from coach.live.one_set import Moment
from coach.live.progress import Progress, side_of
from coach.live.screen import Line, Tone
from coach.live.settings import LiveSettings
from coach.live.voice import HoldVoice


class Speech:
    """Finds it after each frame of one set, whose progress it reads."""

    def __init__(self, settings: LiveSettings, words: Words, progress: Progress) -> None:
        self._exercise = settings.coached
        self._words, self._progress = words, progress
        self._voice = HoldVoice(self._exercise, words)

    def due(self, moment: Moment, *, speaking: bool = False) -> list[Line]:
        """What to say after this frame, in its order; the seconds of a hold where there is nothing else.

        speaking  whether a sentence is not at its end yet
        """
        feedback = moment.feedback
        side = side_of(feedback)
        left = self._is_left(side)
        lines: list[Line] = []
        if feedback.rep is not None and feedback.rep.counted:
            lines.append(Line(str(self._progress.count(side))))
        held = self._exercise.hold is not None
        if moment.completed and held and (left or not self._progress.all_done):
            lines.append(Line(self._words("time_up")))
        if feedback.cue is not None and not self._is_done_with(feedback.cue, side):
            lines.append(Line(feedback.cue.text, tone_of(feedback.cue)))
        change = self._of_the_change(moment, left)
        if change:
            lines.append(Line(change, "guide"))
        return lines or [Line(text) for text in self._voice.step(feedback, speaking=speaking)]

    def changes(self, moments: Iterable[Moment]) -> list[str]:
        """What is to be said of the sides after frames in which the set began before it was known to."""
        told = ""
        for moment in moments:
            told = self._of_the_change(moment, self._is_left(side_of(moment.feedback))) or told
        return [told] if told else []

    def _is_left(self, side: SidedOrBoth) -> bool:
        """Whether this side is done, and the other one is not."""
        return side != "both" and self._progress.side_left(side) is not None

    def _is_done_with(self, cue: Cue, side: str) -> bool:
        """The change of side is told from here, when the time is up; and who is done may leave the pose."""
        return cue.code == "other_side" or (cue.code == "left_pose" and self._progress.complete(side))

    def _of_the_change(self, moment: Moment, left: bool) -> str:
        """That the other side's turn has come, that it still is, or that a time begins; \"\" otherwise.

        left  whether the side of this frame is done, and the other one is not
        """
        hold = self._exercise.hold
        if left and (moment.completed or moment.begins or _counts(moment.feedback)):
            told = self._words("other_side" if moment.completed else "same_side")
            return self._exercise.camera.turning(told)
        if hold is None or hold.guide is not None or not moment.begins:
            return ""
        if moment.begins == "again":
            return self._words("begin_again", seconds=round(hold.target_s))
        return self._words("hold")


def tone_of(cue: Cue) -> Tone:
    """How a cue is shown."""
    return cue.kind if cue.kind in ("advice", "fault", "why_not", "praise") else "guide"


def _counts(feedback: Feedback) -> bool:
    return feedback.rep is not None and feedback.rep.counted
