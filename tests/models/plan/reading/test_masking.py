"""Whatever quotes a plan names nobody and no telephone number. The names are letters that nobody bears."""

import pytest

from models.plan.reading.compile import Reading, read_plan
from models.plan.reading.masking import masked, masked_text
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.document import MISSING, Document, Line
from models.plan.schema import NotRead
from models.plan.vocabulary import default_vocabulary

HEAD = "某县创建工作方案\n一、重点任务\n（一）加强执法。（牵头单位：县司法局；完成时限：2026年9月底）\n"
NAMES = ("王甲乙", "孙丙", "刘丁", "李甲", "欧阳甲", "13800000000", "65660000")


def reading_of(text: str, rows=()) -> Reading:
    lines = list(Document.from_text(HEAD + text).lines)
    lines += [Line("", len(lines) + at, None, tuple(row), 1) for at, row in enumerate(rows, 1)]
    return read_plan(Document(tuple(lines)))


def kept(reading: Reading) -> list[str]:
    said = reading.plan.model_dump_json() + repr(reading.doubts)
    return [name for name in NAMES if name in said]


ROW = ("序号", "工作任务", "牵头单位", "责任人", "完成时限")


@pytest.mark.parametrize(
    ("head", "cell", "posts"),
    [
        ("责任人", "孙丙 13800000000", []),
        ("责任人", "孙丙13800000000", []),
        ("责任人", "孙丙\n13800000000", []),
        ("责任人", "孙　丙", []),
        ("责任人", "孙丙、刘丁", []),
        ("联系人", "孙丙，65660000", []),
        ("联系人及电话", "孙丙 0379-65660000", []),
        ("分管领导", "王甲乙副市长", ["副市长"]),
        ("责任领导", "王甲乙 副市长", ["副市长"]),
        ("包抓领导", "副市长王甲乙", ["副市长"]),
        ("牵头领导", "孙丙 副市长", ["副市长"]),
        ("牵头领导", "王甲乙常务副市长、孙丙副市长", ["常务副市长", "副市长"]),
        ("牵头领导", "欧阳甲同志", []),
        ("责任人", "县司法局 孙丙", ["县司法局"]),
        ("网格长", "孙丙", []),
        ("签字", "孙丙", []),
        ("责任人", "县司法局副局长", ["县司法局副局长"]),
        ("责任人", "各乡镇党委书记", ["各乡镇党委书记"]),
    ],
)
def test_a_column_of_persons_keeps_their_posts(head, cell, posts):
    row = ("1", "落实三项制度", "市司法局", cell, "2026年9月底")

    reading = reading_of("", [(*ROW[:3], head, ROW[4]), row])

    assert reading.plan.tasks[-1].lead_posts == posts
    assert reading.plan.tasks[-1].lead_units == ["市司法局"]
    assert kept(reading) == []


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("市司法局 刘丁", ["市司法局"]),
        ("市司法局刘丁", ["市司法局"]),
        ("市司法局（刘丁）", ["市司法局"]),
        ("市司法局（刘丁，13800000000）", ["市司法局"]),
        ("市司法局\n刘丁 13800000000", ["市司法局"]),
        ("市司法局（联系人：刘丁，电话65660000）", ["市司法局"]),
        ("市司法局 刘丁、市公安局 孙丙", ["市司法局", "市公安局"]),
        # No persons: bodies, towns and villages by the first letters of their names.
        ("市司法局、市公安局", ["市司法局", "市公安局"]),
        ("市公安局\n高新区", ["市公安局", "高新区"]),
        ("高桥镇、王家庄村", ["高桥镇", "王家庄村"]),
        ("市委金融办", ["市委金融办"]),
    ],
)
def test_a_column_of_bodies_keeps_the_bodies_alone(cell, units):
    rows = [ROW[:3] + ROW[4:], ("1", "落实三项制度", cell, "2026年9月底")]

    reading = reading_of("", rows)

    assert reading.plan.tasks[-1].lead_units == units
    assert kept(reading) == []


def test_a_form_that_names_persons_beside_their_heads_keeps_none():
    rows = [("牵头单位", "市司法局"), ("责任人", "孙丙", "联系电话", "65660000")]

    assert kept(reading_of("（二）下列任务。\n", rows)) == []


