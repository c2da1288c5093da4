"""click's own words in Chinese, so that a slip on the command line is told in the clerk's language.

click asks gettext for every message but ships no Chinese; its look-ups are pointed at the table below. Whatever
is not in the table stays as click has it.
"""

from __future__ import annotations

from collections.abc import Mapping

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

WORDS: Mapping[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Aborted!": "已中断。",
    "Show this message and exit.": "显示本说明。",
    "default: {default}": "默认：{default}",
    "(dynamic)": "（自动）",
    "Error: {message}": "命令有误：{message}",
    "Try '{command} {option}' for help.": "用法见 {command} {option}",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少{param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "取值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值不对：{message}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多写了参数：{args}",
    "Got unexpected extra arguments ({args})": "多写了参数：{args}",
    "Takes {nargs} values but 1 was given.": "应写{nargs}个值，只写了1个。",
    "Takes {nargs} values but {len} were given.": "应写{nargs}个值，写了{len}个。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不带值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写{nargs}个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写{nargs}个值。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "没有这个{name}：{filename}",
    "{name} {filename!r} is a file.": "{filename} 是文件，应为文件夹。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，应为文件。",
    "{name} {filename!r} is not readable.": "不能读取{name}：{filename}",
    "{name} {filename!r} is not writable.": "不能写入{name}：{filename}",
}

_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def speak_chinese() -> None:
    """Let click look its words up in the table; harmless to call twice."""
    for module in _MODULES:
        for name, look_up in (("_", _word), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, look_up)


def _word(text: str) -> str:
    return WORDS.get(text, text)


def _counted(one: str, many: str, count: int) -> str:
    return _word(one if count == 1 else many)
