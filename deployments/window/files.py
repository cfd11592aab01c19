"""The window's style and scripts; anybody may read them, and a browser keeps them by their sum."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deployments.window.headers import HEADERS

HERE = Path(__file__).parent / "files"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def file_named(name: str) -> tuple[bytes, str] | None:
    """Return a file of ours with its kind; None for a name that is none, of which nothing is kept."""
    return _files().get(name)


@cache
def _files() -> Mapping[str, tuple[bytes, str]]:
    known = [path for path in HERE.iterdir() if path.suffix in KINDS and path.is_file()]
    return {path.name: (path.read_bytes(), KINDS[path.suffix]) for path in known}


@cache
def sum_of(name: str) -> str:
    """Return a few letters that change whenever the file does; they stand in its address."""
    found = file_named(name)
    return sha256(found[0]).hexdigest()[:12] if found else ""


async def _answer(request: Request) -> Response:
    found = file_named(request.path_params["name"])
    if found is None:
        return Response("没有这个文件", 404, headers=dict(HEADERS), media_type="text/plain")
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(found[0], media_type=found[1], headers={**HEADERS, **kept})


WAY_TO_FILES = Route("/files/{name}", _answer, methods=["GET"])
