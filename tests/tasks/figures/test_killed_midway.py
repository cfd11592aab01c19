"""A list that is being taken in when the machine goes down: nothing of it is there, and it may come again."""

import os
import subprocess
import sys

import pytest

from models.database import engine_for, open_session
from models.figures.scoring import score_lines
from models.rules.figures.words import ScoreKind
from models.settings import moment_of, settings
from tasks.figures.scores_list import export_scores, load_scores
from tests.conftest import NOW, TODAY
from tests.places import ROOT
from tests.support.rows import everything
from tests.support.sheets import HEADER, edited, place

pytestmark = pytest.mark.usefixtures("ids", "one_database")
AT = moment_of(NOW, TODAY)
# Takes the list in, and is gone at the first statement that begins as its second argument says.
DYING = """
import os, sys
from pathlib import Path
from sqlalchemy import Engine, event
from models.settings import moment_of
from tests.conftest import NOW, TODAY
from tasks.figures.scores_list import load_scores

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.startswith(sys.argv[2]):
        os._exit(9)

load_scores(None, Path(sys.argv[1]), "创建办", moment=moment_of(NOW, TODAY))
"""


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
    engine_for(settings().database).dispose()
    died = subprocess.run(
        [sys.executable, "-P", "-c", DYING, str(path), statement],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert died.returncode == 9, died.stderr
    assert everything() == before
    assert load_scores(None, path, "创建办", moment=AT).changes == 2
    assert load_scores(None, path, "创建办", moment=AT).changes == 0
    with open_session(read_only=True) as session:
        points = {x.code: x.points(ScoreKind.OFFICE) for x in score_lines(session, campaign_id)}
    assert (points["1.1.1"], points["1.1.2"]) == (2, 2.5)
