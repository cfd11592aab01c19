"""Working groups as offices print them: in sections, in a sentence, in the rows of a table."""

import time

import pytest

from models.plan.reading.compile import compile_plan, read_plan
from models.plan.reading.text.document import Document, Line
from models.plan.schema import Plan, PlanGroup

HEAD = "某县创建工作方案\n一、重点任务\n1.加强执法。（牵头单位：县司法局）\n二、组织保障\n"
LEADING = "（一）成立县创建工作领导小组，由县长任组长。领导小组下设2个工作组。\n"


def plan_of(text: str, *rows: tuple[str, ...]) -> Plan:
    lines = [Line(each, n) for n, each in enumerate((HEAD + text).splitlines(), 1)]
    lines += [Line("|".join(r), len(lines) + n, None, r, 1) for n, r in enumerate(rows, 1)]
    return compile_plan(Document.from_lines(lines))


def working(plan: Plan) -> list[PlanGroup]:
    assert [task.title for task in plan.tasks] == ["加强执法"]
    return [group for group in plan.groups if "领导小组" not in group.name]


@pytest.mark.parametrize(
    "text",
    [
        "1.综合协调组。由县政府办公室牵头，县司法局、县财政局参加，负责统筹协调；督促检查。\n"
        "2.督导检查组。由县司法局牵头，县委督查室参加。\n",
        "1.综合协调组：由县政府办公室牵头，会同县司法局、县财政局负责统筹协调；督促检查。\n"
        "2.督导检查组：县司法局牵头，县委督查室配合。\n",
        "1.综合协调组。牵头单位：县政府办公室；成员单位：县司法局、县财政局。职责：统筹协调；督促检查。\n"
        "2.督导检查组。牵头单位：县司法局；配合单位：县委督查室。\n",
        "（1）综合协调组（牵头单位：县政府办公室；成员单位：县司法局、县财政局）。主要负责统筹协调；督促检查。\n"
        "（2）督导检查组（县司法局牵头，县委督查室参加）。\n",
        "1.综合协调组\n牵头单位：县政府办公室\n成员单位：县司法局、县财政局\n主要职责：统筹协调；\n督促检查。\n"
        "2.督导检查组\n牵头单位：县司法局\n责任单位：县委督查室\n",
        "1.综合协调组\n由县政府办公室牵头，县司法局、县财政局配合。\n负责统筹协调；督促检查。\n"
        "2.督导检查组\n由县司法局牵头，县委督查室为成员单位。\n",
        "综合协调组由县政府办公室牵头，县司法局、县财政局参加，负责统筹协调；督促检查；督导检查组由县司法局牵头，县委督查室参加。"
        "各单位要密切配合。\n",
        "1.综合协调组：\n（1）牵头单位：县政府办公室\n（2）成员单位：县司法局、县财政局\n（3）职责：统筹协调；督促检查\n"
        "2.督导检查组：\n（1）牵头单位：县司法局\n（2）成员单位：县委督查室\n",
    ],
)
def test_a_working_group_has_its_lead_its_members_and_its_duties(text):
    first, second = working(plan_of(LEADING + text + "（二）强化督导。各单位要抓好落实。\n"))

    assert (first.name, first.parent) == ("综合协调组", "县创建工作领导小组")
    assert (first.lead_units, first.member_units) == (["县政府办公室"], ["县司法局", "县财政局"])
    assert first.duties == ["统筹协调", "督促检查"]
    assert (second.name, second.parent) == ("督导检查组", "县创建工作领导小组")
    assert (second.lead_units, second.member_units) == (["县司法局"], ["县委督查室"])
    assert (second.duties, second.member_groups) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "（一）综合协调组。组长：县政府办公室主任，副组长：县司法局局长，成员单位：县司法局、县财政局。\n"
        "（二）督导检查组。组长：县司法局局长。牵头单位：县纪委监委；成员单位：县委督查室。\n",
        "（一）综合协调组组长：县政府办公室主任；副组长：县司法局局长；成员单位：县司法局、县财政局。\n"
        "（二）督导检查组组长：县司法局局长；牵头单位：县纪委监委；成员单位：县委督查室。\n",
        "（一）综合协调组。由县政府办公室主任兼任组长，县司法局局长任副组长，县司法局、县财政局为成员单位。\n"
        "（二）督导检查组。组长由县司法局局长担任，县纪委监委牵头，成员由县委督查室抽调人员组成。\n",
    ],
)
def test_a_working_group_has_its_posts(text):
    first, second = working(plan_of(text))

    assert (first.head_post, first.deputy_posts) == ("县政府办公室主任", ["县司法局局长"])
    assert (first.lead_units, first.member_units) == ([], ["县司法局", "县财政局"])
    assert (second.head_post, second.lead_units) == ("县司法局局长", ["县纪委监委"])
    assert second.member_units == ["县委督查室"]


