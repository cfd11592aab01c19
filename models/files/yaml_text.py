"""Read the YAML that an office wrote: the one reader of every such file, and what it refuses.

Everything is looked at while the file is taken apart, before a value is built: what our files never
need (references to other places, merges, types of a language) is a fault with its line, for PyYAML's
own loaders follow it without limit. JSON is YAML and takes the same way. No fault quotes the file:
some of these files hold secrets.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from models.rules.bounds import UNSEEN, day_fault

LARGEST = 1_000_000  # bytes of a file of settings; plans may be longer
DEEPEST = 30  # lists and mappings in one another; a plan has 6
MOST_FAULTS = 20
LONGEST_NUMBER = 40  # characters; reading a number takes the square of its length

_TAG = "tag:yaml.org,2002:"
_STR, _MERGE, _DAY, _SEQ, _MAP = (_TAG + n for n in ("str", "merge", "timestamp", "seq", "map"))
_NUMBERS = (_TAG + "int", _TAG + "float")
_PLAIN = {_STR, _DAY, _SEQ, _MAP, *_NUMBERS, _TAG + "bool", _TAG + "null"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ESCAPED_PAIR = re.compile(r"\\u[dD][89abAB]")


NO_YAML = "不是正确的 YAML 或 JSON，请检查缩进、冒号和引号是否成对"
HIDDEN = "有看不见的控制字符，请删去"


class YamlFault(ValueError):
    """What is wrong with a file; ``faults`` holds (line from 1, Chinese words), in reading order."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        self.faults = faults
        super().__init__("；".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """Return one Chinese line per fault, with the line of the file it stands on."""
        return [f"第 {line} 行：{words}" for line, words in self.faults]


def compose(text: str, deepest: int = DEEPEST) -> Node | None:
    """Return the tree of ``text`` with the place of each part, None for an empty file.

    Raises YamlFault with every fault up to the first that makes going on senseless.
    """
    if found := UNSEEN.search(text):
        raise YamlFault([(text.count("\n", 0, found.start()) + 1, HIDDEN)])
    reading = _Reading(deepest)
    root = None
    try:
        root = reading.tree(text)
    except yaml.MarkedYAMLError as error:
        reading.note(error.problem_mark or error.context_mark, NO_YAML)
    except yaml.YAMLError:
        reading.note(None, NO_YAML)
    except _Stop:
        pass
    if reading.faults:
        raise YamlFault(sorted(reading.faults))
    return root


def values(tree: Node | None) -> Any:
    """Return what a tree of `compose` says, as plain values; None for an empty file."""
    return None if tree is None else SafeConstructor().construct_document(tree)


def load(text: str) -> Any:
    """Return what ``text`` says; raises YamlFault."""
    return values(compose(text))


class _Stop(Exception):
    """The rest of the file cannot be judged."""


class _Reading:
    """Builds the tree from the parser's events, one at a time, and keeps what is wrong."""

    def __init__(self, deepest: int) -> None:
        self.faults: list[tuple[int, str]] = []
        self._deepest = deepest
        self._resolver = Resolver()
        self._events: Iterator[Any] = iter(())

    def note(self, mark: Any, words: str) -> None:
        """Keep a fault at ``mark``; stop when there are so many that the file is of another kind."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((mark.line + 1 if mark else 1, words))
        else:
            raise _Stop

    def tree(self, text: str) -> Node | None:
        """Return the root of the only document in ``text``."""
        # libyaml refuses an emoji as JSON escapes it, in two halves; the slower parser does not.
        fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        loader = yaml.SafeLoader if _ESCAPED_PAIR.search(text) else fast
        self._events = yaml.parse(text, Loader=loader)
        root: Node | None = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self.note(event.start_mark, "从 --- 起是另一份内容，一个文件只能有一份")
                    raise _Stop
                root = self._node(next(self._events), 1)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        mark: Any = event.start_mark
        if isinstance(event, AliasEvent):
            self.note(mark, "用 * 引用了别处的内容，请在这里直接写出来")
            return ScalarNode(_STR, "", mark, mark)
        if event.anchor is not None:
            self.note(mark, "用 & 做了引用的记号，请去掉它")
        if event.tag is not None and event.tag not in _PLAIN:
            self.note(mark, "用 ! 标了特别的类型，请去掉它")
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if depth > self._deepest:
            self.note(mark, f"一层套一层，超过 {self._deepest} 层，不是本系统的文件")
            raise _Stop
        inner = self._list if isinstance(event, SequenceStartEvent) else self._mapping
        return inner(event, depth)

    def _list(self, event: Any, depth: int) -> Node:
        items = []
        while not isinstance(inner := next(self._events), SequenceEndEvent):
            items.append(self._node(inner, depth + 1))
        return SequenceNode(_SEQ, items, event.start_mark, event.end_mark)

    def _mapping(self, event: Any, depth: int) -> Node:
        pairs: list[tuple[Node, Node]] = []
        seen: dict[str, int] = {}
        while not isinstance(inner := next(self._events), MappingEndEvent):
            key = self._node(inner, depth + 1)
            self._check_key(key, inner, seen)
            pairs.append((key, self._node(next(self._events), depth + 1)))
        return MappingNode(_MAP, pairs, event.start_mark, event.end_mark)

    def _check_key(self, key: Node, event: Any, seen: dict[str, int]) -> None:
        mark = key.start_mark
        if not isinstance(key, ScalarNode):
            self.note(mark, "冒号前应是一个名称")
        elif key.value == "<<" and event.implicit[0]:
            self.note(mark, "用 << 并入了别处的内容，请在这里直接写出来")
        elif key.value in seen:
            self.note(mark, f"同一个名称在第 {seen[key.value]} 行已经写过，只能写一次")
        else:
            seen[key.value] = mark.line + 1

    def _scalar(self, event: Any) -> ScalarNode:
        value = _PAIR.sub(_joined, event.value)
        if UNSEEN.search(value):  # written as an escape, or the text would have been refused
            self.note(event.start_mark, HIDDEN)
        tag = event.tag or self._resolver.resolve(ScalarNode, value, event.implicit)
        node = ScalarNode(
            tag if tag in _PLAIN else _STR,  # a lone = or << is only text to us
            value,
            event.start_mark,
            event.end_mark,
            style=event.style,
        )
        if fault := _value_fault(node):
            self.note(node.start_mark, fault)
            node.tag = _STR
        return node


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _value_fault(node: ScalarNode) -> str:
    """Return why a number, day or switch cannot be built or reckoned with; "" when it can."""
    if node.tag in (_STR, _TAG + "null"):
        return ""
    if len(node.value) > LONGEST_NUMBER:
        return "数字或日期太长"
    try:
        value = SafeConstructor().construct_object(node)
    except (ValueError, OverflowError, LookupError, AttributeError, yaml.YAMLError):
        return "不是日历上的日期" if node.tag == _DAY else "数字的写法不对"
    if isinstance(value, date):
        return day_fault(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, float) and not isfinite(value):
        return "不是一个数"
    return ""
