"""What is wrong in a file of YAML, in words: the place (line and keys), and what was expected there.

Of YAML's own troubles, of what the model of an exercise refuses, and of a key that is misspelt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, get_args, get_origin

import yaml
from pydantic import ValidationError

from coach.errors import ExerciseError
from coach.judge.exercise import Exercise
from coach.judge.file_fields import NAMED, Misplaced, Place, Range, Strict, dotted, nearest

NO_NAMES: Final = (  # as what YAML reads `no`, `null` and 2026-11-30
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:timestamp",
)
NUMBERS: Final = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
# What is none (.nan) or has no end (.inf) is refused where the number belongs.
PLAIN: Final = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?|[-+]?\.(inf|nan)", re.IGNORECASE)
COMMA: Final = re.compile(r"[-+]?\d+,\d+")  # a decimal as most of the continent writes it
LONGEST: Final = 40  # letters of what stands in a file that are told
IN_QUOTES: Final = "a text was expected; put {} in quotes"
LIKE: Final = 0.65  # how much a misspelt key is like what was meant: `mni` is `min`, and `sides` not `steps`

# What is expected where the model is not content, by what it calls that.
UNKNOWN: Final = frozenset({"extra_forbidden", "invalid_key"})
NUMERIC: Final = frozenset({"float_type", "int_type", "int_from_float"})
EXPECTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "float_type": "a number without quotes was expected, such as 12, -5 or 0.75",
        "finite_number": "a number that has an end was expected",
        "int_type": "a whole number without quotes was expected",
        "int_from_float": "a whole number was expected",
        "bool_type": "true or false was expected",
        "bool_parsing": "true or false was expected",
        "string_type": "a text was expected",
        "string_pattern_mismatch": "small letters, digits and _ were expected, as in my_bridge",
        "tuple_type": "a list was expected, one '- ' a line",
        "dict_type": "names were expected, one a line, each with what belongs to it behind ': '",
    }
)
LENGTHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "string_too_short": "a text of {min_length} letters or more was expected",
        "too_short": "{min_length} or more were expected",
        "too_long": "{max_length} at most were expected",
    }
)
LIMITS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "greater_than": ("gt", "more than {:g}"),
        "greater_than_equal": ("ge", "{:g} or more"),
        "less_than": ("lt", "less than {:g}"),
        "less_than_equal": ("le", "{:g} or less"),
    }
)


def parsed(text: str, file: str, expected: str, loader: Any) -> tuple[dict[Any, Any], Any]:
    """The mapping in a YAML text, and the node that knows its lines; raises ExerciseError for what is none.

    expected  what the file should hold, as the sentence tells it
    """
    try:
        data = yaml.load(text, Loader=loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line, said = _of_yaml(error, [*text.splitlines(), ""])  # it may stumble behind the last one
        raise ExerciseError(f"{file}, line {line}: {said}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ExerciseError(
            f"{file}, line {line}: a sign that is no text stands here; write it anew."
        ) from None
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ):  # also an impossible date, or brackets by the thousand
        raise ExerciseError(f"{file} is not a YAML file.") from None
    if not isinstance(data, dict):
        raise ExerciseError(f"{file}, line 1: {expected} was expected.")
    for place, inside in _nodes(node, (), set()):
        if isinstance(inside, yaml.MappingNode) and (number := _split_number(inside)):
            raise ExerciseError(told(file, node, place, _with_point(number)))
    for key in _keys(node):
        if key.tag in NO_NAMES:
            line = key.start_mark.line + 1
            raise ExerciseError(f"{file}, line {line}: the name '{key.value}' must stand in quotes.")
    for key, first in _repeated_keys(node):
        raise ExerciseError(
            f"{file}, line {key.start_mark.line + 1}: '{key.value}' stands here for the second time; "
            f"first in line {first.start_mark.line + 1}."
        )
    for place, inside in _nodes(node, (), set()):
        # Numbers that YAML reads otherwise than people do: 0145 as 101, and 1:45 as 105.
        if inside.tag in NUMBERS and not PLAIN.fullmatch(inside.value):
            plainly = f"write the number '{inside.value}' plainly, as 12, -5 or 0.75"
            said = IN_QUOTES.format(inside.value) if _declared(Exercise, place) is str else plainly
            raise ExerciseError(told(file, node, place, said))
    return data, node


# --- what YAML stumbles over --------------------------------------------------------------------------------

NO_SPACE: Final = re.compile(r"\s*(?:(?:- +)?[A-Za-z_]\w*:(?=[^\s:])|(?P<dash>-)(?=[^\s-]))")
BARE_KEY: Final = re.compile(r"\s*(?:- +)?\w+$")
BEGINS: Final = "@`%*&!|>?-,"  # what means something to YAML where a text begins with it


def _of_yaml(error: yaml.MarkedYAMLError, rows: Sequence[str]) -> tuple[int, str]:
    """The line of what YAML stumbled over, and what is wrong there: a sentence without its full stop.

    YAML often stumbles later than where the mistake is, so the lines between are looked at, too.
    """
    problem, context = str(error.problem), str(error.context)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, "the file does not begin as YAML does"
    begun = error.context_mark or mark
    if "'\\t'" in problem:
        return mark.line + 1, "a tab stands here; use spaces"
    if "quoted scalar" in context and "escape" not in problem:
        return begun.line + 1, "the quote that opens here is not closed"
    if "flow" in context and problem.startswith("expected ',' or"):
        closing = "]" if "sequence" in context else "}"
        return begun.line + 1, f"a ',' or the closing '{closing}' is missing in the brackets that open here"
    if "escape" in problem:
        return mark.line + 1, "a text with '\\' in it must stand in single quotes"
    if "another document" in problem:
        return mark.line + 1, "'---' begins a second file here; take the line away"
    first = begun.line if context.startswith("while scanning a simple key") else max(0, mark.line - 1)
    for number, row in enumerate(rows[first : mark.line + 1], first + 1):
        if found := NO_SPACE.match(row):
            return number, f"a space is missing after '{'-' if found['dash'] else ':'}'"
    return _out_of_place(problem, begun if context.startswith("while scanning") else mark, rows)


def _out_of_place(problem: str, mark: yaml.Mark, rows: Sequence[str]) -> tuple[int, str]:
    """The same of a line in which something stands where it cannot."""
    line, row = mark.line + 1, rows[mark.line]
    before, sign = row[: mark.column], row[mark.column : mark.column + 1]
    if "could not find expected ':'" in problem:
        return line, (
            "neither a key with ': ' nor '- ' begins this line; what goes on from the line before is indented "
            "further than its key"
        )
    if "mapping values are not allowed" in problem and not BARE_KEY.match(before):
        return line, "a text with ': ' in it must stand in quotes"
    if "mapping values are not allowed" in problem or ("<block end>" in problem and not before.strip()):
        return line, f"this line is indented differently from its neighbours{_indents(rows, mark.line)}"
    if "<block end>" in problem and before.rstrip()[-1:] in ("'", '"'):
        return line, "the text goes on behind its closing quote; put all of it in the other kind of quotes"
    if sign and sign in BEGINS:
        return line, f"a text that begins with '{sign}' must stand in quotes"
    return line, "this cannot be read; look for a quote, bracket or space missing here or in the line before"


def _indents(rows: Sequence[str], number: int) -> str:
    """By how much a line is indented, and the one before it; "" where that is the same."""
    before = [row for row in rows[:number] if row.strip() and row.lstrip()[0] != "#"][-1:]
    this, last = (len(row) - len(row.lstrip(" ")) for row in (rows[number], *(before or rows[:1])))
    return "" if this == last else f": by {this} space{'s' * (this != 1)}, the line before by {last}"


def _nodes(node: Any, place: Place, visited: set[int]) -> Iterator[tuple[Place, Any]]:
    """Every node below one, and where; of those that stand for each other the first."""
    if id(node) in visited:
        return
    visited.add(id(node))
    yield place, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*place, str(key.value)), visited)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _nodes(value, (*place, number), visited)


def _keys(node: Any) -> Iterator[Any]:
    for _, inside in _nodes(node, (), set()):
        if isinstance(inside, yaml.MappingNode):
            yield from (key for key, _ in inside.value)


def _repeated_keys(node: Any) -> Iterator[tuple[Any, Any]]:
    """Keys that stand twice in one mapping, of which YAML would keep the last without a word; and the first ones."""
    for _, inside in _nodes(node, (), set()):
        first: dict[str, Any] = {}
        for key, _ in inside.value if isinstance(inside, yaml.MappingNode) else ():
            if first.setdefault(str(key.value), key) is not key:
                yield key, first[str(key.value)]


def _split_number(node: Any) -> str:
    """A number with a comma in it, of which YAML made two things in brackets: "165,5"; "" where there is none."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(node, yaml.MappingNode):  # {min: 165,5}
        pairs = [(one[1], two[0]) for one, two in pairwise(node.value) if two[1].value == ""]
    elif isinstance(node, yaml.SequenceNode):  # [0,5, 1]
        pairs = list(pairwise(node.value))
    for one, two in pairs:
        number = f"{_given(one)},{_given(two)}"
        if COMMA.fullmatch(number) and two.start_mark.index == one.end_mark.index + 1:
            return number
    return ""


