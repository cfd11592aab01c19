"""The words by which an indicator system is known: its section of the vocabulary in force."""

from dataclasses import dataclass

from models.plan.vocabulary import Vocabulary

# The lists of words of columns; the first of which a word is in a head decides.
COLUMNS = (
    "得分列",
    "评分列",
    "方法列",
    "材料列",
    "分值列",
    "时限列",
    "目标列",
    "备注列",
    "编号列",
    "一级列",
    "二级列",
    "三级列",
    "内容列",
)


@dataclass(frozen=True)
class SystemWords:
    """Words of columns in their order, and of what stands around a system."""

    words: Vocabulary

    @property
    def columns(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each kind of column with its words."""
        return tuple((name, self.words.lists[name]) for name in COLUMNS)

    def of(self, name: str) -> tuple[str, ...]:
        """Return a list, longest words first."""
        return self.words.lists[name]

    def either(self, name: str) -> str:
        """Return the words of a list as one group of a pattern."""
        return self.words.alternatives(name)
