"""What Prefect says of the schedules: which are on, whether each has its next runs, when one last ended well."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx

from notifications import links
from tasks.doctor.diagnosis import Diagnosis, bad, to_look_at, well
from tasks.doctor.words import ago_in_words

API = "PREFECT_API_URL"
HEADERS = "PREFECT_CLIENT_CUSTOM_HEADERS"  # of our own service: the token of this start
LOGIN = "PREFECT_API_AUTH_STRING"
SECONDS = 3.0  # for each of three questions
MOST = 200  # what Prefect answers at once
LATE = timedelta(minutes=10)
BY_SCHEDULE = "auto-scheduled"
START = "shifan up"
START_OF_ONE_OWN = "shifan server"


class _ToLogIn(Exception):
    """Whoever asks has to log in."""


def scheduled(now: datetime) -> Diagnosis:
    """Ask Prefect whether every schedule that is on has its next runs, and when one last ended well."""
    try:
        return _asked(now)
    except _ToLogIn:
        return well("运行界面要登录才能问；看“巡查”“定时发送”两项，每天的体检任务也会来问")
    except httpx.HTTPError:
        what = "运行界面没有应答，定时任务到点不会运行"
        if os.environ.get(API) and HEADERS not in os.environ:
            return bad(what, "看另建的 Prefect 服务是否启动着", START_OF_ONE_OWN)
        return bad(what, "看示范是否启动着", START)


def _asked(now: datetime) -> Diagnosis:
    with httpx.Client(
        timeout=SECONDS, headers=_headers(), auth=_login(), trust_env=False
    ) as client:
        known = [
            one for one in _answer(client, "deployments/filter", limit=MOST) if one["schedules"]
        ]
        next_runs = _answer(
            client,
            "flow_runs/filter",
            flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}},
            sort="EXPECTED_START_TIME_ASC",
            limit=MOST,
        )
        ended = _answer(
            client,
            "flow_runs/filter",
            flow_runs={"tags": {"all_": [BY_SCHEDULE]}, "state": {"type": {"any_": ["COMPLETED"]}}},
            sort="END_TIME_DESC",
            limit=1,
        )
    return _said(known, next_runs, ended, now)


def _said(
    known: Sequence[Mapping[str, Any]],
    next_runs: Sequence[Mapping[str, Any]],
    ended: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Diagnosis:
    on = {one["id"]: str(one["name"]) for one in known if _runs(one)}
    last = datetime.fromisoformat(ended[0]["end_time"]) if ended else None
    said = f"{len(on)} 个定时任务开着" + (
        f"，最近一次按时完成在 {ago_in_words(last, now)}" if last else ""
    )
    if not known:
        return bad("一个定时任务也没有登记", "重新启动一次，会自动登记", START)
    late = [
        one for one in next_runs if datetime.fromisoformat(one["expected_start_time"]) < now - LATE
    ]
    if late:
        return bad(f"{len(late)} 次运行过了时间还没有开始；{said}", "看任务服务是否还在", START)
    if missing := [
        name for id, name in on.items() if id not in {one["deployment_id"] for one in next_runs}
    ]:
        return to_look_at(
            f"{'、'.join(missing)} 还没有排上下一次；{said}", "等几分钟再看；仍没有的，重新启动一次"
        )
    return well(f"{said}，下一次都排好了")


def _runs(deployment: Mapping[str, Any]) -> bool:
    return not deployment["paused"] and any(one["active"] for one in deployment["schedules"])


def _answer(client: httpx.Client, path: str, **asked: object) -> Sequence[Mapping[str, Any]]:
    base = os.environ.get(API) or f"{links.ui()}/api"
    answer = client.post(f"{base}/{path}", json=asked)
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise _ToLogIn
    answer.raise_for_status()
    return list(answer.json())


def _headers() -> dict[str, str]:
    return dict(json.loads(os.environ.get(HEADERS) or "{}"))


def _login() -> httpx.BasicAuth | None:
    name, _, password = os.environ.get(LOGIN, "").partition(":")
    return httpx.BasicAuth(name, password) if name else None
