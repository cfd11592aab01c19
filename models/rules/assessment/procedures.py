"""What a workpaper says of its aim and procedure unless the office writes its own words."""

from collections.abc import Mapping

from models.rules.assessment.words import Method

AIMS: Mapping[Method, str] = {
    Method.SEARCH: "应当公开的事项在网上找得到、打得开、内容相符",
    Method.CASE_FILES: "行政许可、处罚、强制案卷合法、规范",
    Method.SITE: "现场情况与登记的进展、材料相符",
    Method.PAPERS: "每项要求都有材料，材料能够证明",
    Method.LAW_TEST: "领导干部和执法人员掌握应知应会的法律知识",
    Method.INTERVIEWS: "受访人员了解创建工作和本单位职责",
    Method.CALL_BACK: "办理过事项的群众、企业对办理情况的评价",
    Method.SATISFACTION: "人民群众对法治政府建设的满意度",
}
PROCEDURES: Mapping[Method, str] = {
    Method.SEARCH: "逐项访问登记的网址，核对能否打开、页面上有没有这项内容；没有看成的不计入",
    Method.CASE_FILES: "按本级评查标准逐卷评查：先看基础标准，有一条不符合即不合格；再按形式、内容逐处扣分，扣完为止",
    Method.SITE: "按地点到现场查看、询问，逐条对照要求记录",
    Method.PAPERS: "按要求逐条核对材料是否齐全、有效、能够证明",
    Method.LAW_TEST: "按试卷闭卷测试，统一评卷",
    Method.INTERVIEWS: "按提纲逐人访谈，当场记录",
    Method.CALL_BACK: "按名单逐个拨打，照问卷提问",
    Method.SATISFACTION: "按样本分层抽取，照问卷提问",
}
