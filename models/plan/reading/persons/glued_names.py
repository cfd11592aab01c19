"""Names of persons right before or behind a post or a body, with nothing between: 某某某常务副市长."""

from models.plan.reading.persons.family_names import (
    POST,
    WITH_FAMILY,
    WORDS,
    is_no_name,
    is_place,
)
from models.plan.reading.text.patterns import pattern

_LEVEL = r"{区划}"
# Bureaus whose names begin so. 管理, 资源 begin none: 安全|生产办, 国土|资源局 part no name from a post.
_BUREAU = "{局名}"
_SERVING = r"(?:常务|第一|分管|现任|专职|挂职|主管|执行|党[组委]|党工委|党总支|党支部)*副?"
# What a post begins with where nothing but its holder's name can stand before it: that of a place or
# of a body would go on otherwise (高新|区主任, 安全|局局长, 马鞍|山市市长).
_POST_BEGINS = (
    rf"(?:{_SERVING}{POST}(?!会|小组)|{{四}}级(?:调研|巡视|高级|主任)"
    rf"|{_LEVEL}(?!副|常务|第一){{H}}{{1,16}}?{POST}(?!会|小组)"
    rf"|{_BUREAU}{{H}}{{0,14}}?(?<={{局}})(?<!分局)副?{POST})"
)
# …and which no word of a body goes before: 应急局长 is no 应急, but 应急市长 would be.
_OF_PLACES = rf"常务|副?{_LEVEL}长|{_LEVEL}(?:{{五套}}|公安|司法)"
# Towns, villages and zones are too many for a list: what stands before such a word is left alone.
_OF_A_SMALL_PLACE = r"副?[镇乡]长|[镇乡村]|街道|社区|办事处|园区|新区|开发|管委|区(?:管|党工|工委|办|综合|党群|经济)"
_OF_VILLAGES = r"^{H}家|[庄店集桥河湖沟坪坝塘湾寨岭坡岗堡屯营坊渡头镇乡村街路]$"
# One character: Mr. Zhang the mayor. 原书记 was it, 任主任 becomes it, 高院长 is a court's.
_HONOURED = r"([王李张刘陈杨黄赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范汪廖贾夏邹熊孟秦邱侯尹薛闫雷黎史陶贺毛郝顾龚邵覃钱戴严欧莫孔])(?=副?(?:{县}长|{正职}|秘书长|处长|科长|总)$)"


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
