"""A page is read in one transaction: what it says fits together."""

from models.campaign.campaign import campaign_named
from models.database import open_session
from tasks.window.reading import reading


def slug_of_it() -> str:
    with open_session(read_only=True) as session:
        return campaign_named(session, None).title


def rename(title: str) -> None:
    with open_session() as session:
        campaign_named(session, None).title = title


def test_what_is_read_within_stays_as_it_stood_at_the_first_look(any_database, campaign):
    before = slug_of_it()
    with reading():
        assert slug_of_it() == before
        rename("改了")
        assert slug_of_it() == before
    assert slug_of_it() == "改了"


def test_sessions_that_only_read_are_one_within_and_their_own_outside(campaign):
    with reading(), open_session(read_only=True) as one, open_session(read_only=True) as other:
        assert one is other
    with open_session(read_only=True) as one, open_session(read_only=True) as other:
        assert one is not other
