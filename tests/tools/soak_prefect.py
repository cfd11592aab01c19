"""Prefect's own database under the settings of `shifan up`, its periods cut short: do old runs go?

    python -m tests.tools.soak_prefect

A real server on SQLite; runs of a flow that logs, half of them moved two hours back in its tables. Old
runs, their logs and old events must be gone soon, and what is new must stay.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import httpx

from deployments.service.surroundings import TIDIED
from tests.support.upped import free_port

RUNS = 30
PATIENCE = 300.0  # seconds
SHORT = "3700"  # seconds; no less than an hour, says Prefect
# The settings of `shifan up`, each kind of row kept as short as can be and looked at all the time.
SOON = {
    **{name: SHORT if name.endswith("_PERIOD") else said for name, said in TIDIED.items()},
    "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": "3",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ORPHAN_CLEANUP_LOOP_SECONDS": "3",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"PT{SHORT}S",
    "PREFECT_LOGGING_TO_API_BATCH_INTERVAL": "0.2",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
WORK = f"""
from prefect import flow, get_run_logger

@flow
def look():
    for n in range(20):
        get_run_logger().info("line %d", n)

for n in range({RUNS}):
    look()
"""
# What of each kind is more than an hour old, and what is not. A log belongs to its run.
OLD_RUN = "end_time < datetime('now', '-1 hour')"
COUNTS = {
    "运行": ("flow_run", OLD_RUN),
    "日志": ("log", f"flow_run_id IN (SELECT id FROM flow_run WHERE {OLD_RUN})"),
    "事件": ("events", "occurred < datetime('now', '-1 hour')"),
}


def main() -> int:
    """Print what there was and what is left; 1 when something old stayed or something new went."""
    home = Path(tempfile.mkdtemp(prefix="shifan-prefect-"))
    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    around = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    around |= SOON | {"PREFECT_HOME": str(home), "PREFECT_API_URL": address}
    serve = (sys.executable, "-m", "prefect", "server", "start", "--port", str(port))
    server = subprocess.Popen(
        serve, cwd=home, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(address)
        work = (sys.executable, "-c", WORK)
        subprocess.run(work, cwd=home, env=around, check=True, capture_output=True)
        time.sleep(5)  # events are written behind
        return 0 if _cleaned(home / "prefect.db") else 1
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health", trust_env=False, timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise TimeoutError(address)


def _cleaned(file: Path) -> bool:
    _say("全部", _counted(file, ""))
    with closing(sqlite3.connect(file, timeout=60)) as connection:
        half = f"SELECT id FROM flow_run ORDER BY start_time LIMIT {RUNS // 2}"
        back = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-2 hours')"
        connection.execute(
            f"UPDATE events SET occurred = {back} WHERE id IN (SELECT id FROM events ORDER BY occurred LIMIT (SELECT count(*) / 2 FROM events))"
        )
        connection.execute(f"UPDATE flow_run SET end_time = {back} WHERE id IN ({half})")
        connection.commit()
    whole, old = _counted(file, ""), _counted(file, "old")
    _say("其中两小时以前的", old)
    until = time.monotonic() + PATIENCE
    while any(_counted(file, "old").values()) and time.monotonic() < until:
        time.sleep(1)
    left, still = _counted(file, ""), _counted(file, "old")
    _say("清理以后留下的", left)
    kept = {kind: left[kind] >= whole[kind] - old[kind] for kind in COUNTS}
    return not any(still.values()) and all(old.values()) and all(kept.values())


def _counted(file: Path, which: str) -> dict[str, int]:
    with closing(sqlite3.connect(file, timeout=60)) as connection:
        return {
            kind: connection.execute(
                f"SELECT count(*) FROM {table}" + (f" WHERE {old}" if which else "")
            ).fetchone()[0]
            for kind, (table, old) in COUNTS.items()
        }


def _say(what: str, counts: dict[str, int]) -> None:
    said = "，".join(f"{kind} {count:,}" for kind, count in counts.items())
    sys.stdout.write(f"Prefect 自己的数据库，{what}：{said}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
