"""The words that make a number a demand, as tables of patterns with examples beside them."""

from models.plan.reading.dates.words import BEFORE as BEFORE_A_DAY

# Words in front of the number, by operator; the first row that fits decides. Examples beside.
BEFORE = (
    (
        ">=",
        r"(?:原则上)?(?:不得|不能|不应|不){低于}|{至少}|≥|≧|>=|大于等于",
    ),  # 不低于
    (
        "<=",
        r"(?:原则上)?(?:不得|不能|不应|不){超过}|{至多}|≤|≦|<=|小于等于|(?<![时期年权界上下])限(?:于|在|定在)",
    ),  # 不超过
    (
        "<=",
        r"(?:控制|稳定控制|限制|缩|压|{降})(?:到|至|在|为)",
    ),  # 压缩至
    (
        ">=",
        r"(?:(?:{升}|提|升|保持|稳定|维持|巩固|达|突破)(?:到|至|在)|均?达到?|达成|均为|不断提高到)",
    ),  # 达到
    (">", r"(?:{超过}(?![标期额载时限员速龄编重市])|突破|优于|>|＞)"),  # 超过
    ("<", r"(?:{低于}|不足|不到|<|＜)"),  # 低于
)
CHANGE = r"(?P<verb>{降}(?![水雨雪])|{升})(?:了|约|幅度)?"
DOWN = r"压|缩|{降}"
BEHIND = (
    (">=", r"(?:及|或|\()?以上|及其?以上|起步"),  # 98%以上
    ("<=", r"(?:及|或)?以[内下]|之内|内(?![容部外设涵])"),  # 15个工作日以内
)
ZERO = r"零(?P<zero>[\u4e00-\u9fff]{2,4})"
# 零 in these is an attitude, a convenience or another word, not a demand for none.
NOT_ZERO = r"零(?:容忍|距离|散|售|工|星|碎|部件|配件|点|下|门槛|基础|障碍|接触|打扰|乱|关税|时差|{N}|用工|食|钱|碳|信任|陪|起点|散煤|敲|报告|跑|等待|见面|延时|就业家)"
CLEARED = r"清零|归零|(?:为|降为|降至|降到|保持|实现)(?:零|0)(?![\d.\u4e00-\u9fff])|为零(?=[，。；、）]|$)"
# A name in quotes, of an action or the like: “清零”行动.
NAME_BEHIND = r"{H}{0,4}”(?:专项|攻坚)?(?:行动|工程|计划|活动|机制|制度|{H}{2,8}(?:工作|区|县|村|专班|模式))|{H}{2}(?:区(?!域|内)|示范|城市|园区)"
DOUBLED = r"翻(?:一)?番"
FULL = r"(?<![广半])全(?:{全面})?覆盖(?!率|面)"
# Facts, not demands. They are looked for in the clause, in front of the number.
PAST = r"已(?!经?(?:明确|确定)|签|有的|知|[^，。；\d]{1,8}的{H})|目前|{<!办成}现有(?!基础|条件)|截至目前|截止目前|去年(?!.{0,4}(?:提高|下降|减少|增加|同期))|近年来|以来|共有|现已|据统计|原来|曾|此前|上年末|{某年}度?(?:实际)?(?:完成|达到).{0,6}的基础上"
COMPARED = r"(?:比|较|同比|环比|对比)"
# Grades and classes are no amounts: 二级以上, 三星级, 三类以上.
GRADES = frozenset({"级", "类", "等", "星", "档"})
# A sentence that begins so tells what there is: 截至2024年底，…；近年来，…。2024年，…; 问题表现：….
TELLS = r"截[至止]|近年来|去年|上年|{H}{0,4}问题(?:表现|描述|情形)?："
# …and so does one that counts what a year brought: 2024年，全区收到…163件，同比增长27%.
COUNTED = r"(?:{某年}(?!底|末|前|内|力争|确保|将|计划)|前期|此前)[^。；]{0,40}?(?:(?<!公)共(?![同享建治管])|收到|{做了}|[为占](?={数值})|拥有|发生|同比|初判|检出|火点)"
WANTED = r"{力求}|{新增}|{至少}|不(?:得|能)?{低于}|不(?:得|能)?{超过}|达到|以上|以内|控制在|力争"
# A plan's own account of what it holds: 方案共安排项目21个.
ACCOUNT = r"共(?:计)?(?:安排|谋划|实施|有|设|包含|列入)|总投资|总概算"
# Who is covered: …6个以上的餐饮单位; 超过3次的.
# A sentence that says so counts what there is, or is told: 我市拥有长江岸线142公里，入江支流7条.
DESCRIBES = r"拥有|(?<!公)共(?:计|有|(?![同享建治管]){H}{1,3}(?:{H}{2,12})?{数值})|前期|初判|检出|已(?!经?(?:明确|确定))|现有|目前|截至|据(?:统计|调查)|包括|其中|总投资|位于|全长|面积{数值}"
ASPECTS = r"方面|层面|维度|大类|步骤|阶段"
# What a thing that is built shall be able to do: 建成年处置3万吨的危险废物焚烧设施.
CAPACITY = (
    r"{产出}[^，。；]{0,6}[年日](?:均|最大)?(?:处理|处置|生产|加工|供应|产|供)(?:能力|规模)?$"
)
# How many somebody who is to come together shall be: 组建60人以上的抢险队.
TEAM = r"(?:{产出}|成立)(?:一支|1支)?$"
TEAM_BEHIND = r"的?[^，。；]{0,14}(?:队|库|团|专班|组)"
SEAT = r"[长员任]$|(?:设|下设)[^，。；]{0,10}$|成员"
COVERED = r"(?:[及或]?以[上下内]|之内)?的(?!{其他栏}|比例|速度|幅度|水平|总量|频次|总体|方可|方能|才|{时限})"
COUNTED_FROM_ISSUE = (
    r"(?:印发|下发|发布|公布|施行|通知|方案|文件|会议|召开)(?:之日)?(?:起|后|以?后)?[，]?$"
)
# …but not from this plan's own: what others issue binds each case (规范性文件公布之日起, 图斑下发后).
OTHERS_ISSUE = r"(?:规范性文件|政策(?:文件|措施)?|制定机关[^，。；]{0,8}|图斑|线索|清单|标准|法规|规章|通报|预警)(?:印发|下发|发布|公布)(?:之日)?(?:起|后|以?后)?$"
# Verbs that ask for a number of things: 建成…8条, 培育…10个.
MAKE = r"{办成}"
NOT_MADE = r"分为|(?<![部公区小积得评])分(?!{分局}|[类级拣布])|下设|成立|组成|包括|涵盖|涉及|(?<!公)共(?![同享建治管])|围绕|聚焦|对照|按照|依据|根据|列入|分解|梳理|坚持|落实|针对|其中|每|第|各(?![类种])|对|将|把|该|这|由|从|前|(?<!样)本(?![科土地级])|(?<!综合)(?<!循环)[利使采运]用|用[于好]|经过|历时|近|(?<![预节签])约|全{区划}"
# Units of a bare number that say when, which or how much it costs, not how many there must be.
NOT_BARE = frozenset(
    [
        "年",
        "月",
        "日",
        "天",
        "周",
        "小时",
        "分钟",
        "秒",
        "级",
        "类",
        "岁",
        "分",
        "度",
        "倍",
        "个月",
        "个小时",
        "工作日",
        "个工作日",
        "个自然日",
        "自然日",
        "环节",
        "个环节",
        "元",
        "项",
        "样",
        "档",
        "节",
        "课",
        "种",
        "对",
        "面",
        "起",
        "例",
        "宗",
        "升",
    ]
)
# A rate without a bound is a recurring duty and no target.
REPEATED = r"每(?:个|一|两|双|半)?(?:{周期})[^，。；]*$|一[年季月周]度?[^，。；]{0,8}$|按[月季年周][^，。；]*$"
# What is measured, in front of a bare number: 治理面积150平方公里.
AMOUNT = r"(?:面积|数量|总量|规模|里程|长度|人数|户数|时长|总数|总额|容量)$"
ENDINGS = frozenset({"", *"，。；、,;）)"})
DATE_UNITS = frozenset({"年", "月", "日"})
# Units in which a change is measured without being compared.
CHANGE_UNITS = frozenset({"个百分点", "分", "倍", "分贝", "个环节"})
# What may stand between an operator and its number: 不低于常住人口人均1.5元.
GAP_ENDS = (
    "的",
    "约",
    "每年",
    "每月",
    "每季度",
    "每周",
    "于",
    "人均",
    "总数",
    "总人数",
    "编制数",
    "总量",
    "总额",
    "平均",
    "年均",
    "每人",
    "每家",
    "每户",
    "每",
)
# Verbs behind which the number may stand in front of its noun: 打造5个示范点, but not 选取3个街道试点.
RESULT = r"{产出}"
STRONG_MAKE = r"{新增}"
BOUND = r"^(?:原则上)?(?:不|至少|至多|最|≥|≤|控制|压|缩)"
# A number of things that shall come into being: 实现首批20个场景上线.
LIVE = r"[^，。；、]{1,12}(?:{落成})(?:[，。；]|$)"
WISHED = r"{力求}"
# What may stand in front of a threshold at the head of a clause: 2027年底前20户以上自然村….
IN_TIME = f"[到至在]?{{某时}}{BEFORE_A_DAY}?"
LEAD_IN = f"(?:力争|{IN_TIME})|全{{区划}}|实现|推动"
SPAN = r"一年内$|(?:近|最近|过去|用|利用|力争|再用|未来)$"
CASE = r"(?:之日起|起|后|收到|接到|受理|发现|提交|申请|投诉|问题|案件|事项|诉求)"
HANDLE = r"{办理}"
