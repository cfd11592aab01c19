"""001: 鲁山县创建省级法治政府建设示范县工作简报 (第 19 期): what the briefing is, and what it tells of."""

from tests.obligations.serving import Command, Paper, obliged

PACK, DOCUMENT, AT_LEAST = "jinchang-2025", "001", 10  # the duties are any campaign's

OBLIGATIONS = (
    obliged("报头：期号", "第 19 期", Paper("briefing", "第 1 期"), Command("briefing confirm")),
    obliged("报头：编印单位和日期", "指挥部办公室", Paper("briefing", "金昌市人民政府")),
    obliged("目录", "工作动态", Paper("briefing", "工作动态")),
    obliged("稿一：多部门组成", "成立4个督导组", Command("inspection teams load")),
    obliged("稿一：43个单位", "43个县直单位", Command("inspection plan")),
    obliged("稿一：听取汇报", "听取了各单位", Command("inspection checklist")),
    obliged("稿一：个别谈话", "专班人员必谈", Command("inspection checklist")),
    obliged("稿一：必查", "关键资料必查", Command("inspection checklist")),
    obliged("稿一：必看", "固定场所必看", Command("inspection checklist")),
    obliged("稿一：整改意见", "整改意见", Command("inspection results load"), Command("findings assign")),
    obliged("稿一：常态化督查", "常态化督查", Command("inspection round add")),
    obliged("稿二：宣传阵地", "开辟宣传阵地", Command("publicity submissions")),
    obliged("稿二：一封公开信", "一封公开信", Command("publicity items add")),
    obliged("稿二：媒体专栏", "开设媒体专栏", Command("publicity items add")),
    obliged("稿二：八进", "“八进”活动", Command("publicity items add")),
    obliged("版记：报", "报：", Paper("briefing", "报：")),
    obliged("版记：送", "送：", Paper("briefing", "送：")),
    obliged("版记：发", "发：", Paper("briefing", "发：")),
    obliged("版记：编校", "编校：", Paper("briefing", "编校：")),
    obliged("版记：印数", "共印 80 份", Paper("briefing", "共印")),
)  # fmt: skip
