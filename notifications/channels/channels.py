"""Get a message to a recipient, and know whether it arrived; addressed by tag."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from models.errors import ChannelError
from models.rules.bodies import tag_key
from notifications.apprise_own.log import silence
from notifications.apprise_own.reading import foreign_robots, knows
from notifications.channels.file import SPARE, Entry, in_two, owner, plain_tag, read_entries
from notifications.channels.knocking import knocked
from notifications.channels.targets import Targets
from notifications.channels.together import is_kept, together
from notifications.robots import ROBOTS
from notifications.robots.address import address_of
from notifications.robots.base import Robot
from notifications.robots.mail import MailRobot, end_of_mail
from notifications.robots.mail_server import MailServer
from notifications.saying.answer import Answer, Target
from notifications.saying.masks import marks
from notifications.saying.message import Message
from notifications.saying.private_file import CHANNELS, read_private


class Channels:
    """The channels of an office, by tag; ``faults`` names the entries that could not be used.

    Nothing in it changes: whoever reads the same file gets the same one.
    """

    def __init__(
        self, listed: Iterable[tuple[Robot, frozenset[str]]] = (), faults: Iterable[str] = ()
    ) -> None:
        self.faults = list(faults)
        self._targets = Targets()
        self._by_tag: dict[str, dict[str, None]] = {}  # the marks of the targets of each tag
        self._ends: dict[str, frozenset[str]] = {}  # whom each target reaches
        self._readers: dict[str, set[str]] = defaultdict(set)  # the tags that reach each end
        self._many: set[str] = set()
        self._personal: set[str] = set()
        for robot, tags in listed:
            one = self._targets.add(robot)
            found = marks(robot.ends)
            self._ends[one] = self._ends.get(one, frozenset()) | found
            if robot.many:
                self._many.add(one)
            if robot.personal:
                self._personal.add(one)
            for end in found:
                self._readers[end] |= tags
            for tag in sorted(tags):
                self._by_tag.setdefault(tag, {})[one] = None

        keys = Counter(map(tag_key, self._by_tag))  # 市委办公室 in the file is 市委办 in a list
        self._by_key = {tag_key(tag): tag for tag in self._by_tag if keys[tag_key(tag)] == 1}

    def __repr__(self) -> str:
        return f"Channels({self.count} targets, {len(self._by_tag)} tags)"

    @property
    def count(self) -> int:
        """Return how many targets there are."""
        return len(self._targets.robots)

    @property
    def tags(self) -> list[str]:
        """Return every tag, sorted."""
        return sorted(self._by_tag)

    def has(self, tag: str) -> bool:
        """Say whether a message to ``tag`` would go to anybody."""
        return bool(self._marks(tag))

    def targets(self, tag: str) -> list[Target]:
        """Return the targets of this tag, in the file's order, each once.

        A tag that the file has not is found by another way to write the same body, if one alone is it.
        """
        return [self._targets.target(one) for one in self._marks(tag)]

    def _marks(self, tag: str) -> dict[str, None]:
        plain = plain_tag(tag)
        written = plain if plain in self._by_tag else self._by_key.get(tag_key(plain), "")
        return self._by_tag.get(written, {})

    def own(self, tag: str) -> list[Target]:
        """Return the targets of ``tag`` that nobody but its recipient reads: fit for a one-time code."""
        return [target for target in self.targets(tag) if not self.why_not_own(tag, target)]

    def why_not_own(self, tag: str, target: Target) -> str:
        """Return why others read what goes to ``target`` of ``tag``, in Chinese; "" when nobody does."""
        one = self._targets.mark(target.id)
        if one in self._many or (one and len(self._ends[one]) > 1):
            return "一条消息会同时发给几个人（抄送、密送、部门、标签或多个收件人）"
        others = sorted(self._others(tag, [one] if one else []), key=list(self._by_tag).index)
        return f"与{'、'.join(f'“{one}”' for one in others[:3])}共用" if others else ""

    def is_personal(self, tag: str, target: Target) -> bool:
        """Say whether ``target`` brings to the recipient of ``tag`` alone, and never into a group.

        What lets its reader in for weeks goes nowhere else; a one-time code may go to a group's robot that
        serves no other tag. What is only kept (`kept_instead`) lets nobody in.
        """
        one = self._targets.mark(target.id)
        return not is_kept() and one in self._personal and not self.why_not_own(tag, target)

    def shared_with(self, tag: str) -> set[str]:
        """Return the tags of other recipients who read something of what goes to ``tag``, plain_tag."""
        return self._others(tag, self._marks(tag))

    def _others(self, tag: str, those: Iterable[str]) -> set[str]:
        ends = [end for one in those for end in self._ends[one]]
        found = {other for end in ends for other in self._readers[end]}
        return {other for other in found if owner(other) != owner(tag)}

    def tags_at(self, address: str) -> list[str]:
        """Return the tags of which a channel reaches the mailbox ``address``, sorted."""
        return sorted(
            tag for end in marks([end_of_mail(address)]) for tag in self._readers.get(end, ())
        )

    def postman(self, tag: str, mailbox: str) -> MailRobot | None:
        """Return who writes mails for the office: from the account of ``mailbox``, of ``tag``, or any; None else."""
        robots = self._targets.robots.items()
        mail = {id: one for id, one in robots if isinstance(one, MailRobot)}
        own = [one for one in mail.values() if mailbox in (one.account.user, one.envelope.sender)]
        tagged = [mail[id] for id in self._marks(tag) if id in mail]
        return next(iter([*own, *tagged, *mail.values()]), None)

    def target(self, id: str, near: str = "") -> Target | None:
        """Return the target with this id, None when the file has it no more.

        Looked for among those of the tag ``near`` and its spare ones, and only if it is not there among all,
        which takes a millisecond for each the first time.
        """
        for tag in (near, near + SPARE):
            self.targets(tag)  # makes their ids known
        one = self._targets.mark(id)
        return self._targets.target(one) if one else None

    def narrowest_tags(self) -> dict[str, str]:
        """Return for every target, by its id, the tag that reaches it and the fewest others."""
        robots, listed = self._targets.robots, self._by_tag
        widest_first = sorted(listed, key=lambda tag: -len(listed[tag]))
        return {robots[one].id: tag for tag in widest_first for one in listed[tag]}

    def bucket(self, target: Target) -> str:
        """Return what the provider counts the limit of ``target`` by; "" where there is no limit.

        Two targets may share a robot, and so a limit.
        """
        return self._targets.robot(target.id).bucket

    def send(self, target: Target, message: Message) -> Answer:
        """Send once and return the provider's answer; never raises, never tries twice, ends in time."""
        [(_, _, answer)] = self.send_all([(target, message)])
        return answer

    def knock_at_all(self) -> dict[str, Answer | None]:
        """Return for every target, by its id, how far we came without sending anything; None where we cannot look."""
        return {robot.id: answer for robot, answer in knocked(self._targets.robots.values())}

    def send_all(
        self, letters: Iterable[tuple[Target, Message]], begin_within: float | None = None
    ) -> Iterator[tuple[Target, Message, Answer]]:
        """Send many at once and yield each answer as it comes; a target's own messages keep their order.

        A target that hangs delays only its own messages. When the caller stops early, nothing more
        is begun; what is under way ends first. What has not begun after ``begin_within`` seconds is
        left unsent and yields no answer.
        """
        return together(letters, lambda one: self._targets.robot(one.id), begin_within)


