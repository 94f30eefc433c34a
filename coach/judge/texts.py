"""The texts of an exercise: all that people read in its file, and those of another language laid over them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from coach.judge.exercise import Exercise
from coach.judge.file_fields import ID, Place, Read, dotted


class Names(list[str]):
    """Texts of which another language may have any number."""


def texts_of(exercise: Exercise) -> dict[str, str]:
    """Every text of an exercise by its dotted place, such as ``steps.0``; not the other names.

    >>> from coach.judge.library import load_exercise
    >>> texts_of(load_exercise("bridge"))["checks.hold.cue"]
    'Stay up for three seconds'
    """
    return {dotted(place): text for place, text in _leaves(text_tree(exercise), ())}


def text_tree(exercise: Exercise) -> dict[str, Any]:
    """The texts nested as in the file, and nothing else; a thing in a list that has none is an empty dict."""
    tree = _tree(exercise, Exercise)
    assert isinstance(tree, dict)
    return tree


def _tree(value: Any, kind: Any) -> Any:
    """The texts in a value of the declared type `kind`; None where none can be."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        if Read.NAMES in inner:
            return Names(value)
        if Read.WORDS in inner:
            return None if ID.fullmatch(value) else value
        return (value or None) if Read.TEXT in inner else _tree(value, inner[0])
    if origin in (Union, UnionType):
        return (
            next((_tree(value, k) for k in inner if k is not NoneType), None) if value is not None else None
        )
    if origin is tuple:
        items = [_tree(item, inner[0]) for item in value]
        return items if any(item is not None for item in items) else None
    if origin is dict:
        return {key: tree for key, item in value.items() if (tree := _tree(item, inner[1]))}
    if isinstance(value, BaseModel):
        hints = get_type_hints(type(value), include_extras=True)
        trees = {name: _tree(getattr(value, name), hints[name]) for name in type(value).model_fields}
        return {name: tree for name, tree in trees.items() if tree or isinstance(tree, Names)}
    return None


def _leaves(tree: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(tree, str):
        yield place, tree
    elif not isinstance(tree, Names):
        for key, item in _items(tree):
            yield from _leaves(item, (*place, key))


def _items(tree: Any) -> Iterator[tuple[int | str, Any]]:
    yield from tree.items() if isinstance(tree, Mapping) else enumerate(tree)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of a file of texts: a sentence without its full stop, that names the place."""

    place: Place
    text: str


def problems(wanted: Any, given: Any, place: Place = ()) -> Iterator[Problem]:
    """What is wrong with the texts `given` for the tree of texts `wanted`, in the order of the exercise."""
    where = dotted(place) or "the texts"
    if isinstance(wanted, str):
        if not isinstance(given, str) or not given.strip():
            yield Problem(place, f"{where}: a text was expected")
    elif isinstance(wanted, Names):
        if not isinstance(given, list) or not all(isinstance(name, str) and name.strip() for name in given):
            yield Problem(place, f"{where}: a list of names was expected")
    elif isinstance(wanted, list):
        if not isinstance(given, list):
            yield Problem(place, f"{where}: a list of {len(wanted)} was expected")
        elif len(given) != len(wanted):
            yield Problem(
                place, f"{where}: {len(wanted)} expected, as in the exercise's file, not {len(given)}"
            )
        else:
            for i, (one, other) in enumerate(zip(wanted, given, strict=True)):
                yield from problems(one, other, (*place, i))
    elif not isinstance(given, dict):
        keys = ", ".join(wanted)
        yield Problem(
            place, f"{where}: texts under {keys} were expected" if keys else f"{where}: no text was expected"
        )
    else:
        for key, tree in wanted.items():
            if key in given:
                yield from problems(tree, given[key], (*place, key))
            else:
                for missing, _ in _leaves(tree, (*place, key)):
                    yield Problem(missing, f"'{dotted(missing)}' is missing")
        for key in given:
            if key not in wanted:
                unknown = (*place, str(key))
                yield Problem(unknown, f"'{dotted(unknown)}' is not a text of this exercise")


def laid_over(data: Any, texts: Any) -> Any:
    """An exercise's data with texts of another language in their places; `texts` have no problems."""
    if isinstance(texts, dict):
        return data | {key: laid_over(data[key], text) for key, text in texts.items()}
    if isinstance(texts, list) and any(isinstance(text, dict) for text in texts):
        return [laid_over(item, text) for item, text in zip(data, texts, strict=True)]
    return texts
