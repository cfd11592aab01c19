"""What was read of a text before: several readers ask the same of it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from models.plan.vocabulary import Vocabulary, in_force

KEPT = 4096  # texts for which one function remembers what it gave; passages are of 2,000 letters at most

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def remembered(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Remember what ``function`` gave for the last texts, under each vocabulary in force apart.

    For functions of texts and grammars that give what nobody changes.
    """

    @lru_cache(maxsize=KEPT)
    def under(_: Vocabulary, *args: Any) -> Given:
        return function(*args)  # type: ignore[call-arg]

    @wraps(function)
    def asked(*args: Asked.args, **_: Asked.kwargs) -> Given:
        return under(in_force(), *args)

    return asked
