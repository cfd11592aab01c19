"""The words an office may extend without code: roles, unit names, groups, stages, measures."""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
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


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The word lists of ``vocabulary.yaml`` as plain values, longest words first where it matters."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    cooperating: tuple[str, ...]
    posts: tuple[str, ...]
    deadlines: tuple[str, ...]
    unit_endings: tuple[str, ...]
    abbreviations: dict[str, str]
    measures: tuple[str, ...]
    stage_kinds: tuple[tuple[StageKind, tuple[str, ...]], ...]

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> "Vocabulary":
        """Build the vocabulary from the mapping that the YAML file holds."""

        def words(*keys: str) -> tuple[str, ...]:
            found: Any = values
            for key in keys:
                found = (found or {}).get(key)
            return tuple(sorted({str(word) for word in found or ()}, key=lambda w: (-len(w), w)))

        return cls(
            lead=words("角色", "牵头"),
            responsible=words("角色", "责任"),
            cooperating=words("角色", "配合"),
            posts=words("角色", "领导"),
            deadlines=words("角色", "时限"),
            unit_endings=words("单位词尾"),
            abbreviations={str(k): str(v) for k, v in (values.get("单位简称") or {}).items()},
            measures=words("量词"),
            stage_kinds=tuple(
                (STAGE_KINDS[row["类型"]], tuple(str(word) for word in row["词"]))
                for row in values.get("阶段") or ()
            ),
        )

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Return every role word, longest first."""
        every = {*self.lead, *self.responsible, *self.cooperating}
        return tuple(sorted(every, key=lambda word: (-len(word), word)))

    @cached_property
    def role_pattern(self) -> str:
        """Return the role words as one pattern, which finds no 协办 in 市政协办公室 and no 会办 in 常委会办."""
        return "|".join(
            rf"(?<![政委员常]){word}(?!公室)" if word.endswith("办") else word
            for word in self.roles
        )


@cache
def default_vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the program, read once."""
    text = files("models.plan").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    return Vocabulary.from_values(yaml_text.load(text))
