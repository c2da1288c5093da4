"""Writes a definition as YAML the way people write it: small things on one line, quotes only where they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tongbao.definitions import KeyPath
from tongbao.scoring.exchange.comments import END, Comment

_WIDTH = 120
_WIDEST = 300  # an item without anything nested may be as long: one line an item reads like a table
_MOST_KEYS = 5  # of a nested item that still stands on one line
_STEP = 2
_ODD = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`=<~.]|.*(?:\s#|:\s|[\"\n\r\t]|:$)", re.DOTALL)
_ODD_IN_FLOW = re.compile(r"[,\[\]{}]")
_PRINTABLE = re.compile("[\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_yaml(data: Mapping[str, Any], comments: Mapping[KeyPath, Comment]) -> str:
    """Write a definition.

    Args:
        data: mappings, lists and texts, in the order in which they shall stand.
        comments: what is remarked about which key or item.
    """
    lines = list(_Writer(comments).mapping(data, (), 0))
    lines += [f"#{line}" for line in comments.get(END, Comment()).above]
    return "\n".join(lines) + "\n" if lines else ""


class _Writer:
    def __init__(self, comments: Mapping[KeyPath, Comment]) -> None:
        self._comments = comments
        self._commented = {path[:length] for path in comments for length in range(len(path))}

    def mapping(self, data: Mapping[str, Any], path: KeyPath, indent: int) -> Iterator[str]:
        for key, value in data.items():
            here = (*path, key)
            yield from self._above(here, indent)
            start = f"{' ' * indent}{scalar(key)}:"
            yield from self._value(start, value, here, indent)

    def _value(self, start: str, value: Any, path: KeyPath, indent: int) -> Iterator[str]:
        beside = self._beside(path)
        if isinstance(value, str):
            block = _block(value, indent + _STEP)
            yield f"{start} {block[0] if block else scalar(value, in_flow=False)}{beside}"
            yield from block[1:]
        elif self._on_one_line(value, path, len(start)):
            yield f"{start} {flow(value)}{beside}"
        elif isinstance(value, Mapping):
            yield f"{start}{beside}"
            yield from self.mapping(value, path, indent + _STEP)
        else:
            yield f"{start}{beside}"
            for index, item in enumerate(value):
                yield from self._item(item, (*path, index), indent + _STEP)

    def _item(self, item: Any, path: KeyPath, indent: int) -> Iterator[str]:
        yield from self._above(path, indent)
        dash = f"{' ' * indent}-"
        if isinstance(item, str) or self._item_on_one_line(item, path, indent):
            yield f"{dash} {scalar(item, in_flow=False) if isinstance(item, str) else flow(item)}{self._beside(path)}"
            return
        if not isinstance(item, Mapping):
            yield f"{dash} {flow(item)}{self._beside(path)}"
            return
        lines = list(self.mapping(item, path, indent + _STEP))
        remarks = list(self._above((*path, next(iter(item))), indent))  # none may stand between - and its first key
        yield from remarks
        lines = lines[len(remarks) :]
        first, *rest = lines
        yield f"{dash} {first.lstrip()}{self._beside(path)}"
        yield from rest

    def _on_one_line(self, value: Any, path: KeyPath, start: int) -> bool:
        if not value:
            return True
        if path in self._commented:
            return False
        if not isinstance(value, Mapping) and any(isinstance(item, Mapping) for item in value):
            return False
        return start + 1 + len(flow(value)) <= _WIDTH

    def _item_on_one_line(self, item: Any, path: KeyPath, indent: int) -> bool:
        if not item:
            return True
        if path in self._commented or (isinstance(item, Mapping) and any(_is_long(each) for each in item.values())):
            return False
        size = indent + _STEP + len(flow(item))
        flat = isinstance(item, Mapping) and all(isinstance(each, str) or _is_texts(each) for each in item.values())
        return size <= (_WIDEST if flat else _WIDTH) and (flat or len(item) <= _MOST_KEYS)

    def _above(self, path: KeyPath, indent: int) -> Iterator[str]:
        for line in self._comments.get(path, Comment()).above:
            yield f"{' ' * indent}#{line}"

    def _beside(self, path: KeyPath) -> str:
        beside = self._comments.get(path, Comment()).beside
        return "" if beside is None else f"  #{beside}"


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and "\n" in value


def _is_texts(value: Any) -> bool:
    return not isinstance(value, Mapping) and all(isinstance(item, str) for item in value)


def flow(value: Any) -> str:
    """A whole value on one line: {a: [b, c]}."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def scalar(text: str, *, in_flow: bool = True) -> str:
    """A text on one line, in quotes where YAML would take it for something else."""
    odd = not text or text != text.strip() or _ODD.match(text) or (in_flow and _ODD_IN_FLOW.search(text))
    if not odd and _PRINTABLE.fullmatch(text):
        return text
    if '"' in text and "'" not in text and _PRINTABLE.fullmatch(text):
        return f"'{text}'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _PRINTABLE.fullmatch(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def _block(text: str, indent: int) -> list[str]:
    """Several lines as a block; [] where it would not come back the same."""
    lines = text.split("\n")
    plain = len(lines) > 1 and lines[-1].strip() and lines[0].strip() and not lines[0].startswith(" ")
    if not plain or not all(_PRINTABLE.fullmatch(line) and line == line.rstrip() for line in lines):
        return []
    return ["|-", *(f"{' ' * indent}{line}" if line else "" for line in lines)]
