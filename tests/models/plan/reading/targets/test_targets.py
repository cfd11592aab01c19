"""What is a target and what is none, a row each."""

import re

import pytest

from models.plan.reading.doubts.doubts import number_doubts
from models.plan.reading.targets.numbers import metric_hint
from models.plan.reading.targets.targets import find_targets
from models.plan.reading.text.passages import Passage
from models.plan.vocabulary import default_vocabulary


def targets(text: str) -> list[tuple[str, float, str]]:
    found = find_targets(Passage(text, ((0, 1, None),)), default_vocabulary())
    return [(target.op, target.value, target.unit) for target in found]


DEMANDS = [
    ("满意度不低于90%", [(">=", 90, "%")]),
    ("培训不少于40学时", [(">=", 40, "学时")]),
    ("至少开展一次演练", [(">=", 1, "次")]),  # a number in characters counts
    ("出庭应诉率98%以上", [(">=", 98, "%")]),
    ("网办率达到95%", [(">=", 95, "%")]),
    ("网办率达95%以上", [(">=", 95, "%")]),
    ("预留份额提高到40%以上", [(">=", 40, "%")]),
    ("满意率稳定在95%以上", [(">=", 95, "%")]),
    ("超限率稳定在2%以下", [("<=", 2, "%")]),  # what stands behind decides
    ("审理天数不超过45天", [("<=", 45, "天")]),
    ("开办时间压缩至1个工作日以内", [("<=", 1, "个工作日")]),
    ("审批时间控制在15个工作日以内", [("<=", 15, "个工作日")]),
    ("企业诉求24小时内响应、7个工作日内答复", [("<=", 24, "小时"), ("<=", 7, "个工作日")]),
    ("自受理之日起3日内完成初审", [("<=", 3, "日")]),
    ("参与人数超过3万人", [(">", 3, "万人")]),  # the printed number in the printed unit
    ("占比低于1.2%", [("<", 1.2, "%")]),
    ("投诉办结率100%", [("==", 100, "%")]),
    ("检查频次较上年压减30%", [("==", 30, "%")]),  # a change without a bound
    ("投诉量同比下降40%以上", [(">=", 40, "%")]),
    ("事故起数和死亡人数分别下降15%、20%以上", [(">=", 15, "%"), (">=", 20, "%")]),
    ("报备率、规范率均达100%", [(">=", 100, "%")]),  # one number, one target
    ("整改问题“零反弹”", [("==", 0, "")]),
    ("占道经营动态清零", [("==", 0, "")]),
    ("实现人民调解委员会全覆盖", [("==", 100, "%")]),
    ("各项指标100%达标", [("==", 100, "%")]),
    ("达到百分之八十五", [(">=", 85, "%")]),
    ("覆盖八成以上的市场主体", [(">=", 80, "%")]),
    ("减少三分之一以上", [(">=", 33.33, "%")]),
    ("人员不少于本单位执法人员总数的5%", [(">=", 5, "%")]),
    ("遴选1,500名以上", [(">=", 1500, "名")]),
    ("新增贷款≥20亿元", [(">=", 20, "亿元")]),
    ("建成示范街区8条", [(">=", 8, "条")]),  # a bare number that must be reached
    ("距离住宅不少于9米的方可办理", [(">=", 9, "米")]),
    ("80%以上实现分类受理", [(">=", 80, "%")]),
    ("浮尘不超过5克", [("<=", 5, "克")]),
    ("由60%提高到80%", [(">=", 80, "%")]),  # where it starts is none
    ("网办率、满意率分别达到90%、95%", [(">=", 90, "%"), (">=", 95, "%")]),
    # Parts of a whole, of its own unit.
    ("新建公厕60座，其中城区20座、农村40座", [(">=", n, "座") for n in (60, 20, 40)]),
    ("播种面积9.5万亩（其中小麦5万亩，玉米4.5万亩）", [(">=", n, "万亩") for n in (9.5, 5, 4.5)]),
    (
        "完成绿化5万亩，其中：造林2万亩，绿化带30公里",
        [(">=", 5, "万亩"), (">=", 2, "万亩"), (">=", 30, "公里")],
    ),
    ("城区建设类（11件）", []),
    ("新建公厕60座，其中城区12处", [(">=", 60, "座")]),
    ("新建公厕60座，其中已建成20座", [(">=", 60, "座")]),
    ("新开工安置房850套", [(">=", 850, "套")]),
    ("年均浓度控制在35微克每立方米以下", [("<=", 35, "微克每立方米")]),
    ("水体数量消减50%以上", [(">=", 50, "%")]),
]


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("新建公厕60座，其中城区20座、农村40座", ["新建公厕", "城区", "农村"]),
        ("报告书14个工作日内、报告表7个工作日内完成", ["报告书", "报告表"]),
        ("65岁以上老年人、孕产妇签约率达到80%", ["65岁以上老年人、孕产妇签约率"]),
        ("排放总量分别下降15%、20%", ["排放总量分别", "排放总量分别下降15%、"]),
        ("7月底前关停取缔率达到95%", ["关停取缔率"]),  # nor by when
        ("11月15日前完工率达到95%", ["完工率"]),
        ("2026年年底前完工率达到95%，年内新增充电端口600个", ["完工率", "新增充电端口"]),
        ("在建工地达标率达到95%", ["在建工地达标率"]),
        ("底册漏登率不高于2%", ["底册漏登率"]),
    ],
)
def test_what_is_measured_is_named_without_what_stands_in_front_of_it(text, hints):
    found = find_targets(Passage(text, ((0, 1, None),)), default_vocabulary())

    assert [target.metric_hint for target in found] == hints


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_a_demand_is_read_with_its_operator_and_printed_number(text, expected):
    assert targets(text) == expected


