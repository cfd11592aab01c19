"""Groups as offices print them. The names are masked, or of letters that nobody bears."""

import random
import re
import time

import pytest

from models.plan.reading.compile import compile_plan, read_plan
from models.plan.reading.text.document import Document, Line
from models.plan.schema import Plan

HEAD = "某县创建工作方案\n一、重点任务\n1.加强执法。（牵头单位：县司法局）\n二、组织保障\n"
PROSE = f"{HEAD}成立县创建工作领导小组"
LIST = f"{HEAD}（一）县创建工作领导小组\n"


def plan_of(text: str) -> Plan:
    return compile_plan(Document.from_text(text))


def office_of(text: str):
    plan = plan_of(f"{HEAD}（一）加强领导。成立县创建工作领导小组，由县长任组长。{text}")
    assert "某某同志兼" not in str(plan.tasks)
    return plan.groups[-1]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("领导小组办公室设在县司法局，办公室主任由王某某同志兼任。", "办公室主任"),
        ("领导小组办公室设在县司法局，办公室主任由王甲乙同志兼任。", "办公室主任"),
        ("办公室设在县司法局，主任由王某某兼任。", "办公室主任"),
        ("办公室设在县司法局，由王某某同志兼任办公室主任。", "办公室主任"),
        (
            "领导小组下设办公室，办公室设在县司法局，由县司法局局长王某某同志担任办公室主任。",
            "县司法局局长",
        ),
        (
            "领导小组下设办公室（设在县司法局），办公室主任由县司法局局长王甲乙同志担任。",
            "县司法局局长",
        ),
        ("办公室设在县司法局，办公室主任由县司法局局长兼任。", "县司法局局长"),
        ("办公室设在县司法局由县司法局局长王某某兼任主任。", "县司法局局长"),
        (
            "办公室设在县司法局，县司法局局长王某某为办公室主任，副局长李某为副主任。",
            "县司法局局长",
        ),
        ("办公室设在县司法局，办公室主任：王某某（县司法局局长）。", "县司法局局长"),
        ("办公室设于县司法局，办公室主任由县司法局局长担任。", "县司法局局长"),
        ("办公室挂靠县司法局，办公室主任由县司法局局长担任。", "县司法局局长"),
        ("下设办公室在县司法局，办公室主任由县司法局局长担任。", "县司法局局长"),
        ("办公室设在县司法局，办公室主任由县司法局局长担任，联络员：王甲乙。", "县司法局局长"),
        ("办公室设在县司法局。\n办公室主任：王某某\n副主任：李某\n", "办公室主任"),
        ("办公室设在县司法局。", None),
    ],
)
def test_an_office_has_its_place_and_the_post_of_its_head(text, head):
    office = office_of(text)

    assert office.name.endswith("办公室")
    assert (office.parent, office.located_in) == ("县创建工作领导小组", "县司法局")
    assert office.head_post == head
    assert not re.search("王某某|王甲乙|李某", str(office))


