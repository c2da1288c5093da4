"""版记 (GB/T 9704 §7.4): on the bottom of the last page."""

from __future__ import annotations

from html import escape
from math import ceil

from tongbao.outputs.html.pen import ems
from tongbao.reports.document import Form, Imprint

_ACROSS = 26  # characters a line behind 抄送：
_ROOMY, _TIGHT = 8.5, 5.8  # mm from line to line, and where there is very much
_HEIGHT = 218.0  # mm


def imprint(model: Imprint, form: Form) -> str:
    """Write 版记; of 信函 without rules and 印发机关 (§10.1), so that it may be missing altogether."""
    texts = [text for text in (model.recipients_text, model.copies_text) if text]
    copies = "".join(f"<p>{escape(text)}</p>" for text in texts)
    lines = sum(ceil((ems(text) - 3) / _ACROSS) for text in texts) + 1
    pitch = max(_TIGHT, min(_ROOMY, _HEIGHT / lines))
    parts = [f'<div class="copies">{copies}</div>' if copies else ""]
    if form != "信函":
        when = f'<time datetime="{model.day.isoformat()}">{model.day_text}</time>'
        parts.append(f'<p class="print"><span>{escape(model.printer)}</span>{when}</p>')
    inside = "".join(parts)
    tight = f' style="line-height:{pitch:.2f}mm"' if pitch < _ROOMY else ""
    return f'<footer class="imprint"{tight}>{inside}</footer>' if inside else ""
