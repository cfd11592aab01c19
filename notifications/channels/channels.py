"""Get a message to a recipient through Apprise, and know whether it arrived; addressed by tag."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from apprise import AppriseAsset
from apprise.config.base import ConfigBase
from apprise.manager_plugins import NotificationManager

from models.rules.bodies import tag_key
from notifications.apprise_own import plugins as foreign
from notifications.apprise_own.log import listening, silence
from notifications.channels import reached
from notifications.channels.file import Entry, in_two, read_entries
from notifications.channels.sending import knocked, sent
from notifications.channels.together import AT_ONCE, together
from notifications.robots import ROBOTS, Robot, ours, register
from notifications.saying import masks
from notifications.saying.answer import Answer, refused
from notifications.saying.deadline import within
from notifications.saying.message import Message
from notifications.saying.private_file import CHANNELS, read_private
from notifications.saying.target import Target


class Channels:
    """The channels of an office, by tag; ``faults`` names the entries that could not be used.

    Nothing in it changes: whoever reads the same file gets the same one.
    """

    def __init__(self, plugins: Iterable[Any] = (), faults: Iterable[str] = ()) -> None:
        self.faults = list(faults)
        self._plugins: dict[str, Any] = {}
        self._by_tag: dict[str, list[Target]] = {}
        self._ends: dict[str, frozenset[str]] = {}  # whom each target reaches
        self._many: set[str] = set()
        tags_ends: dict[str, set[str]] = {}
        for plugin in plugins:
            target = _target(plugin)
            self._plugins.setdefault(target.id, plugin)
            found = reached.ends(plugin)
            self._ends[target.id] = self._ends.get(target.id, frozenset()) | found
            if reached.reaches_many(plugin):
                self._many.add(target.id)
            for tag in sorted(_tags(plugin)):
                tags_ends.setdefault(tag, set()).update(found)
                listed = self._by_tag.setdefault(tag, [])
                if target not in listed:
                    listed.append(target)

        self._tags_ends = {tag: frozenset(ends) for tag, ends in tags_ends.items()}
        keys = Counter(map(tag_key, self._by_tag))  # 市委办公室 in the file is 市委办 in a list
        self._by_key = {tag_key(tag): tag for tag in self._by_tag if keys[tag_key(tag)] == 1}

    def __repr__(self) -> str:
        return f"Channels({len(self._plugins)} targets, {len(self._by_tag)} tags)"

    @property
    def tags(self) -> list[str]:
        """Return every tag, sorted."""
        return sorted(self._by_tag)

    def has(self, tag: str) -> bool:
        """Say whether a message to ``tag`` would go to anybody."""
        return bool(self.targets(tag))

    def targets(self, tag: str) -> list[Target]:
        """Return the targets of this tag, in the file's order, each once.

        A tag that the file has not is found by another way to write the same body, if one alone is it.
        """
        folded = _folded(tag)
        written = folded if folded in self._by_tag else self._by_key.get(tag_key(folded), "")
        return list(self._by_tag.get(written, ()))

    def own(self, tag: str) -> list[Target]:
        """Return the targets of ``tag`` that nobody but its recipient reads: fit for a one-time code."""
        return [target for target in self.targets(tag) if not self.why_not_own(tag, target)]

    def why_not_own(self, tag: str, target: Target) -> str:
        """Return why others read what goes to ``target`` of ``tag``, in Chinese; "" when nobody does."""
        if target.id in self._many or len(self._ends.get(target.id, ())) > 1:
            return "一条消息会同时发给几个人（抄送、密送、部门、标签或多个收件人）"
        others = reached.sharers(tag, self._ends.get(target.id, frozenset()), self._tags_ends)
        return f"与{'、'.join(f'“{one}”' for one in others[:3])}共用" if others else ""

    def shared_with(self, tag: str) -> set[str]:
        """Return the tags of other recipients who read something of what goes to ``tag``, folded."""
        ends = (end for target in self.targets(tag) for end in self._ends.get(target.id, ()))
        others = {other for end in ends for other in self._readers.get(end, ())}
        return {other for other in others if reached.owner(other) != reached.owner(tag)}

    @cached_property
    def _readers(self) -> dict[str, set[str]]:
        """Return the tags that reach each end."""
        found: dict[str, set[str]] = {}
        for tag, ends in self._tags_ends.items():
            for end in ends:
                found.setdefault(end, set()).add(tag)
        return found

    def target(self, id: str) -> Target | None:
        """Return the target with this id, None when the file has it no more."""
        return next((t for listed in self._by_tag.values() for t in listed if t.id == id), None)

    def send(self, target: Target, message: Message) -> Answer:
        """Send once and return the provider's answer; never raises, never tries twice, ends in time."""
        plugin = self._plugins.get(target.id)
        if plugin is None:
            return refused("no-channel", "通道配置里已经没有这个接收对象")
        limit = foreign.seconds(plugin)
        answer = within(limit, lambda: sent(plugin, message))
        if answer is None:
            return Answer(
                False, "timeout", f"对方 {limit:g} 秒内没有答复完，可能已经送达", uncertain=True
            )
        return answer

    def knock_at_all(self) -> dict[str, Answer | None]:
        """Return for every target how far we came without sending anything; None where we cannot look.

        What shares a door (one mail account, one robot) is looked at once; ends in time.
        """
        doors: dict[str, list[str]] = {}
        for id in self._plugins:
            doors.setdefault(self._door(id), []).append(id)
        plugins = [self._plugins[ids[0]] for ids in doors.values()]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(knocked, plugins))
        return {id: a for ids, a in zip(doors.values(), answers, strict=True) for id in ids}

    def _door(self, id: str) -> str:
        plugin = self._plugins[id]
        if foreign.is_mail(plugin):
            return self._lane_of(plugin)
        return " ".join(plugin.robot) if isinstance(plugin, Robot) else id

    def send_all(
        self, letters: Iterable[tuple[Target, Message]], begin_within: float | None = None
    ) -> Iterator[tuple[Target, Message, Answer]]:
        """Send many at once and yield each answer as it comes; a target's own messages keep their order.

        A target that hangs delays only its own messages. When the caller stops early, nothing more
        is begun; what is under way ends first. What has not begun after ``begin_within`` seconds is
        left unsent and yields no answer.
        """
        return together(letters, self.send, self._lane, begin_within)

    def _lane(self, target: Target) -> str:
        """Return what ``target`` shares a narrow way with: a mail account; the rest share a wide one."""
        plugin = self._plugins.get(target.id)
        return self._lane_of(plugin) if plugin and foreign.is_mail(plugin) else ""

    @staticmethod
    def _lane_of(plugin: Any) -> str:
        return f"{plugin.smtp_host} {plugin.user}"