NONE = [
    "围绕34项二级指标开展工作",  # a count that describes
    "对全市56个小区开展整治",
    "推广二级以上净化设备",  # a grade
    "达到三类以上标准",
    "创建三星级窗口",
    "灶头数6个以上的餐饮单位一律安装",  # who is covered
    "对超过10年的老旧装置开展评估",
    "对一年内被处罚两次的单位重点监管",
    "对整改率低于80%的单位进行约谈",
    "力争用一年时间完成创建",
    "2024年通过省级评估",  # a milestone
    "到2026年底前完成",
    "未经审核的一律不得提请审议",  # no number
    "保持“零容忍”态势",  # an attitude
    "深化“最多跑一次”改革",  # a name
    "基本实现“一网、一门、一次”",
    "拨打12345热线",
    "全方位广覆盖宣传",
    "印发之日起15日内召开会议",  # a deadline counted from the issue
    "目前网办率已达到96%",  # a fact
    "去年全市共开展培训32场",
    "问题表现：困难老年人家庭适老化改造仅完成计划数的62%",  # what is to be put right
    "存在问题：验收合格率不到90%以上",
    "赛道全长128公里",  # how long it is
    "每月召开一次会议",  # a rate without a bound
    "零距离服务群众",
    "第3次全体会议",
    "考核结果占绩效分值的5%",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_demand_is_no_target(text):
    assert targets(text) == []


def test_a_decrease_and_an_increase_are_told_apart():
    passage = Passage("时限压缩70%以上，提前服务率提高5个百分点", ((0, 1, None),))

    assert [t.change for t in find_targets(passage, default_vocabulary())] == [
        "decrease",
        "increase",
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("开展普法宣传活动12场", ["12场"]),
        ("完成整改事项24项", ["24项"]),
        ("完成第24项工作", []),  # which one, not how many
        ("完成第1项和第2项工作", []),
        ("开展第3次评查", []),
        ("组建9人以上的顾问团", ["9人"]),
        ("各单位选派2至4名骨干", ["2至4名"]),
        ("抽查文书80宗", ["80宗"]),
    ],
)
def test_a_number_that_may_be_a_target_is_doubted_unless_it_counts_in_order(text, numbers):
    doubts = number_doubts([Passage(text, ((0, 1, None),))], [], default_vocabulary())

    assert [doubt.reason.split("”")[0][1:] for doubt in doubts] == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合格率达到70%—75%", [(">=", 70, "%")]),
        ("普及率70%至75%", [(">=", 70, "%")]),
        ("培育千万级账号1个", [(">=", 1, "个")]),
        ("按照不低于干部总数8%的比例配备", [(">=", 8, "%")]),
        ("按不低于从业人员总人数3%的标准", [(">=", 3, "%")]),
        ("新增公共厕所60座", [(">=", 60, "座")]),
        ("新建公用充电桩200个", [(">=", 200, "个")]),
        ("培育签约医生90名", [(">=", 90, "名")]),
        ("冻结的账户在3日内解除", [("<=", 3, "日")]),
        ("多收的费用在7日内退还", [("<=", 7, "日")]),
        ("新建点位共60个", []),
        ("新增用于停车的地块60块", []),
    ],
)
def test_a_letter_of_a_longer_word_decides_nothing(text, expected):
    assert targets(text) == expected


def test_a_number_beside_a_target_of_its_sentence_is_doubted_too():
    text = "完成全镇35家作坊整治，投诉量下降40%。"
    passage = Passage(text, ((0, 1, None),))
    found = find_targets(passage, default_vocabulary())

    [doubt] = number_doubts([passage], found, default_vocabulary())
    assert doubt.reason == "“35家”可能是指标，没有计入"


def test_where_a_change_begins_is_no_doubt():
    words = default_vocabulary()
    passage = Passage("实现覆盖率由62%提高到80%。", ((0, 1, None),))

    assert number_doubts([passage], find_targets(passage, words), words) == []


def test_a_number_that_was_read_without_its_measure_is_no_doubt():
    words = default_vocabulary()
    passage = Passage("完成评查不少于60卷，优秀率达到20%。", ((0, 1, None),))

    assert number_doubts([passage], find_targets(passage, words), words) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("公开权责清单13个", "公开权责清单"),
        ("7|一件事“一次办”|落实清单|公开权责清单13个", "公开权责清单"),  # of its own cell
        ("7|窗口好差评满意率|98%", "窗口好差评满意率"),  # which has no words of its own
        ("1|网上办理率|%|88.5|≥95%", "网上办理率"),  # nor have those next to it
        ("3|平均用时|小时|6.5|4个", "平均用时"),
        ("联合检查|9月下旬至10月底|组成6个", "组成"),
    ],
)
def test_what_is_measured_is_named_by_the_cell_of_the_number(text, hint):
    number = re.search(r"\d+(?=[个%]$)", text)

    assert metric_hint(text, number.start()) == hint
