"""Reads the YAML that clerks write: every scalar a string, every mistake told with its line.

YAML 1.1 would turn 12:30 into 750 and 010 into 8; here nothing is typed before the model asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.period import Period

KeyPath = tuple[str | int, ...]
Model = TypeVar("Model", bound="Strict")


class Strict(BaseModel):
    """Base of everything a definition may say: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Abbreviated(Strict):
    """Base of what may be written as one text where one key is enough: 体系: 线上 for {体系: {名称: 线上}}."""

    short_for: ClassVar[str]
    """The key that the text stands for."""

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, value: object) -> object:
        return {cls.short_for: value} if isinstance(value, str) else value


class OneOf(Strict):
    """Base of what is said in exactly one of several ways, such as 取值: 公式, 台账, 人工 or 体系.

    Every field is one way and is None where another way is taken.
    """

    called: ClassVar[str]
    """What messages call it."""
    bare: ClassVar[bool] = False
    """Whether the way's name alone may be written: “按比例” for {按比例: {}}."""

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, value: object) -> object:
        return {value: {}} if cls.bare and isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        fields = type(self).model_fields
        if sum(getattr(self, name) is not None for name in fields) != 1:
            ways = "、".join(field.alias or name for name, field in fields.items())
            raise ValueError(f"{self.called}须且只须写 {ways} 中的一种")
        return self


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        number = Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数字") from None
    if not number.is_finite():
        raise ValueError(f"“{value}”不是数字")
    return number


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    try:
        return {"是": True, "否": False}[str(value)]
    except KeyError:
        raise ValueError(f"“{value}”应为 是 或 否") from None


def read_day(value: object) -> date:
    """Read “2022-10-20”, for fields that take other words as well.

    Raises:
        ValueError: it is no day.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"“{value}”应写成 2022-10-20 的形式") from None


Number = Annotated[Decimal, BeforeValidator(_number)]
"""A decimal; “98%” is 0.98."""
Flag = Annotated[bool, BeforeValidator(_flag)]
"""是 or 否."""
Day = Annotated[date, BeforeValidator(read_day)]
"""A date such as 2022-10-20."""
Month = Annotated[
    Period, BeforeValidator(lambda value: value if isinstance(value, Period) else Period.parse(str(value)))
]
"""A month such as 2022-11."""


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


@dataclass(frozen=True)
class Loaded(Generic[Model]):
    """A definition together with the places it was written at and the bytes it was read from."""

    value: Model
    positions: Positions
    content: bytes


def load(path: Path, model: type[Model], file: str) -> Loaded[Model]:
    """Read one definition file into its model, or say everything that is wrong with it.

    Args:
        path: the file.
        model: what the file describes.
        file: its name as messages show it (relative to the workspace).

    Raises:
        InvalidError: with one finding per mistake, each with its line.
    """
    try:
        content = path.read_bytes()
        content.decode("utf-8-sig")
    except FileNotFoundError:
        raise InvalidError(
            [Finding(Code.FILE_MISSING, "找不到这个文件", Place(file), "请补上该文件或改正引用它的名称")]
        ) from None
    except UnicodeDecodeError:
        raise InvalidError(
            [Finding(Code.ENCODING, "文件不是 UTF-8 编码", Place(file), "请用 UTF-8 编码另存")]
        ) from None
    loaded: Loaded[Model] = _understood(content, model, file)
    return loaded


@lru_cache(maxsize=32)
def _understood(content: bytes, model: type[Strict], file: str) -> Loaded[Any]:
    """The definition that these bytes are; several reports of a jurisdiction need not read it several times."""
    data, positions = read_yaml(content.decode("utf-8-sig"), file)
    return validated(data, model, positions, content)


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


def validated(data: object, model: type[Model], positions: Positions, content: bytes) -> Loaded[Model]:
    """Hold what a definition says against its model, wherever it was read from.

    Args:
        data: mappings with Chinese keys, lists and strings.
        model: what they describe.
        positions: where each of them stands.
        content: the bytes they were read from.

    Raises:
        InvalidError: with one finding per mistake, each with its place.
    """
    try:
        return Loaded(model.model_validate(data), positions, content)
    except ValidationError as error:
        raise InvalidError([_finding(detail, positions) for detail in error.errors()]) from None


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


def _finding(detail: ErrorDetails, positions: Positions) -> Finding:
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
