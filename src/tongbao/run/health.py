"""Whether this machine can issue notices: versions, fonts by role and their coverage, the PDF engine."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tongbao.outputs.fonts import ROLES, FontSet, resolve, standard_characters

_LIBRARIES = (
    "typst",
    "weasyprint",
    "python-docx",
    "lxml",
    "openpyxl",
    "pandas",
    "python-calamine",
    "jinja2",
    "fonttools",
)


@dataclass(frozen=True)
class Health:
    """What `tongbao doctor` prints, and whether all that is needed is there."""

    lines: tuple[str, ...]
    healthy: bool


def examine(workspace: Path) -> Health:
    """Look at the machine as a run would use it; each lack names its remedy."""
    packs = sorted(path for path in (workspace / "templates").glob("*") if path.is_dir())
    fonts = resolve(workspace, [])
    typst, typst_loads = _typst()
    lines = [
        f"tongbao {importlib.metadata.version('tongbao')}，Python {platform.python_version()}，{platform.platform()}",
        "，".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES),
        typst,
        _pango(),
        *_roles(fonts),
        *(str(finding) for finding in fonts.findings),
        *(line for pack in packs for line in _own(pack, resolve(workspace, [pack]))),
    ]
    complete = all(fonts.roles[role] for role in ROLES)
    lines.append("一切就绪。" if complete and typst_loads else "尚不能生成通报，请先解决上面的问题。")
    return Health(tuple(lines), complete and typst_loads)


def _roles(fonts: FontSet) -> Iterator[str]:
    standard = standard_characters()
    for role in ROLES:
        faces = fonts.roles[role]
        if not faces:
            yield f"{role}：没有字体"
            continue
        first = sum(ord(character) in faces[0].code_points for character in standard)
        together = sum(ord(character) in fonts.coverage(role) for character in standard)
        spare = f"，连同备用字体（{'、'.join(face.source.name for face in faces[1:])}）{together}" if faces[1:] else ""
        yield (
            f"{role}：{faces[0].source}（{faces[0].name}，{faces[0].permission_words}），"
            f"通用规范汉字 {len(standard)} 字中有 {first}{spare}"
        )


def _own(pack: Path, fonts: FontSet) -> Iterator[str]:
    """The fonts that a template pack brings, each for its role, and what is wrong with them."""
    for role, face in fonts.own.items():
        yield f"{pack.name}的{role}：{face.source.name}（{face.name}，{face.permission_words}）"
    yield from (str(finding) for finding in fonts.findings if Path(finding.place.file).is_relative_to(pack))


def _typst() -> tuple[str, bool]:
    try:
        import typst  # noqa: F401  # only whether it loads
    except ImportError as error:
        return f"Typst 不能载入（{error}），PDF 无法生成。请再运行一次 make run", False
    return f"Typst {importlib.metadata.version('typst')} 已载入", True


def _pango() -> str:
    """What only packs with a style sheet of their own need."""
    try:
        from weasyprint.text.ffi import pango

        version = pango.pango_version()
    except (OSError, ImportError) as error:
        remedy = "需要时请安装 libpango-1.0-0、libpangoft2-1.0-0、libharfbuzz-subset0"
        return f"Pango 不能载入（{error}）：只有自带样式表的模板包用得到。{remedy}"
    return f"Pango {version // 10000}.{version // 100 % 100}.{version % 100} 已载入（自带样式表的模板包用）"
