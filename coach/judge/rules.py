"""By which rules a set was judged, as short marks: what was judged by others is not compared.  Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from coach.judge.exercise import Exercise
from coach.judge.texts import text_tree

COUNTING: Final = "counting"  # the name of the mark of what makes a repetition, or a hold
# How much is asked for, and what is told of what never counts: no rules of what is done.
NO_RULES: Final = ("target_s", "guide", "small")
SHOWN: Final = ("highlight", "severity")  # how a fault is told
LETTERS: Final = 8


def rules_of(exercise: Exercise) -> dict[str, str]:
    """The marks of an exercise: of what counts, and of each check by its name.

    They are the same in all languages and for every dose, and another one wherever a limit was moved for somebody, or a
    later version of the file has other limits.  A value that the file leaves out is no part of it, so that a field that
    comes new into the format changes nothing.
    """
    data = exercise.model_dump(mode="json", exclude_defaults=True, include={"repetition", "hold", "checks"})
    bare = _without_texts(data, text_tree(exercise))
    counting = {kind: _but(bare[kind], NO_RULES) for kind in ("repetition", "hold") if kind in bare}
    checks = {name: _mark(_but(check, SHOWN)) for name, check in bare["checks"].items()}
    return {**checks, COUNTING: _mark(counting)}


def _but(data: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def _without_texts(data: Any, texts: Any) -> Any:
    """The data of a file without what people read in it."""
    if isinstance(data, dict):
        of_key = texts if isinstance(texts, dict) else {}
        return {
            key: _without_texts(value, of_key.get(key))
            for key, value in data.items()
            if not isinstance(of_key.get(key), str)
        }
    if isinstance(data, list) and isinstance(texts, list):
        return [_without_texts(*both) for both in zip(data, texts, strict=True)]
    return data


def _mark(rule: Mapping[str, Any]) -> str:
    written = json.dumps(rule, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:LETTERS]
