"""A county with a 样式.css, from its folder to the finished files."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
from workspaces import NOVEMBER, county, replaced, write

from tongbao.errors import Code
from tongbao.run import batch


def test_a_style_sheet_is_followed_by_pdf_and_page_and_its_change_makes_both_again(tmp_path: Path) -> None:
    workspace = county(tmp_path)
    write(workspace / "templates/甲县/样式.css", ".number { color: #00f }\n")
    replaced(workspace, "reports/甲县通报.yaml", "名称: 甲县通报", "名称: 甲县通报\n产品: [通报, 网页]")
    [made] = batch.run(workspace, NOVEMBER)
    assert made.state is batch.State.MADE
    folder = workspace / "outputs/2022-11/甲县通报"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "通报.docx", "通报.html", "通报.pdf"]
    with pdfplumber.open(folder / "通报.pdf") as pdf:
        assert "WeasyPrint" in pdf.metadata["Producer"]
        assert any(c["non_stroking_color"] == (0, 0, 1) for c in pdf.pages[0].chars)
    assert ".number { color: #00f }" in (folder / "通报.html").read_text("utf-8")
    [again] = batch.run(workspace, NOVEMBER)
    assert again.state is batch.State.CURRENT
    write(workspace / "templates/甲县/样式.css", ".number { background: url(http://127.0.0.1:9/x) }\n")
    [refused] = batch.run(workspace, NOVEMBER)
    assert refused.state is batch.State.INVALID
    assert [(each.code, each.place.line) for each in refused.findings] == [(Code.FILE_UNSAFE, 1)]
    (workspace / "templates/甲县/样式.css").unlink()
    [plain] = batch.run(workspace, NOVEMBER)
    assert plain.state is batch.State.MADE
    with pdfplumber.open(folder / "通报.pdf") as pdf:
        assert "WeasyPrint" not in str(pdf.metadata.get("Producer"))