@pytest.mark.parametrize(
    "text",
    [
        "（二）落实制度。（责任领导：王甲乙副市长；牵头单位：市司法局；完成时限：2026年9月底）",
        "（二）落实制度。（牵头单位：市司法局；联系人：孙丙，电话：0379-65660000）",
        "（二）落实制度。（牵头单位：市司法局 刘丁；责任单位：市公安局（孙丙））",
        "（二）报送材料。各单位将材料报市司法局（联系人：孙丙，电话13800000000）。",
        "（二）报送材料。各单位报送材料，联系人：孙丙、刘丁，联系电话：65660000。",
        "（二）报送材料。联系人孙丙，１３８００００００００。",
        "（二）报送材料。请与孙丙同志联系，13800000000。",
        "（二）落实制度。分管领导孙丙副县长每月调度。由王甲乙副县长主持。",
        "（二）报送材料。报县司法局孙丙，13800000000。",
        "（二）落实制度。（王甲乙牵头，县司法局负责）",
        "（二）落实制度。（包联领导：孙丙（县委常委）；牵头单位：县司法局）",
        "二、组织保障\n（一）县创建工作领导小组\n组长：王甲乙　　副组长：刘丁　　成员：李甲　孙丙",
        "二、组织保障\n（一）县创建工作领导小组\n组长：县长\n成员：王甲乙（县司法局）、孙丙（县公安局）",
        "二、组织保障\n（一）县创建工作领导小组\n组长：王甲乙　县长\n副组长：县司法局李甲副局长\n（二）王甲乙每月听取汇报。",
        "二、组织保障\n办公室设在县司法局，王甲乙兼任主任，刘丁、李甲任副主任，孙丙具体负责日常工作。",
        "二、组织保障\n下设办公室在县司法局，办公室主任王甲乙，成员刘丁、李甲。",
        "二、组织保障\n办公室设在市司法局（联系人孙丙，13800000000），负责日常工作。",
        "二、组织保障\n（一）县创建工作领导小组\n组长：王甲乙县长\n副组长：孙丙常务副县长\n成员：刘丁县政府办公室主任\n李甲县司法局局长\n",
        "二、组织保障\n（一）县创建工作领导小组\n组长：王甲乙同志\n副组长：孙丙、刘丁\n成员：市司法局、市公安局\n",
        "二、组织保障\n成立领导小组，由县长王甲乙任组长，副县长孙丙、刘丁任副组长，县司法局局长欧阳甲为成员。",
    ],
)
def test_prose_and_brackets_name_nobody(text):
    assert kept(reading_of(text)) == []


def test_a_glued_name_leaves_its_post():
    text = "二、组织保障\n（一）县创建工作领导小组\n组长：王甲乙县长\n副组长：孙丙常务副县长\n成员：刘丁县政府办公室主任\n"

    [group] = reading_of(text).plan.groups

    assert group.head_post == "县长"
    assert group.deputy_posts == ["常务副县长"]
    assert group.member_posts == ["县政府办公室主任"]


def test_what_was_not_read_names_nobody():
    piece = NotRead(why=MISSING, words="联系人：孙丙，电话13800000000", letters=20)

    reading = read_plan(Document(Document.from_text(HEAD).lines, "", (piece,)))

    assert reading.plan.not_read[0].words == "联系人：某某，电话略"
    assert kept(reading) == []


def test_members_of_one_post_stay_several():
    text = "二、组织保障\n（一）县创建工作领导小组\n组长：王甲　县长\n副组长：李甲　副县长\n孙丙　副县长\n刘丁　副县长\n赵己　副县长\n"

    [group] = reading_of(text).plan.groups

    assert group.deputy_posts == ["副县长"] * 4


