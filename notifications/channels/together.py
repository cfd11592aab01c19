"""Write to many targets at once, so that whoever hangs delays nobody else and everything ends in time."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

from notifications.robots.base import LONGEST_SEND, Lane, Robot
from notifications.saying.answer import Answer, Target
from notifications.saying.message import Message

TICK = 0.1  # seconds between two looks at who is late
Letter = tuple[Target, Message]
Answered = tuple[Target, Message, Answer]
Keep = Callable[[Target, Message], None]
TAKEN = Answer(delivered=True, code="0", text="ok")

_KEPT: ContextVar[Keep | None] = ContextVar("kept_instead", default=None)


@contextmanager
def kept_instead(keep: Keep) -> Iterator[None]:
    """Hand every message to ``keep`` meanwhile, in this thread: no channel is spoken to, and each says yes."""
    token = _KEPT.set(keep)
    try:
        yield
    finally:
        _KEPT.reset(token)


def is_kept() -> bool:
    """Say whether this thread is within `kept_instead`: nothing that it says leaves this machine."""
    return _KEPT.get() is not None


def together(
    letters: Iterable[Letter],
    robot_of: Callable[[Target], Robot],
    begin_within: float | None = None,
) -> Iterator[Answered]:
    """Yield the answer to each letter as it comes; a target's own letters keep their order.

    Targets of one lane share what it is wide. When the caller stops early nothing more is begun, and
    what is under way ends first. What has not begun ``begin_within`` seconds from now is left unsent,
    and yields no answer. A send that does not end in its time is left to itself, and is answered for.
    """
    if keep := _KEPT.get():
        for target, message in letters:
            keep(target, message)
            yield target, message, TAKEN
        return
    posts: dict[str, _Post] = {}
    for target, message in letters:
        if target.id not in posts:
            posts[target.id] = _Post(target, robot_of(target), deque())
        posts[target.id].messages.append(message)
    lanes: dict[Lane, deque[_Post]] = {}
    for post in posts.values():
        lanes.setdefault(post.robot.lane, deque()).append(post)
    round_ = _Round(time.monotonic() + begin_within if begin_within is not None else float("inf"))
    count = sum(len(post.messages) for post in posts.values())
    try:
        for lane, waiting in lanes.items():
            for _ in range(min(lane.width, len(waiting))):
                round_.begin(waiting)
        yield from round_.answers(count)
    finally:  # a message that nobody would record must not be sent
        round_.end()
        for lane in lanes:
            lane.close()


@dataclass(frozen=True, slots=True)
class _Post:
    """What waits for one target; one thread at a time brings it."""

    target: Target
    robot: Robot
    messages: deque[Message]

    @property
    def seconds(self) -> float:
        """Return how long a send may take."""
        return min(self.robot.seconds, LONGEST_SEND)


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """One message under way: its answer and its end compete to take it off the list."""

    message: Message
    post: _Post
    waiting: deque[_Post]
    until: float


class _Round:
    """The threads that bring the letters, and the eye on how long each takes."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._stopped = False
        self._answered: queue.SimpleQueue[Answered | None] = queue.SimpleQueue()
        self._under_way: set[_Turn] = set()
        self._threads: list[threading.Thread] = []

    def begin(self, waiting: deque[_Post], first: _Post | None = None) -> None:
        """Let one thread more bring ``first`` and then what is ``waiting``."""
        thread = threading.Thread(target=self._work, args=(waiting, first), daemon=True)
        self._threads.append(thread)
        thread.start()

    def answers(self, count: int) -> Iterator[Answered]:
        """Yield an answer for each of ``count`` letters, less those that were not begun."""
        look = time.monotonic() + TICK
        while count:
            with suppress(queue.Empty):
                one = self._answered.get(timeout=TICK)
                count -= 1
                if one:
                    yield one
            if time.monotonic() < look:
                continue
            now = time.monotonic()
            look = now + TICK
            for turn in [t for t in list(self._under_way) if t.until < now and self._ended(t)]:
                count -= 1
                self.begin(turn.waiting, turn.post)
                words = f"对方 {turn.post.seconds:g} 秒内没有答复完，可能已经送达"
                answer = Answer(False, "timeout", words, uncertain=True)
                yield turn.post.target, turn.message, answer

    def end(self) -> None:
        """Begin nothing more, and wait for what is under way as long as it may take."""
        self._stopped = True
        last = max((turn.until for turn in list(self._under_way)), default=0.0)
        for thread in self._threads:
            thread.join(max(0.0, last - time.monotonic()))

    def _work(self, waiting: deque[_Post], post: _Post | None) -> None:
        while post or waiting:
            try:
                post = post or waiting.popleft()
            except IndexError:  # another thread was faster
                return
            while post.messages:
                if not self._bring(post, waiting):
                    return
            post = None

    def _bring(self, post: _Post, waiting: deque[_Post]) -> bool:
        """Bring the next message of ``post``; False when it came too late and others go on."""
        message, now = post.messages.popleft(), time.monotonic()
        if self._stopped or now > self._until:
            self._answered.put(None)
            return True
        turn = _Turn(message, post, waiting, now + post.seconds)
        self._under_way.add(turn)
        answer = post.robot.deliver(message)
        if not self._ended(turn):
            return False
        self._answered.put((post.target, message, answer))
        return True

    def _ended(self, turn: _Turn) -> bool:
        """Take ``turn`` off the list; False when it was taken off before."""
        try:
            self._under_way.remove(turn)
        except KeyError:
            return False
        return True