def _with_point(number: str) -> str:
    return f"write a decimal with a point: {number.replace(',', '.')}, not {number}"


# --- what the model refuses, in words -----------------------------------------------------------------------


def refused(file: str, node: Any, error: ValidationError) -> str:
    """The sentence on what was refused first.  A misspelt key comes before the one that is missing for it."""
    errors = error.errors(include_url=False)
    first = next((wrong for wrong in errors if wrong["type"] in UNKNOWN), errors[0])
    cause, place = first.get("ctx", {}).get("error"), tuple(first["loc"])
    of_key, place = "[key]" in place, tuple(part for part in place if part != "[key]")  # one that is no text
    if first["type"] in UNKNOWN:
        said = f"'{dotted(place)}' is not a key of an exercise file{_hint(node, place)}"
        return sentence(file, node, place, said)
    if first["type"] == "missing":
        return sentence(file, node, place, f"'{dotted(place)}' is missing")
    if of_key:
        return told(file, node, place, NAMED)
    if isinstance(cause, Misplaced):
        return told(file, node, (*place, *cause.place), cause.said)
    return told(file, node, place, str(cause) if cause is not None else _expected(node, place, first))


def _hint(node: Any, place: Place) -> str:
    """What may have been meant with a key that there is not."""
    *parents, key = place
    beside, model = _at(node, tuple(parents)), _model(Exercise, tuple(parents))
    if not isinstance(beside, yaml.MappingNode) or model is None:
        return ""
    given = {str(name.value): value for name, value in beside.value}
    if beside.flow_style and getattr(given.get(str(key)), "value", None) == "":
        if ":" in str(key):
            return "; a space is missing after ':'"
        first, *others = str(key).split()
        if others and first in model.model_fields:
            return f"; ': ' is missing after '{first}'"
        return "; a text with a comma in it must stand in quotes" if others else ""
    return meant(str(key), model.model_fields, given)


