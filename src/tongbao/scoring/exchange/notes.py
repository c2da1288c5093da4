"""What docs/definitions.md says about each key, for the notes on column heads: one explanation, read in two places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tongbao

_ROW = re.compile(r"\|(?P<keys>[^|]*`[^|]*)\|(?P<words>.*)\|\s*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_KEY = re.compile(r"`([^`]+)`")


@cache
def notes(section: str) -> Mapping[str, str]:
    """Every key that a section of docs/definitions.md explains, with all that is said about it.

    Args:
        section: the kind of definition, such as 指标体系.
    """
    found: dict[str, list[str]] = {}
    mentioned: dict[str, list[str]] = {}
    for line in _section(section):
        match = _ROW.fullmatch(line)
        if not match:
            continue
        words = _LINK.sub(r"\1", match["words"]).strip().replace("`", "")
        for key in _KEY.findall(match["keys"]):
            found.setdefault(key, []).append(words)
        for key in _KEY.findall(match["words"]):
            mentioned.setdefault(key, []).append(f"{'、'.join(_KEY.findall(match['keys']))}：{words}")
    return {key: "\n".join(dict.fromkeys(said)) for key, said in (mentioned | found).items()}


def _section(name: str) -> list[str]:
    package = Path(tongbao.__file__).parent
    for root in (package / "workspace", package.parent.parent):
        path = root / "docs" / "definitions.md"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            return text.partition(f"\n## {name}\n")[2].partition("\n## ")[0].splitlines()
    return []
