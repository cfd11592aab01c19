"""What the window's tests share."""

from tests.tasks.conftest import office  # noqa: F401 - a small campaign to decide about
