"""002: X区法治政府建设情况报告 (annual report of a district): its chapters and what each must hold."""

from tests.obligations.serving import Command, Paper, obliged

PACK, DOCUMENT, AT_LEAST = "jinchang-2025", "002", 10  # the duties are any campaign's

OBLIGATIONS = (
    obliged("一", "第一责任人", Paper("annual", "第一责任人")),
    obliged("一：组织学习", "重点学习了", Command("papers write annual")),
    obliged("二", "主要举措和成效", Paper("annual", "主要举措和成效")),
    obliged("二1：学习培训", "中心组学习", Command("law-test show")),
    obliged("二2：社会宣传", "社会宣传形式", Command("publicity submissions")),
    obliged("二2：媒体报道条数", "刊登新闻", Command("publicity items add")),
    obliged("二2：新媒体条数", "新媒体", Command("publicity items add")),
    obliged("二3：舆情监测", "监测网络舆情", Command("publicity incident add")),
    obliged("二3：网络问政", "件件有回音", Command("complaints list")),
    obliged("二：空白", "xx条", Paper("annual", "待补")),
    obliged("三", "不足和原因", Paper("annual", "不足和原因"), Command("findings list")),
    obliged("四", "工作打算", Paper("annual", "工作打算")),
    obliged("全文：数字有据", "2020年", Command("papers check"), Paper("annual", "来源")),
)  # fmt: skip
