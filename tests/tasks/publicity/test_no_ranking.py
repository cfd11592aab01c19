"""No output of publicity ranks units, or scores by articles, reach or photographs.

整治形式主义为基层减负若干规定（2024）.
"""

import re
from dataclasses import fields
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from models.publicity import duties, incident, item, slogan, submission, venue, wording
from models.rules.audit.publicity_facts import PUBLICITY_TABLES
from tasks.publicity import checking, items_list, submissions, venues_list
from tasks.publicity.items_list import Published, export_published, register_published
from tasks.publicity.submissions import (
    Given,
    submission_table,
    take_submission,
    write_submission_table,
)
from tests.places import ROOT
from tests.tasks.publicity.conftest import SLUG, on

RANKS = re.compile(
    "名次|第一名|得分|评分|打分|阅读|转发|点赞|点击|浏览|粉丝|篇数|条数|张数|排行|排名"
)
NEVER = (
    "不排名",
    "不按篇数、阅读量或图片计分",
    "不按篇数、阅读量和图片计分",
    "不统计篇数、阅读量",
    "不计分",
)
COUNTS = re.compile("rank|score|reach|views|likes|clicks|points|articles|photos")
DUE = date(2023, 11, 28)


def without_refusals(text):
    for words in NEVER:
        text = text.replace(words, "")
    return text


@pytest.mark.parametrize(
    "room",
    ["models/publicity", "models/rules/publicity", "tasks/publicity", "deployments/commands"],
)
def test_no_words_of_ours_rank_or_score(room):
    files = [
        path
        for path in (ROOT / room).glob("*.py")
        if room != "deployments/commands" or path.name.startswith("publicity")
    ]
    found = {path.name: RANKS.findall(without_refusals(path.read_text("utf-8"))) for path in files}

    assert files
    assert not {name: words for name, words in found.items() if words}


def test_no_table_and_no_value_has_a_place_for_a_rank_or_a_count():
    columns = {f"{table.name}.{name}" for table in PUBLICITY_TABLES for name in table.columns}
    rooms = (
        duties,
        incident,
        item,
        slogan,
        submission,
        venue,
        wording,
        checking,
        items_list,
        submissions,
        venues_list,
    )
    values = {
        f"{kind.__name__}.{field.name}"
        for room in rooms
        for kind in vars(room).values()
        if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")
        for field in fields(kind)
    }

    assert not [name for name in columns | values if COUNTS.search(name)]


def written(path):
    book = load_workbook(path)
    return [str(c) for page in book for row in page.iter_rows(values_only=True) for c in row if c]


@pytest.mark.usefixtures("owed")
def test_what_a_unit_sent_and_published_changes_neither_its_place_nor_gives_it_a_number(tmp_path):
    day = DUE + timedelta(days=2)
    before = [row[0] for row in submission_table(SLUG, "D1", on(DUE)).rows]
    take_submission(SLUG, Given("D1", before[-1], "创建办", DUE), None, on(day))
    for n in range(3):
        said = Published(f"报道{n}", "报纸", DUE, before[-1])
        register_published(SLUG, said, on(day))
    found = submission_table(SLUG, "D1", on(day))
    write_submission_table(found, tmp_path / "报送.xlsx")
    export_published(SLUG, tmp_path / "登记.xlsx", on(day))

    assert [row[0] for row in found.rows] == before
    assert all(
        re.fullmatch("(按时|迟报|未报|未到期).*|—", cell) for row in found.rows for cell in row[1:]
    )
    for name in ("报送.xlsx", "登记.xlsx"):
        text = without_refusals("\n".join(written(tmp_path / name)))
        assert not RANKS.findall(text)
