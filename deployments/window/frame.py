"""The window as one ASGI application: every page and act with what it is given.

Whoever reaches it has passed the guard (`deployments.door.guard`): host and origin are ours.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from deployments.door.callers import origins
from deployments.door.refused import Refused
from deployments.door.transport import query_of, read
from deployments.window.asking import Way
from deployments.window.cookies import CookieJar
from deployments.window.faults import fault_page
from deployments.window.files import WAY_TO_FILES
from deployments.window.metrics import WAY_TO_METRICS
from deployments.window.rendering import rendered
from deployments.window.turn import Incoming, Turn, dressed
from deployments.window.ways import every_way
from flows.running import clock
from models.rules.bounds import UNSEEN

LARGEST_FORM = 65_536  # bytes
MOST_FIELDS = 100
TOO_MUCH = "填的内容太长，或者有不能用的字符，没有提交"
# Calls that are answered at once, by method. Reading is nearly all Python, where more threads only contend
# for the interpreter: six take half as much again for each page of a crowd as two. Who writes may have to
# wait for the database, and keeps no reader waiting.
AT_ONCE = {"GET": 2, "POST": 12}


class _Number(Convertor[int]):
    """A number in a path that a table could hold; Starlette's own reads one of any length."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("number", _Number())


def create_window(public_url: str = "") -> Starlette:
    """Return the window's pages; ``public_url`` says under which address TLS ends before us."""
    routes = [WAY_TO_FILES, WAY_TO_METRICS]
    threads = {method: CapacityLimiter(most) for method, most in AT_ONCE.items()}
    for way in every_way():
        path, endpoint = way.path.replace(":int}", ":number}"), _Endpoint(way, public_url, threads)
        routes.append(Route(path, endpoint.answer, methods=[way.method]))
    return Starlette(routes=routes, exception_handlers={404: _no_page, 405: _no_page})


async def _no_page(request: Request, _error: Exception) -> Response:
    line = "没有这一页；请从总览或收到的消息里打开"
    facts = {"line": line, "visitor": None, "campaign": None, "to_login": False}
    base, moment = str(request.scope.get("root_path") or ""), clock.moment()
    return dressed(HTMLResponse(rendered("fault.html", facts, base, "", moment.today), 404))


class _Endpoint:
    """One page or act."""

    def __init__(self, way: Way, public_url: str, threads: Mapping[str, CapacityLimiter]) -> None:
        self._way, self._public_url, self._threads = way, public_url, threads[way.method]

    async def answer(self, request: Request) -> Response:
        base = str(request.scope.get("root_path") or "")
        secure = origins.is_over_tls(request.headers, self._public_url)
        query = query_of(request.scope)
        path = request.scope["path"].removeprefix(base)
        try:
            call = Incoming(
                headers=request.headers,
                path={name: str(value) for name, value in request.path_params.items()},
                query=_fields(query),
                form=_fields(
                    (await read(request.receive, LARGEST_FORM)).decode("utf-8", "replace")
                ),
                address=request.client.host if request.client else "",
                base=base,
                at=f"{path}?{query}" if query else path,
                jar=CookieJar.of(request.headers, base, secure=secure),
            )
        except (Refused, ValueError):
            call = None
        if call is None:
            return dressed(
                HTMLResponse(TOO_MUCH, 413), fault_page(self._way, TOO_MUCH, 413).headers
            )
        return await to_thread.run_sync(Turn(self._way, call).take, limiter=self._threads)


def _fields(text: str) -> dict[str, str]:
    """Return the fields of a query or a form, the last of each name.

    Raises ValueError for too many, and for what no database of ours could hold.
    """
    found = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    if any(UNSEEN.search(value) for value in found.values()):
        raise ValueError("a character that cannot be kept")
    return found
