"""Until when: words of a deadline read against the document's own day, or doubted; never guessed in silence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan.reading.compile import read_plan
from models.plan.reading.dates.points import Context
from models.plan.reading.deadlines.deadlines import read_deadline
from models.plan.reading.text.document import Document
from models.plan.reading.text.passages import Passage
from models.rules.bounds import FIRST_DAY, LAST_DAY

ISSUED = date(2026, 10, 20)
CONTEXT = Context(ISSUED, 2026)


def read(words, context=CONTEXT):
    deadline, doubts = read_deadline(words, [], context)
    return deadline, doubts


# words -> day, whether it is doubted
SURE = [
    ("3月底", "2027-03-31"),
    ("3月底前", "2027-03-31"),
    ("6月30前", "2027-06-30"),
    ("7月19日前", "2027-07-19"),  # more than a quarter ago: the next is meant
    ("10月20日前", "2026-10-20"),  # the document's own day
    ("10月底前", "2026-10-31"),
    ("年底前", "2026-12-31"),
    ("年内", "2026-12-31"),
    ("2026年内", "2026-12-31"),
    ("2026年内完成", "2026-12-31"),
    ("二〇二六年内", "2026-12-31"),
    ("2026年度内完成", "2026-12-31"),
    ("力争2027年6月底前完成", "2027-06-30"),
    ("明年3月底前", "2027-03-31"),
    ("次年3月底前", "2027-03-31"),
    ("下一年度3月底前", "2027-03-31"),
    ("一季度末", "2027-03-31"),
    ("第四季度", "2026-12-31"),
    ("12月上旬", "2026-12-10"),
    ("12月中旬", "2026-12-20"),
    ("12月下旬", "2026-12-31"),
    ("十二月廿日前", "2026-12-20"),
    ("二〇二七年二月廿八日", "2027-02-28"),
    ("27年6月底前", "2027-06-30"),
    ("11月30前", "2026-11-30"),
    ("元旦前", "2026-12-31"),  # the day before the festival
    ("春节前", "2027-02-05"),  # 2027: 6 February
    ("除夕前", "2027-02-04"),
    ("元宵节前", "2027-02-19"),
    ("清明节前", "2027-04-04"),
    ("五一前", "2027-04-30"),
    ("“五一”国际劳动节前", "2027-04-30"),
    ("2027年端午节前", "2027-06-08"),
    ("2027年中秋节前", "2027-09-14"),
    ("2027年国庆节前", "2027-09-30"),
    ("国家宪法日前", "2026-12-03"),
    ("“十五五”末", "2030-12-31"),
    ("“十五五”第一年", "2026-12-31"),
    ("“十五五”期间首年底前", "2026-12-31"),
    ("“十五五”期间", "2030-12-31"),
    ("2026年前", "2026-12-31"),  # it has begun: only its end is to come
    ("每月25日前报送进展，12月底前完成", "2026-12-31"),
    ("“十五五”期末", "2030-12-31"),
    ("“九五”普法规划期末", "2030-12-31"),
    ("印发之日起15日内", "2026-11-04"),
    ("11月—次年3月", "2027-03-31"),
    ("2026年-2028年", "2028-12-31"),
    ("2028年2月29日前", "2028-02-29"),
    ("即日起至春节前", "2027-02-05"),
    ("二0二七年一月", "2027-01-31"),
    ("元月底前", "2027-01-31"),
    ("2026年12月4日国家宪法日前", "2026-12-04"),
    ("2026.10-2026.12", "2026-12-31"),
    ("10-12月", "2026-12-31"),
    ("2026-12-1000:00:00", "2026-12-10"),  # out of a spreadsheet, without its blank
    ("2026年12月—春节前", "2027-02-05"),
    ("11月启动，12月完成", "2026-12-31"),
    ("印发后半年内", "2027-04-20"),
    ("印发后半个月内", "2026-11-04"),
    ("最迟不超过2026年12月10日", "2026-12-10"),
    ("不得晚于12月10日", "2026-12-10"),
    ("2026-2028年", "2028-12-31"),
    ("“十五五”收官之年", "2030-12-31"),
    ("至2026年11月底", "2026-11-30"),
    ("11月30日前（含11月30日）", "2026-11-30"),
    ("本月底前", "2026-10-31"),
    ("月底前", "2026-10-31"),
    ("下月10日前", "2026-11-10"),
    ("下月中旬", "2026-11-20"),
    ("本季度末", "2026-12-31"),
    ("下季度末", "2027-03-31"),
]


@pytest.mark.parametrize(("words", "day"), SURE)
def test_words_of_a_deadline_are_read_without_a_doubt(words, day):
    deadline, doubts = read(words)

    assert (deadline.date.isoformat(), doubts) == (day, [])
    assert deadline.raw == words
    assert not deadline.open_ended


# words -> day, both readings or why
DOUBTED = [
    ("2027年国庆、中秋前", "2027-09-14", "是几个日子"),  # the earlier of the two
    ("2028年前", "2028-12-31", "也可能是2027年12月31日"),
    ("2028年以前", "2028-12-31", "也可能是2027年12月31日"),
    ("每年12月底前", None, "周期要求"),
    ("9月底前", "2027-09-30", "也可能是2026年9月30日"),  # three weeks ago: the paper came late?
    ("7月20日前", "2027-07-20", "也可能是2026年7月20日"),  # a quarter ago
    ("国庆节前", "2027-09-30", "也可能是2026年9月30日"),
    ("6月31日前", None, "6月31日不存在，可能是6月30日或7月1日"),
    ("6月31日", None, "6月31日不存在，可能是6月30日或7月1日"),
    ("6月45日前", None, "6月45日不存在，可能是6月30日或7月1日"),
    ("6月0日前", None, "6月0日不存在"),
    ("12月32日前", None, "12月32日不存在，可能是12月31日或次年1月1日"),
    ("2027年2月29日前", None, "2027年2月29日不存在，可能是2月28日或3月1日"),
    ("2月30日前", None, "2月30日不存在，可能是2月28日或3月1日"),
    ("13月底前", None, "没有13月，可能是12月或次年1月"),
    ("2026年11月1日至2027年6月31日", None, "6月31日不存在"),
    ("两会前", None, "“两会前”没有固定的日子"),
    ("汛期前", None, "没有固定的日子"),
    ("正月十五前", None, "农历"),
    ("2026年Q4", "2026-12-31", "“Q4”没有读出"),
    ("启动阶段结束前", None, "没有读出日期"),
    ("20261231", None, "没有读出日期"),
    ("本月32日前", None, "10月32日不存在，可能是10月31日或11月1日"),
    ("主汛期来临前", None, "没有固定的日子"),
    ("按上级要求的时限", None, "没有读出日期"),
    ("2026年上级要求的时限", None, "没有读出日期"),
    ("待定", None, "没有读出日期"),
    ("另行通知", None, "没有读出日期"),
    ("见附件", None, "没有读出日期"),
    ("立行立改", None, "没有读出日期"),
    ("立即整改", None, "没有读出日期"),
    ("2200年底前", None, "没有读出日期"),
    ("三年内", None, "没有写明从哪天算起"),
    ("10个工作日内", None, "从哪天算起"),
    ("每月25日前", None, "周期要求"),
    ("今年9月底前", "2026-09-30", "早于成文日期2026年10月20日"),
    ("“十四五”末", "2025-12-31", "早于成文日期"),
    ("2026年12月31日前（具体时间另行通知）", "2026-12-31", "另行通知"),
    ("2026年底前取得阶段性成效，长期坚持", "2026-12-31", "长期坚持"),
    ("11月初", "2026-11-10", "没有确切日期"),
    ("国庆节", "2027-10-01", "只写了节日"),
    ("“双十一”前", "2026-11-10", "双十一"),
    ("农历八月十五前", "2027-09-15", "按公历2027年9月15日读"),
    ("农历腊月廿三前", "2027-01-30", "按公历2027年1月30日读"),
    ("2027年农历正月底前", "2027-03-07", "农历"),
    ("农历年底前", "2027-02-05", "按公历2027年2月5日读"),
    ("农历十四月底前", None, "没有读出"),
    ("2027年春季学期末", None, "“春季”"),
    ("2026年秋季", None, "“秋季”"),
    ("新学期开学前", None, "没有固定的日子"),
    ("2026.11-12", "2026-12-31", "可能是11月12日，也可能是11月至12月"),
    ("11月底前后", "2026-11-30", "前后"),
    ("2027年中", "2027-06-30", "没有确切日期"),
    ("2026年至2028年每年12月底前", "2028-12-31", "每年12月底前"),
    ("2026年11月20日左右", "2026-11-20", "左右"),
    ("约11月底", "2026-11-30", "约"),
    ("11月第一周", "2026-11-30", "第一周"),
    ("11月最后一个工作日前", "2026-11-30", "最后一个工作日"),
    ("2026年省考核前", "2026-12-31", "省考核前"),
    ("11月30日前或12月底", "2026-12-31", "或"),
    ("2027年五一、国庆前", "2027-04-30", "几个日子"),
    ("2026年11月-", "2026-11-30", "-"),
    ("2026年11月底或12月初", "2026-11-30", "或"),
]


@pytest.mark.parametrize(("words", "day", "why"), DOUBTED)
def test_what_is_guessed_or_not_read_is_doubted(words, day, why):
    deadline, doubts = read(words)

    assert (deadline.date and deadline.date.isoformat()) == day
    assert why in "；".join(doubts)
    assert not deadline.open_ended


@pytest.mark.parametrize(
    "words", ["长期坚持", "持续推进", "常态化", "常态化推进", "全程", "2027年1月起长期坚持"]
)
def test_long_term_work_is_open_ended_and_no_doubt(words):
    deadline, doubts = read(words)

    assert (deadline.date, deadline.open_ended, doubts) == (None, True, [])


# words -> (day, what) of each part
PARTS = [
    (
        "6月底前完成摸排，9月底前完成整治，12月底前验收",
        [("2027-06-30", "完成摸排"), ("2027-09-30", "完成整治"), ("2027-12-31", "验收")],
    ),
    (
        "2026年底前完成60%；2027年6月底前全部完成",
        [("2026-12-31", "完成60%"), ("2027-06-30", "全部完成")],
    ),
    ("摸排11月底前、整治12月底前", [("2026-11-30", "摸排"), ("2026-12-31", "整治")]),
    ("10月底前摸排，3月底前整治", [("2026-10-31", "摸排"), ("2027-03-31", "整治")]),
    (
        "12月底前完成总结，其中11月底前完成摸排",
        [("2026-12-31", "完成总结"), ("2026-11-30", "完成摸排")],
    ),
    ("第一批2026年11月底，第二批2027年6月底", [("2026-11-30", "第一批"), ("2027-06-30", "第二批")]),
    ("11月10日、20日前", [("2026-11-10", ""), ("2026-11-20", "")]),
    ("11月底前完成摸排，汛期前完成清淤", [("2026-11-30", "完成摸排"), (None, "完成清淤")]),
    ("11月底前完成摸排，2027年2月30日前清淤", [("2026-11-30", "完成摸排"), (None, "清淤")]),
    ("春节前完成排查，五一前完成整治", [("2027-02-05", "完成排查"), ("2027-04-30", "完成整治")]),
    ("11月和12月", [("2026-11-30", ""), ("2026-12-31", "")]),
    ("11月及12月", [("2026-11-30", ""), ("2026-12-31", "")]),
    ("2027年6月、9月和12月", [("2027-06-30", ""), ("2027-09-30", ""), ("2027-12-31", "")]),
    ("3、6、9月", [("2027-03-31", ""), ("2027-06-30", ""), ("2027-09-30", "")]),
    ("11、12月中旬前报送", [("2026-11-20", "报送"), ("2026-12-20", "报送")]),
    ("分别于11、12月底前报送", [("2026-11-30", "报送"), ("2026-12-31", "报送")]),
    ("第二季度和第四季度", [("2027-06-30", ""), ("2027-12-31", "")]),
    ("2027年三、四季度", [("2027-09-30", ""), ("2027-12-31", "")]),
    ("摸排11月底前，整治12月底前完成", [("2026-11-30", "摸排"), ("2026-12-31", "整治")]),
    (
        "11月摸排，12月整治，1—3月验收",
        [("2026-11-30", "摸排"), ("2026-12-31", "整治"), ("2027-03-31", "验收")],
    ),
    ("2027年二季度推进，三季度完成", [("2027-06-30", "推进"), ("2027-09-30", "完成")]),
    ("2026.11、2026.12", [("2026-11-30", ""), ("2026-12-31", "")]),
    ("2027年上、下半年", [("2027-06-30", ""), ("2027-12-31", "")]),
    ("上半年和下半年", [("2027-06-30", ""), ("2027-12-31", "")]),
    ("1.11月底前制定方案；2.12月底前完成。", [("2026-11-30", "制定方案"), ("2026-12-31", "完成")]),
    (
        "1、11月底前制定方案；2、12月底前完成。",
        [("2026-11-30", "制定方案"), ("2026-12-31", "完成")],
    ),
    ("（1）11月底前制定；（2）12月底完成", [("2026-11-30", "制定"), ("2026-12-31", "完成")]),
    ("①11月底前制定方案②12月底前完成", [("2026-11-30", "制定方案"), ("2026-12-31", "完成")]),
    ("1.11月底前制定方案2.12月底前完成", [("2026-11-30", "制定方案"), ("2026-12-31", "完成")]),
    ("1.2026年底前制定；2.2027年底前完成", [("2026-12-31", "制定"), ("2027-12-31", "完成")]),
    ("1.15前摸排，2.20前整治", [("2027-01-15", "摸排"), ("2027-02-20", "整治")]),  # days
]


@pytest.mark.parametrize(("words", "parts"), PARTS)
def test_several_deadlines_are_dated_parts_and_the_last_day_is_the_deadline(words, parts):
    deadline, doubts = read(words)

    assert [(p.date and p.date.isoformat(), p.what) for p in deadline.parts] == parts
    assert deadline.date.isoformat() == max(day for day, _ in parts if day)
    assert bool(doubts) >= any(day is None for day, _ in parts)


def test_a_numbered_list_of_deadlines_goes_on_over_the_lines_of_a_bracket():
    text = (
        "某县方案\n2026年3月6日\n一、重点任务\n"
        "（一）执法。（牵头单位：县司法局；完成时限：1.3月底前制定方案；\n2.12月底前完成。）\n"
        "（二）普法。（牵头单位：县司法局；完成时限：2026年6月底前）\n"
    )

    tasks = read_plan(Document.from_text(text)).plan.tasks

    assert [str(task.deadline.date) for task in tasks] == ["2026-12-31", "2026-06-30"]
    assert [part.what for part in tasks[0].deadline.parts] == ["制定方案", "完成"]


# the sentence of a task -> its day, the days of its parts
SENTENCES = [
    ("11月底前完成摸排。", "2026-11-30", []),
    ("2028年前全面建成。", "2028-12-31", []),
    ("“十五五”第一年年底前建成。", "2026-12-31", []),
    ("3月底前完成，11月底前复查。", "2027-11-30", ["2027-03-31", "2027-11-30"]),
    ("春节前完成排查。", "2027-02-05", []),
    ("年内完成改造。", "2026-12-31", []),
    ("12月底完成整治。", "2026-12-31", []),
    ("3月份启动，6月份完成。", "2027-06-30", []),
    ("11月至12月完成排查。", "2026-12-31", []),
    ("11月底前、12月底前分别完成。", "2026-12-31", ["2026-11-30", "2026-12-31"]),
    ("到2027年底，建成示范点10个。", "2027-12-31", []),
    ("不迟于12月10日报送。", "2026-12-10", []),
    ("12月10日（周四）17时前报送。", "2026-12-10", []),
    ("本月底前完成。", "2026-10-31", []),
    ("2027年全国两会召开前完成。", None, []),
    ("力争“十五五”末前建成。", "2030-12-31", []),
    ("汛期前完成清淤。", None, []),
    ("6月31日前上报。", None, []),
    ("11月、12月底前分别完成。", "2026-12-31", ["2026-11-30", "2026-12-31"]),
    ("3、6、9月底前报送。", "2027-09-30", ["2027-03-31", "2027-06-30", "2027-09-30"]),
    ("农历腊月底前完成。", "2027-02-05", []),
    ("2026年11月至10月底完成。", "2027-10-31", []),  # not this October
    ("自11月1日至12月底完成。", "2026-12-31", []),
]


@pytest.mark.parametrize(("sentence", "day", "parts"), SENTENCES)
def test_a_deadline_within_a_sentence_is_read_as_one_in_a_label(sentence, day, parts):
    deadline, doubts = read_deadline(None, [Passage(sentence, [])], CONTEXT)

    assert (deadline.date and deadline.date.isoformat()) == day
    assert [p.date.isoformat() for p in deadline.parts] == parts
    assert day or doubts


@pytest.mark.parametrize(
    "sentence",
    [
        "春节前后开展走访。",
        "每年春节前开展检查。",
        "每年12月底前报送。",
        "每年12月底完成考核。",
        "每年6月、12月底前报送。",
        "每年6月底前、12月底前报送。",
        "每半年6月20日、12月20日前报送总结。",
        "2020年前建成的小区、2020年以前完成改造的道路。",
        "2025年6月完成了招标。",
        "2026年12月完成率达到90%。",
        "2024年底前未完成的项目继续推进。",
        "2025年6月底前形成的积案全部化解。",
        "2000年以前建成的老旧小区改造。",
        "十八大以前的文件清理。",
        "三年内完成。",
        "完善劳动合同制度，做好青年儿童工作。",
    ],
)
def test_words_that_are_no_deadline_are_none(sentence):
    assert read_deadline(None, [Passage(sentence, [])], CONTEXT) == (None, [])


@pytest.mark.parametrize("blank", ["/", "—", "——", "无"])
def test_a_cell_that_is_crossed_out_says_nothing(blank):
    assert read(blank) == (None, [])
    deadline, _ = read_deadline(blank, [Passage("12月底前完成。", [])], CONTEXT)
    assert deadline.date == date(2026, 12, 31)


def test_a_day_that_only_the_running_stages_hold_stays_before_the_issue_and_is_doubted():
    context = Context(ISSUED, 2026, running=(date(2026, 10, 1), date(2027, 4, 30)))

    deadline, doubts = read("10月15日前", context)

    assert deadline.date == date(2026, 10, 15)
    assert "也可能是2027年10月15日" in doubts[0]


def test_without_the_documents_day_the_year_of_the_document_holds():
    assert read("3月底前", Context(None, 2026))[0].date == date(2026, 3, 31)
    assert read("3月底前", Context())[1] == ["时限“3月底前”没有读出日期"]


PIECES = st.sampled_from(
    [
        "年",
        "月",
        "日",
        "底",
        "前",
        "至",
        "—",
        "内",
        "末",
        "2026",
        "2",
        "29",
        "30",
        "31",
        "13",
        "0",
        "二〇二七",
        "廿",
        "春节",
        "国庆节",
        "五一",
        "“",
        "”",
        "十四五",
        "十五五",
        "普法",
        "季度",
        "上半年",
        "旬",
        "完成",
        "，",
        "、",
        "；",
        "（",
        "）",
        "每",
        "其中",
        "次",
        "明",
        "今",
        "两会",
        "汛期",
        "长期坚持",
        "待定",
        "印发之日起",
        "工作日",
        "起",
        "个",
        "1990",
        "2099",
        "2100",
        "1949",
        "99",
        "．",
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30)


@given(TEXTS.filter(bool), st.dates(FIRST_DAY, date(2098, 12, 31)))
def test_no_text_raises_and_a_day_that_is_read_lies_within_bounds(text, issued):
    for deadline, doubts in (
        read_deadline(text, [], Context(issued, issued.year)),
        read_deadline(None, [Passage(text, [])], Context(issued, issued.year)),
    ):
        days = [deadline.date, *(part.date for part in deadline.parts)] if deadline else []
        assert all(FIRST_DAY <= day <= LAST_DAY for day in days if day)
        assert deadline is None or deadline.date or deadline.open_ended or doubts


@given(
    st.dates(date(1995, 1, 1), date(2090, 12, 31)),
    st.sampled_from(
        [
            "{m}月底前",
            "{m}月上旬",
            "{m}月28日前",
            "年底前",
            "上半年",
            "第三季度",
            "春节前",
            "国庆节前",
            "元旦前",
        ]
    ),
    st.integers(1, 12),
)
def test_a_deadline_without_a_year_lies_on_or_after_the_documents_day(issued, words, month):
    deadline, _ = read(words.format(m=month), Context(issued, issued.year))

    assert issued <= deadline.date < date(issued.year + 2, 1, 1)


PLAN = """某某市人民政府办公室关于印发《某某市法治建设工作方案》的通知
各县（市、区）人民政府：
某某市人民政府办公室
{issued}
{title}
一、重点任务
（一）规范执法
1.规范检查。全面开展。（牵头单位：市司法局；完成时限：{when}）
二、实施步骤
{stages}
"""


def plan(when="", stages="", issued="2026年10月20日", title="某某市法治建设工作方案"):
    return read_plan(
        Document.from_text(PLAN.format(when=when, stages=stages, issued=issued, title=title))
    )


def stages_of(reading):
    return [
        (s.start and s.start.isoformat(), s.end and s.end.isoformat()) for s in reading.plan.stages
    ]


def test_a_deadline_that_is_not_read_is_no_stages_end_in_silence():
    reading = plan("待定", "（一）启动阶段（2026年11月）。\n（二）总结阶段（2027年4月）。")

    [task] = reading.plan.tasks
    [doubt] = [d for d in reading.doubts if d.about == "task"]
    assert (task.deadline.raw, task.deadline.date) == ("待定", None)
    assert doubt.ordinal == task.ordinal
    assert doubt.reason == "时限“待定”没有读出日期；不补上就按阶段的结束日2027年4月30日安排"
    assert "规范检查" in doubt.sentence


def test_a_title_of_the_year_to_come_says_which_year_its_dates_are_in():
    reading = plan("12月底前", issued="2025年12月20日", title="某某市2026年法治建设工作方案")

    assert reading.plan.tasks[0].deadline.date == date(2026, 12, 31)


# issue, the dates of the stages -> the days they are read as, whether doubted
STAGES = [
    (
        "2026年10月20日",
        ["10月", "11月—次年3月", "4月"],
        ["2026-10-01", "2026-11-01", "2027-04-01"],
        False,
    ),
    ("2026年10月20日", ["3月", "4月至10月"], ["2027-03-01", "2027-04-01"], False),
    (
        "2025年12月20日",
        ["1月", "2月至11月", "12月"],
        ["2026-01-01", "2026-02-01", "2026-12-01"],
        False,
    ),
    (
        "2025年3月20日",
        ["3月上旬", "3月中旬至10月"],
        ["2025-03-01", "2025-03-11"],
        True,
    ),  # begun before
    ("2025年6月10日", ["4月", "5月至11月"], ["2025-04-01", "2025-05-01"], True),  # a late paper
    (
        "2025年9月10日",
        ["2025年1月—2月", "3月", "4月至12月"],
        ["2025-01-01", "2025-03-01", "2025-04-01"],
        False,
    ),
    ("2027年10月20日", ["11月", "12月1日至2月29日"], ["2027-11-01", "2027-12-01"], False),
    ("2026年10月20日", ["12月底前", "1月至3月"], [None, "2027-01-01"], False),
    ("2026年3月1日", ["4月底前", "4月中旬至10月"], [None, "2026-04-11"], False),  # they overlap
]


@pytest.mark.parametrize(("issued", "dates", "starts", "doubted"), STAGES)
def test_stages_without_a_year_lie_on_or_after_the_issue(issued, dates, starts, doubted):
    names = ["启动", "推进", "总结"]
    lines = [f"（{'一二三'[n]}）{names[n]}阶段（{when}）。" for n, when in enumerate(dates)]

    reading = plan("年底前", "\n".join(lines), issued)

    assert [start for start, _ in stages_of(reading)] == starts
    assert doubted == any("没有写年份" in d.reason for d in reading.doubts if d.about == "stage")


@pytest.mark.parametrize(
    "form", ["（一）启动阶段（{}）。", "（一）{}，启动阶段。", "（一）启动阶段。{}。"]
)
def test_a_stage_on_a_day_that_does_not_exist_is_doubted_with_both_readings(form):
    reading = plan(
        "年底前", form.format("4月1日至6月31日") + "\n（二）总结阶段（2027年9月）。", "2026年3月1日"
    )

    [first, _] = stages_of(reading)
    assert first == ("2026-04-01", None)
    assert any("6月31日不存在，可能是6月30日或7月1日" in d.reason for d in reading.doubts)


def test_a_year_that_no_date_of_the_document_gives_is_doubted_once():
    reading = plan("3月底前", "（一）启动阶段（2月）。", "", "某某市2026年法治建设工作方案")

    assert reading.plan.tasks[0].deadline.date == date(2026, 3, 31)
    [doubt] = [d for d in reading.doubts if d.about == "plan"]
    assert "按2026年读" in doubt.reason


# a bracket behind an item -> its deadline's words, day, days of its parts
BRACKETS = [
    ("2026年12月底前完成，市司法局牵头", "2026年12月底前完成", "2026-12-31", []),
    ("市司法局牵头，春节前完成", "春节前完成", "2027-02-05", []),
    ("市司法局牵头，第一批2026年11月底前", "第一批2026年11月底前", "2026-11-30", []),
    ("市司法局牵头，全年推进", "全年推进", "2026-12-31", []),
    ("市司法局牵头，2027年推进", "2027年推进", "2027-12-31", []),
    ("市司法局牵头；年内完成", "年内完成", "2026-12-31", []),
    ("市司法局牵头，力争“十五五”末完成", "力争“十五五”末完成", "2030-12-31", []),
    ("牵头单位：市司法局，2026年12月底前", "2026年12月底前", "2026-12-31", []),
    ("责任单位：市司法局、市公安局；2026年12月底前完成", "2026年12月底前完成", "2026-12-31", []),
    (
        "市司法局牵头；11月底前完成摸排，12月底前完成整治",
        "11月底前完成摸排，12月底前完成整治",
        "2026-12-31",
        ["2026-11-30", "2026-12-31"],
    ),
    (
        "完成时限：11月底前；验收时限：12月底前；牵头单位：市司法局",
        "11月底前；验收12月底前",
        "2026-12-31",
        ["2026-11-30", "2026-12-31"],
    ),
    ("市司法局牵头，待定", "待定", None, []),
    ("市司法局牵头，按上级要求的时限", "按上级要求的时限", None, []),
    ("市司法局牵头，立行立改", "立行立改", None, []),
    ("市司法局牵头，2027年6月31日前完成", "2027年6月31日前完成", None, []),
]


@pytest.mark.parametrize(("bracket", "raw", "day", "parts"), BRACKETS)
def test_a_bracket_of_units_says_until_when_wherever_it_says_so(bracket, raw, day, parts):
    text = PLAN.replace("牵头单位：市司法局；完成时限：{when}", bracket)
    reading = read_plan(
        Document.from_text(
            text.format(
                issued="2026年10月20日",
                title="某某市法治建设工作方案",
                stages="（一）启动（2027年9月）。",
            )
        )
    )

    [task] = reading.plan.tasks
    deadline = task.deadline
    assert "市司法局" in task.lead_units + task.responsible_units
    assert not [u for u in task.responsible_units if "月" in u or "前" in u]
    assert (deadline.raw, deadline.date and deadline.date.isoformat()) == (raw, day)
    assert [p.date.isoformat() for p in deadline.parts] == parts
    assert day or any("2027年9月30日安排" in d.reason for d in reading.doubts)


@pytest.mark.parametrize(
    "unit",
    [
        "重阳社区",
        "国庆街道办事处",
        "五一小学",
        "第十四五中学",
        "市春节联欢晚会指挥部",
        "第十一届全运会筹委会",
    ],
)
def test_a_unit_with_a_festival_in_its_name_is_no_deadline(unit):
    text = PLAN.replace(
        "牵头单位：市司法局；完成时限：{when}", f"牵头单位：市司法局；责任单位：{unit}、市公安局"
    )
    reading = read_plan(
        Document.from_text(text.format(issued="2026年10月20日", title="某某市工作方案", stages=""))
    )

    [task] = reading.plan.tasks
    assert (unit in task.responsible_units, task.deadline) == (True, None)


def test_two_columns_of_time_are_both_kept():
    text = (
        "某某市法治建设工作方案\n2026年10月20日\n任务分解表\n序号|工作任务|牵头单位|完成时限|验收时限\n"
        "1|规范检查|市司法局|2026年11月底前|2027年3月底前\n2|加强培训|市财政局|2026年11月底前|待定"
    )
    first, second = read_plan(Document.from_text(text)).plan.tasks

    assert first.deadline.date == date(2027, 3, 31)
    assert [p.date for p in first.deadline.parts] == [date(2026, 11, 30), date(2027, 3, 31)]
    assert "待定" in second.deadline.raw


def test_a_text_of_very_many_deadlines_is_read_in_bounds_and_says_so():
    words = "，".join(f"{n % 12 + 1}月{n % 28 + 1}日前办第{n}件" for n in range(3_000))

    deadline, doubts = read(words)

    assert len(deadline.parts) == 20
    assert any("有 3000 个时限" in why for why in doubts)


@pytest.mark.parametrize(
    ("printed", "day", "words"),
    [
        ("10月1日国庆节前", "2026-09-30", "国庆节"),
        ("2026年5月1日“五一”前", "2026-04-30", "五一"),
        ("9月10日国庆节前", "2026-09-10", "国庆节"),  # another day
        ("9月10日教师节前", "2026-09-10", ""),  # a working day
        ("12月4日国家宪法日前", "2026-12-04", ""),
    ],
)
def test_a_holiday_beside_its_own_day_is_doubted(printed, day, words):
    deadline, doubts = read(printed, Context(date(2026, 3, 6), 2026))

    assert str(deadline.date) == day
    assert [words in why for why in doubts] == ([True] if words else [])


def test_items_without_any_deadline_are_told_once_with_the_day_they_are_scheduled_by():
    text = PLAN.replace("；完成时限：{when}", "") + "三、组织保障\n加强领导。"
    stages = "（一）启动阶段（2026年11月）。\n（二）总结阶段（2027年4月）。"
    reading = read_plan(
        Document.from_text(
            text.format(issued="2026年10月20日", title="某某市工作方案", stages=stages)
        )
    )

    [doubt] = [d.reason for d in reading.doubts if d.about == "plan" and "时限" in d.reason]
    assert doubt == "各项任务都没有读出时限，按阶段的结束日2027年4月30日安排"
    assert not [d for d in plan("年底前", stages).doubts if "没有读出时限" in d.reason]


@pytest.mark.parametrize("when", ["长期坚持", "持续推进", "常态化推进"])
def test_standing_duties_are_told_once_with_the_day_they_are_scheduled_by(when):
    stages = "（一）启动阶段（2026年11月）。\n（二）总结阶段（2027年4月）。"

    reading = plan(when, stages)

    [doubt] = [d.reason for d in reading.doubts if "长期工作" in d.reason]
    assert (
        doubt
        == "各项任务都写的是长期工作，或只写了何时开始，没有到期日，按阶段的结束日2027年4月30日安排"
    )
    assert not [d for d in reading.doubts if "没有读出时限" in d.reason]
    assert not [d for d in plan("年底前", stages).doubts if "长期工作" in d.reason]


def test_a_day_that_only_a_leap_year_has_is_read_where_the_year_can_only_be_one():
    assert read("2月29日前", Context(date(2027, 10, 20), 2027))[0].date == date(2028, 2, 29)

    stages = "（一）启动阶段（11月）。\n（二）总结阶段（12月1日至2月29日）。"
    assert plan("年底前", stages, "2027年10月20日").plan.stages[1].end == date(2028, 2, 29)
    why = [d.reason for d in plan("年底前", stages).doubts if d.about == "stage"]
    assert why == ["2027年2月29日不存在，可能是2月28日或3月1日"]


@pytest.mark.parametrize("when", ["汛期前", "11月至汛期前"])
def test_a_stage_that_hangs_on_an_event_without_a_day_is_doubted(when):
    reading = plan("年底前", f"（一）启动阶段（10月）。\n（二）推进阶段（{when}）。")

    stage = reading.plan.stages[1]
    assert (stage.name, stage.raw, stage.end) == ("推进阶段", when, None)
    assert any("“汛期前”没有固定的日子" in d.reason for d in reading.doubts if d.ordinal == 2)


@pytest.mark.parametrize(
    ("issued", "why"),
    [
        ("2026年6月31日", "6月31日不存在，可能是6月30日或7月1日"),
        ("二〇二六年二月二十九日", "2026年2月29日不存在，可能是2月28日或3月1日"),
        ("2026年13月1日", "没有13月"),
    ],
)
def test_a_signature_on_a_day_that_does_not_exist_is_doubted(issued, why):
    reading = plan("年底前", "", issued)

    [doubt] = [d for d in reading.doubts if "成文日期没有读出" in d.reason]
    assert reading.plan.issued_on is None
    assert why in doubt.reason
    assert issued in doubt.sentence


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ("每年6月31日前报送总结", 1),
        ("每年6月30日前报送总结", 0),
        ("每年12月底前报送总结", 0),  # the last day, whichever it is
        ("每年2月29日前报送总结", 0),
        ("每月31日前报送总结", 0),
    ],
)
def test_a_yearly_duty_on_a_day_that_does_not_exist_is_doubted(said, doubts):
    text = PLAN.replace("全面开展。", f"全面开展，{said}。")
    reading = read_plan(
        Document.from_text(
            text.format(issued="2026年10月20日", title="某某市工作方案", when="年底前", stages="")
        )
    )

    found = [d for d in reading.doubts if d.about == "duty"]
    assert len(reading.plan.recurring) == 1
    assert [(d.ordinal, "6月31日不存在" in d.reason) for d in found] == [(1, True)] * doubts


def test_a_stage_that_ends_with_an_event_is_open_and_no_doubt():
    reading = plan("年底前", "（一）启动阶段（10月）。\n（二）推进阶段（11月至省级验收结束）。")

    assert reading.plan.stages[1].open_ended
    assert not [d for d in reading.doubts if d.about == "stage"]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("“双十一”前", "双十一"),
        ("农历八月十五前", "农历"),
        ("2026年春季学期末", "春季"),
        ("2026年10月底或11月初", "或"),
        ("农历腊月二十三前", "农历"),
        ("2026—2027学年第一学期", "第一学期"),
        ("6月底前（上级要求8月）", "8月"),
    ],
)
def test_what_may_mean_another_day_is_doubted(printed, words):
    text = f"某县方案\n2026年3月6日\n一、重点任务\n1.执法。（牵头单位：县司法局；完成时限：{printed}）\n"

    reasons = [d.reason for d in read_plan(Document.from_text(text)).doubts if d.about == "task"]

    assert any(f"“{words}”" in reason and "请核对" in reason for reason in reasons), reasons


@pytest.mark.parametrize(
    "printed",
    [
        "9月底前",
        "2026年6月底、12月底",
        "6月底前摸排，9月底前整治",
        "上半年",
        "12月10日",
        "6月和12月",
        "2026年12月底前，每月25日前报送进展",
        "2026年12月10日17:30前",
        "2026年6月底前完成3—5个",
        "2026年10月底前（10个工作日）",
    ],
)
def test_a_label_that_is_read_whole_is_not_doubted(printed):
    text = f"某县方案\n2026年3月6日\n一、重点任务\n1.执法。（牵头单位：县司法局；完成时限：{printed}）\n"

    assert not [d for d in read_plan(Document.from_text(text)).doubts if d.about == "task"]


@pytest.mark.parametrize(
    "joint", ["至", "—", "～", "——至", "起至", "、", "和", "，", "；", "/", "·", ""]
)
def test_whatever_joins_two_dates_a_deadline_is_the_last_or_doubted(joint):
    firsts = ["2026年4月", "4月10日", "2026.4", "4.10", "二季度", "“五一”前", "今年4月"]
    lasts = [
        ("10月", "2026-10-31"),
        ("10月20日前", "2026-10-20"),
        ("2026.10", "2026-10-31"),
        ("10.20", "2026-10-20"),
        ("四季度", "2026-12-31"),
        ("国庆节前", "2026-09-30"),
        ("次年3月", "2027-03-31"),
    ]
    for first in firsts:
        for last, day in lasts:
            deadline, doubts = read(f"{first}{joint}{last}", Context(date(2026, 3, 6), 2026))
            assert str(deadline.date) == day or doubts, (first, last, deadline)


DAYS_BEFORE = [
    (
        "分别于6月27日、9月30日、2027年1月5日前报送自查情况",
        ["2026-06-27", "2026-09-30", "2027-01-05"],
    ),
    ("在2027年6月10日、8月10日前报送", ["2027-06-10", "2027-08-10"]),  # the year stands once
    ("于6月10日和次年1月8日前报送", ["2026-06-10", "2027-01-08"]),
    ("于11月10日、20日前报送", ["2026-11-10", "2026-11-20"]),
    ("于6月10日、8月10日召开会议", []),
    ("自6月1日至6月10日、8月10日前完成", ["2026-08-10"]),  # behind a range no list
]


@pytest.mark.parametrize(("text", "days"), DAYS_BEFORE)
def test_each_day_of_a_list_of_days_is_due(text, days):
    year = Context(date(2026, 2, 1), 2026)
    deadline, _ = read_deadline(None, [Passage(text, ((0, 1, None),))], year)

    found = [] if deadline is None else deadline.parts or [deadline]
    assert [str(part.date) for part in found] == days
