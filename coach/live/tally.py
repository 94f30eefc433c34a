"""The sets of a session that are over, and what is told of them."""

from collections import Counter
from collections.abc import Iterable

from coach.judge import SetResult
from coach.language import Words
from coach.live.one_set import Replays
from coach.live.settings import LiveSettings


class Tally:
    """Takes each set as it ends.

    results  of the sets, with those that an earlier process kept; `replays` of each, none of those
    """

    def __init__(self, settings: LiveSettings, words: Words, results: Iterable[SetResult] = ()) -> None:
        self._settings, self._words = settings, words
        self.results = [*results]
        self.replays: list[Replays] = [() for _ in self.results]

    def add(self, result: SetResult, replays: Replays) -> None:
        """A set is over."""
        self.results.append(result)
        self.replays.append(replays)

    @property
    def number(self) -> int:
        """Of the set that is under way, or comes next; of the last one when there is no more."""
        return min(len(self.results) + 1, self._settings.dose.sets)

    @property
    def last_count(self) -> int:
        """What counted in the last set; where somebody was led, how often."""
        last = self.results[-1:]
        hold = self._settings.exercise.hold
        return _led(last) if hold is not None and hold.guide is not None else _counted(last)

    @property
    def most_frequent_fault(self) -> str | None:
        """The one thing to work on: the check most often at fault, the more severe first among equals."""
        faults = Counter[str]()
        checks = self._settings.exercise.checks
        for result in self.results:  # one that was kept may know a check that the exercise has no longer
            faults.update({name: n for name, n in result.faults.items() if name in checks})
        return max(faults, key=lambda name: (faults[name], checks[name].severity), default=None)

    @property
    def to_work_on(self) -> str | None:
        """The cue of that one thing."""
        worst = self.most_frequent_fault
        return None if worst is None else self._settings.exercise.checks[worst].cue

    def set_done(self) -> str:
        """That the last set is over, and a rest begins, if there is one."""
        dose = self._settings.dose
        seconds = round(dose.rest_s)
        return self._words(
            "set_done" if seconds else "set_over", set=len(self.results), of=dose.sets, n=seconds
        )

    def summed_up(self) -> str:
        """What was done in all."""
        counted, led = _counted(self.results), _led(self.results)
        if not counted and not led:
            return self._words("ended_none")
        if self._settings.exercise.repetition is not None:
            return self._words("done_reps", n=counted)
        return self._words("done_led", n=led) if led else self._words("done_hold", n=counted)

    def parting(self) -> list[str]:
        """What is said at the end: what was done, and what to work on."""
        cue = self.to_work_on
        return [self.summed_up()] if cue is None else [self.summed_up(), self._words("next_time", cue=cue)]


def _counted(results: Iterable[SetResult]) -> int:
    return sum(result.counted for result in results)


def _led(results: Iterable[SetResult]) -> int:
    return sum(hold.led for result in results for hold in result.holds)
