"""Patterns that are looked for only where a match of theirs can begin.

Python passes over a text quickly where a pattern begins with one letter or one set of them. Most of
ours begin with several words, or with what may be missing, and are then tried at every letter in turn:
a look ahead to the letters that any of their matches begins with makes them up to ten times faster.
"""

import re
from importlib import import_module
from typing import Any

try:
    _PARSER: Any = import_module("re._parser")  # no public module takes a pattern apart
except ImportError:  # a later Python: patterns are slower then, and find the same
    _PARSER = None
_SETS = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
_PASSED = {"AT", "ASSERT", "ASSERT_NOT"}  # take no letter; what follows them begins the match
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_SHORTEST = 20  # characters of a pattern that is worth it

Letters = dict[str, None]  # of a set, as they are written in a pattern, in their order


def led(expression: str) -> str:
    """Return ``expression`` behind a look ahead to its first letters; as it is where that cannot help.

    It finds the same: the letters are all that a match may begin with, and perhaps more.
    """
    if _PARSER is None or len(expression) < _SHORTEST:
        return expression
    parsed = _PARSER.parse(expression)
    if parsed.state.flags & ~re.UNICODE or _is_quick(parsed):
        return expression
    letters, empty = _first(parsed)
    return f"(?=[{''.join(letters)}])(?:{expression})" if letters and not empty else expression


def _is_quick(parsed: Any) -> bool:
    """Say whether Python itself knows where a match can begin."""
    name, held = str(parsed[0][0]), parsed[0][1]
    if name == "SUBPATTERN":
        return _is_quick(held[3])
    if name == "BRANCH":
        return all(len(each) and str(each[0][0]) == "LITERAL" for each in held[1])
    return name in {"LITERAL", "IN"}


def _first(parsed: Any) -> tuple[Letters | None, bool]:
    """Return the first letters of what was parsed, None for nearly any, and whether it may be empty."""
    found: Letters = {}
    for code, held in parsed:
        name = str(code)
        if name in _PASSED:
            continue
        letters, empty = _of_one(name, held)
        if letters is None:
            return None, empty
        found |= letters
        if not empty:
            return found, False
    return found, True


def _of_one(name: str, held: Any) -> tuple[Letters | None, bool]:
    if name == "LITERAL":
        return {_written(held): None}, False
    if name == "IN":
        return _of_set(held), False
    if name == "SUBPATTERN":
        return (None, False) if held[1] or held[2] else _first(held[3])
    if name == "BRANCH":
        each = [_first(one) for one in held[1]]
        if any(letters is None for letters, _ in each):
            return None, False
        together = {letter: None for letters, _ in each for letter in letters or ()}
        return together, any(empty for _, empty in each)
    if name in _REPEATS:
        least, _, repeated = held
        letters, empty = _first(repeated)
        return letters, empty or least == 0
    return None, False


def _of_set(held: Any) -> Letters | None:
    letters: Letters = {}
    for code, value in held:
        name = str(code)
        if name == "LITERAL":
            letters[_written(value)] = None
        elif name == "RANGE":
            letters[f"{_written(value[0])}-{_written(value[1])}"] = None
        elif name == "CATEGORY" and str(value) in _SETS:
            letters[_SETS[str(value)]] = None
        else:
            return None  # all but some
    return letters


def _written(code: int) -> str:
    char = chr(code)
    return f"\\{char}" if char in r"\]^-[&~|" else char
