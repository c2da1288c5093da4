"""One run of Typst over the forms: data in, pages and facts out; nothing else is read, and nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import typst

    from tongbao.outputs.typst.adjust import Facts

STANDARD: Literal["a-3b"] = "a-3b"
"""The PDF standard of every file: PDF/A-3b, which archives take and which may carry its source data."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What Typst made of one document.

    Attributes:
        content: the PDF; empty when there was an error.
        facts: what the forms tell about the layout.
        complaints: errors and warnings; any of them is a defect of ours.
    """

    content: bytes
    facts: Facts
    complaints: tuple[str, ...] = ()


def fonts_in(folders: Sequence[str]) -> typst.Fonts:
    """The fonts in these folders and no other: neither the system's nor those that Typst brings."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def compiler_with(fonts: typst.Fonts) -> typst.Compiler:
    """Typst closed into the folder of the forms."""
    import typst

    forms = Path(str(files("tongbao.outputs.typst"))) / "forms"
    nowhere = str(forms / "packages")  # does not exist, so that no package is found and none is fetched
    return typst.Compiler(
        str(forms / "notice.typ"),
        root=str(forms),
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


def compiled(compiler: typst.Compiler, data: str, day: date) -> Compiled:
    """Lay out the data of one document; the day stands in the file instead of the clock's."""
    import typst

    try:
        content, said = compiler.compile_with_warnings(
            sys_inputs={"document": data}, timestamp=datetime.combine(day, time(), UTC), pdf_standards=STANDARD
        )
        facts = json.loads(compiler.query("<fact>", field="value"))
    except typst.TypstError as error:
        return Compiled(b"", (), (error.message, *error.hints))
    return Compiled(content if isinstance(content, bytes) else b"", facts, tuple(warning.message for warning in said))
