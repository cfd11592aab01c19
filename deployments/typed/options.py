"""Options that many commands take, each described once; and the moment that a command is given."""

from typing import Annotated

from cyclopts import Parameter

from deployments.typed.values import Day, InFile, Name, Note, Number, OutFile, Post
from models.rules.calendar.moment import Moment

OfCampaign = Annotated[
    Name | None, Parameter(help="哪个创建活动或工作计划（简称）；只有一个时不必写。")
]
AnyCampaign = Annotated[Name | None, Parameter(help="哪个创建活动或工作计划（简称）；默认全部。")]
Slug = Annotated[Name, Parameter(help="简称。")]
DayToLookAt = Annotated[Day | None, Parameter(help="按哪一天算；默认今天。别的日子只是预览。")]
Registrar = Annotated[Post, Parameter(help="由谁（职务）登记。")]
Reason = Annotated[Note, Parameter(help="理由。")]
FilledWorkbook = Annotated[InFile, Parameter(help="填好的 Excel 文件。")]
NewWorkbook = Annotated[OutFile, Parameter(help="要生成的 Excel 文件；已有同名文件时不会覆盖。")]
Enterer = Annotated[Post, Parameter(help="由谁（职务）登记；默认创建办。")]
DrillCode = Annotated[Name, Parameter(help="模拟评估的编号，如 M1。")]
MethodName = Annotated[Name, Parameter(help="方式，如 案卷评查。")]
Conclusion = Annotated[
    Note, Parameter(help="结论，如 总体较好，个别环节失分多；不写的以后在工作底稿里补。")
]
WhichTest = Annotated[Number | None, Parameter(help="第几次测试；默认最近一次。")]
WhichSurvey = Annotated[Number | None, Parameter(help="第几号测评；默认最近一次。")]
Json = Annotated[bool, Parameter(help="输出一个 JSON 对象，供其他程序读取。")]

# Never typed: whoever asks for it gets the moment of the call, and finds the database as this code
# needs it (`deployments.cli`). A command without it needs no database.
Now = Annotated[Moment, Parameter(parse=False)]


def open_tables(*, any_state: bool = False) -> Moment:
    """Make sure that the database is as this code needs it; return the moment of the command.

    With ``any_state`` one that is not of the last head of the chain is taken as it is.
    """
    from flows.running import clock
    from models.schema import ensure_schema

    moment = clock.moment()
    ensure_schema(moment.now, any_state=any_state)
    return moment