@pytest.mark.parametrize(
    "text",
    [
        "领导小组下设综合协调组、督导检查组和宣传报道组3个工作组。",
        "领导小组下设3个工作组，分别为综合协调组、督导检查组、宣传报道组。",
        "领导小组下设办公室和综合协调组、督导检查组、宣传报道组。",
        "同时设立综合协调组、督导检查组、宣传报道组等工作组，综合协调组由县政府办公室牵头。",
    ],
)
def test_groups_that_a_sentence_only_names_are_kept(text):
    groups = working(plan_of(LEADING.replace("领导小组下设2个工作组。\n", "") + text))

    assert [group.name for group in groups] == ["综合协调组", "督导检查组", "宣传报道组"]
    assert {group.parent for group in groups} == {"县创建工作领导小组"}


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("组别", "成员", "职责"),
            ("综合协调组", "组长：县长\n成员：县司法局、县财政局", "统筹协调"),
        ),
        (
            ("名称", "组成人员", "职责"),
            ("综合协调组", "组长：县长；成员：县司法局、县财政局", "统筹协调"),
        ),
        (("组长", "成员"), ("县长", "县司法局、县财政局")),
    ],
)
def test_labels_in_the_cells_of_a_row_and_heads_of_one_group_are_read(rows):
    [group] = plan_of("名单如下。", *rows).groups

    assert (group.head_post, group.member_units) == ("县长", ["县司法局", "县财政局"])


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("组别", "牵头单位", "成员单位", "工作职责"),
            ("综合协调组", "县政府办公室", "县司法局、县财政局", "统筹协调；督促检查"),
            ("督导检查组", "县司法局", "县委督查室", "开展督导"),
        ),
        (
            ("工作组分工表", "工作组分工表", "工作组分工表", "工作组分工表", "工作组分工表"),
            ("序号", "工作组", "牵头单位", "配合单位", "主要职责"),
            ("1", "综合协调组", "县政府办公室", "县司法局\n县财政局", "1.统筹协调\n2.督促检查"),
            ("2", "督导检查组", "县司法局", "县委督查室", "开展督导"),
        ),
    ],
)
def test_each_row_of_a_table_of_working_groups_is_one(rows):
    first, second = working(plan_of("分工如下。", *rows))

    assert (first.name, first.lead_units) == ("综合协调组", ["县政府办公室"])
    assert first.member_units == ["县司法局", "县财政局"]
    assert [duty.lstrip("12.") for duty in first.duties] == ["统筹协调", "督促检查"]
    assert (second.name, second.lead_units) == ("督导检查组", ["县司法局"])
    assert (second.member_units, second.duties) == (["县委督查室"], ["开展督导"])


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("综合协调组", "组长", "县政府办公室主任"),
            ("综合协调组", "成员单位", "县司法局、县财政局"),
            ("督导检查组", "组长", "县司法局局长"),
            ("督导检查组", "成员单位", "县委督查室"),
        ),
        (
            ("综合协调组", "综合协调组"),
            ("组长", "县政府办公室主任"),
            ("成员单位", "县司法局、县财政局"),
            ("督导检查组", "督导检查组"),
            ("组长", "县司法局局长"),
            ("成员单位", "县委督查室"),
        ),
        (
            ("组别", "组长", "成员单位"),
            ("综合协调组", "县政府办公室主任", "县司法局、县财政局"),
            ("督导检查组", "县司法局局长", "县委督查室"),
        ),
    ],
)
def test_the_rows_of_several_groups_stay_apart(rows):
    first, second = working(plan_of("名单如下。", *rows))

    assert (first.name, first.head_post) == ("综合协调组", "县政府办公室主任")
    assert first.member_units == ["县司法局", "县财政局"]
    assert (second.name, second.head_post) == ("督导检查组", "县司法局局长")
    assert second.member_units == ["县委督查室"]


def test_a_table_of_tasks_by_groups_is_still_one_of_tasks():
    plan = plan_of(
        "分工如下。",
        ("组别", "工作任务", "牵头单位", "完成时限"),
        ("综合协调组", "统筹协调创建工作", "县政府办公室", "2026年9月底"),
        ("督导检查组", "开展督导检查", "县司法局", "2026年10月底"),
    )

    assert [task.title for task in plan.tasks[-2:]] == ["统筹协调创建工作", "开展督导检查"]


