"""A city with a county under it, loaded once."""

import pytest

from tests.support.cascade import city, county
from tests.support.homes import copied, laid_out


@pytest.fixture(scope="session")
def home_with_county(request, tmp_path_factory):
    """A home with both plans in it."""
    plans = tmp_path_factory.mktemp("plans")
    home = tmp_path_factory.mktemp("cascade")
    return laid_out(request, home, lambda: (city(plans), county(plans)))


@pytest.fixture
def cascade(database, place, home_with_county, tmp_path):
    """The city with the county under it."""
    copied(home_with_county, place)
    return tmp_path
