"""Who leads, who answers, who helps: every word for a role, lists of names, and classes of units."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.roles.annotations import read_annotation
from models.plan.reading.roles.own_roles import lead_rule
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.roles.sentences import read_inline
from models.plan.reading.roles.units import find_aliases, is_group, split_units
from models.plan.reading.text.document import Document
from models.plan.vocabulary import default_vocabulary

WORDS = default_vocabulary()
GRAMMAR = Grammar.of(WORDS)

ROWS = [
    (
        "（牵头单位：市司法局；责任单位：市公安局、市民政局）",
        ["市司法局"],
        ["市公安局", "市民政局"],
    ),
    (
        "（市司法局牵头，市公安局、市民政局配合；2025年8月底前完成）",
        ["市司法局"],
        ["市公安局", "市民政局"],
    ),
    ("〔主办：市司法局；协办：市公安局〕", ["市司法局"], ["市公安局"]),
    ("【市司法局抓总，市公安局参与】", ["市司法局"], ["市公安局"]),
    ("（主责单位：市司法局；承办单位：市公安局）", ["市司法局"], ["市公安局"]),
    ("（责任单位：市司法局（牵头）、市公安局）", ["市司法局"], ["市公安局"]),
    ("（责任单位：市司法局、市公安局）", [], ["市司法局", "市公安局"]),  # no one is singled out
    ("（市司法局、市公安局按职责分工负责）", [], ["市司法局", "市公安局"]),
    ("（由市司法局会同市公安局组织实施）", ["市司法局"], ["市公安局"]),
    ("(牵头部门:市司法局;配合部门:市公安局,市民政局)", ["市司法局"], ["市公安局", "市民政局"]),
]


@pytest.mark.parametrize(("text", "lead", "responsible"), ROWS)
def test_an_annotation_names_lead_and_responsible(text, lead, responsible):
    roles = read_annotation(text, GRAMMAR)

    assert (roles.lead, roles.responsible) == (lead, responsible)


def test_helpers_are_responsible_and_cooperating():
    roles = read_annotation("（市司法局牵头，市公安局配合）", GRAMMAR)

    assert roles.responsible == roles.cooperating == ["市公安局"]


def test_a_leader_is_a_post_and_no_unit():
    roles = read_annotation("（责任单位：市大数据局；牵头领导：分管副市长）", GRAMMAR)

    assert (roles.lead, roles.posts) == ([], ["分管副市长"])


def test_bodies_merely_mentioned_in_a_sentence_have_no_role():
    assert not read_inline("市公安局要在显示屏宣传，市教育局要在学校宣传", GRAMMAR)


def test_a_lead_marked_within_a_sentence_counts():
    roles = read_inline("由市城管局会同市生态环境局、市市场监管局对建成区逐店登记", GRAMMAR)

    assert (roles.lead, roles.cooperating) == (["市城管局"], ["市生态环境局", "市市场监管局"])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("注：责任单位中排在第一位的为牵头单位。", "first"),
        ("（带*的为牵头单位）", "*"),
        ("第一阶段由各牵头单位自查", None),
    ],
)
def test_the_document_may_say_how_the_lead_is_found(text, rule):
    assert lead_rule(text) == rule


LISTS = [
    ("市公安局、市民政局，市司法局；市财政局", ["市公安局", "市民政局", "市司法局", "市财政局"]),
    ("市委宣传部和县司法局", ["市委宣传部", "县司法局"]),
    ("市自然资源和规划局", ["市自然资源和规划局"]),  # 和 within a name
    ("各县（市、区）人民政府", ["各县（市、区）人民政府"]),  # never inside brackets
    ("县区党委、政府", ["县区党委", "县区政府"]),  # the prefix is distributed
    ("市公安局、市公安局", ["市公安局"]),
    ("市公安局、市民政局等部门单位", ["市公安局", "市民政局"]),
    ("县住建局县水利局各乡镇", ["县住建局", "县水利局", "各乡镇"]),  # only white space was between
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_list_is_split_into_names(text, names):
    assert split_units(text, WORDS) == names


@pytest.mark.parametrize(
    "name",
    [
        "市直有关部门单位",
        "县区政府",
        "各行政执法部门单位",
        "各乡镇",
        "各县（市、区）人民政府",
        "各有关部门",
        "成员单位",
        "县区党委",
        "县直各单位",
        "市直部门",
        "乡镇人民政府",
        "相关责任单位",
        "属地政府",
        "市级有关部门",
        "驻市单位",
        "各成员单位",
        "村（社区）",
    ],
)
def test_a_class_of_units_is_a_group(name):
    assert is_group(name)


@pytest.mark.parametrize(
    "name",
    [
        "永昌县政府",
        "城关镇",
        "市司法局",
        "市政府办公室",
        "高新区管委会",
        "县公路管理段",
        "市餐饮行业协会",
        "东街社区",
        "市直机关工委",
        "县委宣传部",
    ],
)
def test_a_named_body_is_no_group(name):
    assert not is_group(name)


def test_one_body_under_two_names_is_found():
    found = find_aliases(
        ["县司法局", "司法局", "县公安局", "县市场监管局", "县市场监督管理局"], WORDS
    )

    assert [sorted(a.variants) for a in found] == [
        ["县司法局", "司法局"],
        ["县市场监督管理局", "县市场监管局"],
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("和平区司法局、和平区公安局", ["和平区司法局", "和平区公安局"]),
        ("市司法局和和平区政府", ["市司法局", "和平区政府"]),
        ("区司法局、和平街道办事处", ["区司法局", "和平街道办事处"]),
        ("区司法局，同乐镇政府", ["区司法局", "同乐镇政府"]),
        ("和县人民政府、和政县公安局", ["和县人民政府", "和政县公安局"]),
        ("会同县司法局、会同县公安局", ["会同县司法局", "会同县公安局"]),
        ("同心县司法局", ["同心县司法局"]),
        ("同济医院、市卫健委", ["同济医院", "市卫健委"]),
        ("市司法局，和市公安局", ["市司法局", "市公安局"]),
        ("市司法局、会同各县区", ["市司法局", "各县区"]),
        ("市司法局，会同县公安局", ["市司法局", "县公安局"]),
        ("和市公安局", ["市公安局"]),
        ("会同各乡镇", ["各乡镇"]),
        ("市司法局，以及公安局", ["市司法局", "公安局"]),
    ],
)
def test_places_that_begin_like_a_word_that_joins_keep_their_names(text, names):
    assert split_units(text, WORDS) == names


@pytest.mark.parametrize(
    ("said", "lead", "helpers"),
    [
        ("（牵头单位：会同县司法局、会同县公安局）", ["会同县司法局", "会同县公安局"], []),
        ("县司法局会同县公安局落实。", ["县司法局"], ["县公安局"]),
        ("由县司法局牵头，会同县公安局配合。", ["县司法局"], ["县公安局"]),
        ("（责任单位：会同县公安局会同会同县财政局）", ["会同县公安局"], ["会同县财政局"]),
    ],
)
def test_会同_is_a_county_where_it_can_join_nothing(said, lead, helpers):
    (task,) = read_plan(
        Document.from_text(f"某县创建工作方案\n二、重点任务\n（一）规范执法。{said}\n")
    ).plan.tasks

    assert (task.lead_units, task.cooperating_units) == (lead, helpers)


def _whys(name):
    text = "\n".join(
        ["某市法治示范创建实施方案", "一、重点任务", f"（一）规范执法。（责任单位：{name}）"]
    )
    return [doubt.reason for doubt in read_plan(Document.from_text(text)).doubts]


@pytest.mark.parametrize(
    "name",
    [
        "市司法局（市委依法治市办）",
        "市行政审批服务局（市政务服务中心）",
        "市委宣传部（市政府新闻办、市文明办）",
        "市公安局（含交警支队）",
        "市新闻出版局〔市版权局〕",
        "市文广旅局（挂市文物局牌子）",
        "市财政局（原市国资委）",
        "市司法局（法制科）",
        "某县（区）司法局（县委依法治县办）",
    ],
)
def test_a_second_name_in_brackets_makes_no_name_doubtful(name):
    assert not [why for why in _whys(name) if "不像单位名称" in why]


@pytest.mark.parametrize(
    "name", ["市司法局（法治宣传）", "市司法局（另文印发）", "规范执法（市司法局）", "执法事项（含"]
)
def test_other_words_in_brackets_are_doubted(name):
    assert any("不像单位名称" in why for why in _whys(name))


@pytest.mark.parametrize(
    "said",
    [
        "（责任单位：市司法局、市公安局，列第一位的为牵头单位）",
        "（责任单位：市司法局、市公安局，首位为牵头单位；完成时限：2026年6月底）",
        "（责任单位：市司法局、市公安局（排在首位的为牵头单位）；完成时限：6月底）",
        "（责任单位：市司法局（排第一的是牵头单位）、市公安局）",
        "（责任单位：市司法局、市公安局，其中列首位的单位为牵头单位，下同）",
        "（市司法局、市公安局，名列第一的为牵头单位）",
        "（责任单位：★市司法局、市公安局，带★的为牵头单位）",
    ],
)
def test_what_a_list_says_about_its_order_is_no_role_of_all_of_it(said):
    roles = read_annotation(said, GRAMMAR)
    roles.apply(lead_rule(said))

    assert (roles.lead, roles.responsible) == (["市司法局"], ["市公安局"])


@pytest.mark.parametrize("name", ["第一人民医院", "排水公司", "标准化研究院", "前进镇"])
def test_a_name_that_begins_like_an_order_leads(name):
    assert name in read_annotation(f"（责任单位：市教育局，{name}为牵头单位）", GRAMMAR).lead
    assert read_annotation(f"（第一牵头单位：{name}）", GRAMMAR).lead == [name]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("各县（区）委、政府，市直各单位", ["各县（区）委", "各县（区）政府", "市直各单位"]),
        ("各县（市、区）委、人民政府", ["各县（市、区）委", "各县（市、区）人民政府"]),
        ("县（市、区）委、政府", ["县（市、区）委", "县（市、区）政府"]),
        ("县委、政府", ["县委", "县政府"]),
        ("临江市委、政府", ["临江市委", "临江市政府"]),
        ("各镇党委、政府", ["各镇党委", "各镇政府"]),
        ("各县区委、县区政府", ["各县区委", "县区政府"]),
        ("市委、市政府", ["市委", "市政府"]),
        ("市编委、政府", ["市编委", "政府"]),
        ("团县委、政府", ["团县委", "政府"]),
        ("市发改委、政府", ["市发改委", "政府"]),
    ],
)
def test_the_government_behind_a_committee_is_that_of_its_place(printed, names):
    assert split_units(printed, WORDS) == names
    read = read_annotation(f"（责任单位：{printed}）", GRAMMAR)
    assert read.responsible == names


def test_a_committee_and_government_of_every_county_are_classes():
    assert is_group("各县（区）政府")
    assert is_group("县（市、区）委")
    assert not is_group("县委")


def test_items_of_one_paragraph_each_keep_who_does_them():
    said = "第一，规范执法。（牵头单位：市司法局）第二，优化环境。（牵头单位：市发改委）第三，法治宣传。【牵头单位：市教育局】"
    text = "\n".join(["某市法治示范创建实施方案", "一、重点任务", said])

    plan = read_plan(Document.from_text(text)).plan

    assert [(task.title, task.lead_units) for task in plan.tasks] == [
        ("规范执法", ["市司法局"]),
        ("优化环境", ["市发改委"]),
        ("法治宣传", ["市教育局"]),
    ]


def test_points_of_a_sentence_are_no_items():
    said = "（一）规范执法。第一，建立制度。第二，强化监督。（牵头单位：市司法局）"
    text = "\n".join(["某市法治示范创建实施方案", "一、重点任务", said])

    [task] = read_plan(Document.from_text(text)).plan.tasks

    assert (task.title, task.lead_units) == ("规范执法", ["市司法局"])


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (
            "由县财政局、司法局，各县（市）、区人民政府负责落实。",
            ["县财政局", "司法局", "各县（市）、区人民政府"],
        ),
        ("由于资金不足，县财政局负责筹措。", []),
        ("县财政局负责资金落实。", ["县财政局"]),  # ends like a list with its role
        ("清河县、泉湾县应在2026年6月底前制定并印发实施规划。", []),
    ],
)
def test_a_sentence_says_who_does_it(said, names):
    (task,) = read_plan(
        Document.from_text(f"某县创建工作方案\n二、重点任务\n（一）规范执法。{said}\n")
    ).plan.tasks

    assert [*task.responsible_units, *task.responsible_groups] == names