@pytest.mark.parametrize(
    "text",
    [
        "（一）各工作组要密切配合。由各组组长负责。\n",
        "（一）成立督导组。各单位要抽调人员参加。\n",
        "（一）健全工作组。由各单位负责落实。\n",
        "（一）村民小组。由村民委员会负责。\n",
        "（一）党组。由县司法局牵头抓好学习。\n",
        "（一）加强论证。聘请法律顾问组成专家组，负责论证。\n",
    ],
)
def test_a_sentence_about_groups_is_none(text):
    assert working(plan_of(text)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (  # each with its lead in brackets, one behind the other
            "领导小组下设2个组：依法履职组（牵头单位：县政府办公室）、制度建设组（牵头单位：县司法局）。",
            [("依法履职组", None, ["县政府办公室"], []), ("制度建设组", None, ["县司法局"], [])],
        ),
        (
            "领导小组下设两个工作组：一是综合组，由县政府办公室牵头，负责协调；二是材料组，由县司法局牵头，负责材料。",
            [("综合组", None, ["县政府办公室"], []), ("材料组", None, ["县司法局"], [])],
        ),
        (  # nothing but bodies behind the name
            "综合组：县政府办公室、县司法局；督查组：县委督查室、县纪委监委。",
            [
                ("综合组", None, [], ["县政府办公室", "县司法局"]),
                ("督查组", None, [], ["县委督查室", "县纪委监委"]),
            ],
        ),
        (
            "1.综合组：县政府办公室（牵头）、县司法局。\n2.督查组：县委督查室（牵头）、县纪委监委。",
            [
                ("综合组", None, ["县政府办公室"], ["县司法局"]),
                ("督查组", None, ["县委督查室"], ["县纪委监委"]),
            ],
        ),
        (  # names on lines of their own, without a number
            "综合组\n组  长：县政府办公室主任\n成  员：县司法局\n督查组：\n组长：县委督查室主任\n成员：县纪委监委",
            [
                ("综合组", "县政府办公室主任", [], ["县司法局"]),
                ("督查组", "县委督查室主任", [], ["县纪委监委"]),
            ],
        ),
        (  # headings within the sections
            "一、综合组\n（一）组成人员\n组长：县政府办公室主任\n成员：县司法局有关负责同志\n（二）工作职责\n1.统筹协调。\n"
            "二、督查组\n（一）组成人员\n组长：县委督查室主任\n成员：县纪委监委\n（二）工作职责\n1.督促检查。",
            [
                ("综合组", "县政府办公室主任", [], ["县司法局"]),
                ("督查组", "县委督查室主任", [], ["县纪委监委"]),
            ],
        ),
        (  # what is no member
            "（一）第一督导组\n组长：县司法局局长\n成员：县委督查室\n督导范围：城关镇、东川镇",
            [("第一督导组", "县司法局局长", [], ["县委督查室"])],
        ),
        (
            "综合组牵头单位为县政府办公室，成员单位为县司法局；材料组牵头单位为县司法局，成员单位为县档案馆。",
            [
                ("综合组", None, ["县政府办公室"], ["县司法局"]),
                ("材料组", None, ["县司法局"], ["县档案馆"]),
            ],
        ),
        (
            "由县司法局牵头，会同县委编办、县财政局组成工作专班，统筹推进创建工作。",
            [("工作专班", None, ["县司法局"], ["县委编办", "县财政局"])],
        ),
        (
            "二是成立工作专班。由县司法局牵头，从县委编办、县财政局抽调人员集中办公。",
            [("工作专班", None, ["县司法局"], [])],
        ),
        (
            "综合组：县政府办公室主任任组长，县司法局为成员单位。\n督查组：县委督查室主任任组长，县纪委监委为成员单位。",
            [
                ("综合组", "县政府办公室主任", [], ["县司法局"]),
                ("督查组", "县委督查室主任", [], ["县纪委监委"]),
            ],
        ),
        (
            "（一）综合组\n负责人：县政府办公室主任\n成员：县司法局\n（二）督查组\n负责人：县委督查室主任\n成员：县纪委监委",
            [
                ("综合组", "县政府办公室主任", [], ["县司法局"]),
                ("督查组", "县委督查室主任", [], ["县纪委监委"]),
            ],
        ),
        (
            "组建行政执法监督小组，由县司法局牵头，县市场监管局参加，每季度检查一次。",
            [("行政执法监督小组", None, ["县司法局"], ["县市场监管局"])],
        ),
        (
            "（一）综合组\n组长单位：县政府办公室\n副组长单位：县司法局\n成员单位：县财政局",
            [("综合组", None, ["县政府办公室"], ["县司法局", "县财政局"])],
        ),
        (  # placed in a sentence about others
            "办公室设在县司法局，县司法局局长兼任主任；综合组设在县政府办公室，县政府办公室主任兼任组长。",
            [
                ("综合组", "县政府办公室主任", [], []),
                ("办公室", "县司法局局长", [], []),
            ],
        ),
        (
            "1.办公室。设在县司法局，由县司法局局长兼任办公室主任。\n2.综合组：统筹协调、督促检查。",
            [("办公室", "县司法局局长", [], []), ("综合组", None, [], [])],
        ),
    ],
)
def test_however_groups_are_printed_each_has_its_own(text, told):
    groups = working(plan_of(text))

    assert [(g.name, g.head_post, g.lead_units, g.member_units) for g in groups] == told


