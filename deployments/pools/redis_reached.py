"""Whether the Redis that several Prefect servers share lets us in: Prefect itself starts without, and then fails."""

from collections.abc import Mapping

from models.rules.several_servers import CLEANUP_REDIS, DOCKET, REDIS

PLAIN = ("redis://", "rediss://")  # one behind sentinels is found by Prefect's own client only
SECONDS = 5.0


def redis_faults(environment: Mapping[str, str]) -> list[str]:
    """Return a line for each Redis of ``environment`` that does not let us in; never its address."""
    names: dict[str, str] = {}
    for name in (REDIS, CLEANUP_REDIS, DOCKET):
        url = environment.get(name, "")
        if url.startswith(PLAIN):
            names.setdefault(url, name)
    faults = {name: _fault(url) for url, name in names.items()}
    return [f"连不上 {name} 所指的 Redis：{why}" for name, why in faults.items() if why]


def _fault(url: str) -> str:
    import redis

    try:
        with redis.Redis.from_url(
            url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS
        ) as one:
            one.ping()
    except redis.exceptions.NoPermissionError:
        return ""  # it let us in
    except redis.AuthenticationError:
        return "口令不对，或没有写口令"
    except redis.exceptions.BusyLoadingError:
        return "它正在启动，请过一会儿再试"
    except TypeError:
        return "地址里有它不认识的参数，请去掉问号后面的部分"
    except (redis.RedisError, OSError, ValueError):
        return "请检查主机名、端口和网络，以及 Redis 是否在运行"
    return ""