@pytest.mark.parametrize(
    "text",
    [
        "组长：县委副书记、县长\n副组长：常务副县长；副县长\n成员：县司法局、县财政局。\n",
        "组长:县委副书记、县长\n副组长:常务副县长;副县长\n成员:县司法局、县财政局\n",
        "组长：县委副书记、县长；副组长：常务副县长；副县长；成员：县司法局、县财政局。\n",
        "1.组长：县委副书记、县长\n2.副组长：常务副县长；副县长\n3.成员：县司法局、县财政局\n",
        "（1）组长：县委副书记、县长；\n（2）副组长：常务副县长；副县长；\n（3）成员：县司法局、县财政局。\n",
        "【组长】县委副书记、县长\n【副组长】常务副县长；副县长\n【成员】县司法局、县财政局\n",
        "组长:王某某(县委副书记、县长)副组长:李某某(常务副县长)、张某(副县长)成员:县司法局、县财政局\n",
        "组　长：王某某　县委副书记、县长\n副组长：李 某　常务副县长\n　　　　张某某　副县长\n成　员：县司法局、县财政局\n",
        "组　长　王某某　县委副书记、县长\n副组长　李　某　常务副县长\n　　　　张某某　副县长\n成　员　县司法局、县财政局\n",
        "组长：王某某（县委副书记、县长）\n副组长：李某（常务副县长）；张某某（副县长）\n成员：县司法局、县财政局\n",
        "组长：王某某（县委副书记、县长）\n副组长：李某（常务副县长）、张某某（副县长）\n成员：县司法局、县财政局\n",
        "组长：县委副书记、县长 王某某\n副组长：常务副县长 李某　副县长 张某某\n成员：县司法局、县财政局\n",
        "组长：县委副书记、县长\n副组长：常务副县长\n副县长\n成员：县司法局\n县财政局\n",
        "组长：\n王某某　县委副书记、县长\n副组长：\n李某　常务副县长\n张某某　副县长\n成员：\n县司法局、县财政局\n",
        "组长：县委副书记、县长\n副组长：常务副县长；副县长\n成员：县司法局、县财政局职责：统筹协调；督促检查。\n",
        "组长：县委副书记、县长\n副组长：常务副县长；副县长\n成员单位：县司法局、县财政局 主要职责：统筹协调；督促检查。\n",
        "组长：县委副书记、县长\n副组长：常务副县长；副县长\n成员：县司法局、县财政局主要负责人\n领导小组办公室设在县司法局。\n",
        "组长：县委副书记、县长\n副组长：常务副县长；副县长\n成员：县司法局、县财政局办公室设在县司法局，办公室主任由王某某兼任。\n",
    ],
)
def test_a_list_is_read_however_it_is_printed(text):
    plan = plan_of(LIST + text)
    group = plan.groups[0]

    assert (group.name, group.head_post) == ("县创建工作领导小组", "县委副书记、县长")
    assert group.deputy_posts == ["常务副县长", "副县长"]
    assert (group.member_units, group.member_posts) == (["县司法局", "县财政局"], [])
    if "职责" in text:
        assert group.duties == ["统筹协调", "督促检查"]
    assert [each.located_in for each in plan.groups[1:]] == ["县司法局"] * text.count("设在")
    assert not re.search("王某|李.?某|张某", plan.model_dump_json())


@pytest.mark.parametrize(
    "text",
    [
        "成立县创建工作领导小组，由县委书记王某某任组长，县长李某某任副组长，县司法局局长张某某、县财政局局长赵某为成员。",
        "成立县创建工作领导小组，组长由县委书记王某某同志担任，副组长由县长李某某担任，成员由县司法局局长张某某、县财政局局长赵某组成。",
        "成立由县委书记王某某任组长、县长李某某任副组长、县司法局局长张某某、县财政局局长赵某为成员的县创建工作领导小组。",
    ],
)
def test_prose_gives_posts_and_forgets_names(text):
    plan = plan_of(f"{HEAD}（一）加强领导。{text}")
    [group] = plan.groups

    assert (group.name, group.head_post) == ("县创建工作领导小组", "县委书记")
    assert group.deputy_posts == ["县长"]
    assert group.member_posts == ["县司法局局长", "县财政局局长"]
    assert not [n for n in ("王某", "李某", "张某", "赵某") if n in plan.model_dump_json()]


@pytest.mark.parametrize(
    "text",
    [
        "成立县创建工作领导小组，由县长任组长，副县长任副组长，县司法局、县财政局为成员。主要职责：统筹协调；督促检查。",
        "成立县创建工作领导小组，由县长任组长，副县长任副组长，县司法局、县财政局为成员。\n主要职责：统筹协调；督促检查。",
        "成立县创建工作领导小组，由县长任组长，副县长任副组长。成员单位：县司法局、县财政局。主要职责：统筹协调；督促检查。",
        "成立县创建工作领导小组，由县长任组长，副县长任副组长。\n成员：县司法局、县财政局。\n职责：统筹协调；督促检查。",
        "成立县创建工作领导小组，组长：县长；副组长：副县长；成员：县司法局、县财政局。职责：统筹协调；督促检查。",
    ],
)
def test_labels_within_prose_are_read_with_it(text):
    [group] = plan_of(f"{HEAD}（一）加强领导。{text}").groups

    assert (group.head_post, group.deputy_posts) == ("县长", ["副县长"])
    assert group.member_units == ["县司法局", "县财政局"]
    assert group.duties == ["统筹协调", "督促检查"]