@pytest.mark.parametrize(
    ("text", "head", "deputies"),
    [
        ("成立以县长为组长，常务副县长为副组长，县司法局为成员的{}。", "县长", ["常务副县长"]),
        (
            "成立由县委书记任第一组长、县长任组长、副县长任副组长的{}。",
            "县委书记、县长",
            ["副县长"],
        ),
        ("建立{}，由县长担任总召集人，常务副县长担任召集人。", "县长", ["常务副县长"]),
        ("成立{}，专班长由县长担任，副专班长由副县长担任。", "县长", ["副县长"]),
    ],
)
def test_a_group_founded_in_other_words_is_read(text, head, deputies):
    name = (
        "创建工作联席会议制度"
        if "召集" in text
        else "创建工作专班"
        if "专班长" in text
        else "创建工作领导小组"
    )
    [group] = plan_of(text.format(name)).groups

    assert (group.name, group.head_post) == (name.removesuffix("制度"), head)
    assert group.deputy_posts == deputies


def test_groups_that_others_are_told_to_found_are_none():
    text = "各乡镇、各部门要成立相应的领导小组，由主要负责人任组长。"

    assert plan_of(text).groups == []


@pytest.mark.parametrize(
    "row", ["综合协调组由", "1.综合协调组。", "督导组由甲局牵头，", "下设综合组、", "组组组"]
)
def test_time_grows_with_the_length_of_the_sections(row):
    """Twice the length takes less than six times as long: a cube would take eight."""
    half, whole = (taken_by(row, times) for times in (500, 1000))

    assert whole < 6 * half + 1


def taken_by(row: str, times: int) -> float:
    text = HEAD + row * times * 2 + "\n" + (row + "\n") * times
    began = time.process_time()
    read_plan(Document.from_text(text))
    return time.process_time() - began


WRAPPED = (
    "（一）领导小组。由县长任组长，常务副县长任副组长，县司法局、县财政局、县公安局等单位主要负责人为成员，负责统筹推进。",
    "1.综合协调组。由县政府办公室主任任组长，县司法局、县财政局为成员单位，负责材料收集、整理、归档；组织召开会议。",
    "领导小组下设综合协调组、督导检查组、宣传报道组3个工作组，综合协调组由县政府办公室牵头，负责统筹协调；"
    "督导检查组由县司法局牵头，县委督查室参加；宣传报道组由县委宣传部牵头。",
    "领导小组下设2个组：依法履职组（牵头单位：县政府办公室）、制度建设组（牵头单位：县司法局、县委编办）。",
    "成立县创建工作领导小组，由县长任组长。领导小组办公室日常工作由县司法局承担，办公室主任由县司法局局长兼任。",
    "（一）综合协调组。牵头单位：县政府办公室；成员单位：县司法局、县财政局、县教育局。职责：统筹协调；督促检查。",
)


@pytest.mark.parametrize("text", WRAPPED)
@pytest.mark.parametrize("width", [20, 26, 31, 38])
def test_lines_that_the_page_breaks_are_read_as_one(text, width):
    def groups(printed: str) -> list[dict]:
        return [g.model_dump(exclude={"source"}) for g in plan_of(printed).groups]

    wrapped = "\n".join(text[at : at + width] for at in range(0, len(text), width))

    assert groups(wrapped) == groups(text) != []


def test_a_line_shorter_than_the_one_above_goes_on_with_it_like_any_paragraph():
    text = (
        "（一）加强组织推动。成立新区污染治理攻坚指挥\n"
        "部，由管委会主任任指挥长，分管建设交通工作的管委会副主任\n"
        "任副指挥长，新区生态环境分局、建设交通局为成员单位。\n"
    )
    plan = plan_of(text)

    assert [(group.name, group.head_post) for group in plan.groups] == [
        ("新区污染治理攻坚指挥部", "管委会主任")
    ]
    assert plan.groups[0].member_units == ["新区生态环境分局", "建设交通局"]


def test_a_group_is_found_on_its_own_line_of_a_paragraph():
    text = (
        "领导小组下设3个工作组，综合协调组由县政府办公室牵头，负责统筹\n"
        "协调；督导检查组由县司法局牵头，县委督查室参加；宣传报道组由县\n"
        "委宣传部牵头。\n"
    )
    found = [(group.name, group.source.line) for group in working(plan_of(text))]

    assert found == [("综合协调组", 5), ("督导检查组", 6), ("宣传报道组", 6)]
