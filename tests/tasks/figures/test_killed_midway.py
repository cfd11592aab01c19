"""A list that is being taken in when the machine goes down: nothing of it is there, and it may come again."""

import os
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from models.database import open_session
from models.figures.scoring import score_lines
from models.rules.figures.words import ScoreKind
from models.settings import moment_of
from tasks.figures.scores_list import export_scores, load_scores
from tests.conftest import NOW, TODAY
from tests.support.forked import forked
from tests.support.rows import everything
from tests.support.sheets import HEADER, edited, place

pytestmark = pytest.mark.usefixtures("ids", "one_database")
AT = moment_of(NOW, TODAY)


def dies_taking_in(path: Path, statement: str) -> None:
    """Take the list in, and be gone at the first statement that begins so."""

    @event.listens_for(Engine, "before_cursor_execute")
    def die(_connection: object, _cursor: object, said: str, *_: object) -> None:
        if said.startswith(statement):
            os._exit(9)

    load_scores(None, path, "创建办", moment=AT)


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO score", "INSERT INTO deduction", "UPDATE assignment", "INSERT INTO audit_entry"],
)
def test_a_list_killed_at_any_statement_is_taken_whole_the_next_time(sheet, campaign_id, statement):
    export_scores(None, sheet, AT)

    def fill(book):
        place(book["得分"], "初审分", 编号="1.1.1").value = 2
        for column, value in enumerate(("1.1.2", "初审分", 1, "缺少印发件"), start=1):
            book["扣分"].cell(HEADER + 1, column).value = value

    path = edited(sheet, fill)
    before = everything()
    assert forked(partial(dies_taking_in, path, statement)) == 9
    assert everything() == before
    assert load_scores(None, path, "创建办", moment=AT).changes == 2
    assert load_scores(None, path, "创建办", moment=AT).changes == 0
    with open_session(read_only=True) as session:
        points = {x.code: x.points(ScoreKind.OFFICE) for x in score_lines(session, campaign_id)}
    assert (points["1.1.1"], points["1.1.2"]) == (2, 2.5)
