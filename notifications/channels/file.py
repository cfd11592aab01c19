"""Read the channels file: Apprise's YAML or text form, entry by entry, with the place of each."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.errors import ChannelError
from models.files import yaml_text

MAP, SEQ, STR = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str"
KEPT = {"version", "tag", "tags", "groups"}  # the rest could send messages or logs elsewhere
_COMMAS = re.compile("[,;\uff0c\uff1b\u3001]")
_BLANK = re.compile(r"\s")
_SCHEME = re.compile(r"\s*([a-z0-9][a-z0-9+_-]{0,31})://", re.I)
_TEXT_URL = re.compile(
    r"\s*(?:(?P<tags>(?:(?!://)[^=])*)=)?\s*(?P<url>[a-z0-9_+-]{1,32}://\S.*)", re.I
)
_TEXT_GROUP = re.compile(r"\s*(?P<group>[^=:]+)=(?P<tags>[^=:]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One channel of the file: where it stands, its scheme, and an Apprise YAML with it alone.

    ``cut`` is a tag of it with a blank inside, at which Apprise would make two tags of it.
    """

    place: str
    scheme: str
    text: str = field(repr=False)
    cut: str = ""


def read_entries(
    text: str, name: str, rewrite: Callable[[str], str]
) -> tuple[list[Entry], list[str]]:
    """Return the entries of ``text`` in their order, and the faults found, by line.

    ``rewrite`` may turn an address as it was pasted into one of ours. Raises ChannelError when the
    file as a whole cannot be read; no message holds anything of an address.
    """
    if _is_text_form(text):
        return _text_entries(text, rewrite)
    try:
        root = yaml_text.compose(text)
    except yaml_text.YamlFault as fault:
        raise ChannelError(f"{name} {fault}") from None
    return _yaml_entries(root, rewrite)


def _is_text_form(text: str) -> bool:
    lines = (line for line in text.splitlines() if line.strip() and line.lstrip()[0] not in "#;")
    first = next(lines, "")
    return bool(_TEXT_URL.match(first) or _TEXT_GROUP.fullmatch(first))


def _yaml_entries(
    root: Node | None, rewrite: Callable[[str], str]
) -> tuple[list[Entry], list[str]]:
    pairs = root.value if isinstance(root, MappingNode) else []
    urls = next((value for key, value in pairs if key.value == "urls"), None)
    faults = [
        f"第 {key.start_mark.line + 1} 行：不支持 {key.value}，请把通道直接写在 urls 下面"
        for key, _ in pairs
        if key.value == "include"
    ]
    if not isinstance(urls, SequenceNode):
        return [], [*faults, "文件里没有 urls，没有任何通道"]
    _use_plain_commas(root)
    shared = [(key, value) for key, value in pairs if key.value in KEPT]
    faults += _drop_cut(shared)
    entries = []
    for number, node in enumerate(urls.value, start=1):
        for one in _one_each(node):
            place = f"第 {one.start_mark.line + 1} 行（第 {number} 条）"
            scheme = _rewritten(one, rewrite)
            only = SequenceNode(SEQ, [one])
            whole = MappingNode(MAP, [*shared, (ScalarNode(STR, "urls"), only)])
            entries.append(
                Entry(place, scheme, str(yaml.serialize(whole)), _first_cut(_tag_nodes(one)))
            )
    return entries, faults


def _drop_cut(shared: list[tuple[Node, Node]]) -> list[str]:
    """Take what Apprise would cut in two out of what all entries share; return a fault for each."""
    faults = []
    groups = [value.value for _, value in shared if isinstance(value, MappingNode)]
    for pairs in (shared, *groups):
        for pair in [one for one in pairs if not isinstance(one[1], MappingNode)]:
            if cut := _first_cut(_scalars(SequenceNode(SEQ, list(pair)))):
                faults.append(f"第 {pair[0].start_mark.line + 1} 行：{in_two(cut)}")
                pairs.remove(pair)
    return faults


def in_two(tag: str) -> str:
    """Say that ``tag`` holds a blank, and what to do."""
    return f"标签“{tag[:40]}”里有空格；一个标签中间不能有空格，几个标签之间用逗号隔开"


def _one_each(node: Node) -> Iterator[Node]:
    """Yield ``node`` once for each set of options below its address."""
    if isinstance(node, MappingNode):
        for place, (key, value) in enumerate(node.value):
            if isinstance(value, SequenceNode) and _SCHEME.match(str(key.value)) and value.value:
                for item in value.value:
                    pairs = [*node.value]
                    pairs[place] = (key, SequenceNode(SEQ, [item]))
                    yield MappingNode(MAP, pairs, item.start_mark)
                return
    yield node


def _rewritten(node: Node, rewrite: Callable[[str], str]) -> str:
    """Rewrite the address in ``node`` and return its scheme ("" when there is none)."""
    addresses = [key for key, _ in node.value] if isinstance(node, MappingNode) else [node]
    for address in addresses:
        if isinstance(address, ScalarNode) and _SCHEME.match(str(address.value)):
            address.value = rewrite(str(address.value).strip())
            return str(_SCHEME.match(address.value)[1]).lower()  # type: ignore[index]
    return ""


def _use_plain_commas(node: Node | None) -> None:
    """Let tags be parted as a Chinese keyboard does it."""
    for one in _tag_nodes(node):
        one.value = _COMMAS.sub(", ", str(one.value))


def _first_cut(tags: Iterable[ScalarNode]) -> str:
    return next((cut for one in tags if (cut := _blank_in(str(one.value)))), "")


def _blank_in(tags: str) -> str:
    """Return the first of the tags in ``tags`` that has a blank inside, "" when none has."""
    parts = (part.strip() for part in _COMMAS.split(tags))
    return next((part for part in parts if _BLANK.search(part)), "")


def _tag_nodes(node: Node | None) -> Iterator[ScalarNode]:
    """Yield every scalar in ``node`` that holds tags: of an address, of all, of a group and its name."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if str(key.value) in {"tag", "tags", "groups"}:
                yield from _scalars(value)
            else:
                yield from _tag_nodes(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _tag_nodes(item)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode | MappingNode):
        for item in node.value:
            for one in item if isinstance(item, tuple) else (item,):
                yield from _scalars(one)


def _text_entries(text: str, rewrite: Callable[[str], str]) -> tuple[list[Entry], list[str]]:
    found: list[tuple[str, str, str]] = []
    groups: dict[str, str] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip()[0] in "#;":
            continue
        if url := _TEXT_URL.fullmatch(line.strip()):
            tags = _COMMAS.sub(", ", url["tags"] or "")
            found.append((f"第 {number} 行（第 {len(found) + 1} 条）", rewrite(url["url"]), tags))
        elif group := _TEXT_GROUP.fullmatch(line):
            if cut := _blank_in(f"{group['group']},{group['tags']}"):
                faults.append(f"第 {number} 行：{in_two(cut)}")
            else:
                groups[group["group"].strip()] = _COMMAS.sub(", ", group["tags"])
        else:
            faults.append(f"第 {number} 行：看不懂，应写成 标签=通道地址")
    entries = []
    for place, address, tags in found:
        scheme = _SCHEME.match(address)
        whole = {"groups": groups, "urls": [{address: {"tag": tags} if tags.strip() else None}]}
        name = scheme[1].lower() if scheme else ""
        entries.append(Entry(place, name, yaml.safe_dump(whole), _blank_in(tags)))
    return entries, faults
