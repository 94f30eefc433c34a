"""Changing the text of an exercise file in single places, so that everything else stays, its comments above all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import yaml

from coach.judge.file_fields import Place, dotted
from coach.motion import load_errors

WIDTH: Final = 110


@dataclass(frozen=True, slots=True)
class Change:
    """A value to put at a place such as ("repetition", "target", "min"), and the comment to put above its line."""

    place: Place
    value: str
    comment: str = ""


def rewritten(text: str, changes: Iterable[Change]) -> str:
    """The text with these values in place of those that stand there.

    Raises KeyError for a place that does not exist, where two of them are one (a YAML alias), and where others stand
    for what stands there.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    aliases = [
        token for token in yaml.scan(text, Loader=yaml.SafeLoader) if isinstance(token, yaml.AliasToken)
    ]
    shared: list[str] = []
    edits: list[tuple[int, int, str]] = []
    for change in changes:
        node = _node(root, change.place)
        start, end = node.start_mark.index, node.end_mark.index
        old = text[start:end]
        if any(re.match(rf"&{re.escape(alias.value)}\s", old) for alias in aliases):
            shared.append(dotted(change.place))
        kept = old[len(old.rstrip()) :]  # what was told over several lines ends with the last of them
        edits.append((start, end, change.value + kept))
        if change.comment:
            line = text.rfind("\n", 0, start) + 1
            indent = text[line : line + len(text[line:]) - len(text[line:].lstrip(" "))]
            edits.append((line, line, "".join(f"{indent}# {row}\n" for row in _rows(change.comment, indent))))
    places = [edit[0] for edit in edits if edit[1] > edit[0]]
    if len(set(places)) < len(places):
        raise KeyError("two of the places are one")
    if shared:
        raise KeyError(f"its {shared[0]} is used again elsewhere; write it out")
    # From the end, so that the marks before stay right; comments of one line in their order.
    edits.reverse()
    for start, end, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[:start] + new + text[end:]
    return text


def copied(text: str, exercise_id: str, name: str) -> str:
    """The text of an exercise file under a new id and name, which tells what it is a copy of.

    Raises KeyError as `rewritten` does.
    """
    return rewritten(
        _likened(text, exercise_id), [Change(("id",), exercise_id), Change(("name",), quoted(name))]
    )


def _likened(text: str, new_id: str) -> str:
    """The text with its own id as what the new one is `like`: above its name, unless it is a copy itself.

    An exercise in which nobody measured anything has no errors to hand on.
    """
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    old_id, keys = _node(root, ("id",)).value, {key.value: key for key, _ in root.value}
    if "like" in keys or "name" not in keys or old_id == new_id or old_id not in load_errors().exercises:
        return text
    mark = keys["name"].start_mark
    after = ", " if root.flow_style else "\n" + " " * mark.column
    return f"{text[: mark.index]}like: {old_id}{after}{text[mark.index :]}"


def quoted(words: str) -> str:
    """Words as YAML takes them, in quotes where they need them."""
    return str(yaml.safe_dump(words, allow_unicode=True, width=10_000)).removesuffix("...\n").strip()


def _rows(comment: str, indent: str) -> list[str]:
    """A comment in rows that fit beside the text of the file."""
    rows = [""]
    for word in comment.split():
        if rows[-1] and len(indent) + len(rows[-1]) + len(word) + 3 > WIDTH:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _node(node: Any, place: Place) -> Any:
    for part in place:
        children = (
            {key.value: value for key, value in node.value}
            if isinstance(node, yaml.MappingNode)
            else dict(enumerate(node.value))
            if isinstance(node, yaml.SequenceNode)
            else {}
        )
        if part not in children:
            raise KeyError(f"there is no {dotted(place)}")
        node = children[part]
    return node
