"""Lists and mappings as a clerk writes them in one cell: 甲、乙、丙 and 键=值；键=值, with quotes only where needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tongbao.definitions import read_yaml
from tongbao.errors import InvalidError
from tongbao.scoring.exchange.parts import Form
from tongbao.scoring.exchange.yaml_text import flow

NONE = "（无）"
"""A list or mapping that is there and empty; an empty cell says nothing at all."""
NO_PAIRS = "（空）"
"""Among several mappings, one without pairs."""
BLANK = '""'
"""A text that is there and empty."""

_QUOTE = '"'
_LIST, _PAIRS, _LINES, _EQUALS = "、", "；", "\n", "="
_BEFORE_QUOTES = "=＝；;"  # behind them a new key or value begins
_ALSO = str.maketrans({"＝": _EQUALS, ";": _PAIRS})


class CellTextError(ValueError):
    """A cell whose writing cannot be understood."""


def write_cell(value: object, form: Form) -> str:
    """What stands in the cell for a value of the YAML (texts, lists and mappings of texts)."""
    if form is Form.NESTED:
        return flow(value)
    if isinstance(value, str):
        return (value or BLANK) if form in {Form.TEXT, Form.EITHER} else _quoted(value)
    if isinstance(value, Mapping):
        return _PAIRS.join(f"{_quoted(str(key))}{_EQUALS}{_item(each)}" for key, each in value.items()) or NONE
    if isinstance(value, Sequence) and form is Form.MAPPINGS:
        return _LINES.join(write_cell(each, Form.MAPPING) if each else NO_PAIRS for each in value) or NONE
    if isinstance(value, Sequence):
        return _LIST.join(_item(each) for each in value) or NONE
    raise CellTextError(f"“{value}”不能写在一个单元格里")


def read_cell(text: str, form: Form) -> object:
    """The value that a cell stands for.

    Raises:
        CellTextError: a quote is not closed, or a pair has no equals sign.
    """
    if form is Form.TEXT or (form is Form.EITHER and _EQUALS not in text.translate(_ALSO)):
        return "" if text == BLANK else text
    if form is Form.NESTED:
        return _nested(text)
    if text.strip() == NONE:
        return {} if form is Form.MAPPING else []
    if form is Form.LIST:
        return [_plain(item) for item in _split(text, _LIST + _LINES) if item.strip()]
    if form is Form.MAPPINGS:
        return [
            {} if line.strip() == NO_PAIRS else _mapping(line, _PAIRS) for line in _split(text, _LINES) if line.strip()
        ]
    return _mapping_or_text(text, _PAIRS + _LINES)


def _nested(text: str) -> object:
    try:
        value, _ = read_yaml(text, "")
    except InvalidError as error:
        raise CellTextError("；".join(finding.message for finding in error.findings)) from None
    return value


def _mapping_or_text(text: str, separators: str) -> object:
    """A mapping; without pairs the text itself (限: 5工作日 beside 限: {简单: 5工作日}), if it is only one."""
    items = [item for item in _split(text, separators) if item.strip()]
    return _plain(text) if len(items) == 1 and _split(text, _EQUALS) == [text] else _mapping(text, separators)


def _mapping(text: str, separators: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for pair in _split(text, separators):
        if not pair.strip():
            continue
        name = _split(pair, _EQUALS)[0]
        if name == pair:
            raise CellTextError(f"“{pair.strip()}”应写成 键=值，几项之间用；隔开")
        key = _plain(name)
        if key in pairs:
            raise CellTextError(f"“{key}”写了两次")
        pairs[key] = _plain(pair[len(name) + 1 :])
    return pairs


def _item(value: object) -> str:
    if not isinstance(value, str):
        raise CellTextError(f"“{value}”不能写在一个单元格里")
    return _quoted(value)


def _quoted(text: str) -> str:
    odd = not text or text != text.strip() or text in {NONE, NO_PAIRS} or text.startswith(_QUOTE)
    if odd or any(mark in text for mark in (_LIST, _PAIRS, _LINES, _EQUALS, "＝", ";")):
        return _QUOTE + text.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return text


def _plain(item: str) -> str:
    item = item.strip()
    if not item.startswith(_QUOTE):
        return item
    if len(item) == 1 or not item.endswith(_QUOTE):
        raise CellTextError(f"“{item}”的引号没有成对")
    return item[1:-1].replace(_QUOTE * 2, _QUOTE)


def _split(text: str, separators: str) -> list[str]:
    """Part a text at the separators that stand outside quotes; a quote opens only where an item or value begins."""
    items, item, inside, closed = [], "", False, False
    for character in text:
        begins = not item.strip() or item.rstrip()[-1] in _BEFORE_QUOTES
        if character == _QUOTE and (inside or begins or closed):  # closed: a doubled one, which stands for itself
            inside, closed = not inside, inside
        else:
            closed = False
        if not inside and character.translate(_ALSO) in separators:
            items.append(item)
            item = ""
        else:
            item += character
    if inside:
        raise CellTextError("引号没有成对")
    return [*items, item]