def test_a_name_that_the_page_breaks_in_a_list_of_bodies_is_whole():
    [group] = plan_of(
        f"{LIST}组长：县长\n成员：县司法局、县财政局、县\n城管执法局、县农业农村\n局。\n"
    ).groups

    assert group.member_units == ["县司法局", "县财政局", "县城管执法局", "县农业农村局"]


def table(*rows: tuple[str, ...], title: str = "某县创建工作领导小组成员名单") -> Plan:
    lines = [
        Line(text, n) for n, text in enumerate((HEAD + "加强领导。\n" + title).splitlines(), 1)
    ]
    lines += [Line("|".join(r), len(lines) + n, None, r, 1) for n, r in enumerate(rows, 1)]
    return compile_plan(Document.from_lines(lines))


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("组内职务", "姓名", "职务"),
            ("组长", "王某某", "县委副书记、县长"),
            ("副组长", "李 某", "副县长"),
            ("成员", "张某", "县司法局局长"),
        ),
        (
            ("序号", "姓名", "单位", "职务", "领导小组职务", "联系电话"),
            ("1", "王某某", "县政府", "县委副书记、县长", "组长", "0931-1234567"),
            ("2", "李某", "县政府", "副县长", "副组长", ""),
            ("3", "张某", "县司法局", "局长", "成员", "13800000000"),
        ),
        (
            ("组 长", "王某某", "县委副书记、县长"),
            ("副组长", "李某", "副县长"),
            ("成 员", "张某", "县司法局局长"),
        ),
        (
            ("组长：", "王某某 县委副书记、县长"),
            ("副组长：", "李某 副县长"),
            ("成员：", "张某 县司法局局长"),
        ),
        (("组长", "县委副书记、县长"), ("副组长", "副县长"), ("成员", "县司法局局长")),
    ],
)
def test_a_group_in_a_table_is_read(rows):
    plan = table(*rows)
    [group] = plan.groups

    assert (group.name, group.head_post) == ("某县创建工作领导小组", "县委副书记、县长")
    assert (group.deputy_posts, group.member_posts) == (["副县长"], ["县司法局局长"])
    assert not [n for n in ("王某", "李某", "李 某", "张某") if n in plan.model_dump_json()]


def test_a_role_holds_for_the_rows_below_it_until_the_next():
    [group] = table(
        ("组长", "王某某", "县长"),
        ("副组长", "李某", "副县长"),
        ("", "张某", "县公安局局长"),
        ("成员单位", "县司法局、县财政局"),
    ).groups

    assert group.deputy_posts == ["副县长", "县公安局局长"]
    assert group.member_units == ["县司法局", "县财政局"]


def test_a_table_of_tasks_is_no_group():
    assert (
        table(("序号", "任务", "责任单位"), ("1", "加强执法", "县司法局"), title="附件").groups
        == []
    )


def test_working_groups_under_headings_of_their_own_are_groups_of_their_own():
    plan = plan_of(
        LIST
        + "组长：县长\n成员：县司法局、县财政局\n（二）综合协调组\n成员单位：县司法局、县档案馆 职责：统筹协调。\n"
        "（三）宣传组\n组长：县委宣传部副部长\n成员单位：县委宣传部、县司法局\n"
    )

    assert [(g.name, g.parent, g.member_units[0]) for g in plan.groups] == [
        ("县创建工作领导小组", None, "县司法局"),
        ("综合协调组", "县创建工作领导小组", "县司法局"),
        ("宣传组", "县创建工作领导小组", "县委宣传部"),
    ]


def test_a_name_of_the_list_is_forgotten_in_the_tasks_too():
    plan = plan_of(
        HEAD.replace("县司法局）", "县司法局；责任领导：副县长王某某）")
        + "（一）县创建工作领导小组\n组长：王某某　县长\n成员：县司法局、县财政局\n"
    )

    assert plan.tasks[0].lead_posts == ["副县长"]
    assert "王某某" not in plan.model_dump_json()


