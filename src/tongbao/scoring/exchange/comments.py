"""Comments of a YAML file: whoever wrote them finds them again, beside what they were written about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tongbao.definitions import KeyPath

END: KeyPath = ("",)
"""Stands for the end of the file; no key is called so."""

_SIGN = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_LINE_END = re.compile(r"[\r\n]|\Z")


@dataclass(frozen=True, slots=True)
class Comment:
    """What is remarked about one key or item: lines above it, and one behind it; without the # sign."""

    above: tuple[str, ...] = ()
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    path: KeyPath


def comments_of(text: str) -> Mapping[KeyPath, Comment]:
    """Find every comment and what it belongs to.

    A line of its own belongs to the key or item that follows; a comment behind something to the outermost thing that
    begins on its line.

    Args:
        text: YAML that has been read without mistakes.
    """
    node = YAML().compose(text)
    entries: list[_Entry] = []
    covered: list[tuple[int, int]] = []
    if node is not None:
        _walk(node, (), text, entries, covered)
    entries.sort(key=lambda entry: (entry.start, len(entry.path)))
    found: dict[KeyPath, Comment] = {}
    for start, words in _outside(text, sorted(covered)):
        begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        alone = not text[begin:start].strip()
        path = _following(entries, start) if alone else _on_line(entries, begin, start)
        known = found.get(path, Comment())
        if alone or known.beside is not None or path == END:
            found[path] = replace(known, above=(*known.above, words))
        else:
            found[path] = replace(known, beside=words)
    return found


def _walk(node: Node, path: KeyPath, text: str, entries: list[_Entry], covered: list[tuple[int, int]]) -> None:
    if isinstance(node, ScalarNode):
        covered.append((node.start_mark.index, _end(node, text)))
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            entries.append(_Entry(key.start_mark.index, (*path, str(key.value))))
            covered.append((key.start_mark.index, key.end_mark.index))
            _walk(value, (*path, str(key.value)), text, entries, covered)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            entries.append(_Entry(item.start_mark.index, (*path, index)))
            _walk(item, (*path, index), text, entries, covered)


def _end(node: ScalarNode, text: str) -> int:
    """Where a scalar ends; of a block (| or >) the reader's own mark may lie behind the comments that follow it."""
    if node.style not in {"|", ">"}:
        return int(node.end_mark.index)
    head = text.find("\n", node.start_mark.index)
    if head < 0:
        return len(text)
    end, indent = head, None
    for line in re.finditer(r"[^\n]*(?:\n|\Z)", text[head + 1 :]):
        content = line[0].strip()
        depth = len(line[0]) - len(line[0].lstrip(" "))
        if content and indent is None:
            indent = depth
        if (content and indent is not None and depth < indent) or not line[0]:
            break
        if content:
            end = head + 1 + line.end()
    return min(end, int(node.end_mark.index)) if indent else int(node.start_mark.index) + 1


def _outside(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    starts = [start for start, _ in covered]
    done = 0
    for match in _SIGN.finditer(text):
        place = bisect_left(starts, match.start() + 1) - 1
        inside = place >= 0 and match.start() < covered[place][1]
        end = _LINE_END.search(text, match.start())
        if end is not None and not inside and match.start() >= done:
            done = end.start()
            yield match.start(), text[match.end() : done].rstrip()


def _following(entries: list[_Entry], start: int) -> KeyPath:
    return next((entry.path for entry in entries if entry.start > start), END)


def _on_line(entries: list[_Entry], begin: int, start: int) -> KeyPath:
    on_line = [entry.path for entry in entries if begin <= entry.start < start]
    if on_line:
        return min(on_line, key=len)
    return next((entry.path for entry in reversed(entries) if entry.start < start), END)