SOUND = """责任领导：分管副县长；牵头单位：县司法局
责任人：全体教师、班主任、法定代表人、安全员、项目经理
责任人：河长、林长、路段长、田长；施工方、监理方
主要负责人：要切实履行第一责任人职责，亲自部署、亲自过问
牵头单位：县文化广电和旅游局 县融媒体中心 县林业局 农业农村局 应急局 文旅局
责任单位：市应急局、海事局、万宁市、文昌市、安阳县、温泉镇、龙泉乡、金山街道、马家河村
责任单位：城关镇（王家庄村、李家村）、市公安局（高新分局）、市自然资源局（林业局）
责任单位：县公安局 交警大队 路政大队、县水利局 河长办
副组长：县委常委、武装部长，宣传部长，统战部长
成员：文旅局长、司法局长、应急局长、林业局长、高桥镇镇长、温泉镇党委书记、马家庄村支书
建立书记、县长负总责，分管领导包片、干部包村、党员包户的责任制。
严格领导责任，明确主任职责，落实书记抓、抓书记，实行局长负责制。
由高新区管委会牵头，市司法局、文化局配合，请全体同志、党员同志按时参加。
由安阳市市长任组长，张家港市市长、马鞍山市副市长任副组长。
市司法局牵头，各行政执法部 门配合；牵头领导：分 管数字 政 府 建设 的副市长
联系人：待定；联系人：详见附件；联系电话：12345"""


@pytest.mark.parametrize("text", SOUND.split("\n"))
@pytest.mark.parametrize("shape", ["{}", "（{}）"])
def test_what_names_nobody_stays_as_it_is(text, shape):
    line = Line(shape.format(text), 1)

    assert masked([line], Grammar.of(default_vocabulary())) == [line]


@pytest.mark.parametrize(
    ("post", "why"),
    [
        ("李甲乙镇长", "开头可能是姓名"),
        ("孙丙城关镇党委书记", "开头可能是姓名"),
        ("阿丁乙", "不像职务"),
        ("副县长", None),
        ("高桥镇镇长", None),
        ("各乡镇党委书记", None),
        ("全体教师", None),
        ("县司法局", None),
    ],
)
def test_what_may_be_a_name_is_doubted(post, why):
    row = ("1", "落实三项制度", "市司法局", post, "2026年9月底")

    reading = reading_of("", [ROW, row])

    told = [doubt.reason for doubt in reading.doubts if f"“{post}”" in doubt.reason]
    assert [why in reason for reason in told] == ([True] if why else [])


@pytest.mark.parametrize(
    ("cell", "units", "blank"),
    [
        ("选择一项。", [], "选择一项"),
        ("单击或点击此处输入文字。", [], "单击或点击此处输入文字"),
        ("XX", [], "XX"),
        ("____", [], "____"),
        ("市司法局、××", ["市司法局"], "××"),
        # Bodies that somebody masked.
        ("XX局", ["XX局"], None),
        ("某某局", ["某某局"], None),
    ],
)
def test_a_blank_that_nobody_filled_is_no_body(cell, units, blank):
    rows = [ROW[:3] + ROW[4:], ("1", "落实三项制度", cell, "2026年9月底")]

    reading = reading_of("", rows)

    told = [doubt.reason for doubt in reading.doubts if "没有填写的空" in doubt.reason]
    assert reading.plan.tasks[-1].lead_units == units
    assert told == ([f"“{blank}”是没有填写的空，没有当作单位或职务，请补上"] if blank else [])


@pytest.mark.parametrize("name", ["王甲乙", "买甲·艾乙丙", "欧阳甲"])
@pytest.mark.parametrize(
    "said",
    ["审核：{}", "拟稿：{}　核稿：{}", "责任编辑：{}校对：{}", "（责任单位：市司法局（{}））"],
)
def test_who_handled_a_paper_and_who_stands_behind_a_body_is_not_named(said, name):
    text = f"某某市法治建设工作方案\n一、重点任务\n（一）完善制度。（责任单位：市公安局）\n{said.replace('{}', name)}\n2026年3月1日"

    reading = read_plan(Document.from_text(text))

    assert name not in reading.plan.model_dump_json() + repr(reading.doubts)


@pytest.mark.parametrize(
    "said",
    [
        "审核：由县司法局负责",
        "审核：方案、程序、材料",
        "校对：文件、表格",
        "索引号：LX020-2024-00112",
    ],
)
def test_what_is_checked_is_no_name(said):
    grammar = Grammar.of(default_vocabulary())

    assert masked_text(said, grammar) == said
