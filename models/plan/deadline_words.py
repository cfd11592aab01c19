"""Where a deadline begins in a text, and the words that stand in place of one."""

from models.plan.date_words import FESTIVALS, FIVE_YEARS, NO_FIXED_DAY, RELATIVE
from models.plan.periods import BEFORE

_YEAR = rf"(?:(?:19|20)\d{{2}}年度?|[2-4]\d年(?=\d{{1,2}}月)|[一二][〇零○oO九一二三四五六七八]{{3}}年度?|(?:{'|'.join(RELATIVE)})度?)"
_IN_YEAR = (
    r"(?:\d{1,2}|[一二三四五六七八九十元正]{1,3})月|第?[一二三四1-4]季度|[上下]半年|年[底末终内]"
)
_UNNAMED = FESTIVALS.replace("?P<festivals>", "?:")
_FIVE = FIVE_YEARS.replace("?P<economic>", "?:").replace("?P<publicity>", "?:")
_FIVE = _FIVE.replace("?P<close>", "?:")
# Where a deadline can begin; none within a number or a longer word (一年内, 二十四日).
_BEHIND = r"(?<![\d一二三四五六七八九十半两几数多])"
_NAMED = rf"{_YEAR}(?:{_IN_YEAR}|[底末内]|{_UNNAMED})|{_IN_YEAR}|{_UNNAMED}|{_FIVE}|(?:{NO_FIXED_DAY})(?=[”]?(?:来临|到来|开始)?{BEFORE})"
WHEN = rf"{_BEHIND}(?:{_NAMED}|{_YEAR})"
# In running text only words that say it is a deadline.
DUE_BY = rf"{_BEHIND}(?:{_NAMED})[^，。；、（）]{{0,8}}?{BEFORE}(?!后)|{_BEHIND}(?:{_YEAR}内|年内)(?=[^，。；]{{0,10}}(?:完成|建成|实现|达到|出台|印发|投用))"
REPEATED = r"每(?:个)?[年月季周旬日天半度]{0,3}(?:的)?$"
# What may stand in front of a deadline within its clause.
LEAD_IN = r"^(?:并|再|应|须|需|要|务必|力争|争取|确保|保证|原则上|最迟|最晚|限|于|在|至|到|截至|截止|计划|预计|其中|分别|首批|时限|完成|时间|为|是|：){0,5}$"
NOT_YET = r"另行(?:通知|确定|安排)|待定|待通知|为准|按.{0,10}(?:要求|通知|部署|安排|规定)|视情|见附件|见附表|详见|根据.{0,12}(?:要求|通知|部署|安排|确定)"
AT_ONCE = r"立行立改|即知即改|立即|马上|尽快|及时|随时|近期"
VAGUE_EVENT = rf"(?:{NO_FIXED_DAY})[”]?(?:来临|到来|开始)?{BEFORE}"
CERTAIN = rf"(?:{BEFORE}|[底末内终])$"
