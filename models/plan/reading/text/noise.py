"""Lines that carry no content by themselves: numbers of pages, what a website or a printer adds.

It loads next to nothing, for the process that reads a PDF asks it too.
"""

from models.plan.reading.text.patterns import pattern

CONTENTS, RUNNING, SITE, IMPRINT = "目录", "页眉", "网页栏目", "版记"

# Lines without content, each with an example. They are matched against the line without white space.
PAGE_NUMBERS = (
    r"[—·•_*|/\s]*第?(?:{页码}|{N}页)[—·•_*|/\s]*",  # — 2 —   ·3·   第 2 页   第二页   12
    r".{0,24}第{页码}页(?:[，/]?共{页码}页)?[）】]?",  # 第 2 页 共 5 页; 某某融媒 第 1 页
    r"(?:Page|PAGE|page) ?{页码}(?: ?of ?{页码})?|P\.?{页码}|{页码}/{页码}",  # Page 3 of 5
    r"[—]{1,3}[IVXivx]{1,6}[—]{1,3}",  # - iv -
    r"[—_=*·.…]{3,}",  # a printed rule
)
OF_CONTENTS = (r"[^。]{2,60}?(?:[.·•]{4,}|…{2,}){页码}|目录",)  # 一、总体要求……1
_BUTTON = r"打印|关闭|收藏|字体|字号|分享"
_BESIDE = r"本页|此页|本文|文章|窗口|页面|默认|超大|特大|[大中小]"
OF_SITES = (
    r"(?:首页|当前位置|您的位置|您现在的位置|所在位置|主页)[：>＞»/].*",
    r".{0,20}[>＞»].{0,30}[>＞»].{0,40}",
    r"索引号[：|].*",
    r"(?:信息来源|来源|发布时间|发布日期|浏览次数|浏览量|阅读次数|点击数|访问量)[：].*",
    rf"(?=.{{0,9}}(?:{_BUTTON}))(?:[【〔（：|/]*(?:{_BUTTON}|{_BESIDE})[】〕）：|/]*){{1,12}}",  # 【字体：大 中 小】【打印】
    r"(?:上一篇|下一篇|上一条|下一条|相关文章|相关阅读|相关附件|附件下载|附件列表|推荐访问|推荐阅读|延伸阅读|相关链接|责任编辑|责编|编校|编辑)[：].*",
    r"[（【]?(?:编辑|责任编辑|责任校对|校对|审核|记者|通讯员)[：].{0,60}",
    r"(?:版权所有|技术支持|网站地图|联系我们|网站标识码|扫一扫|分享到|返回顶部).{0,60}|Top|TOP",
    r"(?:Copyright|COPYRIGHT|©).*",
    r".{0,20}ICP备.*|.{0,10}公网安备.*|.{0,80}(?:网站标识码|备案号|位访问者|位访客).*",
    r"(?:下面是|以下是)小编.*",
)
OF_IMPRINTS = (
    r"[（]?此件(?:公开|主动公开|依申请公开|不予公开|不公开|删减后公开).{0,12}",
    r"(?:抄送|主送|抄报|分送)[：].*",
    r"[^《》于]{0,40}{年月日}印发?[。]?",
    r"[（]?共?印{N}份[）]?",
)
# What says of a line like those that it is content: 审核：由市司法局负责…, 技术支持：…，6月底前完成。
_CONTENT = r"[。；]|{某月}底|(?<!技术){角色}(?![编校])|完成|开展"
_NOISE = (
    *((each, "") for each in PAGE_NUMBERS),
    *((each, CONTENTS) for each in OF_CONTENTS),
    *((each, SITE) for each in OF_SITES),
    *((each, IMPRINT) for each in OF_IMPRINTS),
)
_ANY = "|".join(f"(?:{each})" for each, _ in _NOISE)


def is_noise(text: str) -> bool:
    """Say whether a line carries no content by itself: page numbers, web navigation, 抄送 and 印发 lines."""
    return why_noise(text) is not None


def why_noise(text: str) -> str | None:
    """Return why a line carries no content, "" for the number of a page; None when it may carry some."""
    if not pattern(_ANY).fullmatch(text):
        return None
    why = next(why for each, why in _NOISE if pattern(each).fullmatch(text))
    return None if why == SITE and pattern(_CONTENT).search(text) else why
