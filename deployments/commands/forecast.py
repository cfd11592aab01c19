"""`shifan forecast`: what may be late, when stages will probably end, and what helps most."""

from deployments.say import say, say_folded, say_json, say_table
from deployments.typed.options import Json, Now, OfCampaign


def forecast(*, campaign: OfCampaign = None, json: Json = False, moment: Now) -> None:
    """预计：照到今天为止的快慢，哪些事项可能逾期，各阶段大致哪天办完，先办哪几项最有用。只看，不写入，不提醒任何人。

    示例：

        shifan forecast
        shifan forecast --json
    """
    from models.rules.foresight.wording import chance_in_words, expected_days
    from tasks.foresight.foreseeing import LISTED, foresee_campaign
    from tasks.foresight.saying import record_of

    seen = foresee_campaign(campaign, moment.today)
    if json:
        say_json(seen.as_json())
        return
    say_folded(f"{seen.label} {seen.found.day}：{seen.line}")
    if record := record_of(campaign, moment.today):
        say_folded(record)
    if seen.found.stages:
        say_table(
            "各阶段",
            ["阶段", "逾期的可能", "一半可能在", "八成可能在"],
            [
                (
                    seen.stage_name(one.id),
                    seen.stage_chance(one),
                    expected_days(one.half),
                    expected_days(one.most),
                )
                for one in seen.found.stages
            ],
        )
    if seen.found.items:
        say_table(
            "最可能逾期的",
            ["编号", "事项", "责任", "时限", "可能", "八成可能在"],
            [
                (
                    *(named.code, named.title, named.owner, named.due or ""),
                    *(chance_in_words(one.late), expected_days(one.most)),
                )
                for one in seen.found.items[:LISTED]
                for named in [seen.names[one.part, one.id]]
            ],
        )
    if seen.found.helps:
        say("这一周先办完，最能让阶段按期结束的：")
        for one in seen.found.helps:
            say_folded(f"  {seen.called(one)}：第 {one.stage} 阶段按期的可能多 {one.gain:.0%}")
