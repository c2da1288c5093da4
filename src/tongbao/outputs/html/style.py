"""The style sheet of a document: style.css with the pack's tokens and the faces that were found."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from tongbao.outputs.fonts import ROLES, Face, FontSet, Role
from tongbao.outputs.fonts.office import browser_names
from tongbao.outputs.html.measures import TYPE_AREA
from tongbao.reports.document import Style

_NAMES: dict[Role, str] = {"小标宋": "biaosong", "仿宋": "fang", "楷体": "kai", "黑体": "hei", "宋体": "song"}


def character_spacing(size: float) -> float:
    """How many pt to add to each character so that they fill the line: −0.21 for the 28 of 16 pt."""
    count = round(TYPE_AREA / size)
    return TYPE_AREA / count - size - 0.003  # rounding in the layout must not push the last one out


def families(role: Role, fonts: FontSet | None) -> str:
    """The font-family list of a role: our faces, or for a browser the names that offices have installed."""
    if fonts is None:
        generic = "sans-serif" if role == "黑体" else "serif"
        return ", ".join((*(f'"{name}"' for name in browser_names(role)), generic))
    return ", ".join(f'"{face.family}"' for face in fonts.roles[role])


def face_rules(faces: Iterable[Face]) -> str:
    """@font-face rules, one a face, each with the address of its file."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: normal; font-weight: normal; '
        f'src: url("{face.path.as_uri()}") }}\n'
        for face in faces
    )


def tokens(style: Style, fonts: FontSet | None) -> str:
    """The custom properties that style.css is written with."""
    values = {
        **{_NAMES[role]: families(role, fonts) for role in ROLES},
        "body": f"{style.body_size:g}pt",
        "tight": f"{character_spacing(style.body_size):.4f}pt",
        "one": f"{TYPE_AREA / round(TYPE_AREA / style.body_size):.4f}pt",
        "two": f"{2 * TYPE_AREA / round(TYPE_AREA / style.body_size):.4f}pt",
        "title": f"{style.title_size:g}pt",
        "rule": f"{style.rule_pt:g}pt",
        "red": style.red,
    }
    return ":root {" + "".join(f" --{name}: {value};" for name, value in values.items()) + " }\n"


def style_sheet(style: Style, fonts: FontSet | None) -> str:
    """The whole style sheet but for the @font-face rules."""
    return tokens(style, fonts) + _file("style.css")


def screen_sheet() -> str:
    """What a browser needs besides: a page that fits the screen, be it a phone's."""
    return _file("screen.css")


def _file(name: str) -> str:
    return files("tongbao.outputs.html").joinpath(name).read_text("utf-8")