def test_a_word_that_could_be_a_name_stays_in_the_plan():
    plan = plan_of(
        "某县文化高新区创建工作方案\n一、重点任务\n1.发展文化。（牵头单位：县文化局）\n二、组织保障\n"
        "（一）县创建工作领导小组\n组长：高新　县长\n成员：文化、林业、农业部门负责人\n"
    )

    assert plan.title == "某县文化高新区创建工作方案"
    assert (plan.tasks[0].title, plan.tasks[0].lead_units) == ("发展文化", ["县文化局"])


@pytest.mark.parametrize(
    "row", ["组长：王某某　县长；", "成员：县司法局、", "办公室设在", "副组长　", "（甲"]
)
def test_time_grows_with_the_length_of_a_list(row):
    began = time.process_time()
    plan_of(LIST + row * 4000 + "\n" + (row + "\n") * 2000)

    assert time.process_time() - began < 20


POSTS = (
    "县委书记",
    "县委副书记、县长",
    "副县长、县公安局局长",
    "县司法局局长",
    "县人大常委会副主任",
)
STYLES = (
    "{wide}　{post}",
    "{name}（{post}）",
    "{post} {wide}",
    "{post}{name}",
    "{name}，{post}",
    "{wide}  （{post}）",
    "{post}{name}同志",
    "{name}同志（{post}）",
    "{name}\t{post}",
)
LISTS = (
    "组长：{}\n副组长：{}\n{}\n成员：{}\n{}\n",
    "组　长：{}\n副组长：{}\n　　　　{}\n成　员：{}\n　　　　{}\n",
    "组长：{}；副组长：{}；{}；成员：{}；{}。\n",
    "指挥长：{}\n副指挥长：{}；{}\n成员：{}；{}\n办公室设在县司法局。\n",
    "主任：{}\n副主任：{}\n{}\n成员：{}\n{}\n",
)


@pytest.mark.parametrize("seed", range(60))
def test_every_way_to_print_a_person_leaves_the_post_alone(seed):
    chance = random.Random(seed)
    style, shape = chance.choice(STYLES), chance.choice(LISTS)
    posts = [chance.choice(POSTS) for _ in range(5)]
    names = [
        chance.choice("王李芦单艾欧沈尤")
        + "".join(chance.sample("甲乙丙戊己", chance.choice((1, 2))))
        for _ in posts
    ]
    people = [
        style.format(name=name, post=post, wide="　".join(name) if len(name) == 2 else name)
        for name, post in zip(names, posts, strict=True)
    ]

    plan = plan_of(LIST + shape.format(*people))

    group = plan.groups[0]
    assert [group.head_post, *group.deputy_posts, *group.member_posts] == posts
    kept = plan.model_dump_json()
    assert [name for name in names if name in kept or "　".join(name) in kept] == []


@pytest.mark.parametrize(
    "text",
    [
        "成立县创建工作领导小组，由{}任组长，{}、{}任副组长。办公室设在县司法局，办公室主任由{}兼任。",
        "成立县创建工作领导小组，组长由{}担任，副组长由{}、{}担任。办公室设在县司法局，{}任办公室主任。",
        "县创建工作领导小组由{}任组长，{}、{}任副组长，下设办公室，办公室设在县司法局，由{}兼任主任。",
        "领导小组下设办公室，办公室设在县司法局，{}兼办公室主任，{}、{}、{}为副主任，负责日常工作。",
    ],
)
@pytest.mark.parametrize("person", ["{}", "{}同志", "县司法局局长{}", "县司法局局长{}同志"])
def test_prose_keeps_no_name_however_it_is_put(text, person):
    names = ["王甲乙", "李丙", "沈甲丙", "尤乙戊"]

    plan = plan_of(f"{HEAD}（一）加强领导。{text.format(*map(person.format, names))}")

    kept = plan.model_dump_json()
    assert [name for name in names if name in kept] == []
    assert any(group.located_in == "县司法局" for group in plan.groups)


