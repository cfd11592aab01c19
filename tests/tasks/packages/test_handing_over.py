"""A liaison changes: the channel moves, what waits moves with it, and the new one gets a page."""

import json

import docx
import pytest
from sqlmodel import select

from models.audit.chain import entries
from models.database import open_session
from models.errors import NotFoundError, PlanError, ProgressError, UnclearError
from models.keys import key_of
from models.notices.notice import Delivery, Message, Notice
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.lists.posts import export_posts, load_posts
from tasks.packages.handing_over import NewLiaison, change_liaison
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.pieces import indicator, piece
from tests.support.sheets import edited, place

MOMENT = moment_of(NOW)
UNIT = "市司法局"


@pytest.fixture
def liaison(campaign, campaign_id):
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == UNIT)).one()
        post = session.exec(select(Post).where(Post.unit_id == unit.id, Post.level == 1)).one()
        return key_of(post)


def waits(campaign_id, post_id, *, state="waiting", tag=UNIT, **delivery):
    """A message of one notice for the post, on its way to one channel."""
    with open_session() as session:
        message = Message(campaign_id=campaign_id, tag=tag, subject="W1 逾期", body="", made_at=NOW)
        session.add(message)
        session.flush()
        told = {"subject_kind": "campaign", "subject_id": campaign_id, "rule": "x", "level": 1}
        count = len(session.exec(select(Notice.id)).all())
        session.add(
            Notice(
                campaign_id=campaign_id,
                post_id=post_id,
                message_id=message.id,
                occurrence=str(count),
                day=TODAY,
                created_at=NOW,
                hold_until=NOW,
                state="posted",
                **told,
            )
        )
        session.add(
            Delivery(
                message_id=key_of(message),
                target="t",
                target_kind="json",
                state=state,
                next_try_at=NOW,
                **delivery,
            )
        )
        return key_of(message)


def text_of(path):
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


@ON_BOTH
def test_what_waits_for_the_old_channel_waits_anew_for_the_new_one(
    campaign, campaign_id, liaison, tmp_path
):
    message = waits(campaign_id, liaison)

    line = change_liaison(
        campaign, NewLiaison(UNIT, "新人", "创建办"), tmp_path / "单.docx", MOMENT
    )

    assert f"{UNIT}联络员的提醒改发到“新人”（原为“{UNIT}”），1 条没有发出的提醒随之改发" in line
    with open_session(read_only=True) as session:
        assert session.get_one(Post, liaison).tag == "新人"
        assert session.get_one(Message, message).settled
        [notice] = session.exec(select(Notice).where(Notice.post_id == liaison))
        assert (notice.state, notice.message_id) == ("waiting", None)


@ON_BOTH
def test_a_list_of_posts_that_changes_the_channel_moves_what_waits_there_too(
    campaign, campaign_id, liaison, tmp_path
):
    message, path = waits(campaign_id, liaison), tmp_path / "posts.xlsx"
    export_posts(None, path)

    def other(book):
        place(book["联系人"], "渠道标签", 单位=UNIT, 层级="联络员").value = "新人"

    for _ in range(2):
        load_posts(None, edited(path, other), moment=MOMENT)

    with open_session(read_only=True) as session:
        assert session.get_one(Message, message).settled
        [notice] = session.exec(select(Notice).where(Notice.post_id == liaison))
        assert (notice.state, notice.message_id) == ("waiting", None)
        [entry] = [e for e in entries(session) if e.what == "posts-loaded"]
        assert json.loads(entry.facts)["notices"] == 1


@pytest.mark.parametrize(
    "delivery",
    [{"state": "delivered"}, {"unanswered": True}, {"lease_until": NOW}, {"state": "dead"}],
    ids=lambda one: next(iter(one)),
)
def test_what_a_provider_took_or_may_have_taken_stays_where_it_is(
    campaign, campaign_id, liaison, tmp_path, delivery
):
    message = waits(campaign_id, liaison, **delivery)

    change_liaison(campaign, NewLiaison(UNIT, "新人", "创建办"), tmp_path / "单.docx", MOMENT)

    with open_session(read_only=True) as session:
        assert not session.get_one(Message, message).settled


