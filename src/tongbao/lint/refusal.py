"""Why a file cannot be measured, in the words of one finding each."""

from __future__ import annotations

from tongbao.errors import Code
from tongbao.ooxml.archive import Refused


def damaged(detail: str) -> Refused:
    """The file is broken or cut short."""
    return Refused(Code.FILE_DAMAGED, f"文件已损坏或不完整（{detail}）", "请重新导出或另存后再检查")


def encrypted() -> Refused:
    """The file asks for a password."""
    return Refused(Code.FILE_ENCRYPTED, "文件设有打开密码，无法读取", "请取消密码后再检查")


def foreign(detail: str) -> Refused:
    """The file is neither .docx nor .pdf, whatever its name says."""
    return Refused(Code.FILE_DISGUISED, f"不是 .docx 或 .pdf 文件（{detail}）", "请另存为 .docx 或导出为 .pdf 后再检查")


def oversized(detail: str) -> Refused:
    """The file is far beyond what an official document can be."""
    return Refused(Code.FILE_OVERSIZED, f"文件过大（{detail}），未检查", "请核对文件来源，确需检查的请拆分")
