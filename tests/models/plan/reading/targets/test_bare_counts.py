"""Counts without a bound at the end of what a clause asks for, and the counts that ask for nothing."""

import pytest

from models.plan.reading.targets.targets import at_least, find_targets
from models.plan.reading.text.passages import Passage
from models.plan.schema import Target
from models.plan.vocabulary import default_vocabulary


def targets(text: str) -> list[tuple[str, float, str]]:
    found = find_targets(Passage(text, ((0, 1, None),)), default_vocabulary())
    return [(target.op, target.value, target.unit) for target in found]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("三年推介项目60个，带动社会投资", 60, "个"),
        ("布局废旧蓄电池规范回收网点15个，", 15, "个"),
        ("新筹集人才公寓600套，", 600, "套"),
        ("在各村（社区）巡演16场，让群众", 16, "场"),  # a verb of the list, whoever is covered
        ("年内新建积分超市9家，", 9, "家"),  # 超市 is no 超
        ("盘活闲置厂房20万平方米，", 20, "万平方米"),
        ("招募垃圾分类志愿者1.2万名", 1.2, "万名"),  # 分类 is no 分为
        ("建成标准化分拣中心3座", 3, "座"),
        ("新增秸秆综合利用企业5家，", 5, "家"),
        ("孵化本土主播150名，", 150, "名"),
        ("其中2025年完成投资有序推进，消除易涝点12处。", 12, "处"),
        ("在现有基础上新建普适型监测点18处，", 18, "处"),
        ("力争形成2项在全省可复制推广的制度成果", 2, "项"),
        ("新建和改造10千伏线路46公里，", 46, "公里"),
        ("年处理废杂铜10万吨，", 10, "万吨"),
        ("建成年处置3万吨的危险废物焚烧设施", 3, "万吨"),
        ("建设日处理能力1.5万吨的再生水厂", 1.5, "万吨"),
        ("修复现有红树林45公顷以上，", 45, "公顷"),
        ("建立200人以上的市级健康科普专家库，", 200, "人"),
        ("街道组建60人以上的综合抢险队，", 60, "人"),
        ("新建法治文化广场和“法治帐篷”60顶，", 60, "顶"),
        ("农田灌溉水有效利用系数提高到0.58以上。", 0.58, ""),
    ],
)
def test_a_count_that_ends_a_clause_must_be_reached(text, value, unit):
    assert targets(text) == [(">=", value, unit)]


def test_a_count_to_be_taken_away_is_a_change():
    assert targets("压减自建机房15个，") == [("==", 15, "个")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("全年建成幸福河湖46条（座），其中省级样板河湖2条；", [46, 2]),
        ("悬挂横幅2000条(面)以上。", [2000]),
        ("在重点河段布设高清视频监控120路，", [120]),
        ("设立先行赔付资金50万元。", [50]),
        ("改造纬二路、", []),
    ],
)
def test_counts_in_two_measures_and_rarer_ones_are_read(text, values):
    assert [value for _, value, _ in targets(text)] == values


def test_every_count_of_a_list_must_be_reached():
    text = "评选命名民族团结进步模范单位10个、模范家庭50户、模范个人60名，召开座谈会"

    assert [value for _, value, _ in targets(text)] == [10, 50, 60]


@pytest.mark.parametrize(
    "text",
    [
        "审计组设组长1人，副组长2人；成员8人。",  # who sits in a group
        "我市拥有长江岸线142公里，入江支流7条，水质优良",
        "2024年，全市农作物播种面积412万亩，秸秆综合利用率为91.3%，卫星监测火点37个。",
        "2024年，全区收到涉企行政复议申请163件，同比增长27%，主渠道作用初步显现。",
        "前期全旗共排查自建房21364户，初判存在安全隐患的186户，",
        "检出不合格样品34批次，治理任务仍然不轻。",
        "方案共安排循环化改造项目21个，总投资18.7亿元，其中关键补链项目9个、能力建设项目5个。",
        "围绕责任落实、隐患治理、能力提升、文化培育四个方面实施12项重点任务",
        "一次性收取费用的期限为3个月或60课时，",
        "通过半年集中整治，市容明显改善",
        "紧紧围绕打好打赢全面振兴新突破三年行动决胜之战",
        "对60人以上的企业开展培训",
        "等级提高到2以上",
        "对“零处罚”、执法宽松软的部门进行约谈",
        "核查批零住餐和服务业单位",
        "零就业家庭有人帮",
        "主汛期降水较常年偏多一至二成，",
        "对设备投资额的10%给予补助",
        "对法人或者其他组织处以5万元以上罚款",
        "为60岁以上老人提供面对面辅导",
        "对连续180日以上未开展经营活动、车辆全部脱管的企业依法注销",
    ],
)
def test_what_there_is_who_is_meant_and_names_are_no_targets(text):
    assert targets(text) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("企业按不低于投放量5‰的比例配备运维人员", (">=", 5, "‰")),
        ("按照不低于占用长度150%的标准落实", (">=", 150, "%")),
        ("县财政按不低于上年度一般公共预算收入1‰的比例安排", (">=", 1, "‰")),
        ("增加值增速高于全市平均水平2个百分点，", (">", 2, "个百分点")),
        ("补助比例不超过新增研发投入的20%。", ("<=", 20, "%")),
        ("抽查比例不低于在册民宿总数的30%；", (">=", 30, "%")),
        ("公用经费拨款标准提高到每生每年1300元，", (">=", 1300, "元")),
        ("污染物排放浓度低于国家标准限值20%以上。", (">=", 20, "%")),  # how far below
        ("达标率不低于全省、合格率95%", ("==", 95, "%")),  # another rate
    ],
)
def test_what_a_share_is_a_share_of_stands_between_it_and_its_bound(text, target):
    assert targets(text) == [target]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("制定机关应当自规范性文件公布之日起15日内报送备案", 15),
        ("政策文件公布后3个工作日内发布解读材料", 3),
        ("卫片图斑下发后10个工作日内完成核查", 10),
        ("责令当事牧户15日内将牲畜全部移出禁牧区", 15),
        ("已移交的须在三个月内办成公办园", 3),
        ("一般性矛盾纠纷7日内调处完毕", 7),
    ],
)
def test_a_time_limit_binds_each_case(text, value):
    assert [(op, number) for op, number, _ in targets(text)] == [("<=", value)]


@pytest.mark.parametrize(
    "text", ["本方案印发之日起15日内制定细则", "自文件印发后10日内报送方案", "会议召开后3日内报送"]
)
def test_a_time_limit_from_the_issue_of_the_plan_is_a_deadline(text):
    assert targets(text) == []


@pytest.mark.parametrize(
    ("op", "value", "unit", "expected"),
    [
        ("==", 96, "%", ">="),
        ("==", 100, "%", "=="),
        ("==", 0, "%", "=="),
        ("<=", 5, "%", "<="),
        ("==", 0, "", "=="),
    ],
)
def test_a_bare_share_of_a_column_of_aims_is_the_least(op, value, unit, expected):
    target = Target(raw="x", op=op, value=value, unit=unit)

    assert at_least(target).op == expected
