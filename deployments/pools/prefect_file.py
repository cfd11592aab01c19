"""`deployments/prefect.yaml`: the same deployments for whoever uses Prefect's own `prefect deploy`.

Written from `schedules.py` by `python -m deployments.pools.prefect_file`; a test says when the two
differ. Prefect's own way knows neither the Chinese titles of the forms nor what was switched off.
"""

import sys
from typing import Any

import yaml
from prefect.deployments.runner import RunnerDeployment

from deployments.service.schedules import all_deployments
from models.settings import Settings

POOL = "shifan"
HEAD = """\
# 给用 prefect deploy 的人；由 deployments/service/schedules.py 生成（python -m deployments.pools.prefect_file），不要手改。
# 请优先用 shifan deploy：prefect deploy 会把停用了的定时任务重新启用，表单上也没有中文的标题和说明。
# 在本文件夹的上一级运行：prefect deploy --all --prefect-file deployments/prefect.yaml
"""


def prefect_file() -> str:
    """Return the file: every deployment on the pool, in the zone that is the default of ours."""
    zone = Settings.model_fields["time_zone"].default
    made = {
        "name": "shifan",
        "pull": [],
        "deployments": [_entry(one) for one in all_deployments(zone, POOL)],
    }
    return HEAD + yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=120)


def _entry(one: RunnerDeployment) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": one.name,
        "description": (one.description or "").split("\n\n")[0],  # without the links of one office
        "tags": list(one.tags),
        "entrypoint": one.entrypoint,
        "enforce_parameter_schema": one.enforce_parameter_schema,
    }
    # Left out, Prefect would ask at the terminal.
    entry["schedules"] = [
        {"cron": schedule.schedule.cron, "timezone": schedule.schedule.timezone}  # type: ignore[union-attr] # all are
        for schedule in one.schedules or ()
    ]
    if one.concurrency_limit is not None and one.concurrency_options is not None:
        entry["concurrency_limit"] = {
            "limit": one.concurrency_limit,
            "collision_strategy": one.concurrency_options.collision_strategy.value,
        }
    entry["work_pool"] = {"name": one.work_pool_name}
    return entry


if __name__ == "__main__":
    sys.stdout.write(prefect_file())
