"""The matrix tries what sends, and knows a Python that runs from one that is only named."""

import sys

from tests.tools.matrix import CELLS, adapter_tests, interpreter


def test_what_sends_is_tried_on_other_apprises_and_what_does_not_is_not():
    tried = adapter_tests()

    assert {"tests/notifications", "tests/tasks/notices/test_delivery.py"} <= set(tried)
    assert "tests/deployments/commands/test_channels.py" in tried
    assert "tests/tasks/lists/test_progress.py" not in tried


def test_what_is_not_installed_is_no_interpreter():
    assert interpreter("") == sys.executable
    assert interpreter("3.99") == ""
    assert {cell.python for cell in CELLS} == {"", "3.12", "3.13"}
