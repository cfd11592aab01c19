"""A flow that says which process it is, and takes long."""

import os
import time

from prefect import flow

from models.files.home import home


@flow(name="慢的")
def slow() -> None:
    """Say so, and wait."""
    (home() / "slow.txt").write_text(f"{os.getpid()} {os.getppid()}")
    time.sleep(120)