@pytest.mark.parametrize(
    ("text", "unposted"),
    [
        ("组长：王某某\n副组长：李某　副县长\n成员：县司法局、县财政局\n", 1),
        ("组长：王某某\n副组长：李某 张某某\n成员：赵某、钱某某\n", 5),
        ("组长：县长\n成员：县司法局、县财政局\n办公室设在县司法局，办公室主任由王某某兼任。\n", 0),
        ("组长：王某某　县长\n成员：县司法局、县财政局\n", 0),
    ],
)
def test_who_is_named_without_a_post_is_a_doubt(text, unposted):
    doubts = [d for d in read_plan(Document.from_text(LIST + text)).doubts if d.about == "group"]

    assert [d.reason.split("人只写了")[0][-2:] for d in doubts] == (
        [f"{unposted} "] if unposted else []
    )
    assert not [d for d in doubts if "王某" in d.reason + d.sentence]


@pytest.mark.parametrize(
    ("prose", "title"),
    [
        ("成立县创建工作领导小组，名单附后。", "某县创建工作领导小组成员名单"),
        ("成立某县创建工作领导小组（名单附后）。", "县创建工作领导小组成员名单"),
        ("成立某县创建工作领导小组，负责统筹协调。", "成员名单"),
        ("成立领导小组（名单见附件）。", "某县创建工作领导小组组成人员"),
    ],
)
def test_a_group_announced_in_prose_and_listed_in_an_attachment_is_one(prose, title):
    group, office = plan_of(
        f"{HEAD}（一）加强领导。{prose}领导小组办公室设在县司法局。\n附件\n{title}\n"
        "组长：县长\n副组长：副县长\n成员：县司法局、县财政局\n"
    ).groups

    assert (group.name, group.head_post) == ("某县创建工作领导小组", "县长")
    assert (office.parent, office.located_in) == ("某县创建工作领导小组", "县司法局")


def test_two_groups_with_people_of_their_own_stay_two():
    groups = plan_of(
        f"{HEAD}（一）县创建工作领导小组\n组长：县长\n成员：县司法局、县财政局\n"
        "（二）专项工作领导小组\n组长：副县长\n成员：县公安局、县财政局\n"
    ).groups

    assert [group.head_post for group in groups] == ["县长", "副县长"]


@pytest.mark.parametrize(
    "text",
    [
        "成员单位：县司法局、县公安局 领导小组办公室设在县司法局，办公室主任由县司法局局长兼任。",
        "成员单位：县司法局、县公安局领导小组办公室设在县司法局，办公室主任由县司法局局长兼任。",
        "县司法局、县公安局为成员单位，领导小组办公室设在县司法局，办公室主任由县司法局局长兼任。",
    ],
)
def test_members_end_where_the_office_begins_with_a_mark_or_without(text):
    read = read_plan(Document.from_text(f"{PROSE}，由县长任组长，{text}")).plan.groups

    assert read[0].member_units == ["县司法局", "县公安局"]
    assert (read[1].located_in, read[1].head_post) == ("县司法局", "县司法局局长")


@pytest.mark.parametrize(
    ("text", "deputies"),
    [
        ("副组长由县长；县委副书记担任", ["县长", "县委副书记"]),
        ("副组长由县人大常委会主任；县政协主席担任", ["县人大常委会主任", "县政协主席"]),
        ("副组长由县长担任；联络员由县司法局副局长担任", ["县长"]),
    ],
)
def test_deputies_of_whom_one_word_speaks_are_told_apart(text, deputies):
    read = read_plan(Document.from_text(f"{PROSE}，组长由县委书记担任，{text}。")).plan.groups

    assert (read[0].head_post, read[0].deputy_posts) == ("县委书记", deputies)


