"""`shifan server`: the office's own Prefect server, in the foreground."""

from typing import Annotated

from cyclopts import Parameter

from deployments.typed.values import Host, Port


def server(
    *,
    host: Host = "127.0.0.1",
    port: Port = 4200,
    services: Annotated[bool, Parameter(negative="--no-services")] = True,
) -> None:
    """另建的 Prefect 服务：时钟、队列和运行界面，给几台机器用；按 Ctrl-C 停止。没有口令不启动。

    示例：

        shifan server
        shifan server --host 10.1.2.3 --no-services

    Parameters
    ----------
    host
        监听的地址；别的电脑也要连的，写这台电脑在内网的地址。
    port
        端口。
    services
        连同后台服务，这是默认的；有几台 Prefect 服务的，每台写 --no-services，后台服务另外启动。
    """
    from deployments.pools.own_server import run_server

    run_server(host, port, services=services)
