"""Run the server with its door: `python -m deployments.door HOST PORT`, in the foreground."""

import sys

import uvicorn

from deployments.door.app import create_app


def serve_door(host: str, port: int) -> None:
    """Serve until told to end.

    No header of a proxy may say who calls: the door asks the kernel, and the password.
    """
    from prefect.settings import get_current_settings

    api = get_current_settings().server.api
    uvicorn.run(
        create_app(),
        host=host,
        port=port,
        timeout_keep_alive=api.keepalive_timeout,
        ws_ping_interval=api.websocket_ping_interval,
        ws_ping_timeout=api.websocket_ping_timeout,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    serve_door(sys.argv[1], int(sys.argv[2]))
