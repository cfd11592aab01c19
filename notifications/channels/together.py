"""Write to many targets at once, so that whoever hangs delays nobody else."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from notifications.robots.base import Lane
from notifications.saying.answer import Answer
from notifications.saying.message import Message
from notifications.saying.target import Target

Letter = tuple[Target, Message]


def together(
    letters: Iterable[Letter],
    send: Callable[[Target, Message], Answer],
    lane: Callable[[Target], Lane],
    begin_within: float | None = None,
) -> Iterator[tuple[Target, Message, Answer]]:
    """Yield the answer to each letter as it comes; a target's own letters keep their order.

    Targets of one ``lane`` share what it is wide. When the caller stops
    early nothing more is begun, and what is under way ends first. What has not begun ``begin_within``
    seconds from now is left unsent, and yields no answer.
    """
    until = time.monotonic() + begin_within if begin_within is not None else float("inf")
    lanes: dict[Lane, dict[str, list[Letter]]] = {}
    for target, message in letters:
        lanes.setdefault(lane(target), {}).setdefault(target.id, []).append((target, message))
    answered: queue.SimpleQueue[tuple[Target, Message, Answer] | None] = queue.SimpleQueue()
    stopped = threading.Event()

    def work(post: list[Letter]) -> None:
        for target, message in post:
            if stopped.is_set() or time.monotonic() > until:
                answered.put(None)
            else:
                answered.put((target, message, send(target, message)))

    pools = []
    try:
        for way, posts in lanes.items():
            pools.append(ThreadPoolExecutor(way.width))
            for post in posts.values():
                pools[-1].submit(work, post)
        for _ in range(sum(len(post) for posts in lanes.values() for post in posts.values())):
            if one := answered.get():
                yield one
    finally:  # a message that nobody would record must not be sent
        stopped.set()
        for pool in pools:
            pool.shutdown(cancel_futures=True)
        for way in lanes:
            way.close()
