"""What a pool of a kind needs, looked at before anything is asked of a server."""

import re

from models.errors import ServerError

BY_DIGEST = re.compile(r"\S+@sha256:[0-9a-f]{64}")


def require_fit(kind: str, image: str, database: str) -> None:
    """Raise ServerError in one line where a pool of ``kind`` cannot work with ``image`` and our ``database``.

    Runs in containers share nothing but the network and a mounted folder: SQLite is not for them. An
    image is named by its digest, so that tomorrow's run is today's program.
    """
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
