"""Names of persons right before or behind a post or a body, with nothing between: 某某某常务副市长."""

from models.plan.family_names import (
    POST,
    WITH_FAMILY,
    WORDS,
    is_no_name,
    is_place,
)
from models.plan.patterns import pattern

_LEVEL = r"{区划}"
# Bureaus whose names begin so. 管理, 资源 begin none: 安全|生产办, 国土|资源局 part no name from a post.
_BUREAU = (
    r"(?:公安|司法|财政|教育|民政|人社|人力|人武|人大|自然资源|生态|住建|住房|交通|水利|水务|农业|林业|商务|文化|文旅|文广|卫健|卫生|退役|应急|审计"
    r"|市场监|统计|信访|医保|医疗保障|政务|政府|政协|政法|行政审批|大数据|城管|城市管理|乡村振兴|税务|气象|纪委|纪检|监委|监察|组织部|宣传部|统战部"
    r"|总工会|工信|团委|共青团|妇联|科协|科技|文联|残联|红十字|法院|依法治|检察|办公室|发改|发展|机关|档案|国资|招商|投资|民宗|外事|体育|融媒)"
)
_SERVING = r"(?:常务|第一|分管|现任|专职|挂职|主管|执行|党[组委]|党工委|党总支|党支部)*副?"
# What a post begins with where nothing but its holder's name can stand before it: that of a place or
# of a body would go on otherwise (高新|区主任, 安全|局局长, 马鞍|山市市长).
_POST_BEGINS = (
    rf"(?:{_SERVING}{POST}(?!会|小组)|{{四}}级(?:调研|巡视|高级|主任)"
    rf"|{_LEVEL}(?!副|常务|第一){{H}}{{1,16}}?{POST}(?!会|小组)"
    rf"|{_BUREAU}{{H}}{{0,14}}?(?<={{局}})(?<!分局)副?{POST})"
)
# …and which no word of a body goes before: 应急局长 is no 应急, but 应急市长 would be.
_OF_PLACES = rf"常务|副?{_LEVEL}长|{_LEVEL}(?:委|政府|人大|政协|纪委|监委|公安|司法)"
# Towns, villages and zones are too many for a list: what stands before such a word is left alone.
_OF_A_SMALL_PLACE = r"副?[镇乡]长|[镇乡村]|街道|社区|办事处|园区|新区|开发|管委|区(?:管|党工|工委|办|综合|党群|经济)"
_OF_VILLAGES = r"^{H}家|[庄店集桥河湖沟坪坝塘湾寨岭坡岗堡屯营坊渡头镇乡村街路]$"
# One character: Mr. Zhang the mayor. 原书记 was it, 任主任 becomes it, 高院长 is a court's.
_HONOURED = r"([王李张刘陈杨黄赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范汪廖贾夏邹熊孟秦邱侯尹薛闫雷黎史陶贺毛郝顾龚邵覃钱戴严欧莫孔])(?=副?(?:{县}长|局长|主任|书记|部长|院长|主席|秘书长|处长|科长|所长|总)$)"


def name_before_post(text: str) -> str:
    """Return the name that ``text``, somebody's post, begins with; empty for none.

    Never the beginning of a place (马鞍山市长, 高邮市市长) or of a body (安全局局长, 高新区司法局局长).
    """
    if found := pattern(_HONOURED).match(text):
        return "" if is_place(found[1]) else found[1]
    for length in (2, 3):
        goes_on = rf"{_LEVEL}|{_POST_BEGINS}"
        if is_place(text[:length]) and pattern(goes_on).match(text, length):
            return ""
    for length in (4, 3, 2):
        name, post = text[:length], text[length:]
        if (
            pattern(WITH_FAMILY).fullmatch(name)
            and not is_no_name(name)
            and pattern(_POST_BEGINS).match(post)
            and not _is_a_place_or_body(name, post)
        ):
            return name
    return ""


def _is_a_place_or_body(name: str, post: str) -> bool:
    if pattern(_OF_A_SMALL_PLACE).match(post):
        return True
    if pattern(_OF_PLACES).match(post):
        return False
    village = len(name) == 2 and pattern(_OF_VILLAGES).search(name)
    return bool(village) or name[:2] in WORDS
