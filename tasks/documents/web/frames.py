"""What a web site puts around the text: menus, where one is, buttons in words. Only where it is sure."""

import re
from collections.abc import Iterator

from tasks.documents.pages import CONTENTS, FOOTER, MENU
from tasks.documents.web.nodes import Node

FEWEST_LINKS, MOST_LINKS = 3, 300  # of a menu
_LONGEST_LINK, _USUAL_LINK = 16, 8  # letters of one link, and of all links by and large
# Compiled where a page first needs them, which most do not: that takes longer than to read a short one.
_BETWEEN = r"[\s|｜·•>＞»›《》/／\-—–:：、,，.。()（）\[\]【】\d]*"
# What may stand above the links: 栏目导航.
_HEAD = r"(?:[\u4e00-\u9fff]{0,6}(?:导航|栏目|频道|菜单|链接|推荐|阅读|专题|分类))?"
_FILE = r"(?i)\.(?:docx?|wps|xlsx?|et|pptx?|pdf|ofd|zip|rar|7z|txt|jpe?g|png)\b"
_ATTACHED = r"附件|附表|下载"
# Links to units, or in words of a plan, are as likely its text; of a site's own menu few links are.
_UNIT = (
    r".*(?:局|委|办|厅|处|部|院|委员会|办公室|政府|公司|集团|银行|[支大总中]队|街道|[总协联学商]会|[妇残侨]联"
    r"|[省市县区乡镇村])(?:等|（牵头）|\(牵头\))?(?<!大厅)"
)
_PLANNED = r"牵头|责任|配合|任务|阶段|措施|时限|领导小组"
_PLACE = r"[您你]?(?:当前|现在|目前|所在|的|在)*位置\s*[:：].*[>＞»›→].*|首页\s*(?:[>＞»›]+\s*[^>＞»›。]{1,20})+"
_WORD = re.compile(r"[^\s|｜·【】\[\]()（）:：/、,，+\-]+")
_BUTTONS = frozenset({
    "打印", "打印本页", "打印文章", "打印此页", "关闭", "关闭窗口", "关闭本页", "关闭此页", "收藏", "收藏本页", "加入收藏", "设为首页",
    "分享", "分享到", "分享至", "返回顶部", "返回首页", "返回列表", "复制链接", "朗读", "语音播报", "无障碍", "无障碍浏览", "适老模式",
    "长者模式", "关怀版", "繁體", "繁体", "手机版", "电脑版", "我要纠错", "网站地图", "联系我们", "关于我们", "扫一扫在手机打开当前页",
})  # fmt: skip
_BESIDE = frozenset({
    "大", "中", "小", "字号", "字体", "字体大小", "默认", "微信", "微博", "新浪微博", "朋友圈", "空间", "QQ", "QQ空间", "首页", "简体", "到", "我要",
})  # fmt: skip
_SITE_SIGNS = ("版权所有", "opyright", "COPYRIGHT", "©", "备", "网站标识码", "浏览器")
_SITE = (
    r"(?:版权所有(?![人者权])|[Cc]opyright|COPYRIGHT|©|\([Cc]\)\s*[Cc]opyright|.ICP备\s*\d+号|.公网安备|网站标识码|"
    r"推荐使用.*浏览器)"
)
# What stands before these in the last lines of a site, and by itself in many a plan.
_OFFERED = r"(?:技术支持|主办|承办|主办单位|承办单位|地址|电话|邮编)\s*[:：]"
LONGEST_LINE = 120  # letters of a line that may be one of these


def why_menu(node: Node) -> str:
    """Return why an element is left out that holds short links and nothing between them, "" else.

    A list of links to files is none, for these are what the text comes with; nor is one of units. Links
    within the page are its contents. Where it stands the caller asks (see surroundings.py).
    """
    outside = node.size - node.linked
    if not FEWEST_LINKS <= node.links <= MOST_LINKS or outside > 4 * node.links:
        return ""
    pieces = list(_pieces(node))
    links = [(href, words) for href, words in pieces if href is not None]
    if not re.fullmatch(
        _BETWEEN + _HEAD + _BETWEEN, "".join(words for href, words in pieces if href is None)
    ):
        return ""
    if any(re.search(_FILE, href) or re.search(_ATTACHED, words) for href, words in links):
        return ""
    shown = ["".join(words.split()) for _, words in links]
    units = sum(re.fullmatch(_UNIT, words) is not None for words in shown)
    if units * 3 >= len(shown):
        return ""
    if all(len(href) > 1 and href.startswith("#") for href, _ in links):
        return CONTENTS
    if any(re.search(_PLANNED, words) for words in shown):
        return ""
    sizes = [len(words) for words in shown]
    short = max(sizes) <= _LONGEST_LINK and sum(sizes) <= _USUAL_LINK * len(sizes)
    return MENU if short else ""


def why_frame(line: str) -> str:
    """Return why a line is left out that says nothing but where the page is, or what one may click."""
    if len(line) > LONGEST_LINE:
        return ""
    line = line.strip()
    if ("位置" in line or line.startswith("首页")) and re.fullmatch(_PLACE, line):
        return MENU
    if is_of_site(line):
        return FOOTER
    words = _WORD.findall(line)
    if any(word in _BUTTONS for word in words) and all(
        word in _BUTTONS or word in _BESIDE for word in words
    ):
        return MENU
    return ""


def is_of_site(line: str) -> bool:
    """Say whether a line says whose site it is: 技术支持 and the like do so only beside a surer sign."""
    if not any(sign in line for sign in _SITE_SIGNS):
        return False
    surely = re.match(_SITE, line)
    return bool(surely or re.match(_OFFERED, line) and re.search(_SITE, line))


def is_offered(line: str) -> bool:
    """Say whether a line begins as one of those that stand beside a surer sign of a site: 主办：…。"""
    head = line[:8]
    return ("：" in head or ":" in head) and re.match(_OFFERED, line) is not None


def holds_site(words: str) -> bool:
    """Say whether anything in a text says whose site it is."""
    return re.search(_SITE, words) is not None


def _pieces(node: Node) -> Iterator[tuple[str | None, str]]:
    """Yield the texts of an element, each with where it leads; None for text in no link."""
    walk: list[tuple[str | None, Iterator[Node | str]]] = [(None, iter(node.children))]
    link: list[str] = []
    while walk:
        href, rest = walk[-1]
        child = next(rest, None)
        if child is None:
            walk.pop()
            if href is not None and (not walk or walk[-1][0] is None):
                yield href, "".join(link)
                link = []
        elif isinstance(child, str):
            if href is None:
                yield None, child
            else:
                link.append(child)
        else:
            is_link = href is None and child.tag == "a" and child.size and "href" in child.said
            walk.append((child.said["href"].strip() if is_link else href, iter(child.children)))
