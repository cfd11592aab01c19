"""Fixtures of the tests that send."""

from tests.support.provider_fixtures import mail, provider

__all__ = ["mail", "provider"]
