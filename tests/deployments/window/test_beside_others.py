"""What a page of one campaign asks does not grow with the campaigns beside it."""

from collections import Counter

import pytest
from sqlmodel import select

from models.database import open_session
from models.units.unit import Post
from tests.support.steps import grown, steps_counted
from tests.support.windows import Client, account, holder
from tests.tools.country import NOW, Size, make

PAGES = [
    "",
    "/week",
    "/chart",
    "/gate",
    "/wall",
    "/feeds",
    "/all/units",
    "/all/items",
    "/u/1",
    "/i/W1",
    "/i/I1",
    "/find?q=司法",
    "/findings",
    "/complaints",
    "/visits",
    "/o",
    "/o/acts",
    "/o/unheard",
    "/o/unanswered",
    "/o/silences",
    "/o/burden",
    "/o/groups",
    "/o/conditions",
    "/o/decisions",
    "/o/succession",
    "/o/links",
    "/o/report/W1",
]


@pytest.mark.parametrize("who", ["office", "liaison"])
def test_a_page_of_one_campaign_takes_no_more_steps_beside_many_others(
    who, tmp_path, monkeypatch, clock_at
):
    took = []
    for campaigns in (2, 24):
        monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / str(campaigns)))
        clock_at(NOW)
        make(Size(campaigns, units=3, indicators=4, mornings=2))
        took.append(_steps_of_pages(who))

    more = grown(*took)
    assert not more, more


def _steps_of_pages(who: str) -> Counter[str]:
    client = Client(account(NOW)) if who == "office" else _liaison()
    opened = 0
    with steps_counted() as steps:
        for path in PAGES:
            opened += client.get(f"/c/jc{path}").status_code == 200
    assert opened > (len(PAGES) - 3 if who == "office" else 5)
    return steps


def _liaison() -> Client:
    with open_session(read_only=True) as session:
        post = session.exec(select(Post.id).where(Post.unit_id == 1).order_by(Post.id)).first()
    assert post
    return Client(holder(post, NOW))