def load_channels(path: Path | None) -> Channels:
    """Return the channels of the file at ``path``; none when ``path`` is None.

    Entries that cannot be used are left out and listed in ``faults``, in Chinese, by line; the
    others work. Raises ChannelError when the file is missing, open to others, or not YAML at all.
    """
    if path is None:
        return Channels()
    text = read_private(path, CHANNELS)
    read = _kept if _says_all(text) else _read
    return read(text, path.absolute())


def read_ahead(path: Path) -> None:
    """Read the file at ``path`` for the processes that are forked from this one, where it says all by itself.

    Raises ChannelError as `load_channels` does.
    """
    text = read_private(path, CHANNELS)
    if _says_all(text):
        _kept(text, path.absolute())


def _says_all(text: str) -> bool:
    """Say whether nothing else is read: a gateway is described in a file of its own, which may change alone."""
    return "smsgw" not in text.lower()


def _read(text: str, path: Path) -> Channels:
    entries, faults = read_entries(text, f"{CHANNELS} {path}")
    server = lru_cache(maxsize=None)(lambda account: MailServer())
    listed: list[tuple[Robot, frozenset[str]]] = []
    for entry in entries:
        try:
            listed += [(one, entry.tags) for one in _robots(entry, path.parent, server)]
        except ChannelError as error:
            faults.append(f"{entry.place}：{error}")
    return Channels(listed, faults)


# A patrol asks three times whom it reaches, and Apprise takes 2 ms to read an address.
_kept = lru_cache(maxsize=4)(_read)


def _robots(entry: Entry, folder: Path, server: Callable[[str], MailServer]) -> list[Robot]:
    """Return the robots of an entry; raises ChannelError, with nothing of its address."""
    if not entry.scheme:
        raise ChannelError("没有通道地址，应以 类型:// 开头")
    own = ROBOTS.get(entry.scheme)
    if not own and not knows(entry.scheme):
        raise ChannelError(_unknown(entry.scheme))
    if entry.cut:
        raise ChannelError(in_two(entry.cut))
    robots: list[Robot] = []
    if own:
        robots += own.made(address_of(entry.address, entry.options, folder))
    else:
        robots += foreign_robots(entry.scheme, {entry.address: dict(entry.options)}, server)
    if not entry.tags:
        raise ChannelError("没有写标签 tag，任何消息都不会发到这里")
    return robots


def _unknown(scheme: str) -> str:
    own = "、".join(f"{one}://" for one in ROBOTS)
    name = f" {scheme}://" if re.fullmatch(r"[a-z]{2,16}[0-9]?", scheme) else ""
    return f"不认识的通道类型{name}；常用的有 mailtos://、{own}"


silence()
