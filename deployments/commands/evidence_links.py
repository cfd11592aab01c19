"""`shifan evidence links`: look at the links of evidence again."""

from deployments.say import counting, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Post


def links(*, check: bool = False, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """证明材料里的网址：上次看时怎样；加 --check 复核一遍，还打得开吗，内容变了没有。

    复核时网页按当时的样子留存。计数、时钟、天气一类的变化不算；写了证明段落的，只看那一段还在不在。
    变了的、连续 3 天打不开的作标记，由人认定。服务运行时每周自动复核，评估前后更勤，直到整体结束。不访问内部网络的地址，除非在 SHIFAN_LINK_NETWORKS 里写明。
    中途停了再运行，接着做；半天内复核过的不再复核。

    示例：

        shifan evidence links
        shifan evidence links --check --by 创建办

    Parameters
    ----------
    check
        复核一遍。
    by
        由谁（职务）复核。
    """
    from tasks.evidence.links.checking import check_links, last_looks, look_words

    if check:
        with counting("已复核网址") as told:
            seen = check_links(campaign, by, moment, told=told)
        say_of(campaign, look_words(seen))
        rows = [one.row for one in seen if one.outcome != "same"]
    else:
        rows = last_looks(campaign, moment.now)
        say_of(campaign, f"共 {len(rows)} 个网址")
    if rows:
        say_table("网址", ["编号", "材料名称", "网址", "情况"], rows)
