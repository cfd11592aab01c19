"""004: 曾都区创建省级法治政府建设示范区工作方案, by chapter and annex."""

from datetime import date

from models.rules.words import StageKind
from tests.obligations.serving import (
    Command,
    Condition,
    Every,
    Flow,
    Item,
    Paper,
    Rows,
    Stage,
    obliged,
)

PACK, DOCUMENT, AT_LEAST = "zengdu-2023", "004", 50
LAUNCH, IMPLEMENT, ACCEPT = StageKind.LAUNCH, StageKind.IMPLEMENTATION, StageKind.ACCEPTANCE

OBLIGATIONS = (
    # 二 工作步骤
    obliged("二(一)", "宣传动员阶段", Stage(1, date(2023, 1, 1), date(2023, 2, 28)), Flow("launch")),
    obliged("二(一)：成立领导小组", "组建工作专班", Item("S1.1", "领导小组"), Command("groups show")),
    obliged("二(一)：制定方案", "责任分解表", Item("S1.2", "责任分解表"), Command("indicators load")),
    obliged("二(一)：动员会议", "全面动员安排部署", Item("S1.3", "动员"), Condition(LAUNCH, "mobilised")),
    obliged("二(一)：广泛宣传", "深入广泛宣传", Item("S1.4", "宣传"), Command("publicity submissions")),
    obliged("二(二)", "自查自纠阶段", Stage(2, date(2023, 3, 1), date(2023, 3, 10))),
    obliged("二(二)：学习", "深入学习", Item("S2.1", "学习")),
    obliged("二(二)：执法自查", "文书材料", Item("S2.2", "自查自纠"), Command("assessment tables sheets load")),
    obliged("二(二)：对照分解表", "逐条梳理", Item("S2.3", "责任分解表"), Command("ledger export")),
    obliged("二(二)：补短板", "补短板", Command("findings add")),
    obliged("二(三)", "整改提升阶段", Stage(3, date(2023, 3, 21), date(2023, 3, 31))),
    obliged("二(三)：特色亮点", "成效和特色", Item("S3.1", "亮点"), Condition(IMPLEMENT, "highlight")),
    obliged("二(三)：收集资料", "获奖材料", Item("S3.2", "迎检资料"), Command("evidence add")),
    obliged("二(三)：轮次督导", "轮次督导", Item("S3.3", "轮次督导"), Command("inspection plan")),
    obliged("二(三)：全覆盖", "成员单位全覆盖", Command("inspection show")),
    obliged("二(三)：不定期检查", "不定期检查", Command("inspection move")),
    obliged("二(三)：问题清单", "都要开出问题清单", Command("inspection results load"), Command("findings list")),
    obliged("二(三)：督办整改", "督办整改", Item("S3.4", "督办"), Command("papers write dispatch")),
    obliged("二(三)：不少于2次", "不少于2次", Command("inspection round add")),
    obliged("二(四)", "模拟评估阶段", Stage(4, date(2023, 4, 1), date(2023, 4, 10))),
    obliged("二(四)：评估专班", "成立评估专班", Item("S4.1", "评估专班")),
    obliged("二(四)：模拟评估", "创建工作评估", Item("S4.2", "模拟测评"), Command("assessment make")),
    obliged("二(四)：不漏地域", "不漏地域", Command("assessment draw")),
    obliged("二(四)：抓整改", "严肃认真抓整改", Command("findings add")),
    obliged("二(五)", "集中申报阶段", Stage(5, date(2023, 4, 11), date(2023, 4, 20))),
    obliged("二(五)：迎检任务清单", "迎检任务清单", Item("S5.1", "迎检任务清单"), Command("checklist")),
    obliged("二(五)：整理归档上传", "归档、上传", Item("S5.2", "迎检材料"), Command("package make")),
    obliged("二(五)：申报", "按相关程序申报", Item("S5.3", "申报"), Command("package receipts load")),
    obliged("二(六)", "迎接验收阶段", Stage(6, date(2023, 4, 21), None), Flow("accept")),
    obliged("二(六)：指标达标", "100%达标", Item("S6.1", "迎检事项"), Condition(ACCEPT, "indicators-reached")),
    obliged("二(六)：公开公示", "公开公示", Item("S6.2", "公开"), Command("assessment search")),
    obliged("二(六)：第三方评估", "第三方评估", Item("S6.3", "第三方评估")),
    obliged("二(六)：满意度", "满意度测评、实地核查", Item("S6.4", "满意度"), Command("survey answers load")),
    obliged("二(六)：实地核查", "实地核查等各个环节", Item("S6.5", "实地核查"), Command("assessment records export")),
    # 三 工作要求
    obliged("三(一)：纳入考核", "法治督察的重点内容", Paper("annual", "不足")),
    obliged("三(二)：第一责任人", "第一责任人", Paper("annual", "第一责任人")),
    obliged("三(二)：统筹指导", "统筹指导", Command("groups show")),
    obliged("三(三)：每日滚动", "每日对", Every(1, "滚动播放", 12), Command("publicity submissions")),
    obliged("三(三)：媒体报道", "深度报道宣传", Command("publicity items add")),
    # 附件1 领导小组和工作组
    obliged("附件1一：组长", "组 长", Rows("group_seat", 1, "role = 'head'"), Command("groups show")),
    obliged("附件1一：副组长", "副组长", Rows("group_seat", 3, "role = 'deputy'")),
    obliged("附件1一：60个成员单位", "其他成员（60个）", Rows("unit", 50)),
    obliged("附件1一：领导小组职责", "重要事项", Rows("group_duty", 3)),
    obliged("附件1二(一)：办公室", "办公室设在区司法局", Rows("working_group", 5)),
    obliged("附件1二(一)：分解表", "指标任务分解表", Rows("milestone", 1, "kind = 'document' AND title LIKE '%分解表%'")),
    obliged("附件1二(一)：迎检方案", "迎检方案", Rows("milestone", 1, "kind = 'document' AND title LIKE '%迎检方案%'")),
    obliged("附件1二(一)：编发信息", "编发示范创建工作信息", Command("briefing draft")),
    obliged("附件1二(一)：投诉建议", "投诉建议", Command("complaints add")),
    obliged("附件1二(一)：汇总情况", "收集汇总创建有关情况", Command("intake list"), Command("status")),
    obliged("附件1二(一)：督促各组定方案", "制定工作方案", Rows("milestone", 4, "kind = 'document'")),
    obliged("附件1二(二)：督导方案", "督导检查方案", Rows("milestone", 1, "kind = 'document' AND title LIKE '%督导检查方案%'")),
    obliged("附件1二(二)：移交线索", "移交发现的问题线索", Command("findings assign")),
    obliged("附件1二(二)：督促整改", "问题整改工作", Command("findings rectify"), Command("findings verify")),
    obliged("附件1二(三)：宣传方案", "宣传方案", Rows("milestone", 1, "kind = 'document' AND title LIKE '%宣传方案%'")),
    obliged("附件1二(三)：多种方式", "一封公开信", Command("publicity items add")),
    obliged("附件1二(三)：常态化宣传", "常态化宣传", Command("publicity submissions")),
    obliged("附件1二(四)：评估方案", "第三方模拟评估方案", Rows("milestone", 1, "kind = 'document' AND title LIKE '%模拟评估方案%'")),
    obliged("附件1二(四)：测评方案", "满意度模拟测评方案", Rows("milestone", 1, "kind = 'document' AND title LIKE '%模拟测评方案%'")),
    obliged("附件1二(四)：模拟测试", "组织开展模拟测试", Command("law-test papers"), Command("survey calls")),
    obliged("附件1：联络员", "联络员", Rows("group_seat", 4, "role = 'liaison'"), Command("posts load")),
    # 附件2
    obliged("附件2", "法治政府建设宣传标语", Rows("slogan", 13), Command("publicity slogans rotate")),
)  # fmt: skip