def test_a_message_that_speaks_to_others_too_goes_its_way(campaign, campaign_id, liaison, tmp_path):
    message = waits(campaign_id, liaison)
    with open_session() as session:
        other = session.exec(select(Post).where(Post.id != liaison)).first()
        [notice] = session.exec(select(Notice))
        more = notice.model_dump(exclude={"id", "post_id"})
        session.add(Notice(**more, post_id=key_of(other)))

    change_liaison(campaign, NewLiaison(UNIT, "新人", "创建办"), tmp_path / "单.docx", MOMENT)

    with open_session(read_only=True) as session:
        assert not session.get_one(Message, message).settled


def test_the_second_time_only_the_page_is_written_again(campaign, liaison, tmp_path):
    new, out = NewLiaison(UNIT, "新人", "创建办"), tmp_path / "单.docx"
    change_liaison(campaign, new, out, MOMENT)
    first = out.read_bytes()

    assert "没有变化" in change_liaison(campaign, new, out, MOMENT)
    assert out.read_bytes() == first
    with open_session(read_only=True) as session:
        assert len([e for e in entries(session) if e.what == "handed-over"]) == 1


@ON_BOTH
def test_the_page_lists_what_is_open_and_what_is_asked(campaign, campaign_id, liaison, tmp_path):
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == UNIT)).one()
        indicator(session, campaign_id, "1.1.1", "公开清单")
        own = {"provider_id": unit.id}
        piece(session, campaign_id, "甲", ("1.1.1", 1), title="清单", **own)
        more = {"state": "returned", "reason": "没有盖章", **own}
        piece(session, campaign_id, "乙", ("1.1.1", 1), title="公告<1>", **more)

    line = change_liaison(
        campaign, NewLiaison(UNIT, "新人", "创建办"), tmp_path / "单.docx", MOMENT
    )

    said = text_of(tmp_path / "单.docx")
    assert "共2份：退回 1 份、通过 1 份" in said
    assert "被退回：没有盖章；改好后报新版" in said
    assert "公告<1>" in said
    assert "W1" in said
    assert "材料 2 份见" in line


def test_a_vacant_post_is_filled_by_it(campaign, liaison, tmp_path):
    with open_session() as session:
        session.get_one(Post, liaison).vacant = True

    change_liaison(campaign, NewLiaison(UNIT, UNIT, "创建办"), tmp_path / "单.docx", MOMENT)

    with open_session(read_only=True) as session:
        assert not session.get_one(Post, liaison).vacant


@pytest.mark.parametrize(
    ("new", "name", "error", "words"),
    [
        (NewLiaison("市司法厅", "新人", "创建办"), "单.docx", NotFoundError, "没有名为 市司法厅"),
        (NewLiaison(UNIT, "新 人", "创建办"), "单.docx", PlanError, "逗号或空格"),
        (NewLiaison(UNIT, "新人", "王小明"), "单.docx", ProgressError, "像是姓名"),
        (NewLiaison(UNIT, "新人", "创建办"), "单.pdf", PlanError, "应以 .docx 结尾"),
        (NewLiaison(UNIT, "新人", "创建办", "副职"), "单.docx", NotFoundError, "没有叫“副职”的"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_moves(
    campaign, liaison, tmp_path, new, name, error, words
):
    with pytest.raises(error, match=words):
        change_liaison(campaign, new, tmp_path / name, MOMENT)

    assert not list(tmp_path.iterdir())
    with open_session(read_only=True) as session:
        assert session.get_one(Post, liaison).tag == UNIT


def test_of_several_posts_it_is_asked_which(campaign, campaign_id, liaison, tmp_path):
    with open_session() as session:
        post = session.get_one(Post, liaison).model_dump(exclude={"id"})
        session.add(Post(**post | {"title": "联络员（二）"}))

    with pytest.raises(UnclearError, match="联络员、联络员（二）"):
        change_liaison(campaign, NewLiaison(UNIT, "新人", "创建办"), tmp_path / "单.docx", MOMENT)
    new = NewLiaison(UNIT, "新人", "创建办", "联络员（二）")
    assert "联络员（二）的提醒改发" in change_liaison(campaign, new, tmp_path / "单.docx", MOMENT)
