"""The fixtures themselves: both databases are migrated and apart from each other."""

import pytest

from models.campaign.campaign import campaigns
from models.database import open_session
from models.schema import REVISION, current_revision


def test_each_database_is_migrated_and_empty(any_database):
    with open_session() as session:
        assert campaigns(session) == []
    assert current_revision() == REVISION


def test_a_campaign_loads_on_each_database(any_database, campaign):
    with open_session() as session:
        assert [c.slug for c in campaigns(session)] == ["jc"]
        assert session.get_bind().dialect.name == any_database


@pytest.mark.usefixtures("database")
def test_a_test_never_sees_what_another_wrote():
    with open_session() as session:
        assert campaigns(session) == []
