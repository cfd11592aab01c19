"""Speak Chinese about the words of a command: its help, and what was wrong with them."""

from collections.abc import Sequence
from typing import Any, get_args

import cyclopts
from cyclopts import App, CycloptsError, Group, Parameter

from models.rules.bounds import shown


def _list_options(console: Any, options: Any, panel: Any) -> None:
    """Print a panel of options without the library's English remarks; the title explains the star."""
    from cyclopts.help import ColumnSpec, DefaultFormatter
    from cyclopts.help.specs import get_default_parameter_columns

    def columns(console: Any, options: Any, entries: Any) -> tuple[ColumnSpec, ...]:
        *names, _ = get_default_parameter_columns(console, options, entries)
        return (*names, ColumnSpec(renderer=_help_of_option, overflow="fold"))

    DefaultFormatter(column_specs=columns)(console, options, panel)


def _help_of_option(entry: Any) -> Any:
    from rich.text import Text

    choices = f"可选：{'、'.join(entry.choices)}" if entry.choices else ""
    return entry.description or Text(choices)


COMMANDS = Group("命令")
OPTIONS = Group("选项（带 * 的必须写）", help_formatter=_list_options)
CONTENTS = Group("内容", help_formatter=_list_options)


def speak_chinese(app: App, chain: tuple[str, ...] = ("shifan",)) -> None:
    """Give the help of ``app`` and of all its words Chinese headings."""
    names = [name for name in app if not name.startswith("-")]
    app.group_commands, app.group_parameters, app.group_arguments = COMMANDS, OPTIONS, CONTENTS
    app.usage = ""
    app.help_prologue = f"用法：{' '.join(chain)} {'命令' if names else '[内容] [选项]'}"
    app.default_parameter = Parameter(show_default=False, show_env_var=False, negative=())
    for flag in ("--help", "--version"):
        if flag in list(app):
            app[flag].help = {"--help": "显示这份说明", "--version": "显示版本"}[flag]
    for name in names:
        speak_chinese(app[name], (*chain, name))


def in_chinese(error: CycloptsError, faults: Sequence[str] = ()) -> str:
    """Return one line: what was typed, what was expected, where help is; all ``faults`` if there are any."""
    return f"{'；'.join(faults) or _what(error)}；用法见 {_help_of(error)}"


def _what(error: CycloptsError) -> str:
    argument = getattr(error, "argument", None)
    name = argument.name if argument else ""
    match error:
        case cyclopts.UnknownCommandError():
            return f"没有“{_shown(error.unused_tokens)}”这个命令"
        case cyclopts.UnknownOptionError():
            token = getattr(error, "token", None)
            option = getattr(token, "keyword", None) or getattr(token, "value", "")
            return f"没有 {shown(str(option))} 这个选项"
        case cyclopts.MissingArgumentError():
            given = getattr(error, "tokens_so_far", None)
            return f"选项 {name} 后面缺少内容" if given else f"缺少 {name}"
        case cyclopts.CoercionError():
            if error.msg is not None:  # said by a type of `deployments.typed.values`
                return f"{name} {error.msg}"
            value = str(getattr(getattr(error, "token", None), "value", ""))
            words = get_args(getattr(argument, "hint", None))
            choices = "、".join(word for word in words if isinstance(word, str) and word)
            expected = f"只能是 {choices}" if choices else "它是开关，后面不写内容"
            return f"{name} 写的是“{shown(value)}”，{expected}"
        case cyclopts.UnusedCliTokensError():
            return f"多出了“{_shown(error.unused_tokens)}”"
        case cyclopts.RepeatArgumentError():
            return f"{name} 只能写一次"
        case _:
            return f"{name or '命令'} 的写法不对"


def _shown(words: Sequence[str] | None) -> str:
    return shown(" ".join(words or []))


def _help_of(error: CycloptsError) -> str:
    chain = getattr(error, "command_chain", None) or ()
    return " ".join(["shifan", *chain, "--help"])