@pytest.mark.parametrize(
    ("text", "head", "deputies", "units", "posts", "office", "liaison"),
    [
        # a body's, a post's, a person's last letter before the next label
        (
            "组长：县长副组长：副县长成员：县司法局、县财政局主要负责同志联络员：县司法局副局长",
            *("县长", ["副县长"], ["县司法局", "县财政局"], [], None, "县司法局副局长"),
        ),
        (
            "组长：县长副组长：常务副县长成员：县司法局局长",
            *("县长", ["常务副县长"], [], ["县司法局局长"], None, None),
        ),
        # the longest label wins: 办公室主任, 第一副组长
        (
            "组长：县长成员：县司法局、县公安局局长办公室主任：县司法局局长",
            *("县长", [], ["县司法局"], ["县公安局局长"], "县司法局局长", None),
        ),
        (
            "组长：县委书记、县长第一副组长：常务副县长副组长：副县长；副县长、县公安局局长成员单位：县司法局",
            *("县委书记、县长", ["副县长", "副县长、县公安局局长"]),
            *(["县司法局"], [], None, None),
        ),
        (
            "组长：王某某（县委书记）副组长：李某某（县长）张某（副县长）成员：赵某某（县司法局局长）",
            *("县委书记", ["县长", "副县长"], [], ["县司法局局长"], None, None),
        ),
        (
            "总指挥：县长副总指挥：常务副县长指挥长：副县长副指挥长：县司法局局长成员：县公安局、县财政局",
            *("县长", ["副县长", "常务副县长", "县司法局局长"]),
            *(["县公安局", "县财政局"], [], None, None),
        ),
        (
            "主任：县长副主任：副县长委员：县司法局局长、县公安局局长秘书长：县政府办公室主任",
            *("县长", ["副县长"], [], ["县司法局局长", "县公安局局长", "县政府办公室主任"]),
            *(None, None),
        ),
        # posts without a mark between them, and posts that nobody holds beside another
        (
            "组长：县长\n成员：县司法局局长县公安局副局长县财政局局长",
            *("县长", [], [], ["县司法局局长", "县公安局副局长", "县财政局局长"], None, None),
        ),
        (
            "组长：县长\n成员：县政协副主席、县法院院长、县检察院检察长",
            *("县长", [], [], ["县政协副主席", "县法院院长", "县检察院检察长"], None, None),
        ),
        # 成员 is the end of a post here
        (
            "组长：县长\n成员：县财政局党组成员、副局长\n县司法局局长",
            *("县长", [], [], ["县财政局党组成员、副局长", "县司法局局长"], None, None),
        ),
    ],
)
def test_a_label_ends_what_stands_before_it_without_a_mark(
    text, head, deputies, units, posts, office, liaison
):
    groups = plan_of(LIST + text).groups

    assert (groups[0].head_post, groups[0].deputy_posts) == (head, deputies)
    assert (groups[0].member_units, groups[0].member_posts) == (units, posts)
    assert [each.head_post for each in groups[1:]] == ([office] if office else [])
    assert groups[0].liaison_post == liaison
    assert "张某" not in str(groups)


def test_labels_within_a_cell_and_two_in_a_row_are_told_apart():
    group, office = table(
        ("组长：", "县长", "副组长：", "副县长"),
        (
            "成员：",
            "县司法局局长、县公安局局长办公室主任：县司法局局长",
            "联络员：",
            "县司法局副局长",
        ),
    ).groups

    assert (group.head_post, group.deputy_posts) == ("县长", ["副县长"])
    assert group.member_posts == ["县司法局局长", "县公安局局长"]
    assert office.head_post == "县司法局局长"
    assert "县司法局副局长" in {group.liaison_post, office.liaison_post}


def test_a_frame_around_one_text_is_no_table():
    assert table(("重要提示", "重要提示")).tasks


@pytest.mark.parametrize(
    "text",
    [
        "（一）组长：县长\n（二）副组长：常务副县长\n（三）成员：县司法局、县财政局负责同志\n（四）办公室：设在县司法局",
        "组长：县长。副组长：常务副县长。成员：县司法局、县财政局。领导小组下设办公室在县司法局。",
        "组长：县长\n副组长：常务副县长\n（一）成员：县司法局、县财政局\n办公室设在县司法局。",
    ],
)
def test_numbers_and_sentences_between_the_labels_lose_nobody(text):
    group, office = plan_of(HEAD + text).groups

    assert (group.head_post, group.deputy_posts) == ("县长", ["常务副县长"])
    assert (group.member_units, office.located_in) == (["县司法局", "县财政局"], "县司法局")


