"""The rehearsal as a run: its line, its page in Prefect's window, its files in the home."""

import pytest
from prefect import get_client

from flows.rehearse import RehearsalForm, rehearse
from models.settings import settings

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]


def test_a_rehearsal_ends_in_one_line_and_shows_its_page(campaign):
    form = RehearsalForm(campaign="jc", first="2025-06-03", last="2025-06-30", pace="按期办结")

    state = rehearse(form, return_state=True)

    assert state.is_completed()
    assert state.message.startswith("【演练】jc 2025-06-03 至 2025-06-30，进度“按期办结”")
    with get_client(sync_client=True) as client:
        only = {"artifacts": {"key": {"any_": ["rehearsal-jc"]}}}
        [page] = client.request("POST", "/artifacts/filter", json=only).json()
        progress = {"artifacts": {"type": {"any_": ["progress"]}, "key": {"any_": ["rehearsal"]}}}
        assert client.request("POST", "/artifacts/filter", json=progress).json()
    assert "演练：没有发给任何人" in page["data"]
    assert "/o/rehearsal" in page["description"]
    assert (settings().home / "rehearsals" / "jc" / "演练.xlsx").exists()


def test_what_cannot_be_rehearsed_ends_the_run_in_one_line(campaign):
    form = RehearsalForm(campaign="jc", first="2025-06-30", last="2025-06-03")

    state = rehearse(form, return_state=True)

    assert state.is_failed()
    assert "不能到更早的" in state.message
