"""What a model does not take, in Chinese and with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

from tongbao.definitions.yaml_text import KeyPath, Positions
from tongbao.errors import Code, Finding

_MESSAGES: Mapping[str, tuple[Code, Callable[[ErrorDetails], str], str]] = {
    "extra_forbidden": (
        Code.KEY_UNKNOWN,
        lambda e: f"不认识键“{e['loc'][-1]}”",
        "请改正键名，可用的键见 docs/definitions.md",
    ),
    "missing": (Code.KEY_MISSING, lambda e: f"缺少键“{e['loc'][-1]}”", "请补上这个键"),
    "value_error": (Code.VALUE_INVALID, lambda e: str(e["ctx"]["error"]), "请改正取值"),
    "literal_error": (
        Code.VALUE_INVALID,
        lambda e: f"“{e['input']}”不在可选值内：{e['ctx']['expected'].replace(' or ', '、')}",
        "请从可选值中选一个",
    ),
}
_EXPECTED: Mapping[str, str] = {
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "string_type": "应为一段文字",
    "tuple_type": "应为列表，每项以“- ”开头或写在 [ ] 中",
    "list_type": "应为列表，每项以“- ”开头或写在 [ ] 中",
    "dict_type": "应为“键: 值”的形式",
    "model_type": "应为“键: 值”的形式",
    "model_attributes_type": "应为“键: 值”的形式",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than": "应小于{lt}",
    "less_than_equal": "应不大于{le}",
    "too_short": "至少要有{min_length}项",
    "string_pattern_mismatch": "含有不允许的字符，或太长",
    "enum": "不在可选值内：{expected}",
}
"""What pydantic expected, in Chinese; the rest it says itself."""


def mistake(detail: ErrorDetails, positions: Positions) -> Finding:
    """One thing that a model does not take, at the line that says it."""
    path: KeyPath = ()
    for part in detail["loc"]:  # pydantic adds union tags that are not in the file
        if (*path, part) in positions.places:
            path = (*path, part)
    code, message, remedy = _MESSAGES.get(detail["type"], (Code.VALUE_INVALID, _unexpected, "请改正取值"))
    return Finding(code, message(detail), positions.place(*path), remedy)


def _unexpected(detail: ErrorDetails) -> str:
    shown = "空" if detail["input"] is None else f"“{detail['input']}”"
    expected = _EXPECTED.get(detail["type"], detail["msg"]).format(**detail.get("ctx", {}))
    return f"取值{shown}不合规定：{expected}"