def test_who_heads_in_daily_work_is_an_executive():
    [group] = plan_of(LIST + "组长：县长\n执行组长：常务副县长\n副组长：县司法局局长\n").groups

    assert (group.head_post, group.executive_deputy_posts) == ("县长", ["常务副县长"])
    assert group.deputy_posts == ["县司法局局长"]


def test_two_groups_of_one_name_with_heads_of_their_own_stay_two():
    lists = "组长：县长\n成员：县司法局、县财政局\n附件2\n领导小组\n组长：副县长\n成员：县公安局、县教育局\n"

    assert "副县长" in {g.head_post for g in plan_of(HEAD + lists).groups}


def test_people_under_headings_of_their_groups_stay_with_them():
    group, office = plan_of(
        HEAD + "（一）领导小组组成人员\n组长：县长\n成员：县司法局局长\n"
        "（二）领导小组办公室组成人员\n主任：县司法局局长\n成员：县司法局副局长\n"
    ).groups

    assert (group.name, office.name) == ("领导小组", "领导小组办公室")
    assert (office.head_post, office.member_posts) == ("县司法局局长", ["县司法局副局长"])


@pytest.mark.parametrize(
    ("text", "head", "deputies"),
    [
        ("组长：县委书记、县长\n副组长：副县长\n", "县委书记、县长", ["副县长"]),
        ("组 长：县委书记 县长\n副组长：副县长\n", "县委书记、县长", ["副县长"]),
        ("组长：县委书记\n县长\n副组长：副县长\n", "县委书记、县长", ["副县长"]),
        ("组长：\n县委书记\n县长\n副组长：\n副县长\n", "县委书记、县长", ["副县长"]),
        ("第一组长：县委书记\n组长：县长\n副组长：副县长\n", "县委书记、县长", ["副县长"]),
        ("组长：王某某（县委书记）、李某（县长）\n副组长：副县长", "县委书记、县长", ["副县长"]),
        # 、 parts the posts of one as well
        (
            "组长：王某某　县委书记\n　　　李某　县委副书记、县长\n副组长：副县长\n",
            "县委书记；县委副书记、县长",
            ["副县长"],
        ),
        ("组长：县委副书记、县长\n副组长：副县长\n", "县委副书记、县长", ["副县长"]),
        # a place below the first one, whose holder goes before the deputies
        (
            "总指挥：县委书记、县长\n指挥长：\n副县长\n副指挥长：县司法局局长\n",
            *("县委书记、县长", ["副县长", "县司法局局长"]),
        ),
        (
            "指挥长：县委书记、县长\n副指挥长：县司法局局长\n",
            *("县委书记、县长", ["县司法局局长"]),
        ),
    ],
)
def test_two_heads_head_a_group_together_and_none_is_a_deputy(text, head, deputies):
    read = read_plan(Document.from_text(f"{LIST}{text}成员：县公安局局长\n"))
    [group] = read.plan.groups

    assert (group.head_post, group.deputy_posts) == (head, deputies)
    assert group.member_posts == ["县公安局局长"]
    assert not [doubt for doubt in read.doubts if "没有记入哪个机构" in doubt.reason]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("附件3\n督查组名单", "督查组"),
        ("附件3\n督查组成员名单", "督查组"),
        ("附件3：督查组名单", "督查组"),
        ("附件三：督查组名单", "督查组"),
        ("附件\n专家组组成人员名单", "专家组"),
        ("附件3\n工作专班名单", "工作专班"),
        ("附件3\n创建工作专班成员及职责", "创建工作专班"),
        ("附件3\n专项督查工作组名单", "专项督查工作组"),
        ("督查组名单", "督查组"),
    ],
)
@pytest.mark.parametrize("first", ["组长：县长\n", "第一组长：县长\n", "组长\n县长\n"])
def test_a_list_under_a_title_of_its_own_is_a_group_of_its_own(title, name, first):
    text = (
        f"{HEAD}（一）加强领导。成立县创建工作领导小组，统筹推进创建工作。\n附件2\n领导小组名单\n"
        f"{first}成员：县司法局局长\n{title}\n组长：副县长\n成员：县司法局局长、县公安局局长\n"
    )
    leading, other = plan_of(text).groups

    assert (leading.name, leading.head_post) == ("县创建工作领导小组", "县长")
    assert (leading.deputy_posts, leading.member_posts) == ([], ["县司法局局长"])
    assert (other.name, other.head_post, other.parent) == (name, "副县长", leading.name)
    assert other.member_posts == ["县司法局局长", "县公安局局长"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("（一）加强领导。领导小组由王甲任组长，李甲、王乙任副组长。\n", 3),
        ("附件2\n督查组名单\n组长：王某某\n副组长：李某、张某某\n", 3),
        ("附件2\n督查组名单\n组长：王某某\n", 1),
    ],
)
def test_a_group_of_which_only_names_are_said_stays_and_is_asked_about(text, people):
    read = read_plan(Document.from_text(HEAD + text))
    [group] = read.plan.groups

    assert (group.head_post, group.deputy_posts) == (None, [])
    assert [doubt.reason for doubt in read.doubts if doubt.about == "group"] == [
        f"“{group.name}”有 {people} 人只写了姓名，没有写职务；方案只记职务，请补上职务"
    ]