def meant(key: str, known: Iterable[str], given: Any) -> str:
    """The key that is most like an unknown one, of those that are not there."""
    near = nearest(key, [name for name in known if name not in (given or ())], least=LIKE)
    return f"; did you mean '{near[0]}'?" if near else ""


def _expected(node: Any, place: Place, wrong: Any) -> str:
    """What was expected at a place, and what stands there."""
    kind, limits, value = wrong["type"], wrong.get("ctx", {}), _at(node, place)
    given = _given(value)
    if kind in NUMERIC and COMMA.fullmatch(given):
        return _with_point(given)
    if kind == "too_long" and (number := _split_number(value)):
        return _with_point(number)
    if kind == "string_type" and isinstance(value, yaml.ScalarNode) and given:
        return IN_QUOTES.format(given)
    if kind == "string_type" and isinstance(value, yaml.MappingNode) and not value.flow_style:
        return "a text with ': ' in it must stand in quotes"
    match kind:
        case "model_type":
            expected = _expected_keys(place)
        case "literal_error":
            expected = f"{limits['expected']} was expected"
        case "too_short" | "too_long":
            expected, given = LENGTHS[kind].format(**limits), f"{limits['actual_length']}"
        case "string_too_short":
            expected = LENGTHS[kind].format(**limits)
        case _ if kind in LIMITS:
            key, limit = LIMITS[kind]
            expected = f"{limit.format(limits[key])} was expected"
        case _ if kind in EXPECTED:
            expected = EXPECTED[kind]
        case _:  # nothing in a file is known to come to it
            return str(wrong["msg"])
    return f"{expected}, {f'not {given}' if given else 'and nothing stands here'}"


