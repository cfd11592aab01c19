"""Two rehearsals side by side: which messages a changed ladder, plan or list of posts brings, takes away, or moves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.rules.rehearsal.values import Rehearsal, RehearsedMessage
from models.rules.words import Worded


class MessageChange(Worded):
    """What became of a message."""

    GONE = "gone", "不再发"
    NEW = "new", "新增"
    MOVED = "moved", "改了时间"
    CHANGED = "changed", "改了内容"


@dataclass(frozen=True, slots=True)
class ChangedMessage:
    """A message that is another one now; ``old`` None for a new one, ``new`` None for one that is gone."""

    change: MessageChange
    old: RehearsedMessage | None
    new: RehearsedMessage | None

    @property
    def shown(self) -> RehearsedMessage:
        """Return the message as it is now, or was."""
        found = self.new or self.old
        assert found is not None
        return found


def compared(old: Rehearsal, new: Rehearsal) -> list[ChangedMessage]:
    """Return every difference between the messages of two rehearsals, in the order of their days.

    A message is the same where its recipient, day, hour, channel and words are. Of what is left, messages to
    one recipient about the same items on one channel belong together in their order: on another day or hour
    it was moved, in other words changed. What then has no other side is new or gone.
    """
    left_old, left_new = _without_same(old.messages, new.messages)
    was, found = defaultdict(list), list[ChangedMessage]()
    for one in left_old:
        was[_about(one)].append(one)
    for one in left_new:
        before = was[_about(one)].pop(0) if was[_about(one)] else None
        if before is None:
            found.append(ChangedMessage(MessageChange.NEW, None, one))
        elif (before.day, before.at) != (one.day, one.at):
            found.append(ChangedMessage(MessageChange.MOVED, before, one))
        else:
            found.append(ChangedMessage(MessageChange.CHANGED, before, one))
    found += [
        ChangedMessage(MessageChange.GONE, one, None) for each in was.values() for one in each
    ]
    kinds = list(MessageChange)
    return sorted(found, key=lambda one: (*_when(one.shown), kinds.index(one.change)))


def counted(found: Sequence[ChangedMessage]) -> dict[MessageChange, int]:
    """Return how many messages each kind of change took, in the order of the kinds."""
    return {kind: sum(one.change is kind for one in found) for kind in MessageChange}


def changes_in_words(found: Sequence[ChangedMessage]) -> str:
    """Return the differences in one line."""
    if not found:
        return "与上次演练相比，消息没有变化"
    said = "、".join(f"{kind.chinese} {n} 条" for kind, n in counted(found).items() if n)
    return f"与上次演练相比：{said}"


def _without_same(
    old: Sequence[RehearsedMessage], new: Sequence[RehearsedMessage]
) -> tuple[list[RehearsedMessage], list[RehearsedMessage]]:
    there: dict[tuple[object, ...], int] = defaultdict(int)
    for one in old:
        there[_whole(one)] += 1
    only_new = []
    for one in new:
        if there[_whole(one)]:
            there[_whole(one)] -= 1
        else:
            only_new.append(one)
    return list(_still(old, there)), only_new


def _still(
    old: Sequence[RehearsedMessage], there: dict[tuple[object, ...], int]
) -> Iterator[RehearsedMessage]:
    for one in reversed(old):
        if there[_whole(one)]:
            there[_whole(one)] -= 1
            yield one


def _whole(one: RehearsedMessage) -> tuple[object, ...]:
    return one.day, one.at, one.tag, one.channel, one.subject, one.body


def _about(one: RehearsedMessage) -> tuple[object, ...]:
    return one.tag, one.channel, one.secret, tuple(one.items)


def _when(one: RehearsedMessage) -> tuple[object, ...]:
    return one.day, one.at, one.tag, one.channel, one.subject
