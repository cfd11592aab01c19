"""Ordinary bodies whose names begin like somebody's are left as they are, wherever a line ends."""

import pytest

from models.plan.doubt import Doubt
from models.plan.reading.compile import read_plan
from models.plan.reading.doubts.names import half_masked
from models.plan.reading.masking import masked
from models.plan.reading.persons.wrapped_bodies import is_one_body, names_alone
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.passages import Passage
from models.plan.vocabulary import in_force

# Departments, offices, towns and firms as every county has them, by the family name they begin with.
BODIES = [
    "国土空间生态修复处",
    "国土空间规划处",
    "国有资产监督管理委员会",
    "国防动员办公室",
    "文化旅游局",
    "文化市场综合执法支队",
    "文史馆",
    "安全生产委员会办公室",
    "安置房建设管理中心",
    "金融工作办公室",
    "金融发展服务中心",
    "林业局",
    "林长制办公室",
    "水利局",
    "方志办",
    "史志研究室",
    "华侨事务办公室",
    "易地搬迁安置办",
    "人大常委会法工委",
    "常住人口管理科",
    "台商投资区管委会",
    "高新技术产业开发区管委会",
    "高铁办",
    "党史研究室",
    "党群工作部",
    "温泉街道",
    "石桥镇",
    "高桥镇",
    "马家沟街道",
    "白云街道",
    "农田建设科",
    "农业综合服务中心",
    "项目推进科",
    "应急指挥中心",
    "时尚产业发展中心",
    "海洋发展局",
    "海事处",
    "连片开发办",
    "单位内部保卫科",
    "司法鉴定管理科",
    "解放路社区",
    "万达广场管理处",
    "房产交易中心",
    "边境管理大队",
    "费用稽查科",
    "谷物协会",
    "程序设计室",
    "计划财务科",
    "路灯管理所",
    "路政大队",
    "关心下一代工作委员会",
    "江苏省",
    "敖汉旗",
    "长江航务管理局",
    "古树名木保护站",
    "成品油稽查队",
    "车辆管理所",
    "花卉园艺所",
    "雷达站",
    "钱币博物馆",
    "龙头企业协会",
    "洪水预报中心",
    "舒城县",
    "安康医院",
    "康复中心",
    "元宝区",
    "平安办",
    "和谐社区办",
    "贝类研究所",
    "明德小学",
    "计算中心",
    "成本调查队",
    "宋城管委会",
    "熊猫基地",
    "全民阅读办",
    "全域旅游办",
    "储备粮公司",
    "班线公司",
    "束河街道",
    "韶山市",
    "怀柔区",
    "荣军医院",
    "危房改造办",
    "经济合作局",
    "景区管委会",
    "冷链办",
    "满城区",
    "管网公司",
    "卓尼县",
]
LABELS = (
    "责任单位：市公安局、市财政局、市民政局、",
    "成员：市公安局局长、市财政局局长、市民政局局长、",
    "市政府主要负责同志任组长，分管负责同志任副组长，",
    "要把这件事一件一件地做实做细，此项工作由",
)
WHOLE = (
    "责任单位：{}、市公安局。",
    "（牵头单位：{}）",
    "此项工作由{}牵头，市公安局、{}参与。",
    "成员：市公安局、{}",
    "成员单位：{}，市公安局",
    "报{}备案，{}具体负责。",
)


def masked_texts(*texts: str) -> list[str]:
    lines = [Line(text, at) for at, text in enumerate(texts, start=1)]
    return [line.text for line in masked(lines, Grammar.of(in_force()))]


@pytest.mark.parametrize("form", WHOLE)
def test_no_ordinary_body_is_taken_for_somebody(form):
    texts = [form.replace("{}", body) for body in BODIES]

    assert masked_texts(*texts) == texts


@pytest.mark.parametrize("label", LABELS)
def test_a_body_is_whole_on_both_sides_of_every_line_end(label):
    for body in BODIES:
        for at in range(1, len(body)):
            texts = [label + body[:at], f"{body[at:]}、市财政局参加"]
            assert masked_texts(*texts) == texts


def test_a_column_of_bodies_keeps_every_ordinary_one():
    rows = [("序号", "工作任务", "责任单位"), *(("1", "任务", body) for body in BODIES)]
    lines = [Line("|".join(row), at, None, row, 1) for at, row in enumerate(rows)]

    assert [line.cells for line in masked(lines, Grammar.of(in_force()))] == rows