def test_a_post_that_ends_as_a_list_does_begins_no_list():
    text = (
        "附件2\n领导小组名单\n组长：县长\n副组长：\n王某某　县司法局党组成员\n成员：县公安局局长\n"
    )
    [group] = plan_of(HEAD + text).groups

    assert group.deputy_posts == ["县司法局党组成员"]
    assert (group.head_post, group.member_posts) == ("县长", ["县公安局局长"])


def test_what_only_sounds_like_a_name_makes_no_group():
    assert plan_of(f"{HEAD}（一）加强领导。各领导小组由专人任组长。\n").groups == []


@pytest.mark.parametrize(
    ("said", "head", "members", "duties"),
    [
        (
            "建立由县司法局局长召集，县财政局、县公安局为成员的联席会议制度，联席会议负责审定计划；协调难题。",
            "县司法局局长",
            ["县财政局", "县公安局"],
            ["审定计划", "协调难题"],
        ),
        (
            "成立防汛指挥部，县长任指挥，县财政局、县公安局主要负责同志为成员。指挥部主要职责：审定计划；协调难题。",
            "县长",
            ["县财政局", "县公安局"],
            ["审定计划", "协调难题"],
        ),
        ("建立县长任总召集人的联席会议制度，每季度召开1次会议。", "县长", [], []),
        (
            "成立创建工作领导小组，由县长任组长，县财政局为成员单位。领导小组办公室设在县司法局，负责日常工作。"
            "领导小组主要负责审定计划；协调难题。",
            "县长",
            ["县财政局"],
            ["审定计划", "协调难题"],
        ),
    ],
)
def test_a_sentence_tells_of_the_group_that_it_names(said, head, members, duties):
    first, *others = plan_of(f"{HEAD}（一）加强领导。{said}").groups

    assert (first.head_post, first.member_units, first.duties) == (head, members, duties)
    assert not [office.duties for office in others if office.duties]


def test_a_group_that_others_found_is_none_of_the_plan():
    founded = "成立县创建工作领导小组，由县长任组长。各乡镇要成立相应的工作专班，主要负责人亲自抓。"

    [group] = plan_of(f"{HEAD}（一）加强领导。{founded}").groups

    assert (group.name, group.duties) == ("县创建工作领导小组", [])


def test_a_group_has_its_place_where_its_sentence_says_so():
    founded = "县政府成立攻坚行动工作专班，由县长任组长，专班设在县司法局。"

    [group] = plan_of(f"{HEAD}（一）加强领导。{founded}").groups

    assert (group.name, group.located_in) == ("攻坚行动工作专班", "县司法局")
