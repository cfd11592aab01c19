"""What a run is started as: the job template of each kind of pool, made from Prefect's own.

Prefect's own template of the installed version is the base, so every placeholder and every variable
is one that its workers know; ours says what it leaves open: which image, how little it may do.
"""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Literal

import prefect

from deployments.pools.lost_runs import HEARTBEAT

Kind = Literal["process", "docker", "kubernetes"]
PACKAGES: dict[str, str] = {
    "process": "prefect",
    "docker": "prefect-docker",
    "kubernetes": "prefect-kubernetes",
}
HOME = "/srv/shifan"  # in the image: the data folder, mounted
USER = 10_001  # in the image: nobody's number on the host
# An interpreter of the worker's own, with its flows: no workspace is prepared, nothing is installed.
ENGINE = "python -m prefect.engine"

Template = dict[str, Any]  # as JSON Schema has it
ENV = {
    "SHIFAN_HOME": HOME,
    "TMPDIR": f"{HOME}/tmp",
    "DO_NOT_TRACK": "1",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(int(HEARTBEAT.total_seconds())),
}

DEFAULTS: dict[str, dict[str, object]] = {
    "process": {"command": ENGINE},
    "docker": {
        "auto_remove": True,
        "image_pull_policy": "IfNotPresent",
        "volumes": [f"shifan-home:{HOME}"],
        "networks": ["shifan"],
        "mem_limit": "1g",
        "privileged": False,
        "env": ENV,
    },
    "kubernetes": {
        "namespace": "shifan",
        "service_account_name": "shifan-run",
        "finished_job_ttl": 3600,
        "memory_limit": "1Gi",
        "memory_request": "256Mi",
        "cpu_request": "100m",
        "env": ENV,
    },
}
# A pod of ours may do nothing that its work does not need.
POD: Template = {
    "automountServiceAccountToken": False,
    "securityContext": {
        "runAsNonRoot": True,
        "runAsUser": USER,
        "fsGroup": USER,
        "seccompProfile": {"type": "RuntimeDefault"},
    },
    "volumes": [{"name": "home", "persistentVolumeClaim": {"claimName": "shifan-home"}}],
}
CONTAINER: Template = {
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    },
    "envFrom": [{"secretRef": {"name": "shifan-settings"}}],
    "volumeMounts": [{"name": "home", "mountPath": HOME}],
}


@cache
def _prefects_own() -> Template:
    views = Path(prefect.__file__).parent / "server" / "api" / "collections_data" / "views"
    read: Template = json.loads(
        (views / "aggregate-worker-metadata.json").read_text(encoding="utf-8")
    )
    return read


def job_template(kind: Kind, image: str = "") -> Template:
    """Return the base job template of a pool of ``kind``; runs in containers are of ``image``."""
    own = _prefects_own()[PACKAGES[kind]][kind]["default_base_job_configuration"]
    made: Template = deepcopy(own)
    variables = made["variables"]["properties"]
    defaults = DEFAULTS[kind] | ({"image": image} if kind != "process" else {})
    for name, value in defaults.items():
        variables[name] = variables[name] | {"default": value}
    if kind == "kubernetes":
        pod = made["job_configuration"]["job_manifest"]["spec"]["template"]["spec"]
        pod |= deepcopy(POD)
        pod["containers"][0] |= deepcopy(CONTAINER)
    return made
