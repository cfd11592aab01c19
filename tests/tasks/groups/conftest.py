"""The campaign with groups, loaded once."""

import pytest

from tests.support.groups import zengdu
from tests.support.homes import copied, laid_out


@pytest.fixture(scope="session")
def home_with_groups(request, tmp_path_factory):
    """A home with the plan of 曾都 in it."""
    return laid_out(request, tmp_path_factory.mktemp("groups"), zengdu)


@pytest.fixture
def loaded(database, place, home_with_groups):
    """The campaign with groups, for one test."""
    copied(home_with_groups, place)
