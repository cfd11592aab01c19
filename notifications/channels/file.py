"""Read the channels file, in Apprise's YAML or text form: each entry, its tags and its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, SequenceNode

from models.errors import ChannelError
from models.files import yaml_text
from models.rules.bodies import tag_key
from notifications.robots import ours

SPARE = "-备用"  # targets of "市司法局-备用" are the same recipient's
NO_URLS = "文件里没有 urls，没有任何通道"
_COMMAS = re.compile("[,;\uff0c\uff1b\u3001]")
_BETWEEN_TAGS = re.compile(r"[\[\],;，；、\s]+")
_SCHEME = re.compile(r"\s*([a-z0-9][a-z0-9+_-]{0,31})://", re.I)
_TEXT_URL = re.compile(
    r"\s*(?:(?P<tags>(?:(?!://)[^=])*)=)?\s*(?P<url>[a-z0-9_+-]{1,32}://\S.*)", re.I
)
_TEXT_GROUP = re.compile(r"\s*(?P<group>[^=:]+)=(?P<tags>[^=:]*)")
_Groups = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One channel of the file: where it stands, its address, the options below it, who is reached by it.

    ``cut`` is a tag of it with a blank inside: whoever wrote it meant one, and it reads as two.
    """

    place: str
    address: str = field(repr=False)
    options: Mapping[str, object] = field(repr=False)
    tags: frozenset[str]
    cut: str = ""

    @property
    def scheme(self) -> str:
        """Return what stands before ``://``, in small letters; "" when there is no address."""
        found = _SCHEME.match(self.address)
        return found[1].lower() if found else ""


def read_entries(text: str, name: str) -> tuple[list[Entry], list[str]]:
    """Return the entries of ``text`` in their order, and the faults found, by line.

    An address as it was pasted from a service's own page becomes one of ours. Raises ChannelError
    when the file as a whole cannot be read; no message holds anything of an address.
    """
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), start=1)]
    said = [(n, line) for n, line in lines if line and line[0] not in "#;"]
    first = said[0][1] if said else ""
    if _TEXT_URL.match(first) or _TEXT_GROUP.fullmatch(first):
        return _text_entries(said)
    try:
        root = yaml_text.compose(text)
    except yaml_text.YamlFault as fault:
        raise ChannelError(f"{name} {fault}") from None
    return _yaml_entries(root)


def in_two(tag: str) -> str:
    """Say that ``tag`` holds a blank, and what to do."""
    return f"标签“{tag[:40]}”里有空格；一个标签中间不能有空格，几个标签之间用逗号隔开"


def plain_tag(tag: str) -> str:
    """Return a tag as it is compared: blanks around it and capitals say nothing."""
    return tag.strip().lower()


def owner(tag: str) -> str:
    """Return whose channels carry ``tag``: a spare tag is its recipient's own, however it is written."""
    return tag_key(plain_tag(tag).removesuffix(SPARE))


def _yaml_entries(root: Node | None) -> tuple[list[Entry], list[str]]:
    nodes = {str(key.value): (key, value) for key, value in _pairs(root)}
    faults = []
    if include := nodes.get("include"):
        faults.append(f"{_line(include[0])}：不支持 include，请把通道直接写在 urls 下面")
    urls = nodes["urls"][1] if "urls" in nodes else None
    if not isinstance(urls, SequenceNode):
        return [], [*faults, NO_URLS]
    for_all, groups = _shared(nodes, faults)
    entries = []
    for number, node in enumerate(urls.value, start=1):
        for mark, address, options in _one_each(node):
            place = f"{_line(mark)}（第 {number} 条）"
            several, one = options.pop("tags", None), options.pop("tag", None)
            asked = list(_words(several if one is None else one))
            tags = _with_groups(_tags(asked) | for_all, groups)
            entries.append(Entry(place, ours(address), options, tags, _cut(asked)))
    return entries, faults


def _shared(
    nodes: Mapping[str, tuple[Node, Node]], faults: list[str]
) -> tuple[frozenset[str], _Groups]:
    """Return the tags of all entries, and the groups; what is cut in two is left out and a fault."""
    for_all: frozenset[str] = frozenset()
    groups: _Groups = {}
    for name, (key, value) in nodes.items():
        inner = value.value if isinstance(value, SequenceNode) else [value]
        pairs = [(key, value)] if name in ("tag", "tags") else []
        pairs += [pair for one in inner for pair in _pairs(one) if name == "groups"]
        for word, node in pairs:
            said = list(_words(yaml_text.values(node)))
            if cut := _cut([str(word.value), *said]):
                faults.append(f"{_line(word)}：{in_two(cut)}")
            elif name == "groups":
                group = str(word.value).strip()
                groups[group] = groups.get(group, frozenset()) | _tags(said)
            elif name == "tag" or "tag" not in nodes:
                for_all = _tags(said)
    return for_all, groups


def _one_each(node: Node) -> Iterator[tuple[Node, str, dict[str, object]]]:
    """Yield an entry's node, address and options, once for each set of options below its address."""
    said = yaml_text.values(node)
    if not isinstance(said, dict):
        yield node, str(said).strip(), {}
        return
    names = {str(name): value for name, value in said.items()}
    address = next((name for name in names if _SCHEME.match(name)), "")
    below = names.pop(address, None)
    listed = {str(key.value): value for key, value in _pairs(node)}.get(address)
    marks = listed.value if isinstance(listed, SequenceNode) else []
    sets = below if isinstance(below, list) and below else [below]
    for mark, options in zip(marks or [node], sets, strict=True):
        yield mark, address.strip(), names | (options if isinstance(options, dict) else {})


def _text_entries(lines: list[tuple[int, str]]) -> tuple[list[Entry], list[str]]:
    found: list[tuple[str, str, str]] = []
    groups: _Groups = {}
    faults = []
    for number, line in lines:
        if url := _TEXT_URL.fullmatch(line):
            place = f"第 {number} 行（第 {len(found) + 1} 条）"
            found.append((place, url["url"], url["tags"] or ""))
        elif group := _TEXT_GROUP.fullmatch(line):
            if cut := _cut([group["group"], group["tags"]]):
                faults.append(f"第 {number} 行：{in_two(cut)}")
            else:
                groups[group["group"].strip()] = _tags([group["tags"]])
        else:
            faults.append(f"第 {number} 行：看不懂，应写成 标签=通道地址")
    entries = [
        Entry(place, ours(address), {}, _with_groups(_tags([tags]), groups), _cut([tags]))
        for place, address, tags in found
    ]
    return entries, faults


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    return list(node.value) if isinstance(node, MappingNode) else []


def _line(node: Node) -> str:
    return f"第 {node.start_mark.line + 1} 行"


def _words(value: object) -> Iterator[str]:
    """Yield every word in a value that holds tags: a text, a list, names before a colon."""
    if isinstance(value, list | dict):
        for item in value:
            yield from _words(item)
    elif value is not None:
        yield str(value)


def _tags(words: Iterable[str]) -> frozenset[str]:
    return frozenset(tag for word in words for tag in _BETWEEN_TAGS.split(word) if tag)


def _cut(words: Iterable[str]) -> str:
    """Return the first tag in ``words`` that has a blank inside, "" when none has."""
    parts = (part.strip() for word in words for part in _COMMAS.split(word))
    return next((part for part in parts if len(part.split()) > 1), "")


def _with_groups(tags: frozenset[str], groups: _Groups) -> frozenset[str]:
    """Return ``tags`` with every group that has one of them, and the groups of those."""
    while more := {name for name, inner in groups.items() if inner & tags} - tags:
        tags |= more
    return frozenset(map(plain_tag, tags))
