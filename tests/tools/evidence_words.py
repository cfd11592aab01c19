"""Texts as a unit hands them in, made from a seed: reports on one template, and what copiers do to them."""

from random import Random

WHO = [
    "市司法局",
    "各县区",
    "镇街",
    "行政执法单位",
    "法治办",
    "村居",
    "社区",
    "公共法律服务中心",
    "仲裁机构",
    "调解组织",
    "律师事务所",
    "企业",
    "重大行政决策承办单位",
    "合法性审查机构",
    "法律顾问",
    "执法人员",
]
DID = [
    "组织",
    "开展",
    "推进",
    "落实",
    "完善",
    "建立",
    "健全",
    "强化",
    "规范",
    "细化",
    "梳理",
    "公开",
    "督促",
    "指导",
    "审查",
    "评估",
    "培训",
    "评查",
    "整改",
    "宣传",
]
WHAT = [
    "行政执法三项制度",
    "法治宣传教育",
    "领导干部学法用法",
    "行政复议案件办理",
    "重大决策合法性审查",
    "规范性文件清理",
    "营商环境法治保障",
    "矛盾纠纷多元化解",
    "行政裁量权基准",
    "执法案卷评查",
    "公平竞争审查",
    "政务公开",
    "证明事项告知承诺制",
    "双随机一公开监管",
    "包容审慎监管",
    "轻微违法免罚清单",
    "行政应诉出庭",
    "普法责任制清单",
    "法治副校长",
    "民主法治示范村创建",
    "人民调解员队伍",
    "法律援助便民服务",
    "涉企行政检查",
    "综合行政执法改革",
    "政府合同审查",
]
HOW = [
    "以问题为导向",
    "结合本地实际",
    "按照年度计划",
    "会同有关部门",
    "采取线上线下相结合的方式",
    "邀请专家学者",
    "逐项对照指标",
    "坚持开门纳谏",
    "通过座谈走访",
    "运用信息化手段",
    "建立台账销号管理",
    "实行清单化推进",
    "压实工作责任",
    "紧盯薄弱环节",
    "分期分批",
    "发挥典型示范作用",
    "主动接受监督",
    "依托基层站点",
]
SO = [
    "群众满意度明显提升",
    "取得阶段性成效",
    "形成长效机制",
    "有效化解了历史遗留问题",
    "办案质量稳步提高",
    "得到上级肯定",
    "堵塞了管理漏洞",
    "减轻了企业负担",
    "营造了良好氛围",
    "实现应审尽审",
    "做到全程留痕",
    "纠错率持续下降",
    "让群众少跑腿",
    "为发展提供了法治保障",
    "执法行为更加规范",
    "调解成功率稳中有升",
]
MORE = [
    "同时",
    "此外",
    "在此基础上",
    "下一步",
    "针对存在的不足",
    "对照要求",
    "今年以来",
    "截至目前",
    "期间",
    "据统计",
]
PLACES = [
    "金川区",
    "永昌县",
    "城关镇",
    "河西堡镇",
    "双湾镇",
    "宁远堡镇",
    "新城子镇",
    "朱王堡镇",
    "东寨镇",
    "焦家庄镇",
    "水源镇",
    "红山窑镇",
]
SWAPS = {
    "组织": "牵头", "开展": "实施", "推进": "推动", "完善": "优化", "健全": "完备", "强化": "加强", "督促": "督导",
    "明显提升": "显著提高", "取得阶段性成效": "成效初步显现", "结合本地实际": "立足本地情况", "会同": "联合",
    "压实工作责任": "层层落实责任", "同时": "与此同时", "此外": "另外", "有效化解了": "妥善处理了", "得到上级肯定": "受到上级好评",
    "按照": "依照", "减轻了": "降低了", "稳步": "持续", "发挥": "充分发挥", "营造了": "形成了", "截至目前": "到目前为止",
}  # fmt: skip


def phrase(random: Random, length: int) -> str:
    """Return so many letters of the field."""
    words = ""
    while len(words) < length:
        words += random.choice(DID) + random.choice(WHAT) + random.choice(WHO)
    return words[:length]


def sentence(random: Random) -> str:
    """Return a sentence with a figure in every other one; there are some ten millions."""
    figure = random.choice(
        ("", f"{random.randint(2, 900)}次，", f"涉及{random.randint(2, 90)}项，", "")
    )
    more = random.choice((*MORE, "", "", ""))
    return (
        f"{more}{random.choice(PLACES)}{random.choice(WHO)}{random.choice(HOW)}，{random.choice(DID)}"
        f"{random.choice(WHAT)}{figure and '，' + figure[:-1]}，{random.choice(DID)}{random.choice(WHAT)}，{random.choice(SO)}。"
    )


def paragraphs(random: Random, count: int) -> list[str]:
    """Return paragraphs of three to six sentences."""
    return ["".join(sentence(random) for _ in range(random.randint(3, 6))) for _ in range(count)]


def report(template: int, content: int) -> str:
    """Return a unit's report: head and sections as the template asks, a third of the words; the rest its own."""
    given, own = Random(f"template {template}"), Random(f"report {template} {content}")
    lines = [f"{own.choice(PLACES)}{own.choice(WHO)}{phrase(given, 10)}情况报告"]
    for number, name in enumerate(("总体情况", "主要做法", "存在问题", "下一步打算"), 1):
        lines += [f"{'一二三四'[number - 1]}、{name}", *paragraphs(given, 1), *paragraphs(own, 2)]
    return "\n".join(lines)


def paraphrased(text: str, random: Random) -> str:
    """Say the same in other words here and there, with other places and figures."""
    for old, new in SWAPS.items():
        if random.random() < 0.7:
            text = text.replace(old, new)
    for place in PLACES:
        text = text.replace(place, random.choice(PLACES))
    return "".join(str(random.randint(1, 9)) if c.isdigit() else c for c in text)


def shuffled(text: str, random: Random) -> str:
    """Put the paragraphs in another order."""
    lines = text.split("\n")
    random.shuffle(lines)
    return "\n".join(lines)


def inserted(text: str, random: Random) -> str:
    """Put two to four paragraphs of one's own in between."""
    lines = text.split("\n")
    for added in paragraphs(random, random.randint(2, 4)):
        lines.insert(random.randint(1, len(lines)), added)
    return "\n".join(lines)


TEXT_CHANGES = {"paraphrase": paraphrased, "shuffle": shuffled, "insert": inserted}
