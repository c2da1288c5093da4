"""Reads the YAML that clerks write: every scalar a string, every mistake told with its line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tongbao.definitions.mistakes import mistake
from tongbao.definitions.models import Abbreviated, OneOf, Strict
from tongbao.definitions.scalars import Day, Flag, Month, Number, read_day
from tongbao.definitions.yaml_text import KeyPath, Positions, read_yaml
from tongbao.errors import Code, Finding, InvalidError, Place

__all__ = [
    "Abbreviated",
    "Day",
    "Flag",
    "KeyPath",
    "Loaded",
    "Month",
    "Number",
    "OneOf",
    "Positions",
    "Strict",
    "load",
    "read_day",
    "read_yaml",
    "validated",
]

Model = TypeVar("Model", bound=Strict)


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
        raise InvalidError([mistake(detail, positions) for detail in error.errors()]) from None