@pytest.mark.parametrize(
    ("head", "tail", "one"),
    [
        ("国土空", "间生态修复处", True),
        ("澜屿台商投资", "区管委会", True),
        ("侯马", "市", True),
        ("国土空", "间生态修复处处长担任", True),
        ("人民银行云浦", "支行", True),
        ("沙坪坝", "区交通局", True),  # a place of the list
        # Somebody, and the body or the post that stands behind.
        ("孙丙", "县财政局", False),
        ("李甲", "局长", False),
        ("王甲乙", "县财政局局长", False),
        ("市司法局刘丁", "市公安局", False),
        ("孙丙", "负责日常工作", False),
    ],
)
def test_halves_of_one_body_are_told_from_somebody_and_a_body(head, tail, one):
    assert is_one_body(head, tail) is one


def test_a_place_that_is_said_elsewhere_is_nobody():
    assert not is_one_body("江畈", "区政府")
    assert is_one_body("江畈", "区政府", "江畈区实施方案")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("组长：县长　副组长：县司法局局长、县财政局局长、孙丙", "成员：县公安局局长"),
        (
            "办公室设在县司法局，主任由县司法局局长李甲兼任，联系人孙丙",
            "县财政局、县公安局派员参加",
        ),
        ("成员：市公安局局长、市财政局局长、市民政局局长、王甲乙", "县财政局局长、县民政局局长"),
        ("联系人：孙丙", "间隔一天报送办公室"),  # a short line is whole
    ],
)
def test_somebody_at_a_line_end_is_still_masked(first, second):
    texts = masked_texts(first, second)

    assert texts[0].endswith("某某")


@pytest.mark.parametrize(
    ("behind", "kept"),
    [
        (("间规划局", "间规划图", "间规划表"), []),  # one word of four letters
        (("间规划局", "间规划图"), ["国土空"]),
        (("间规划局", "间规划图", "说明情况"), ["国土空"]),
        (("同志到场", "同志讲话", "同志主持"), ["国土空"]),
        (("局长到场", "局长讲话", "局长主持"), ["国土空"]),
        (("、市公安局", "、市财政局", "、市司法局"), ["国土空"]),
    ],
)
def test_what_goes_on_alike_everywhere_is_no_name(behind, kept):
    lines = [Line(f"国土空{each}", at) for at, each in enumerate(behind)]

    assert list(names_alone(["国土空"], lines)) == kept


@pytest.mark.parametrize(
    "once",
    [
        "副县长孙丙丁到会讲话",
        "孙丙丁副县长到会讲话",
        "组长：孙丙丁",
        "由孙丙丁同志总负责",
        "县公安局孙丙丁、县财政局参加",
        "县公安局（孙丙丁）",
    ],
)
def test_somebody_who_does_the_same_everywhere_is_masked_where_he_is_named_once(once):
    led = [f"孙丙丁带队检查第{each}片" for each in "一二三"]
    lines = [Line(each, at) for at, each in enumerate([*led, once, "各镇配合。"])]

    assert list(names_alone(["孙丙丁"], lines)) == ["孙丙丁"]
    assert list(names_alone(["孙丙丁"], lines[:3])) == []


def test_a_line_that_is_masked_already_keeps_its_end():
    texts = ["责任单位：市公安局、市财政局，联系人孙丙，责任单位某某", "县公安局、市财政局参加"]

    assert masked_texts(*texts)[0].endswith("联系人某某，责任单位某某")


PLAN = "某县创建工作方案\n一、重点任务\n（一）加强执法。推进普法。（牵头单位：县司法局）\n"
GROUP = (
    "二、组织保障\n（一）县创建工作领导小组\n组长：{}\n副组长：县司法局局长\n成员：县公安局局长\n"
)


def hidden(text: str) -> list[Doubt]:
    reading = read_plan(Document.from_text(text))
    return [each for each in reading.doubts if "不像人名" in each.reason or "隐去" in each.reason]


def test_a_post_whose_place_was_taken_for_a_name_is_a_doubt_with_its_sentence():
    [doubt] = hidden(PLAN + GROUP.format("云麓区人民法院院长"))

    assert doubt.about == "group"
    assert "“区人民法院院长”" in doubt.reason
    assert doubt.sentence == "组长：某某区人民法院院长"


def test_a_body_with_letters_taken_for_a_name_is_a_doubt_with_its_sentence():
    plan = read_plan(Document.from_text(PLAN)).plan
    plan.tasks[0].lead_units = ["某某间生态修复处"]
    passage = Passage("推进普法。由某某间生态修复处牵头。", ())

    [doubt] = half_masked(plan, Document.from_text(PLAN), [Line(passage.text, 3)], [passage])

    assert "“某某间生态修复处”" in doubt.reason
    assert doubt.sentence == "由某某间生态修复处牵头。"


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace("县司法局", "某某县司法局"),
        PLAN + GROUP.format("县长某某"),
        PLAN + GROUP.format("某某县委书记"),
        PLAN + GROUP.format("孙丙　县委书记"),
    ],
)
def test_what_the_document_masks_and_what_stands_apart_is_no_doubt(text):
    assert hidden(text) == []
