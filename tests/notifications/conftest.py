"""Fixtures of the tests that send."""

from tests.support.provider_fixtures import load, mail, message, provider

__all__ = ["load", "mail", "message", "provider"]
