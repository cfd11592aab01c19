"""Every campaign has an address of its own, whatever it is called."""

import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign
from models.database import open_session
from models.errors import NotFoundError
from models.settings import moment_of
from tasks.window.front import front_page
from tasks.window.naming import campaign_at
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.packs import load_pack


def two(first: str, second: str) -> None:
    """Let the first campaign be called ``first``, and a second one ``second``."""
    load_pack(moment_of(NOW, TODAY), "second")
    with open_session() as session:
        for row in session.exec(select(Campaign)):
            row.slug = first if row.id == 1 else second


# What the two are called, and the addresses under which their pages stand.
NAMES = [
    ("金昌 2025", "c1", ["c1", "c2"]),  # the number and the name of the other
    ("c2", "c1", ["c1", "c2"]),  # each named as the other is numbered
    ("c1", "jc", ["c1", "jc"]),
    ("jc", "c01", ["jc", "c2"]),
    ("c2", "金昌 2025", ["c1", "c2"]),
]


@ON_BOTH
@pytest.mark.parametrize(("first", "second", "addresses"), NAMES)
def test_each_campaign_is_found_at_the_address_that_leads_to_it(campaign, first, second, addresses):
    two(first, second)

    page = front_page(TODAY)

    assert {one.id: one.address for one in page.under_way} == dict(enumerate(addresses, 1))
    for number, address in enumerate(addresses, 1):
        found = campaign_at(address)
        assert (found.id, found.address) == (number, address)


def test_a_link_of_before_by_a_name_that_looks_like_a_number_stays_true(campaign):
    two("jc", "c77")

    assert campaign_at("c77").id == 2
    assert campaign_at("c2").id == 2
    with pytest.raises(NotFoundError):
        campaign_at("c99999999999999999999")
