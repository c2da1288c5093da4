"""Reads YAML without typing anything, and remembers where everything stands.

YAML 1.1 would turn 12:30 into 750 and 010 into 8; here nothing is typed before the model asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tongbao.errors import Code, Finding, InvalidError, Place

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Positions:
    """Remembers where every key of a file stands (line, or sheet and cell), so that later stages can point at it."""

    file: str
    places: Mapping[KeyPath, Place] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """The place of a key path such as ("指标", 0, "取值"); of the nearest parent where it has none."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path) or Place(self.file, line=1, column=1)


def read_yaml(text: str, file: str) -> tuple[Any, Positions]:
    """Read YAML without typing anything: mappings, lists, strings, None for what was left empty.

    Args:
        text: the file's content.
        file: its name as messages show it.

    Raises:
        InvalidError: with everything wrong with the writing, each with its line.
    """
    reader = _Reader(file)
    data = reader.read(text)
    if reader.findings:
        raise InvalidError(reader.findings)
    return data, Positions(file, reader.places)


class _Reader:
    """Turns YAML into dictionaries, lists and strings, and remembers the line of everything."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[KeyPath, Place] = {}
        self.findings: list[Finding] = []

    def read(self, text: str) -> Any:
        try:
            node = YAML(typ="base", pure=True).compose(text)  # comments are of no use here, and cost a fifth
            return self.plain(node, ()) if node is not None else {}
        except MarkedYAMLError as error:
            self.wrong(f"YAML 写法有误（{error.problem or error.context}）", error.problem_mark or error.context_mark)
        except YAMLError:
            self.wrong("含有 YAML 不允许的字符", None)
        except RecursionError:
            self.wrong("嵌套太深", None)
        return None

    def wrong(self, message: str, mark: Any) -> None:
        place = self.at(mark) if mark else Place(self.file)
        self.findings.append(Finding(Code.YAML_SYNTAX, message, place, "请检查缩进、冒号后的空格和引号"))

    def at(self, mark: Any) -> Place:
        return Place(self.file, line=mark.line + 1, column=mark.column + 1)

    def plain(self, node: Node, path: KeyPath) -> Any:
        if node.anchor:  # repeated by reference, a few lines could grow without end
            self.wrong("不能使用锚点和引用（& 和 *）", node.start_mark)
            return None
        self.places.setdefault(path, self.at(node.start_mark))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        empty = isinstance(node, ScalarNode) and node.value == "" and node.style is None
        return None if empty else str(node.value)

    def mapping(self, node: MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                self.wrong(f"键“{key}”写了两次", key_node.start_mark)
            self.places[(*path, key)] = self.at(key_node.start_mark)
            result[key] = self.plain(value_node, (*path, key))
        return result
