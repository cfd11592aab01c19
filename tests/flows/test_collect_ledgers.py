import os

import pytest
from prefect import get_client

from flows.collect_ledgers import collect_ledgers
from notifications import links
from tasks.intake import lying
from tasks.intake.folder import inbox

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]


def test_a_round_takes_the_folder_in_and_says_so_in_one_line(
    campaign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        lying, "QUIET", -10 * 365 * 86_400
    )  # the clock of the tests is years behind
    (inbox() / "说明.txt").write_bytes(b"1")

    state = collect_ledgers(return_state=True)

    assert state.is_completed()
    assert "收件文件夹：收下 1 个。没有配置收件邮箱。" in state.message
    assert os.listdir(inbox()) == []  # noqa: PTH208


def test_a_long_round_shows_how_far_it_is(campaign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lying, "QUIET", -10 * 365 * 86_400)
    for number in range(25):
        (inbox() / f"{number}.txt").write_bytes(f"{number}".encode())

    collect_ledgers(return_state=True)

    with get_client(sync_client=True) as client:
        only = {"artifacts": {"key": {"any_": ["collect-folder"]}}}
        [page] = client.request("POST", "/artifacts/filter", json=only).json()
    assert page["data"] == 100.0
    said = "收件文件夹里的文件：已处理 25 个，共 25 个"
    assert page["description"] == f"{said} · [网页]({links.front()})"
