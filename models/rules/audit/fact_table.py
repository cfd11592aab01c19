"""The form of a table of facts: its columns, each with its word, and which of them are no facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from models.rules.audit.fields import FIELDS

Value = str | int | float | None
Facts = Mapping[str, Any]  # what an entry of the chain says, kept as JSON


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of facts: its columns in the order in which they are kept, each with its word.

    ``left_out`` are no facts: what a machine notes for itself. ``digested`` are kept by their SHA-256.
    """

    name: str
    word: str
    columns: Mapping[str, str]
    left_out: frozenset[str] = frozenset()
    digested: frozenset[str] = frozenset()


def fact_table(
    name: str,
    word: str,
    columns: str,
    own: Mapping[str, str] = MappingProxyType({}),
    left_out: frozenset[str] = frozenset(),
    digested: frozenset[str] = frozenset(),
) -> FactTable:
    """Return a table with the words of `FIELDS` for its columns, but for its ``own``."""
    words = {name: own[name] if name in own else FIELDS[name] for name in columns.split()}
    return FactTable(name, word, words, left_out, digested)
