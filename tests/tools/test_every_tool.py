"""Every tool can be started: none names a thing that was moved or renamed."""

from importlib import import_module

import pytest

from tests.places import ROOT

TOOLS = sorted(path.stem for path in (ROOT / "tests" / "tools").glob("[a-z]*.py"))


@pytest.mark.parametrize("tool", [name for name in TOOLS if not name.startswith("test_")])
def test_a_tool_finds_what_it_imports(tool):
    assert import_module(f"tests.tools.{tool}")
