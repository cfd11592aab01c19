"""An office's own words: a file of the shape of ``vocabulary.yaml``, checked, and put to ours."""

from collections.abc import Iterator, Mapping
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.files import yaml_text
from models.plan.vocabulary import (
    ABBREVIATIONS,
    ROLES,
    STAGE_KINDS,
    STAGES,
    Vocabulary,
    default_values,
)
from models.rules.bounds import shown

LARGEST = 200_000  # bytes
DEEPEST = 5
LONGEST_WORD = 20
MOST_WORDS = 500  # of one list
MOST_FAULTS = 20
FIXED = "编号"  # its words have values: nobody else's could be read
_BESIDE_HAN = frozenset("%‰/℃²³·、")  # what a word may hold besides characters, letters and digits


class OwnWordsFault(ValueError):
    """What is wrong with an office's words: ``faults``, one Chinese line each, in reading order."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("；".join(faults))


def with_own_words(text: str) -> Vocabulary:
    """Return our vocabulary with the words that the YAML in ``text`` adds; an empty file adds none.

    Raises OwnWordsFault with every fault: its line, what was found, what was expected.
    """
    try:
        root = yaml_text.compose(text, DEEPEST)
    except yaml_text.YamlFault as fault:
        raise OwnWordsFault(fault.lines) from None
    own = _Own()
    if root is not None:
        own.read(root)
    if own.faults:
        left = len(own.faults) - MOST_FAULTS
        more = [f"另有 {left} 处，改好上面的再看"] if left > 0 else []
        raise OwnWordsFault(own.faults[:MOST_FAULTS] + more)
    return Vocabulary.from_values(_merged(default_values(), own.values))


def _merged(ours: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Put an office's lists behind ours, its stages in front: there the first that fits decides."""
    both = dict(ours)
    for section, held in own.items():
        known = ours[section]
        if section == STAGES:
            both[section] = [*held, *known]
        elif section == ABBREVIATIONS:
            both[section] = {**known, **held}
        elif isinstance(known, Mapping):
            added = {name: [*known[name], *words] for name, words in held.items()}
            both[section] = {**known, **added}
        else:
            both[section] = [*known, *held]
    return both


class _Own:
    """Reads an office's file node by node, and keeps what is wrong with its place."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.faults: list[str] = []

    def read(self, root: Node) -> None:
        ours = default_values()
        for section, node, held in self._pairs(root, tuple(ours), "词表"):
            known = ours[section]
            if section == FIXED:
                self._note(node, f"“{FIXED}”不能添改")
            elif section == STAGES:
                self.values[section] = list(self._stages(held))
            elif section == ABBREVIATIONS:
                self.values[section] = dict(self._abbreviations(held))
            elif isinstance(known, Mapping):
                self.values[section] = {
                    name: self._words(inner, name, known[name], role=section == ROLES)
                    for name, _, inner in self._pairs(held, tuple(known), section)
                }
            else:
                self.values[section] = self._words(held, section, known)

    def _note(self, node: Node, words: str) -> None:
        self.faults.append(f"第 {node.start_mark.line + 1} 行：{words}")

    def _pairs(
        self, node: Node, known: tuple[str, ...] | None, where: str
    ) -> Iterator[tuple[str, Node, Node]]:
        """Yield the names of a mapping with their places and what they hold, only those that are known."""
        if not isinstance(node, MappingNode):
            self._note(node, f"“{where}”下面应是名称、冒号和词")
            return
        for key, held in node.value:
            name = str(key.value)
            if known is not None and name not in known:
                self._note(
                    key, f"没有叫“{shown(name)}”的词表，“{where}”下面可以写 {'、'.join(known)}"
                )
            else:
                yield name, key, held

    def _words(self, node: Node, name: str, ours: object = (), *, role: bool = False) -> list[str]:
        """Return the words of a list; ``ours`` are those it is put to."""
        if not isinstance(node, SequenceNode):
            self._note(node, f"“{name}”后面应是一列词，一行一个，前面是“- ”")
            return []
        if len(node.value) > MOST_WORDS:
            self._note(node, f"“{name}”有 {len(node.value)} 个词，最多 {MOST_WORDS} 个")
            return []
        single = isinstance(ours, list) and all(len(str(word)) == 1 for word in ours) and bool(ours)
        least, most = (2, LONGEST_WORD) if role else (1, 1 if single else LONGEST_WORD)
        return [word for each in node.value if (word := self._word(each, least, most)) is not None]

    def _word(self, node: Node, least: int = 1, most: int = LONGEST_WORD) -> str | None:
        word = str(node.value).strip() if isinstance(node, ScalarNode) else None
        if word is None:
            self._note(node, "这里应是一个词")
        elif not least <= len(word) <= most:
            size = f"{least} 到 {most} 个字" if least < most else f"{most} 个字"
            self._note(node, f"“{shown(word)}”有 {len(word)} 个字，应为 {size}")
        elif any(not char.isalnum() and char not in _BESIDE_HAN for char in word):
            self._note(node, f"“{shown(word)}”里有标点或符号，词只写汉字、字母和数字")
        else:
            return word
        return None

    def _abbreviations(self, node: Node) -> Iterator[tuple[str, str]]:
        for short, key, full in self._pairs(node, None, ABBREVIATIONS):
            if self._word(key, 2) and (word := self._word(full, 2)):
                yield short, word

    def _stages(self, node: Node) -> Iterator[dict[str, Any]]:
        if not isinstance(node, SequenceNode) or len(node.value) > MOST_WORDS:
            self._note(node, f"“{STAGES}”后面应是一列，每行写 {{类型: 实施, 词: [某词]}}")
            return
        for row in node.value:
            held = {name: inner for name, _, inner in self._pairs(row, ("类型", "词"), STAGES)}
            kind = held["类型"].value if "类型" in held else None
            if kind not in STAGE_KINDS or "词" not in held:
                self._note(row, f"每行要有类型和词，类型只能是 {'、'.join(STAGE_KINDS)}")
            else:
                yield {"类型": kind, "词": self._words(held["词"], "词")}
