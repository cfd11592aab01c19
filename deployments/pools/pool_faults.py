"""What a pool of a kind needs, looked at before anything is asked of a server."""

import re

from models.errors import ServerError

BY_DIGEST = re.compile(r"\S+@sha256:[0-9a-f]{64}")


FEWEST = 2  # runs at once: the patrol of all waits for those of each


def require_fit(kind: str, image: str, database: str, limit: int | None = None) -> None:
    """Raise ServerError in one line where a pool of ``kind`` cannot work with ``image`` and our ``database``.

    Nor with a ``limit`` in which the patrol of all has the only place, and waits for ever.

    Runs in containers share nothing but the network and a mounted folder: SQLite is not for them. An
    image is named by its digest, so that tomorrow's run is today's program.
    """
    if limit is not None and limit < FEWEST:
        raise ServerError(f"--limit 至少写 {FEWEST}：每日巡查自己占一个，逐个巡查的还要一个")
    if kind == "process":
        if image:
            raise ServerError("--image 只用于 --type docker 和 kubernetes；process 在本机运行")
        return
    if not BY_DIGEST.fullmatch(image):
        raise ServerError(
            f"--type {kind} 要用 --image 写明镜像和摘要，如 registry.example/shifan@sha256:64 位十六进制数；"
            "只写名字或标签的，明天的运行可能已是别的程序"
        )
    if database.startswith("sqlite"):
        raise ServerError(
            f"--type {kind} 要用 PostgreSQL：各个容器用不了同一个 SQLite 文件；请先设 SHIFAN_DATABASE_URL"
        )
