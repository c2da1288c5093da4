"""A first definition to change rather than an empty page: every way to get a figure and to score it, explained."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from tongbao.errors import UsageError
from tongbao.file_names import problem
from tongbao.scoring.exchange.yaml_text import scalar
from tongbao.scoring.scheme import ROSTER_FILE, TABLES_FILE

_SYSTEM_FILE = "体系.yaml"
_SYSTEM, _JURISDICTION = "示例体系", "示例辖区"
_STARTERS = files("tongbao.scoring").joinpath("starters")


def starter_system(name: str) -> str:
    """The YAML of a system that passes `check` beside the starter's 单位名录 and 数据表.

    Args:
        name: what it is to be called.

    Raises:
        UsageError: the name cannot be that of a file.
    """
    return _starter(_SYSTEM_FILE).replace(f"名称: {_SYSTEM}\n", f"名称: {_checked(name)}\n", 1)


def starter_jurisdiction(jurisdiction: str, name: str) -> Mapping[str, str]:
    """The three files of a new jurisdiction by name: 单位名录, 数据表 and a system.

    Args:
        jurisdiction: what the folder is to be called.
        name: what the system is to be called.

    Raises:
        UsageError: one of the names cannot be that of a file.
    """
    roster = _starter(ROSTER_FILE).replace(f"辖区: {_JURISDICTION}\n", f"辖区: {_checked(jurisdiction)}\n", 1)
    return {ROSTER_FILE: roster, TABLES_FILE: _starter(TABLES_FILE), f"{name}.yaml": starter_system(name)}


def _starter(name: str) -> str:
    return _STARTERS.joinpath(name).read_text(encoding="utf-8")


def _checked(name: str) -> str:
    if reason := problem(name):
        raise UsageError(f"“{name}”不能用作名称：{reason}")
    if f"{name}.yaml" in {ROSTER_FILE, TABLES_FILE}:
        raise UsageError(f"“{name}”是另一种定义的文件名，请换一个名称")
    return scalar(name, in_flow=False)
