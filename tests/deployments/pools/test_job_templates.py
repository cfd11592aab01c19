"""Our job templates are ones that Prefect's own validators and workers take."""

import json
from typing import Any, get_args

import pytest
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.server.schemas.core import WorkPool as WorkPoolOfTheServer
from prefect.utilities.schema_tools.validation import is_valid_schema, validate
from prefect.utilities.templating import PlaceholderType, apply_values, find_placeholders
from prefect.workers.process import ProcessJobConfiguration

from deployments.pools.job_templates import HOME, Kind, job_template
from deployments.pools.pool_faults import require_fit
from models.errors import ServerError

KINDS = get_args(Kind)
IMAGE = f"registry.example/shifan@sha256:{'a' * 64}"


def made(kind: Any) -> dict[str, Any]:
    return job_template(kind, IMAGE if kind != "process" else "")


def defaults(template: dict[str, Any]) -> dict[str, Any]:
    told = template["variables"]["properties"]
    return {name: one["default"] for name, one in told.items() if "default" in one}


@pytest.mark.parametrize("kind", KINDS)
def test_prefect_takes_the_template_for_a_pool(kind):
    template = made(kind)

    asked = WorkPoolCreate(name="shifan", type=kind, base_job_template=template)
    taken = WorkPoolOfTheServer(name="shifan", type=kind, base_job_template=asked.base_job_template)
    is_valid_schema(template["variables"])  # raises where it is none
    assert taken.base_job_template == template


@pytest.mark.parametrize("kind", KINDS)
def test_every_placeholder_is_a_variable_and_every_default_is_one_of_its_kind(kind):
    template = made(kind)
    named = {
        one.name
        for one in find_placeholders(template["job_configuration"])
        if one.type is PlaceholderType.STANDARD
    }
    variables = template["variables"]["properties"]

    assert named <= variables.keys()
    # The server's own check of a deployment's job_variables.
    validate(defaults(template), template["variables"], raise_on_error=True)
    with pytest.raises(Exception, match="env"):
        validate({"env": 3}, template["variables"], raise_on_error=True)


def test_a_run_of_a_process_pool_starts_an_interpreter_of_ours():
    template = made("process")

    told = ProcessJobConfiguration(
        **apply_values(template["job_configuration"], defaults(template), remove_notset=True)
    )

    assert told.command == "python -m prefect.engine"


@pytest.mark.parametrize("kind", ["docker", "kubernetes"])
def test_a_run_in_a_container_is_of_the_image_and_may_do_little(kind):
    template = made(kind)
    job = apply_values(template["job_configuration"], defaults(template), remove_notset=True)

    told = json.dumps(job)
    assert IMAGE in told
    assert HOME in told
    assert "{{" not in told.replace("{{ name }}-", "")
    assert '"privileged": true' not in told
    if kind == "kubernetes":
        pod = job["job_manifest"]["spec"]["template"]["spec"]
        [container] = pod["containers"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["image"] == IMAGE


def test_prefect_s_own_template_is_left_as_it_was():
    assert made("docker") != job_template("docker", "other")
    assert made("kubernetes") == made("kubernetes")


@pytest.mark.parametrize("image", ["", "shifan", "shifan:latest", f"shifan@sha256:{'a' * 63}"])
def test_an_image_without_its_digest_is_refused(image):
    with pytest.raises(ServerError, match="摘要"):
        require_fit("docker", image, "postgresql://x/y")
