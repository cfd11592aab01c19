"""Speak Chinese about the words of a command: its help, and what was wrong with them."""

from typing import Any

import cyclopts
from cyclopts import App, CycloptsError, Group, Parameter


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

    choices = f"可选:{'、'.join(entry.choices)}" if entry.choices else ""
    return entry.description or Text(choices)


COMMANDS = Group("命令")
OPTIONS = Group("选项(带 * 的必须写)", help_formatter=_list_options)
CONTENTS = Group("内容", help_formatter=_list_options)


def speak_chinese(app: App, chain: tuple[str, ...] = ("shifan",)) -> None:
    """Give the help of ``app`` and of all its words Chinese headings."""
    names = [name for name in app if not name.startswith("-")]
    app.group_commands, app.group_parameters, app.group_arguments = COMMANDS, OPTIONS, CONTENTS
    app.usage = ""
    app.help_prologue = f"用法: {' '.join(chain)} {'命令' if names else '[内容] [选项]'}"
    app.default_parameter = Parameter(show_default=False, show_env_var=False, negative=())
    for flag in ("--help", "--version"):
        if flag in list(app):
            app[flag].help = {"--help": "显示这份说明", "--version": "显示版本"}[flag]
    for name in names:
        speak_chinese(app[name], (*chain, name))


def in_chinese(error: CycloptsError) -> str:
    """Return one line: what was typed, what was expected, where help is."""
    return f"{_what(error)};用法见 {_help_of(error)}"


def _what(error: CycloptsError) -> str:
    argument = getattr(error, "argument", None)
    name = argument.name if argument else ""
    match error:
        case cyclopts.UnknownCommandError():
            return f"没有“{' '.join(error.unused_tokens or [])}”这个命令"
        case cyclopts.UnknownOptionError():
            token = getattr(error, "token", None)
            return f"没有 {getattr(token, 'keyword', None) or getattr(token, 'value', '')} 这个选项"
        case cyclopts.MissingArgumentError():
            given = getattr(error, "tokens_so_far", None)
            return f"选项 {name} 后面缺少内容" if given else f"缺少 {name}"
        case cyclopts.CoercionError():
            token = getattr(error, "token", None)
            kind = getattr(getattr(error, "target_type", None), "__name__", "")
            expected = {"date": "2025-07-21 这样的日期", "int": "整数", "float": "数字"}.get(
                kind, "合适的内容"
            )
            return f"{name} 写的是“{getattr(token, 'value', '')}”,应为{expected}"
        case cyclopts.UnusedCliTokensError():
            return f"多出了“{' '.join(error.unused_tokens or [])}”"
        case cyclopts.RepeatArgumentError():
            return f"{name} 只能写一次"
        case _:
            return f"{name or '命令'} 的写法不对"


def _help_of(error: CycloptsError) -> str:
    chain = getattr(error, "command_chain", None) or ()
    return " ".join(["shifan", *chain, "--help"])
