import os

import pytest

from flows.collect_ledgers import collect_ledgers
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
