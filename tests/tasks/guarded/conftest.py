"""Here workers start as in production: an interpreter for each, which imports what it needs."""

import subprocess

import pytest

from tasks.guarded import guard, many


@pytest.fixture(autouse=True)
def started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for starts in (guard, many):
        monkeypatch.setattr(starts, "subprocess", subprocess)
