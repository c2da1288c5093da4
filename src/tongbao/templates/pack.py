"""Template packs: a county overrides what differs, everything else comes from templates/base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from tongbao.definitions import Strict, load
from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.templates.letterhead import Letterhead
from tongbao.templates.style import Style
from tongbao.templates.style_sheet import SHEET, StyleSheet, read_sheets

BASE = "base"
LAYOUT = "版式.yaml"
FONTS = "fonts"


class Layout(Strict):
    """What 版式.yaml of one pack folder says; keys that are absent come from the next folder."""

    letterhead: Letterhead = Field(default_factory=Letterhead, alias="版头")
    style: dict[str, Any] = Field(default_factory=dict, alias="样式")


@dataclass(frozen=True, slots=True)
class Look:
    """What the writers need of a pack besides the document itself.

    Attributes:
        font_folders: the folders that bring fonts of the office's own, most specific first.
        sheets: style sheets of the office's own, the base's first.
    """

    font_folders: tuple[Path, ...] = ()
    sheets: tuple[StyleSheet, ...] = ()


@dataclass(frozen=True)
class Pack:
    """The folders that a county's templates are looked up in, most specific first.

    Attributes:
        name: the pack as report definitions name it.
        folders: pairs of the folder's path and its name in messages.
        letterhead: merged over the folders.
        places: where each key of the letterhead is written.
        style: merged over the folders.
        sheets: style sheets of the pack's own, the base's first; () of nearly all.
    """

    name: str
    folders: tuple[tuple[Path, str], ...]
    letterhead: Letterhead
    style: Style
    places: Mapping[str, Place] = field(default_factory=dict)
    sheets: tuple[StyleSheet, ...] = ()

    @cached_property
    def look(self) -> Look:
        """What a document's layout needs besides the document."""
        return Look(self.font_folders, self.sheets)

    @cached_property
    def font_folders(self) -> tuple[Path, ...]:
        """The folders that bring fonts of the office's own, most specific first."""
        return tuple(folder for folder, _ in self.folders if (folder / FONTS).is_dir())

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every template and layout file with its content, for digests; fonts are not among them."""
        return {
            f"{shown}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for folder, shown in self.folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and FONTS not in path.relative_to(folder).parts
        }


def load_pack(workspace: Path, name: str) -> Pack:
    """Find a county's pack, so that only what differs has to be written down.

    Args:
        workspace: the folder that holds templates/.
        name: a folder inside templates/; “base” itself is a pack too.

    Raises:
        InvalidError: no such pack; a file that overrides nothing; a mistake in a 版式.yaml.
    """
    templates = workspace / "templates"
    known = sorted(folder.name for folder in templates.iterdir() if folder.is_dir()) if templates.is_dir() else []
    if BASE not in known:
        raise InvalidError(
            [
                Finding(
                    Code.TEMPLATE_MISSING, "缺少基础模板包", Place("templates/base"), "请用 tongbao init 重新取得该目录"
                )
            ]
        )
    if name not in known:
        remedy = f"请把“模板”改为已有的模板包之一：{'、'.join(known)}，或新建目录 templates/{name}"
        raise InvalidError(
            [Finding(Code.TEMPLATE_MISSING, f"找不到模板包“{name}”", Place(f"templates/{name}"), remedy)]
        )
    names = (name, BASE) if name != BASE else (BASE,)
    folders = tuple((templates / each, f"templates/{each}") for each in names)
    sheets, faults = read_sheets(folders)
    findings = [*_strangers(folders), *_orphans(folders), *faults]
    letterhead = Letterhead()
    places: dict[str, Place] = {}
    style: dict[str, Any] = {}
    for folder, shown in reversed(folders):
        if not (folder / LAYOUT).is_file():
            continue
        loaded = load(folder / LAYOUT, Layout, f"{shown}/{LAYOUT}")
        letterhead = loaded.value.letterhead.over(letterhead)
        places |= {key: loaded.positions.place("版头", key) for key in loaded.value.letterhead.stated}
        style |= _checked_style(loaded.value.style, loaded.positions.place, findings)
    if findings:
        raise InvalidError(findings)
    return Pack(name, folders, letterhead, Style.model_validate(style), places, sheets)


def _checked_style(tokens: dict[str, Any], place: Any, findings: list[Finding]) -> dict[str, Any]:
    """Hold one folder's tokens against the model, each mistake at its own line."""
    from pydantic import ValidationError

    try:
        Style.model_validate(tokens)
    except ValidationError as error:
        known = "、".join(field.alias or name for name, field in Style.model_fields.items())
        for detail in error.errors():
            key = str(detail["loc"][0])
            unknown = detail["type"] == "extra_forbidden"
            message = f"不认识样式“{key}”" if unknown else f"样式“{key}”的取值“{detail['input']}”不合规定"
            findings.append(
                Finding(
                    Code.KEY_UNKNOWN if unknown else Code.VALUE_INVALID,
                    message,
                    place("样式", key),
                    f"可用的样式：{known}",
                )
            )
    return tokens


def _strangers(folders: tuple[tuple[Path, str], ...]) -> list[Finding]:
    """Links in a pack could lead anywhere on the machine: a pack holds files and folders only."""
    return [
        Finding(
            Code.FILE_UNSAFE,
            "模板包中不能有符号链接",
            Place(f"{shown}/{path.relative_to(folder).as_posix()}"),
            "请换成文件本身",
        )
        for folder, shown in folders
        for path in (folder, *sorted(folder.rglob("*")))
        if path.is_symlink()
    ]


def _orphans(folders: tuple[tuple[Path, str], ...]) -> list[Finding]:
    """Files of a county's pack that base does not have override nothing: surely a slip in the name."""
    if len(folders) == 1:
        return []
    (county, shown), (base, _) = folders
    known = sorted(path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file())
    return [
        Finding(
            Code.TEMPLATE_OVERRIDE,
            "这个文件没有覆盖任何基础模板",
            Place(f"{shown}/{path.relative_to(county).as_posix()}"),
            f"请改成要覆盖的文件名：{'、'.join(known)}",
        )
        for path in sorted(county.rglob("*"))
        if path.is_file()
        and path.relative_to(county).parts[0] != FONTS
        and path.name not in {LAYOUT, SHEET}
        and not (base / path.relative_to(county)).is_file()
    ]
