"""Names of persons: how they begin, how they are masked, and the words and places that look like one."""

from models.plan.reading.persons.place_names import PLACES
from models.plan.reading.text.patterns import pattern
from models.rules.registrar import FAMILY_NAMES

POST = r"{职务}"

# The other family names, behind the hundred most frequent.
_RARER = frozenset(
    "柏包鲍毕边卞卜蔡岑柴车成程池迟储楚褚从崔戴邸刁丁董窦杜端樊房费丰冯符傅甘耿弓宫巩古谷官管桂郭国海韩郝何衡洪侯胡花华"
    "怀宦黄霍姬吉纪季简焦解金靳荆井景鞠康柯匡邝兰蓝郎劳冷黎李厉励利连廉练梁廖林蔺凌刘柳龙楼娄鲁路陆吕栾罗骆麻马麦满茅"
    "梅门蒙米苗明牟穆那南倪聂宁牛农潘庞裴彭皮朴戚齐祁强乔秦丘裘屈曲全冉饶任荣阮芮桑沙尚邵佘申盛施时史寿舒帅司松苏宿隋孙"
    "艾安敖卞仇褚葛关缪蒲尤阳游路党单滕艾毕闵盖揭阚亓商束栗巴戈仝仵郜腾占战雍幸庾羊习咸练覃侴"
    "邰谭汤唐滕童佟涂屠万汪王危韦卫文温翁巫邬吴伍武奚席夏冼项萧谢辛邢胥徐许宣薛荀鄢严阎颜晏燕杨姚叶易殷尹应游于余俞喻虞"
    "丛谌晁逄隗鹿苟檀竺瞿蒯阙逯钮禹卿仉訾昝呙郗郄矫綦芦庹蹇漆盘冀寇晏浦阴靖巫敖盈鄂逢蔺暴郏宦"
    "郁喻元袁原苑岳云臧翟詹湛张章赵甄郑钟仲周朱祝庄卓宗邹祖左褟"
)
FAMILY = "".join(sorted(FAMILY_NAMES | _RARER))
# Of the commonest ones those that begin no word of a sentence: 于, 向, 任, 管, 严 do.
PLAIN = "王李张刘陈杨黄赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈姜崔谭陆范汪廖贾夏邹熊孟秦邱侯尹薛闫史陶贺毛郝龚邵钱戴莫孔"
COMPOUND = "欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|公孙|慕容|令狐|东方|夏侯|端木|百里|轩辕|司空|呼延|赫连|长孙|宇文|澹台|钟离|濮阳|淳于|单于|太史|公羊|申屠|仲孙|鲜于|闾丘|东郭|南宫|西门|独孤|拓跋|第五|纳兰|完颜|叶赫|那拉|爱新觉罗"
MASKED = r"{H}{0,2}[某×ＸXx*＊○]{1,3}"  # 王某某, 李××
OF_PARTS = r"{H}{2,8}[·•‧・]{H}{2,8}"  # 买买提·艾力
# Where a name is all that can stand: with a family name, masked, or of several parts.
WITH_FAMILY = rf"(?:(?:{COMPOUND}){{H}}{{1,2}}|[{FAMILY}]{{H}}{{1,2}})"
NAME = rf"(?:{MASKED}|{WITH_FAMILY}|{OF_PARTS})"
# What no name ends with or holds: the words of posts, of units, of how somebody serves.
NO_NAME = rf"{POST}|{{非名}}$|单位|同志|分管|其他|有关|相关|主要|具体|共同|分别|常务|各|等$|轮流|班子|{{牵头}}|{{配合}}"
_NOT_IN_ONE = r"{非人}$|副|.[对的把被让及或给]"
# Words of bodies, of their work and of posts that begin like somebody's name.
_WORDS = (
    "国家 国有 国防 国资 国土 国税 国安 国保 国旅 国企 国库 国网 国投 国际 国动 文化 文物 文教 文体 文广 文旅 "
    "文明 文联 文史 文秘 文艺 文保 文综 文书 文字 文件 管理 管控 管护 管委 管区 管片 管制 农业 农村 农民 农场 "
    "农机 农技 农经 农牧 农林 农委 农口 农信 农垦 农发 农产 农户 农资 农工 项目 全体 全省 全市 全县 全区 全镇 "
    "全乡 全村 全校 全局 全科 全院 全州 全员 全程 全面 全部 全国 安全 安监 安保 安质 安委 安环 安检 安置 安排 "
    "安防 商业 商务 商会 商贸 商场 商圈 商户 商超 商家 金融 金库 金保 金税 高级 高新 高校 高中 高职 高专 高铁 "
    "高速 高法 高检 高院 高层 高等 高企 常务 常委 常任 常驻 常设 宣传 宣讲 宣教 宣统 武装 武警 武术 武校 卫生 "
    "卫健 卫计 卫校 卫视 卫监 卫防 游客 游泳 海军 海防 海关 海事 海洋 海警 海监 海渔 海绵 司法 司令 司机 司乘 "
    "司务 施工 施教 景点 景区 景观 林区 林业 林场 林草 林长 林水 林政 林技 林检 林果 牛场 马场 马路 石油 石化 "
    "石材 车间 车辆 车站 车队 车务 车管 车主 车船 党员 党委 党组 党政 党群 党建 党务 党外 党支 党校 党办 党史 "
    "党团 党风 党宣 纪检 纪委 纪律 纪工 应急 应征 应当 应届 应聘 房产 房管 房建 房改 房屋 房东 边防 边检 边境 "
    "路政 路长 路桥 路段 路口 易地 危房 危化 危险 花卉 关工 关爱 关心 关键 仲裁 劳动 劳保 劳资 劳务 劳教 储备 "
    "包村 包联 包抓 包片 包保 包户 包组 包案 包点 包干 包镇 包乡 包挂 包社 包岗 包路 包街 包楼 包栋 包线 包段 包校 包企 包网 包区 包县 单位 单元 解放 连队 连锁 成员 成都 "
    "成立 成果 官员 官方 任务 任职 任期 时任 时间 程序 方案 方面 季度 强制 强戒 戒毒 古城 古建 古镇 温泉 康养 "
    "康复 康保 冷链 万名 万企 荣军 荣誉 阳光 宗教 宗亲 宗祠 史志 史馆 苗木 苗圃 连片 雷达 门诊 门卫 门店 楼栋 "
    "楼长 楼宇 楼道 楼组 松材 费用 都市 严打 原则 皮肤 程控 谷物 花园 文广旅 文旅体 文体旅 卫健体 农林水 农科教 "
    "党总支 党支部 关工委 国资委 林长制 路长制 易地办 安全员 符合 经理 易迁 边民 白酒 贾家 茅台 牟取 储量 海外 "
    "海港 屠宰 植保 盐业 査 谭家 连部 张榜 王府 费改 相关 从业"
)
WORDS = frozenset(_WORDS.split())


def is_name_of_a_person(text: str) -> bool:
    """Say whether ``text`` can only be somebody's name: 王某某, 李××, with a family name in front."""
    return bool(pattern(NAME).fullmatch(text)) and not is_no_name(text)


def is_masked(text: str) -> bool:
    """Say whether ``text`` is a name whatever its family: 王某某, 买买提·某某; 县长某某 is a post too."""
    if pattern(OF_PARTS).fullmatch(text):
        return not any(is_no_name(part) for part in pattern(r"[·•‧・]").split(text))
    return bool(pattern(MASKED).fullmatch(text)) and not pattern(POST).match(text)


def is_no_name(text: str) -> bool:
    """Say whether ``text`` is a word of bodies or posts, or ends with one, whatever it begins with."""
    if text in WORDS or (
        text[:2] in WORDS and pattern(r"..[方者民户人工师类性型业队点网线口]").fullmatch(text)
    ):
        return True
    return bool(pattern(rf"{NO_NAME}|{_NOT_IN_ONE}").search(text))


def is_place(text: str) -> bool:
    """Say whether a county, a city or the like is called so."""
    return text in PLACES
