"""Every call that an operator may make of Prefect, in one table; what is not in it is refused.

Our own service, which shows its token, may call everything. Paths are those behind `/api`; `{id}` is
a UUID, `{name}` any one part of a path.
"""

import re
from dataclasses import dataclass
from functools import cache

from deployments.door.calls import bodies
from deployments.door.calls.shapes import Shape


@dataclass(frozen=True, slots=True)
class Call:
    """One call: method, path, and what its body must be; None where no body is read."""

    method: str
    path: str
    body: type[Shape] | None = None


_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@cache
def _pattern(path: str) -> re.Pattern[str]:
    written = re.escape(path).replace(r"\{id\}", _UUID)
    return re.compile(re.sub(r"\\\{[a-z]+\\\}", "[^/]+", written))


# What changes something. Each line is one thing that an operator does.
CHANGES = (
    Call("POST", "/deployments/{id}/create_flow_run", bodies.Run),
    Call("POST", "/flow_runs/{id}/resume", bodies.Resume),
    Call("POST", "/flow_runs/{id}/set_state", bodies.Cancel),
    Call("PATCH", "/deployments/{id}", bodies.SwitchDeployment),
    Call("PATCH", "/deployments/{id}/schedules/{id}", bodies.SwitchSchedule),
)

# What only looks, and is asked with GET.
LOOKS = (
    "/health",
    "/ready",
    "/hello",
    "/version",
    "/csrf-token",
    "/admin/settings",  # Prefect blots out its secrets; ours are not in its settings
    "/admin/storage",
    "/admin/version",
    "/artifacts/{id}",
    "/artifacts/{key}/latest",
    "/automations/{id}",
    "/automations/related-to/{resource}",
    "/block_capabilities/",
    "/block_documents/{id}",
    "/block_schemas/{id}",
    "/block_types/{id}",
    "/block_types/slug/{slug}",
    "/concurrency_limits/{id}",
    "/deployments/{id}",
    "/deployments/name/{flow}/{name}",
    "/deployments/{id}/schedules",
    "/deployments/{id}/work_queue_check",
    "/events/filter/next",
    "/flow_run_states/",
    "/flow_run_states/{id}",
    "/flow_runs/{id}",
    "/flow_runs/{id}/graph",
    "/flow_runs/{id}/graph-v2",
    # What a form asks; what was typed into it stands under another name and is nobody's.
    "/flow_runs/{id}/input/{question}-schema",
    "/flow_runs/{id}/input/{question}-description",
    "/flow_runs/{id}/logs/download",
    "/flows/{id}",
    "/flows/name/{name}",
    "/observed-states",
    "/task_run_states/",
    "/task_run_states/{id}",
    "/task_runs/{id}",
    "/ui/task_runs/{id}",
    "/v2/concurrency_limits/{name}",
    "/variables/{id}",
    "/variables/name/{name}",
    "/work_pools/{name}",
    "/work_pools/{pool}/queues/{name}",
    "/work_queues/{id}",
    "/work_queues/{id}/status",
    "/work_queues/name/{name}",
)

# What only looks, and is asked with POST because the question is long.
SEARCHES = (
    "/artifacts/count",
    "/artifacts/filter",
    "/artifacts/latest/count",
    "/artifacts/latest/filter",
    "/automations/count",
    "/automations/filter",
    "/block_documents/count",
    "/block_schemas/filter",
    "/block_types/filter",
    "/concurrency_limits/filter",
    "/deployments/count",
    "/deployments/filter",
    "/deployments/paginate",
    "/events/count-by/{countable}",
    "/events/filter",
    "/flow_runs/count",
    "/flow_runs/filter",
    "/flow_runs/history",
    "/flow_runs/lateness",
    "/flow_runs/paginate",
    "/flows/count",
    "/flows/filter",
    "/flows/paginate",
    "/logs/filter",
    "/saved_searches/filter",
    "/task_runs/count",
    "/task_runs/filter",
    "/task_runs/history",
    "/task_runs/paginate",
    "/task_workers/filter",
    "/ui/flow_runs/count-task-runs",
    "/ui/flow_runs/history",
    "/ui/flows/count-deployments",
    "/ui/flows/next-runs",
    "/ui/task_runs/count",
    "/ui/task_runs/dashboard/counts",
    "/v2/concurrency_limits/filter",
    "/variables/count",
    "/variables/filter",
    "/work_pools/count",
    "/work_pools/filter",
    "/work_pools/{pool}/concurrency_status",
    "/work_pools/{pool}/queues/filter",
    "/work_pools/{pool}/workers/filter",
    "/work_queues/filter",
    "/work_queues/{id}/concurrency_status",
)

CALLS = (
    *CHANGES,
    *(Call("GET", path) for path in LOOKS),
    *(Call("POST", path, bodies.Search) for path in SEARCHES),
    Call("POST", "/block_documents/filter", bodies.WithoutSecrets),
    Call("POST", "/ui/schemas/validate", bodies.Validate),
)

# Nobody's, not even our own service's: Prefect's server would ask another host for its answer.
NOBODYS = ("/collections/",)

# Whether it lives, for whoever watches over it: the only calls that need no password.
OPEN = ("/health", "/ready")

# Pages outside `/api` that describe Prefect's programming interface; their scripts lie on other hosts.
CLOSED_PAGES = ("/docs", "/redoc", "/openapi.json")


def call_of(method: str, path: str) -> Call | None:
    """Return the line of the table that ``method`` and ``path`` (behind `/api`) are, or None."""
    asked = "GET" if method == "HEAD" else method
    return next((c for c in CALLS if c.method == asked and _pattern(c.path).fullmatch(path)), None)
