"""`shifan publicity`: what units owe and sent of the recurring duties."""

from cyclopts import App

from deployments.commands.publicity_incidents import incident
from deployments.commands.publicity_lists import items, venues, words
from deployments.commands.publicity_slogans import slogans
from deployments.commands.publicity_texts import check_text_, decide_text_, list_checks_
from deployments.say import say, say_of, say_table
from deployments.typed.options import DayToLookAt, Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Codes, Day, InFile, Name, Note, OutFile

publicity = App(
    name="publicity", help="宣传：定期报送、宣传场所、登记、核稿、舆情、标语轮换；不排名，不计分。"
)
for word in (venues, items, words, slogans, incident):
    publicity.command(word)
publicity.command(check_text_, name="check")
publicity.command(list_checks_, name="checks")
publicity.command(decide_text_, name="decide")


@publicity.command
def duties(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出方案里的定期报送：多久一次、报什么、由哪些单位报、下次什么时候。

    示例：

        shifan publicity duties
    """
    from tasks.publicity.duties import duty_lines

    found = duty_lines(campaign, moment)
    rows = (
        (
            one.code,
            one.often,
            one.what,
            f"{len(one.units)} 个单位" if one.units else "创建办",
            one.next_due or "",
        )
        for one in found
    )
    if found:
        say_table("定期报送", ("编号", "多久", "报什么", "由谁报", "各单位下次时限"), rows)
    say_of(campaign, f"方案里有 {len(found)} 项定期报送；分给单位用 shifan publicity owe")


@publicity.command
def owe(
    code: Name, *, units: Codes = "", by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """把一项定期报送分给单位，从今天起每到时限各报一次；可反复执行，以后新增的单位再执行一次。

    每个单位每一次是一个节点：到期前提醒、逾期逐级提醒都只对这个单位；创建办自己的那个节点不再提醒，不重复要。

    示例：

        shifan publicity owe D1 --by 创建办
        shifan publicity owe D1 --units 市直有关部门单位、市公安局 --by 创建办

    Parameters
    ----------
    code
        定期报送的编号，见 shifan publicity duties。
    units
        单位或单位类别，用、隔开；不写就是全部单位。
    """
    from tasks.publicity.duties import give_duty

    say_of(campaign, give_duty(campaign, code, units, by, moment))


@publicity.command
def spare(
    code: Name, *, units: Codes = "", by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """不再要单位报送一项：没报的撤销，报过的留着。

    示例：

        shifan publicity spare D1 --units 市税务局 --by 创建办

    Parameters
    ----------
    code
        定期报送的编号，见 shifan publicity duties。
    units
        单位或单位类别，用、隔开；不写就是全部单位。
    """
    from tasks.publicity.duties import spare_duty

    say_of(campaign, spare_duty(campaign, code, units, by, moment))


@publicity.command
def take(
    code: Name,
    *,
    unit: Name,
    by: Registrar,
    on: Day | None = None,
    file: InFile | None = None,
    note: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记收到一个单位的一次报送；按收到的日子算按时还是迟报。

    平时不用登记：放进收件文件夹里以单位命名的文件夹、或从单位邮箱发来，名称或邮件标题里写有“宣传信息”“宣传报送”
    或编号（D1）的，自动登记。

    示例：

        shifan publicity take D1.2026-07-28 --unit 市公安局 --on 2026-07-27 --by 创建办

    Parameters
    ----------
    code
        哪一次：D1.2026-07-28；只写 D1 的，按收到的日子算是哪一次。
    unit
        哪个单位。
    on
        收到的日子；默认今天。
    file
        报送的文件，存进证明材料库；口头或纸面的可以没有。
    note
        说明，如 纸面件。
    """
    from tasks.publicity.submissions import Given, take_submission

    say_of(campaign, take_submission(campaign, Given(code, unit, by, on, note), file, moment))


@publicity.command(name="take-back")
def take_back_submission_(
    code: Name,
    *,
    unit: Name,
    by: Registrar,
    reason: Reason,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """撤回登记错的“收到”：这一次重新算没有报，原来的登记留在记录里。

    示例：

        shifan publicity take-back D1.2026-07-28 --unit 市公安局 --by 创建办 --reason 登记错了单位

    Parameters
    ----------
    code
        哪一次：D1.2026-07-28。
    unit
        哪个单位。
    """
    from tasks.publicity.submissions import Given, take_back_submission

    given = Given(code, unit, by, note=reason)
    say_of(campaign, take_back_submission(campaign, given, moment))


@publicity.command
def submissions(
    *,
    duty: Name = "",
    since: Day | None = None,
    until: Day | None = None,
    out: OutFile | None = None,
    today: DayToLookAt = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """看各单位报送情况：按时、迟报、未报；单位按固定顺序，没报的也在，不排名，不计分。

    示例：

        shifan publicity submissions
        shifan publicity submissions --duty D1 --out 报送情况.xlsx

    Parameters
    ----------
    duty
        哪一项定期报送；默认 D1。
    since
        时限从哪天起；默认最近六次。
    until
        时限到哪天为止。
    out
        另存为 Excel 文件。
    """
    from models.settings import moment_of
    from tasks.publicity.submissions import submission_table, write_submission_table

    seen = moment_of(moment.now, today) if today else moment
    found = submission_table(campaign, duty, seen, since, until)
    if out:
        write_submission_table(found, out)
    else:
        say_table(found.title, found.head, found.rows)
    say(*found.lines)
    if out:
        say_of(campaign, f"已写出 {len(found.rows)} 个单位的报送情况到 {out}")
