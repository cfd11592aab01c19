"""000: 焦作市法治政府建设示范市创建宣传工作实施方案 (焦法政办〔2023〕21号), by chapter and sentence."""

from tests.obligations.serving import Command, Every, Item, Paper, Rows, obliged

PACK, DOCUMENT, AT_LEAST = "jiaozuo-publicity-2023", "000", 20

OBLIGATIONS = (
    obliged("二(一)", "阵地法治文化建设", Item("W1", "阵地"), Command("publicity submissions")),
    obliged("二(二)", "多种宣传载体", Item("W2", "宣传载体")),
    obliged("二(二)一是：报纸专题", "报纸宣传专题", Command("publicity items add")),
    obliged("二(二)一是：定期报道", "定期报道", Command("publicity items add")),
    obliged("二(二)二是：公安", "沿街交通安全宣传显示屏", Item("M2.1", "显示屏", "市公安局")),
    obliged("二(二)二是：市场监管", "各类市场", Item("M2.2", "市场", "市市场监管局")),
    obliged("二(二)二是：政务服务", "行政服务大厅", Item("M2.3", "服务大厅", "市政务服务和大数据管理局")),
    obliged("二(二)二是：交通运输", "长途汽车站", Item("M2.4", "出租车", "市交通运输局")),
    obliged("二(二)二是：商务", "大型商场超市", Item("M2.5", "加油站", "市商务局")),
    obliged("二(二)二是：文广旅", "景区景点", Item("M2.6", "旅行社", "市文广旅局")),
    obliged("二(二)二是：城管", "城市广场", Item("M2.7", "沿街门店", "市城管局")),
    obliged("二(二)二是：教育", "大、中、小学校", Item("M2.8", "学校", "市教育局")),
    obliged("二(二)二是：卫健", "各类医院", Item("M2.9", "医院", "市卫健委")),
    obliged("二(二)二是：金融", "在银行", Item("M2.10", "银行", "市金融工作局")),
    obliged("二(二)二是：园林", "游园等场所", Item("M2.11", "公园", "市园林绿化中心")),
    obliged("二(二)二是：县区延伸", "延伸到乡镇", Command("campaign hand-down")),
    obliged("二(二)三是：网络专栏", "宣传专栏", Command("publicity items add"), Command("evidence links")),
    obliged("二(二)四是：营造氛围", "LED屏", Command("publicity venues export")),
    obliged("二(二)四是：公众号", "图文并茂", Command("publicity items add")),
    obliged("二(三)", "深挖提炼先进典型", Item("W3", "先进典型")),
    obliged("二(三)：工作简报", "创办了工作简报", Command("briefing draft"), Paper("briefing", "简报")),
    obliged("二(三)：报送典型", "及时报送", Command("briefing items add")),
    obliged("三(一)：列入议程", "制定具体实施方案", Command("plan load")),
    obliged("三(二)：汇总制度", "素材汇总制度", Command("publicity submissions")),
    obliged("三(二)：每月28日前", "每月28日前", Every(1, "报送宣传内容", 12), Rows("milestone", 12, "kind = 'submission'")),
    obliged("三(二)：邮箱", "办公室邮箱", Command("mailbox check")),
    obliged("三(二)：正面引导", "正面宣传引导", Command("publicity check")),
    obliged("三(二)：内容违法和不当", "内容违法和不当", Command("publicity check"), Command("publicity words load")),
    obliged("三(二)：谁引发谁负责", "谁引发，谁负责", Command("publicity incident add")),
    obliged("三(二)：依法处置", "妥善处置", Command("publicity incident add")),
    obliged("三(三)：力戒形式主义", "力戒形式主义", Command("burden")),
    obliged("附件", "宣传口号", Rows("slogan", 22), Command("publicity slogans rotate")),
)  # fmt: skip
