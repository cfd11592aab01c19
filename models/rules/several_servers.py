"""The settings of several Prefect servers beside one another: the one place that knows them all.

Prefect refuses to start some of a half-set group and checks nothing of the rest: a server whose
docket stays in its own memory starts, and loses what it had put off when it falls.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

BROKER = "PREFECT_MESSAGING_BROKER"
CACHE = "PREFECT_MESSAGING_CACHE"
ORDERING = "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING"
LEASES = "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"
CLEANUP = "PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_QUEUE_STORAGE"
REDIS = "PREFECT_REDIS_MESSAGING_URL"
CLEANUP_REDIS = "PREFECT_REDIS_WORKER_CLEANUP_QUEUE_URL"  # it has an address of its own
DOCKET = "PREFECT_SERVER_DOCKET_URL"
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
MIGRATE = "PREFECT_SERVER_DATABASE_MIGRATE_ON_START"

# What each server keeps in its own memory unless told where all of them find it.
SHARED = {
    BROKER: "prefect_redis.messaging",
    CACHE: "prefect_redis.messaging",
    ORDERING: "prefect_redis.ordering",
    LEASES: "prefect_redis.lease_storage",
    CLEANUP: "prefect_redis.cleanup_queue",
}
POOL = {  # connections of one server: what 150 counties' runs ask for at once, without a queue
    "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE": "20",
    "PREFECT_SERVER_DATABASE_SQLALCHEMY_MAX_OVERFLOW": "20",
}
REDIS_SCHEMES = ("redis", "rediss", "redis+sentinel", "rediss+sentinel")  # Docket's; no cluster
DRIVER = "postgresql+asyncpg"


def several_servers(redis: str, database: str) -> dict[str, str]:
    """Return the environment of every Prefect server that shares ``redis`` and ``database``.

    ``database`` is Prefect's own PostgreSQL (not ours), as `postgresql://…` or with Prefect's driver. The
    tables are made once, before the first start (`prefect server database upgrade -y`), and by no server:
    two that migrate at once stand in each other's way.
    """
    kind, rest = database.split("://", 1)
    url = f"{DRIVER}://{rest}" if kind in ("postgresql", "postgres") else database
    shared = dict.fromkeys((REDIS, CLEANUP_REDIS, DOCKET), redis)
    return {DATABASE: url, MIGRATE: "false", **shared, **SHARED, **POOL}


def is_several(environment: Mapping[str, str]) -> bool:
    """Say whether ``environment`` is one of several servers: anything of the group leads to Redis."""
    return any(
        environment.get(name, "").startswith(("prefect_redis", "redis"))
        for name in (*SHARED, REDIS, CLEANUP_REDIS, DOCKET)
    )


def several_servers_faults(environment: Mapping[str, str]) -> list[str]:
    """Return in words what ``environment`` lacks to be one of several servers; empty when nothing.

    Reads names and kinds only: an address with a password never stands in what it says.
    """
    faults = [
        f"{name} 应为 {value}（现在是 {environment.get(name) or '没有设置'}）"
        for name, value in SHARED.items()
        if environment.get(name) != value
    ]
    for name, why in (
        (REDIS, "各台服务在这里交换消息"),
        (CLEANUP_REDIS, "不设时清理的活到本机的 6379 端口去找"),
        (DOCKET, "不设时推迟的事只在各台自己的内存里，这台停了就丢了，Prefect 自己不检查"),
    ):
        if _scheme(environment.get(name, "")) not in REDIS_SCHEMES:
            faults.append(f"{name} 应为 redis:// 开头的地址：{why}")
    if _scheme(environment.get(DATABASE, "")) != DRIVER:
        faults.append(
            f"{DATABASE} 应为 {DRIVER}:// 开头的地址：几台服务共用一个 PostgreSQL，SQLite 不行"
        )
    if environment.get(MIGRATE, "").lower() not in ("false", "0"):
        faults.append(f"{MIGRATE} 应为 false：表由一台先升级好，几台同时升级会互相等")
    return faults


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""
