"""`prefect deploy` and `shifan deploy` register the same."""

from prefect.cli.deploy._config import _load_deploy_configs_and_actions
from prefect.cli.deploy._schedules import _construct_schedules
from prefect.flows import load_flow_from_entrypoint
from rich.console import Console

from deployments.pools.prefect_file import prefect_file
from deployments.service.schedules import all_deployments
from tests.places import ROOT

FILE = ROOT / "deployments" / "prefect.yaml"
ASKED = {str(one.name): one for one in all_deployments("Asia/Shanghai", "shifan")}


def test_the_file_is_what_schedules_say():
    assert FILE.read_text(encoding="utf-8") == prefect_file(), (
        "run: python -m deployments.pools.prefect_file > deployments/prefect.yaml"
    )


def test_prefect_reads_the_same_deployments_from_it():
    console = Console()
    configs, actions = _load_deploy_configs_and_actions(prefect_file=FILE, console=console)

    assert [one["name"] for one in configs] == list(ASKED)
    assert actions["pull"] == []
    for config in configs:
        ours = ASKED[config["name"]]
        schedules = _construct_schedules(config, {}, console=console, is_interactive=lambda: False)
        assert [one["schedule"] for one in schedules or ()] == [
            one.schedule for one in ours.schedules or ()
        ]
        assert config["tags"] == ours.tags
        assert config["work_pool"]["name"] == "shifan"
        limit = config.get("concurrency_limit")
        assert (limit and limit["limit"]) == ours.concurrency_limit
        if ours.concurrency_options:
            strategy = ours.concurrency_options.collision_strategy
            assert limit["collision_strategy"] == strategy.value
        assert load_flow_from_entrypoint(config["entrypoint"]).name == ours.flow_name
