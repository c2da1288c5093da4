"""The name of an empty workbook: one that the contract's 文件 will find again once it is filled in."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tongbao.inputs.contract import TableContract
from tongbao.inputs.files import as_workbook

_WILD = re.compile(r"\*+|\?|\[[^\]]*\]")
_EDGES = " -_.（）()"


def file_name(contract: TableContract) -> str:
    """Where the filled workbook belongs inside inputs/<期间>/<辖区>/.

    Always an .xlsx: it alone can hold choices and protection, and the reader takes it for the .xls or .csv of the
    contract as well.

    Args:
        contract: its 文件 may be a name or a glob such as 工单统计*.xls.
    """
    path = PurePosixPath(contract.file)
    stem = _WILD.sub("", path.name.removesuffix(path.suffix) if not _WILD.search(path.suffix) else path.stem)
    wild = _WILD.search(path.name) is not None
    name = (stem.strip(_EDGES) if wild else stem) or contract.name
    candidate = path.with_name(f"{name}.xlsx")
    return str(
        candidate if not wild or candidate.match(str(as_workbook(contract.file))) else path.with_name(_filled(path))
    )


def _filled(path: PurePosixPath) -> str:
    """The glob with its gaps left out, whatever that looks like."""
    return _WILD.sub("", as_workbook(path.name))
