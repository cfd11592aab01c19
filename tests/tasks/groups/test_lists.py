"""The list of the groups goes out and comes back; the printed one bears no name."""

from datetime import date

import pytest
from docx import Document

from models.errors import CampaignError, PlanError
from models.rules.groups.words import SeatRole
from tasks.groups.lists import export_groups, load_groups
from tasks.groups.printing import print_groups
from tasks.groups.showing import groups_shown
from tests.support.groups import DAY, ZENGDU, chain_faults, on
from tests.support.sheets import edited, place, row_number


@pytest.fixture
def sheet(loaded, tmp_path):
    path = tmp_path / "名单.xlsx"
    assert export_groups(ZENGDU, path, DAY) == 141
    return path


def load(path, day=DAY):
    return load_groups(ZENGDU, path, day, on(day))


def test_an_untouched_list_changes_nothing(sheet):
    assert load(sheet).changes == 0


def test_a_changed_post_ends_one_seat_and_begins_another(sheet):
    def retitle(book):
        place(book["名单"], "职务", 组="督导组", 席位="组长").value = "区政协副主席"

    back, day = edited(sheet, retitle), date(2023, 4, 3)

    assert "2 处变更（新任 1 个，退出 1 个，自 2023-04-03 起）" in load(back, day).line
    assert load(back, day).changes == 0
    for when, post in ((date(2023, 4, 2), "区人大常委会副主任"), (day, "区政协副主席")):
        [group] = groups_shown(ZENGDU, when, "督导组")
        assert [one.holder for one in group.seats if one.role is SeatRole.HEAD] == [post]
    assert chain_faults() == []


def test_a_group_without_a_row_stays_as_it_is(sheet):
    def only_the_head(book):
        page = book["名单"]
        kept = row_number(page, 组="督导组", 席位="组长")
        for number in range(page.max_row, 3, -1):
            if number != kept:
                page.delete_rows(number)

    load(edited(sheet, only_the_head))

    counts = [len(one.seats) for one in groups_shown(ZENGDU, DAY)]
    assert counts[2] == 1
    assert counts[0] == 77


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("组", "财务组", "没有叫“财务组”的组"),
        ("席位", "顾问", "只能是 组长"),
        ("职务", "区长 张伟", "只写职务"),
        ("单位", "区气象局", "没有“区气象局”这个单位"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(sheet, column, value, words):
    def spoil(book):
        place(book["名单"], column, 组="督导组", 席位="组长").value = value

    with pytest.raises(PlanError, match=words):
        load(edited(sheet, spoil))

    assert len(groups_shown(ZENGDU, DAY, "督导组")[0].seats) == 14


def test_a_unit_that_is_listed_twice_is_named_and_posts_may_repeat(sheet):
    def twice(book):
        page = book["名单"]
        own = row_number(page, 组="办公室", 席位="设在单位")
        page.append([page.cell(own, n).value for n in range(1, 5)])

    with pytest.raises(PlanError, match="设在单位区司法局写了两次"):
        load(edited(sheet, twice))


def test_the_printed_list_has_every_seat_and_duty(sheet, tmp_path):
    out = tmp_path / "名单.docx"

    assert "5 个组、144 个席位" in print_groups(ZENGDU, out, DAY, on())

    text = "\n".join(p.text for p in Document(str(out)).paragraphs)
    cells = [c.text for t in Document(str(out)).tables for row in t.rows for c in row.cells]
    assert "主要职责：制定《曾都区创建省级法治政府建设示范区督导检查方案》；" in text
    assert "区委副书记、区长" in cells
    with pytest.raises(CampaignError, match="应以 .docx 或 .pdf 结尾"):
        print_groups(ZENGDU, tmp_path / "名单.txt", DAY, on())
