"""The migration that looks again at what a server had settled too early: it is settled, or said, after all."""

from importlib import import_module

import pytest
from sqlalchemy import text
from sqlmodel import select

from models.database import open_session
from models.notices.notice import Delivery, Message, Notice
from models.notices.outcomes import settle_messages
from models.notices.waiting import begin_window
from tests.models.decisions.test_late_answers import TODAY, posted  # noqa: F401 - a fixture

HEALING = import_module("models.migrations.versions.0037_settle_what_was_told")


@pytest.mark.parametrize(
    ("delivery", "before", "after"),
    [
        ("delivered", "posted", "sent"),
        ("superseded", "posted", "waiting"),
        ("delivered", "dead", "sent"),
        ("delivered", "sent", "sent"),
        ("dead", "dead", "dead"),
        ("superseded", "waiting", "waiting"),
    ],
)
def test_what_was_settled_too_early_is_told_or_said(posted, delivery, before, after):  # noqa: F811
    with open_session() as session:
        notice = session.get_one(Notice, posted)
        message = session.exec(select(Message)).one()
        session.exec(select(Delivery)).one().state = delivery
        notice.state, message.settled = before, True
        if before == "waiting":
            notice.message_id = None

    for _ in range(2):  # a second time changes nothing
        with open_session() as session:
            for sql in (HEALING._NO_WORD, HEALING._TOLD):
                session.connection().execute(text(sql))
        with open_session() as session:
            begin_window(session, TODAY)
            settle_messages(session, TODAY)
        with open_session(read_only=True) as session:
            assert session.get_one(Notice, posted).state == after
            assert session.exec(select(Message.settled)).one()
