"""The words the reader knows, which an office may extend without code; which of them are in force."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from re import Pattern
from typing import Any

from models.files import yaml_text
from models.rules.words import StageKind

# What the vocabulary calls the kinds of stages.
STAGE_KINDS = {
    "启动": StageKind.LAUNCH,
    "实施": StageKind.IMPLEMENTATION,
    "自评": StageKind.SELF_EVALUATION,
    "巩固": StageKind.CONSOLIDATION,
    "验收": StageKind.ACCEPTANCE,
}
ROLES, ABBREVIATIONS, STAGES = "角色", "单位简称", "阶段"
NO_LISTS = (ABBREVIATIONS, STAGES)  # sections that hold other things than lists of words
DOING = (
    "牵头",
    "责任",
    "配合",
)  # the roles of bodies; the others of the section are posts and times


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The word lists of ``vocabulary.yaml`` as plain values, longest words first.

    ``lists`` holds every list by its name, which is its name in patterns, too; ``patterns`` keeps what
    was compiled for this vocabulary, ``members`` the lists that were asked what they hold.
    """

    lists: Mapping[str, tuple[str, ...]]
    abbreviations: Mapping[str, str]
    stage_kinds: tuple[tuple[StageKind, tuple[str, ...]], ...]
    patterns: dict[str, Pattern[str]] = field(default_factory=dict, repr=False)
    members: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Vocabulary":
        """Build the vocabulary from the mapping that the YAML file holds."""
        lists = {name: _by_length(words) for name, words in _lists(values)}
        doers = [word for role in DOING for word in lists.get(role, ())]
        return cls(
            lists={**lists, ROLES: _by_length(doers)},
            abbreviations={str(k): str(v) for k, v in (values.get(ABBREVIATIONS) or {}).items()},
            stage_kinds=tuple(
                (STAGE_KINDS[row["类型"]], tuple(str(word) for word in row["词"]))
                for row in values.get(STAGES) or ()
            ),
        )

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of the list ``name``, longest first; none where there is no such list."""
        return self.lists.get(name, ())

    def has(self, name: str, word: str) -> bool:
        """Say whether the list ``name`` holds ``word``, however long it is."""
        if name not in self.members:
            self.members[name] = frozenset(self.words(name))
        return word in self.members[name]

    @property
    def lead(self) -> tuple[str, ...]:
        """Return the words for the body that answers for a task."""
        return self.words("牵头")

    @property
    def responsible(self) -> tuple[str, ...]:
        """Return the words for the bodies that do it."""
        return self.words("责任")

    @property
    def cooperating(self) -> tuple[str, ...]:
        """Return the words for the bodies that help."""
        return self.words("配合")

    @property
    def posts(self) -> tuple[str, ...]:
        """Return the words behind which a post stands."""
        return self.words("领导")

    @property
    def deadlines(self) -> tuple[str, ...]:
        """Return the words behind which a time stands."""
        return self.words("时限")

    @property
    def unit_endings(self) -> tuple[str, ...]:
        """Return what names of bodies end in."""
        return self.words("单位词尾")

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the units of numbers."""
        return self.words("量词")

    @property
    def roles(self) -> tuple[str, ...]:
        """Return every word for the role of a body, longest first."""
        return self.words(ROLES)

    @cached_property
    def role_pattern(self) -> str:
        """Return the role words as one pattern, which finds no 协办 in 市政协办公室 and no 会办 in 常委会办."""
        return "|".join(map(_guarded, self.roles))

    def alternatives(self, name: str) -> str:
        """Return the list ``name`` as one group of a pattern. Raises KeyError where there is none."""
        words = self.lists[name]
        if words and all(len(word) == 1 for word in words):
            return f"[{''.join(words)}]"
        roles = name in (ROLES, *DOING)
        return f"(?:{'|'.join(map(_guarded, words) if roles else words)})"


def _guarded(word: str) -> str:
    # The word first: patterns that begin with letters are looked for much faster.
    return rf"{word}(?<![政委员常]{word})(?!公室)" if word.endswith("办") else word


def _by_length(words: Any) -> tuple[str, ...]:
    """Return the words once each, longest first, and those of one length in the order of the file."""
    return tuple(sorted(dict.fromkeys(map(str, _listed(words or ()))), key=len, reverse=True))


def _listed(words: Any) -> Any:
    """Return the words of a list; a long one may be written as a block, parted by blanks."""
    return words.split() if isinstance(words, str) else words


def _lists(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every list with its name; sections of several lists give each of their own."""
    for section, held in values.items():
        if section in NO_LISTS:
            continue
        if isinstance(held, Mapping):
            yield from held.items()
        else:
            yield section, held


@cache
def default_values() -> Mapping[str, Any]:
    """Return what ``vocabulary.yaml`` holds, read once."""
    text = files("models.plan").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    values: Mapping[str, Any] = yaml_text.load(text)
    return {
        section: {name: _listed(words) for name, words in held.items()}
        if isinstance(held, Mapping) and section not in NO_LISTS
        else held
        for section, held in values.items()
    }


@cache
def default_vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the program, read once."""
    return Vocabulary.from_values(default_values())


_IN_FORCE: ContextVar[Vocabulary | None] = ContextVar("vocabulary", default=None)
# What the vocabulary in force has compiled already: asked a thousand times for each page.
PATTERNS: ContextVar[dict[str, Pattern[str]]] = ContextVar("patterns")


def in_force() -> Vocabulary:
    """Return the vocabulary that documents are read with now: ours, or that of `reading_with`."""
    return _IN_FORCE.get() or default_vocabulary()


@contextmanager
def reading_with(words: Vocabulary) -> Iterator[None]:
    """Read with ``words`` what is read within; what was in force before comes back at the end."""
    token, patterns = _IN_FORCE.set(words), PATTERNS.set(words.patterns)
    try:
        yield
    finally:
        PATTERNS.reset(patterns)
        _IN_FORCE.reset(token)