def _expected_keys(place: Place) -> str:
    model = _model(Exercise, place)
    if model is Range:
        return "{min: ..., max: ...} was expected, or one of them"
    needed = [name for name, field in model.model_fields.items() if field.is_required()] if model else []
    return f"keys of its own were expected, such as {', '.join(needed[:3])}"


def _given(node: Any) -> str:
    """What stands at a place as it is written there, where that is one thing and not too long; "" for nothing."""
    if not isinstance(node, yaml.ScalarNode):
        return {yaml.SequenceNode: "a list", yaml.MappingNode: "keys"}.get(type(node), "")
    words = " ".join(node.value.split())
    words = words if len(words) <= LONGEST else f"{words[:LONGEST]}..."
    return f"{node.style}{words}{node.style}" if node.style in ("'", '"') else words


def told(file: str, node: Any, place: Place, wrong: str) -> str:
    """The sentence on what is wrong at a place, which it names."""
    return sentence(file, node, place, f"{dotted(place) or 'the exercise'}: {wrong[:1].lower()}{wrong[1:]}")


def sentence(file: str, node: Any, place: Place, said: str) -> str:
    """The sentence with its file and line; it names the place itself."""
    return f"{file}, line {_line(node, place)}: {said}{'' if said.endswith('?') else '.'}"


def _model(kind: Any, place: Place) -> type[Strict] | None:
    """The part of the model that is declared at a place below the declared type `kind`; None where there is none."""
    found = _declared(kind, place)
    return found if found is not None and issubclass(found, Strict) else None


def _declared(kind: Any, place: Place) -> type | None:
    """The same, or the plain type of a value, such as str."""
    inner = get_args(kind)
    if isinstance(kind, type) and not inner:
        if not place:
            return kind
        field = kind.model_fields.get(str(place[0])) if issubclass(kind, Strict) else None
        return _declared(field.annotation, place[1:]) if field is not None else None
    if get_origin(kind) in (tuple, dict):
        return _declared(inner[-1 if get_origin(kind) is dict else 0], place[1:]) if place else None
    return next((found for part in inner if (found := _declared(part, place))), None)


def _line(node: Any, place: Place) -> int:
    """The line of a place in the file; of its nearest parent where the place is missing."""
    line = 1
    for part in place:
        step = _child(node, part)
        if step is None:
            return line
        line, node = step
    return line


def _at(node: Any, place: Place) -> Any:
    """The node at a place; None where there is none."""
    for part in place:
        step = _child(node, part)
        if step is None:
            return None
        node = step[1]
    return node


def _child(node: Any, part: int | str) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        value = node.value[part]
        return value.start_mark.line + 1, value
    return None
