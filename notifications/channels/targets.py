"""The targets of the channels, each made out when somebody asks about it: its id takes a millisecond."""

from notifications.robots.base import Robot
from notifications.saying.answer import Answer, Target, refused
from notifications.saying.message import Message


class Targets:
    """Robots by their marks, which are quick and of this process, and by the ids of those that were asked about.

    An office of thousands speaks to few at a time, and pays for those alone. Of two robots that are the
    same target the first is taken. May be asked by several threads at once.
    """

    def __init__(self) -> None:
        self.robots: dict[str, Robot] = {}
        self._targets: dict[str, Target] = {}
        self._by_id: dict[str, str] = {}
        self._all_known = False

    def add(self, robot: Robot) -> str:
        """Take in ``robot``, unless there is one that is the same target; return the mark of either."""
        mark = robot.mark
        self.robots.setdefault(mark, robot)
        return mark

    def target(self, mark: str) -> Target:
        """Return the target with this mark."""
        found = self._targets.get(mark)
        if found is None:
            found = self.robots[mark].target()
            self._targets[mark], self._by_id[found.id] = found, mark
        return found

    def mark(self, id: str) -> str | None:
        """Return whose ``id`` it is, None when it is nobody's; looks at all for one not made out yet."""
        if id not in self._by_id and not self._all_known:
            self._by_id.update({robot.id: mark for mark, robot in self.robots.items()})
            self._all_known = True
        return self._by_id.get(id)

    def robot(self, id: str) -> Robot:
        """Return who brings to the target with this id; one that refuses for whom the file has no more."""
        one = self.mark(id)
        return self.robots[one] if one else _GONE


class _Gone(Robot):
    """Stands for a recipient that the file has no more."""

    secrets, seconds = (), 1.0

    def send(self, message: Message) -> Answer:
        return refused("no-channel", "通道配置里已经没有这个接收对象")


_GONE = _Gone()
