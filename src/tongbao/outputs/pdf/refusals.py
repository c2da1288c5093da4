"""What no engine can lay out, told in the same words by each."""

from __future__ import annotations

from tongbao.errors import Code, Finding, OutputError, Place
from tongbao.reports.document import Document


def imprint_too_high(document: Document) -> OutputError:
    """A 版记 higher than the page: it would be cut off, or lie on what is not its own."""
    message = "版记比一页的版心还高，排不下"
    remedy = "请用统称代替逐个列出的主送、抄送单位，或把名单改作附件"
    return OutputError(Finding(Code.LAYOUT_FULL, message, Place(f"《{document.meta.title}》"), remedy))
