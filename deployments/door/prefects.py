"""Prefect's own application as we serve it, behind the door or alone: closed where it talks too much."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from deployments.door.transport import App

STARTUP_FAILED = 3  # uvicorn's own exit code


def prefects(*, services: bool = True) -> FastAPI:
    """Return Prefect's application, with its background services unless they run elsewhere.

    Of what describes its interface nothing is found, however deep. Lists that Prefect would ask of a host
    on the internet come from its own package at once. For one application a process.
    """
    from prefect.server.api import collections
    from prefect.server.api.server import create_app

    collections.KNOWN_VIEWS.update(dict.fromkeys(collections.KNOWN_VIEWS, ""))
    app = create_app(final=True, webserver_only=not services)
    _describe_no_more(app)
    return app


def _describe_no_more(app: FastAPI) -> None:
    """Answer "not found" where ``app`` and those mounted in it describe themselves.

    The paths stay taken: left free, they would lead on to the application that is mounted below.
    """
    told = {app.openapi_url, app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url}
    routes = app.router.routes
    for n, route in enumerate(routes):
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            _describe_no_more(route.app)
        elif isinstance(route, Route) and route.path in told:
            routes[n] = Route(route.path, _nothing, include_in_schema=False)


async def _nothing(_: Request) -> Response:
    return Response(status_code=404)


def serve_app(app: App, host: str, port: int) -> bool:
    """Serve ``app`` until told to end; say whether it ever began, wherever uvicorn would end the process.

    No header of a proxy may say who calls: the door asks the kernel, and the password.
    """
    import uvicorn
    from prefect.settings import get_current_settings

    api = get_current_settings().server.api
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            timeout_keep_alive=api.keepalive_timeout,
            ws_ping_interval=api.websocket_ping_interval,
            ws_ping_timeout=api.websocket_ping_timeout,
            log_level="warning",
            proxy_headers=False,
            server_header=False,
        )
    )
    try:
        server.run()
    except SystemExit as ended:
        if ended.code != STARTUP_FAILED:
            raise
    return server.started
