"""The headers that every answer leaves with, and the scripts that pages of the UI get added."""

from collections.abc import Iterable

from deployments.door.pages import OPEN_FORM, SCRIPT

Headers = list[tuple[bytes, bytes]]

# Both UIs set styles on elements, draw pictures from data and start workers from blobs; nothing of
# them comes from another host. `connect-src 'self'` is also the page's own WebSocket.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-eval'",  # V1's drawings of runs compile their shaders
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    )
)
ADDED: Headers = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
DROPPED = {name for name, _ in ADDED} | {b"server"}


def leaving(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the headers of an answer as they leave: ours added, no other origin invited."""
    kept = [
        (name, value)
        for name, value in headers
        if name.lower() not in DROPPED and not name.lower().startswith(b"access-control-")
    ]
    return [*kept, *ADDED]


def is_page(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Say whether an answer is a page."""
    kinds = (value for name, value in headers if name.lower() == b"content-type")
    return any(kind.startswith(b"text/html") for kind in kinds)


def with_script(page: bytes, base: str) -> bytes:
    """Return a page of the UI, served under ``base``, with our scripts before everything else of it."""
    scripts = (
        f'<script src="{base}{SCRIPT}"></script><script src="{base}{OPEN_FORM}" defer></script>'
    )
    return page.replace(b"<head>", b"<head>" + scripts.encode(), 1)


def of_length(headers: Iterable[tuple[bytes, bytes]], length: int) -> Headers:
    """Return the headers for a body of ``length`` bytes that is made anew each time."""
    stale = (b"content-length", b"etag", b"last-modified", b"cache-control")
    kept = [(n, v) for n, v in headers if n.lower() not in stale]
    return [*kept, (b"content-length", str(length).encode()), (b"cache-control", b"no-store")]
