"""Numbers to judgement: the exercise model and its loader, phases, holds, checks, cues and the engine."""

from coach.judge.engine import Engine, likeness
from coach.judge.exercise import Exercise
from coach.judge.library import exercise_ids, load_exercise, read_exercise
from coach.judge.recognise import Recogniser
from coach.judge.results import Cue, Feedback, HeldPose, NotJudged, Rep, SetResult, result_schema
from coach.judge.verdicts import Judgement, Verdict
from coach.judge.workout_results import FoundSet, Rest, WorkoutResult, workout_schema

__all__ = [
    "Cue",
    "Engine",
    "Exercise",
    "Feedback",
    "FoundSet",
    "HeldPose",
    "Judgement",
    "NotJudged",
    "Recogniser",
    "Rep",
    "Rest",
    "SetResult",
    "Verdict",
    "WorkoutResult",
    "exercise_ids",
    "likeness",
    "load_exercise",
    "read_exercise",
    "result_schema",
    "workout_schema",
]
