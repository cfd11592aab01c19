"""The fields that several forms share, with the words an operator reads."""

from datetime import date
from typing import Annotated

from pydantic import Field

Campaign = Annotated[str, Field(title="创建活动", description="简称;留空表示全部创建活动")]
Day = Annotated[
    date | None, Field(title="日期", description="按哪一天算;留空表示今天。可填过去的日子重看")
]
