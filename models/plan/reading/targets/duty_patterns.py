"""The words that repeat a duty: periods, rates, mechanisms, days."""

from models.plan.reading.dates.words import BEFORE
from models.plan.reading.text.numerals import TEN
from models.rules.words import Frequency

F = Frequency

# What is repeated, longest first. Examples beside.
PERIODS = (
    (F.BIWEEKLY, r"每(?:两|二|2|双)(?:个)?{周}|隔周|每隔一周|双周"),
    (
        F.SEMIANNUAL,
        r"每(?:个)?半年度?|每(?:6|六)个月|半年一|每年(?:于|在)?(?:6月底?(?:前)?[、和]12月底?前?|上半年和下半年)",
    ),
    (F.SEMIMONTHLY, r"每(?:个)?半个?月|半月一|每(?:15|十五)[天日]"),
    (F.TEN_DAY, r"每(?:个)?旬|每(?:10|十)[天日]|逐旬|按旬|(?<![上中下])旬(?=调度|通报|报)"),
    (F.BIMONTHLY, r"每(?:两|二|2|双)个?月|隔月|双月"),
    (
        F.QUARTERLY,
        r"每(?:个|一)?季度?|每(?:3|三)个月|按季度?|逐季度?|季度?一(?=[调通评报总小督汇考])|一季度?一",
    ),
    (
        F.WEEKLY,
        r"每(?:个|一|逢)?{周}|按周|逐周|一周一|每(?:7|七)[天日]|周一(?=[调通评报总小督汇考])",
    ),
    (
        F.DAILY,
        r"每(?:个)?工作日|每(?:一)?[天日](?!一)|每(?:晚|夜|早|晨)|每[日天]一(?=[次遍轮回调通评报总小督汇考巡检])|按日|逐日|按天|一日一|一天一|(?:日日|天天)(?!有)",
    ),
    (
        F.MONTHLY,
        r"每(?:个|一)?月|按月|逐月|一月一|月月(?!有)|每(?:30|三十)[天日]|月一(?=[调通评报总小督汇考])",
    ),
    (
        F.YEARLY,
        r"每(?:一)?年度?(?!龄)|逐年(?=开展|组织)|一年一|每(?:12|十二)个月|按年度?(?=报|开展|组织|通报)",
    ),
)
ANY_PERIOD = "|".join(f"(?P<{f.value}>{expression})" for f, expression in PERIODS)

# Without one of these nothing recurs; most passages end here.
TRIGGER = r"[每按逐隔双]|[日周旬月季年天]度?[调通例会报研督点评考巡检抽自复盘观销晒公讲汇推一]|一[年季月周旬天]"

# A rate without 每: 一年不少于两次, 一周至少1次.
RATE = r"(?<![\d第])(?<!最后)一(?:个)?(?P<rate>{年份})(?:{至少}|不得少于)?(?![^，。；]{0,4}(?:被|受|发生|出现))(?:[^，。；\d]{0,4})(?:{N})(?:次|期|场|轮|件|篇)"

# Mechanisms named by their rhythm: 周调度、月通报; 月例会制度.
ACTS = r"{例行}"
_RHYTHM = r"{节奏}(?![度常产用子期夜程历初中底末内均级龄轻货])"
MECHANISM = rf"(?<![\d{{一}}\u4e00-\u9fff]){{实行}}?[“]?(?P<acts>{{节奏}}{ACTS}(?:[、，”“]{{1,2}}{{节奏}}度?{ACTS}){{1,4}})"

# A series behind its verb or in quotes, whatever is done: 实行周碰头、月过堂.
SERIES = rf"(?:{{实行}}|“)[“]?(?P<acts>{_RHYTHM}{{H}}{{2,3}}(?:[、，”“]{{1,2}}{_RHYTHM}{{H}}{{2,3}}){{1,4}}(?=[”。，；的等制机]))"
SYSTEM = rf"(?!年)(?P<one>{{节奏}})(?:度)?{ACTS}(?:制度?|机制)"

LETTERS = {
    "日": F.DAILY,
    "周": F.WEEKLY,
    "双周": F.BIWEEKLY,
    "旬": F.TEN_DAY,
    "半月": F.SEMIMONTHLY,
    "月": F.MONTHLY,
    "季": F.QUARTERLY,
    "季度": F.QUARTERLY,
    "半年": F.SEMIANNUAL,
    "年": F.YEARLY,
    "天": F.DAILY,
}

WEEKDAYS: dict[str, int | None] = {
    **{day: at for at, day in enumerate((*TEN[:6], "日"), start=1)},
    "天": 7,
    "末": None,
}

# An upper limit is a target only: 每年检查不超过1次.
LIMIT = r"^[^，。；]{0,30}?(?:不(?:得)?{超过}|{至多}|控制在)"

# What becomes of a day that is a day off: 遇节假日顺延, 如遇法定节假日则提前至前一个工作日.
DAY_OFF = r"[（，、]?(?:如|若)?(?:遇|逢|遇到|恰逢)?(?:国家)?(?:法定|公休|双休)?(?:的)?{休息日}[^。；（）]{0,10}?(?:(?P<after>{顺延})|(?P<before>提前|前移))[^，。；（）]{0,12}[）]?"

DAY_OF_MONTH = r"(?:的|内|第)?(?:(?P<day>{某日})|(?P<last>月?底|月?末|最后一(?:天|日)|最后一个工作日)|(?P<nth>前{N}[日天]))"

# …and of the month behind one that has its own day.
NEXT_MONTH = rf"每月[^。；\d]{{0,4}}{{某日}}[^。；]{{0,60}}?(?P<next>[于在]?(?:次月|下月|下个月)(?P<day>{{某日}}){BEFORE}?)"

# Which month of the quarter: 首月, 第二个月, 末月; behind its end the first month of the next one.
QUARTER_DAY = r"(?:(?P<first>首月|第一个?月|的?首个月|(?:结束|终了)后(?:的)?(?:次月|首月)?|次月|初|首)|(?P<second>第二个?月)|第三个?月|末月|最后一个?月|末的?月份?|的?末个月|末|底)?(?:的)?(?:(?P<day>{某日})|(?P<last>底|末))?"