def load_channels(path: Path | None) -> Channels:
    """Return the channels of the file at ``path``; none when ``path`` is None.

    Entries that cannot be used are left out and listed in ``faults``, in Chinese, by line; the
    others work. Raises ChannelError when the file is missing, open to others, or not YAML at all.
    """
    if path is None:
        return Channels()
    text = read_private(path, CHANNELS)
    # A gateway is described in a file of its own, which may change alone; all else is in the text.
    read = _read if "smsgw" in text.lower() else _kept
    return read(text, path.absolute())


def _read(text: str, path: Path) -> Channels:
    register()
    entries, faults = read_entries(text, f"{CHANNELS} {path}", rewrite=ours)
    asset = _Asset()
    asset.folder = str(path.parent)
    plugins: list[Any] = []
    for entry in entries:
        found, fault = _loaded(entry, asset)
        for plugin in found:
            own = isinstance(plugin, Robot)  # its users are mentioned, all in one message
            plugins += foreign.split(plugin, ("targets",)) if own else foreign.split(plugin)
        if fault:
            faults.append(f"{entry.place}：{fault}")
    return Channels(plugins, faults)


# A patrol asks three times whom it reaches, and Apprise takes 2 ms to read an address.
_kept = lru_cache(maxsize=4)(_read)


class _Asset(AppriseAsset):
    """What Apprise may know of us: one try, one thread, no redirects, nothing kept on disk."""

    app_id = app_desc = "Shifan"  # goes into HTTP headers, which take no Chinese
    app_url = ""
    async_mode = False
    secure_logging = True
    http_redirects = False
    default_service_retry = 0
    default_service_wait = 0.0
    folder = "."


def _loaded(entry: Entry, asset: AppriseAsset) -> tuple[list[Any], str]:
    """Return the plugins of an entry, or why it has none; the reason holds nothing of its address."""
    if not entry.scheme:
        return [], "没有通道地址，应以 类型:// 开头"
    if entry.scheme in foreign.UNTRUTHFUL:
        return [], _untruthful(entry.scheme)
    if entry.scheme not in NotificationManager() and entry.scheme not in {"http", "https"}:
        return [], _unknown(entry.scheme)
    if entry.cut:
        return [], in_two(entry.cut)
    parsed: list[Any] = []
    with listening() as heard, suppress(Exception):  # a plugin's own error would quote the address
        parsed, _ = ConfigBase.config_parse_yaml(entry.text, asset=asset)
    if not parsed:
        return [], _complaint(entry.scheme, heard)
    plugins: list[Any] = [foreign.prepared(plugin) for plugin in parsed]
    if lying := next((p.schema for p in plugins if p.schema in foreign.UNTRUTHFUL), ""):
        return [], _untruthful(lying)
    if wrong := next((fault for plugin in plugins if (fault := foreign.mistake(plugin))), ""):
        return [], wrong
    if not all(_tags(plugin) for plugin in plugins):
        return [], "没有写标签 tag，任何消息都不会发到这里"
    return plugins, ""


def _untruthful(scheme: str) -> str:
    better = foreign.UNTRUTHFUL[scheme]
    return f"{scheme}:// 在对方拒收时也会报告成功，不能使用；请改用 {better}://"


def _unknown(scheme: str) -> str:
    own = "、".join(f"{robot.secure_protocol}://" for robot in ROBOTS)
    name = f" {scheme}://" if re.fullmatch(r"[a-z]{2,16}[0-9]?", scheme) else ""
    return f"不认识的通道类型{name}；常用的有 mailtos://、{own}"


def _complaint(scheme: str, heard: list[str]) -> str:
    """Return our own robots' words, which are Chinese and safe; for others only that it is wrong."""
    if scheme in {robot.secure_protocol for robot in ROBOTS}:
        for line in heard:
            if line.startswith("Loading Exception: "):
                return line.removeprefix("Loading Exception: ")
    if scheme in {"http", "https"}:
        return "网址不是任何一种通道；请改用 wecomrobot:// 等写法"
    return f"{scheme}:// 的地址写法不对，缺少必要的部分或含有不应有的字符"


def _tags(plugin: Any) -> set[str]:
    return {_folded(str(tag)) for tag in plugin.tags if str(tag).strip()}


def _folded(tag: str) -> str:
    return tag.strip().lower()  # as Apprise keeps them


def _target(plugin: Any) -> Target:
    if isinstance(plugin, Robot):
        bucket = masks.fingerprint(*plugin.robot) if plugin.limited else ""
        return Target(masks.fingerprint(*plugin.identity), plugin.kind, plugin.privacy, bucket)
    identity = masks.fingerprint(*foreign.identity(plugin))
    return Target(identity, foreign.kind(plugin), foreign.privacy(plugin))


silence()
