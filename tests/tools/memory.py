"""What is collected stays to the end: nobody need look again and again whether it could go.

Some thousand tests and what they import are millions of objects. Python would walk through them at each
full collection of garbage, while they are made and in every test after.
"""

import gc
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected, and at none of what is there by then."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
