"""The words by which an indicator system is known: its section of the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.files import yaml_text

SECTION = "指标体系"


@dataclass(frozen=True, eq=False)
class SystemWords:
    """Words of columns in their order, and of what stands around a system."""

    columns: tuple[tuple[str, tuple[str, ...]], ...]
    bodies: tuple[str, ...]
    persons: tuple[str, ...]
    suppliers: tuple[str, ...]
    overviews: tuple[str, ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]
    other_chapters: frozenset[str]
    titles: tuple[str, ...]
    telling: tuple[str, ...]

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "SystemWords":
        """Build the words from the section of the file."""

        def words(*keys: str) -> tuple[str, ...]:
            found: Any = values
            for key in keys:
                found = (found or {}).get(key)
            return tuple(sorted({str(one) for one in found or ()}, key=lambda w: (-len(w), w)))

        return cls(
            columns=tuple(
                (str(row["列"]), tuple(str(word) for word in row["词"]))
                for row in values.get("列") or ()
            ),
            bodies=words("单位列"),
            persons=words("人员列"),
            suppliers=words("标签", "材料单位"),
            overviews=words("标签", "总述"),
            sums=words("合计"),
            notes=words("附注"),
            other_chapters=frozenset(words("非指标章")),
            titles=words("标题"),
            telling=words("实词"),
        )


@cache
def system_words() -> SystemWords:
    """Return the words that come with the program, read once."""
    text = files("models.plan").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    values: Any = yaml_text.load(text)
    return SystemWords.from_values(values[SECTION])
