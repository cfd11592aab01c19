"""`shifan worker`: one worker of the work pool, in the foreground."""

from deployments.typed.values import Name, Number


def worker(*, pool: Name = "shifan", limit: Number = 4, name: Name = "") -> None:
    """工作进程：从工作池领取运行来办；按 Ctrl-C 停止。可以启动几个，在一台或几台电脑上。

    工作池的类型是 docker、kubernetes 的，运行由 Prefect 自己的工作进程领取，这里只看护：中断的记下来，错过的补做。

    示例：

        shifan worker
        shifan worker --limit 2

    Parameters
    ----------
    pool
        工作池的名字，与 shifan deploy 的一样。
    limit
        这个工作进程同时最多办几个。
    name
        叫什么，写在日志文件名里；不写是电脑的名字。
    """
    from deployments.pools.worker import run_worker

    run_worker(pool, limit, name)
