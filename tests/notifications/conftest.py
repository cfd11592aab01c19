"""Fixtures of the tests that send."""

from tests.provider_fixtures import load, mail, message, provider

__all__ = ["load", "mail", "message", "provider"]
