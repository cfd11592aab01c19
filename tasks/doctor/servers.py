"""The doctor's look at several Prefect servers: whether each is told where the others keep what they share."""

import os
from datetime import datetime

from models.rules.several_servers import is_several, several_servers_faults
from tasks.doctor.diagnosis import Diagnosis, of_faults, well


def servers_share(_now: datetime) -> Diagnosis:
    """Say what the settings of several servers lack, as they stand where the doctor is run.

    Prefect itself starts with a docket in its own memory and says nothing.
    """
    if not is_several(os.environ):
        return well("没有设几台服务的共用设置，按一台算")
    return of_faults(
        several_servers_faults(os.environ),
        "几台服务的共用设置齐全",
        "照 deployments/several-servers.env.example 补齐，每台一样，再重新启动它们",
    )
