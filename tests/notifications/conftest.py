"""Fixtures of the tests that send."""

from tests.support.provider_fixtures import load, message

__all__ = ["load", "message"]
