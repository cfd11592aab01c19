"""`/metrics`: numbers for the office's own Prometheus, for whoever shows a token or sits at the machine."""

import os
import threading
from collections.abc import Sequence
from functools import partial
from time import monotonic

from anyio import to_thread
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deployments.door.callers.who import ASKS, same
from deployments.window.headers import HEADERS
from flows.running import clock
from models.settings import settings
from tasks.doctor.metrics import Sample, samples, samples_of_the_home

KEPT_SECONDS = 15.0
FIRST_SECONDS = 5.0  # that others wait for the very first text
STANDS_SECONDS = 120.0  # after which an answer that does not come is none
NOT_YOURS = (
    "监控数据要凭口令看：请在请求头里带 Authorization: Bearer 和 SHIFAN_METRICS_TOKEN 所设的口令\n"
)


class _Kept:
    """The last text, made anew at most every `KEPT_SECONDS`, however many ask.

    One asks the database, and meanwhile the others have the last text; where the answer is long in coming,
    what this machine knows by itself.
    """

    def __init__(self) -> None:
        self._asking, self._text = threading.Lock(), b""
        self._made = self._until = 0.0

    def text(self) -> bytes:
        if self._text and monotonic() < self._until:
            return self._text
        if not self._asking.acquire(timeout=0 if self._text else FIRST_SECONDS):
            stands = not self._text or monotonic() - self._made > STANDS_SECONDS
            return exposed(samples_of_the_home(clock.now())) if stands else self._text
        try:
            if not self._text or monotonic() >= self._until:
                self._text = exposed(samples(clock.now()))
                self._made = monotonic()
                self._until = self._made + KEPT_SECONDS
            return self._text
        finally:
            self._asking.release()


def exposed(found: Sequence[Sample]) -> bytes:
    """Return ``found`` in the text form that Prometheus reads."""
    registry, gauges = CollectorRegistry(), dict[str, Gauge]()
    for one in found:
        if one.name not in gauges:
            names = [name for name, _ in one.labels]
            gauges[one.name] = Gauge(one.name, one.help, names, registry=registry)
        gauge = gauges[one.name]
        (gauge.labels(*(value for _, value in one.labels)) if one.labels else gauge).set(one.value)
    return generate_latest(registry)


def may_read(authorization: str) -> bool:
    """Say whether whoever shows ``authorization`` may read.

    Where nobody needs an account the door lets in the user alone who started us. Everywhere else only the
    token counts: a proxy and the machine's other users come from loopback too.
    """
    if os.environ.get(ASKS, "0") != "1":
        return True
    kind, _, said = authorization.partition(" ")
    token = settings().metrics_token
    if token is None or kind.lower() != "bearer":
        return False
    return same(said.strip(), token.get_secret_value())


async def _answer(kept: _Kept, request: Request) -> Response:
    if not may_read(request.headers.get("authorization", "")):
        challenge = {**HEADERS, "www-authenticate": "Bearer"}
        return Response(NOT_YOURS, 401, headers=challenge, media_type="text/plain")
    text = await to_thread.run_sync(kept.text)
    return Response(text, headers=dict(HEADERS), media_type=CONTENT_TYPE_PLAIN_0_0_4)


WAY_TO_METRICS = Route("/metrics", partial(_answer, _Kept()), methods=["GET"])
