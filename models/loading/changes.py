"""What a list changed in the tables, in words for the audit."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from models.rules.audit.fact_table import Facts

OPERATOR = "操作员"  # who loads plans and lists


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed, by kind (added, retired ...): in words, and of rows without words how many."""

    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    numbers: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, words: str) -> None:
        """Keep one change."""
        self.words[kind].append(words)

    @property
    def count(self) -> int:
        """Return how many single changes there were."""
        return sum(map(len, self.words.values())) + self.numbers.total()

    def facts(self, **more: int | list[str]) -> Facts:
        """Return the changes of each kind, those without any left out, and ``more`` as it is."""
        kinds = self.words | self.numbers
        return {kind: changes for kind, changes in kinds.items() if changes} | more
