"""A word of a role stands in the vocabulary once, and is read in every place where roles are read."""

import pytest

from models.plan.own_words import with_own_words
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line
from models.plan.vocabulary import DOING, default_vocabulary, reading_with

ROLES = ("牵头", "责任", "配合", "时限")
OWN = {"牵头": "挂帅", "责任": "扛旗", "配合": "搭手", "时限": "交账时间"}  # made up
OURS = {"牵头": "牵头", "责任": "责任", "配合": "配合", "时限": "完成时限"}
HEAD = "某市法治建设实施方案\n一、重点任务\n"
PLACES = {
    "a bracket": "1.加强执法。检查。（{牵头}单位：市司法局；{责任}单位：市公安局；{配合}单位：市财政局；{时限}：2026年6月底前）\n",
    "square brackets": "1.加强执法。检查。\n【{牵头}单位】市司法局【{责任}单位】市公安局【{配合}单位】市财政局【{时限}】2026年6月底前\n",
    "lines": "1.加强执法。检查。\n{牵头}单位：市司法局\n{责任}部门：市公安局\n{配合}单位：市财政局\n{时限}：2026年6月底前\n",
    "one line": "1.加强执法。检查。{牵头}单位：市司法局　{责任}单位：市公安局　{配合}单位：市财政局\n",
    "a wrapped line": "1.加强执法。开展检查，规范收费，公开结果，接受监督，推动形成长效机制。（{牵头}单位：市司法局，\n{责任}单位：市公安局，{配合}单位：市财政局）\n",
    "behind the names": "1.加强执法。检查。（市司法局{牵头}，市财政局{配合}）\n",
    "a sentence": "1.加强执法。由市司法局{牵头}，市财政局{配合}，开展检查。\n",
    "the end of a sentence": "1.加强执法。检查。{牵头}单位为市司法局，{配合}单位为市财政局。\n",
    "its own list": "1.加强执法。检查。（责任单位：市司法局、市公安局，其中市司法局为{牵头}单位）\n",
    "the first of a list": "1.加强执法。检查。（责任单位：市司法局、市公安局。排第一位的为{牵头}单位）\n",
    "the heading above": "（一）由市司法局{牵头}的任务\n1.加强执法。检查。\n",
    "what a body does": "1.市司法局：{牵头}开展检查。\n",
}


def words_of(own: str = "") -> str:
    return "角色:\n" + "".join(f"  {role}: [{own or OWN[role]}]\n" for role in ROLES)


def read(text: str, said: dict[str, str]):
    """Return what a document says of its tasks, when its roles are called as ``said``."""
    plan = read_plan(Document.from_text(HEAD + text.format(**said))).plan
    return [
        (t.lead_units, t.responsible_units, t.cooperating_units, t.deadline and t.deadline.date)
        for t in plan.tasks
    ]


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES.keys())
def test_a_word_of_an_office_is_read_as_ours_is(text):
    ours = read(text, OURS)

    with reading_with(with_own_words(words_of())):
        own = read(text, OWN)

    assert own == ours
    assert own[0][0] == ["市司法局"]


@pytest.mark.parametrize("role", DOING)
def test_every_word_of_a_role_of_bodies_is_read(role):
    field = {"牵头": 0, "责任": 1, "配合": 2}[role]
    for word in default_vocabulary().words(role):
        for place in ("（{0}单位：市林业局）", "\n{0}单位：市林业局", "\n{0}部门：市林业局"):
            [task] = read(f"1.加强执法。检查。{place.format(word)}\n", OURS)
            assert "市林业局" in task[field], (word, place)


@pytest.mark.parametrize("word", ["领衔", "领办", "总牵头", "主抓", "抓总", "主责", "牵头"])
def test_every_word_for_the_lead_is_read_in_a_sentence(word):
    [task] = read(f"1.加强执法。由市司法局{word}，市公安局予以配合，开展检查。\n", OURS)

    assert task[:3] == (["市司法局"], ["市公安局"], ["市公安局"])


def test_a_word_of_an_office_heads_a_column():
    def plan_of(said: dict[str, str]):
        heads = ("序号", "任务", "{牵头}单位", "{配合}单位", "{时限}")
        row = ("1", "加强执法", "市司法局", "市财政局", "2026年6月底前")
        rows = [[head.format(**said) for head in heads], row, ("2", *row[1:])]
        lines = [Line("某市法治建设任务分解方案", 1)]
        lines += [Line("|".join(r), n, cells=tuple(r), table=1) for n, r in enumerate(rows, 2)]
        tasks = read_plan(Document(tuple(lines))).plan.tasks
        return [(t.title, t.lead_units, t.cooperating_units, t.deadline) for t in tasks]

    ours = plan_of(OURS)
    with reading_with(with_own_words(words_of())):
        assert plan_of(OWN) == ours
    assert len(ours) == 2 and ours[0][1] == ["市司法局"]


def test_a_word_of_an_office_leads_a_working_group():
    def groups(word: str):
        text = f"{HEAD}1.加强执法。检查。\n二、组织领导\n成立工作专班：\n（一）综合组。{word}单位：市司法局。成员单位：市公安局、市财政局。主要职责：统筹协调。\n（二）督导组。由市公安局{word}，市财政局参加，负责督导。\n"
        found = read_plan(Document.from_text(text)).plan.groups
        return [(group.name, group.lead_units, group.member_units) for group in found]

    ours = groups("牵头")
    with reading_with(with_own_words(words_of())):
        assert groups("挂帅") == ours
    assert [leads for _, leads, _ in ours] == [["市司法局"], ["市公安局"]]
