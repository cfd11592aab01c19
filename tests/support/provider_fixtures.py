"""Channels written to a file as an office would write them, and a message for them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from notifications.channels.channels import Channels, load_channels
from notifications.saying.message import Message

Loader = Callable[[str], Channels]


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    """Write a channels file and load it."""

    def write_and_load(text: str) -> Channels:
        path = tmp_path / "channels.yaml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return load_channels(path)

    return write_and_load


@pytest.fixture
def message() -> Message:
    return Message(
        subject="市司法局 1 项任务今天到期",
        body_markdown="**什么事**：完成行政执法监督培训\n**谁负责**：市司法局\n**何时**：6 月 30 日前",
        link="http://127.0.0.1:4200/deployments/deployment/1?parameters=%7B%7D",
    )
