"""Reports of one jurisdiction share what they read and score; each says what it would say alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import workspaces

from tongbao.inputs import reader
from tongbao.run.batch import check, run
from tongbao.run.outcomes import State
from tongbao.run.scores import score_reports

WITH_TOWNS = workspaces.ROSTER + "  - 名称: 乡镇\n    单位: [{名称: 丁镇}]\n"
TOWNS = workspaces.SYSTEM.replace("名称: 办件评价", "名称: 乡镇评价").replace("组: [部门]", "组: [部门, 乡镇]")


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Two reports on the same system, and one on a system that needs a row of a town that sent nothing."""
    workspace = workspaces.county(tmp_path)
    workspaces.write(workspace / "scoring/甲县/单位名录.yaml", WITH_TOWNS)
    workspaces.replaced(workspace, "scoring/甲县/数据表.yaml", "填报组: [部门]", "填报组: [部门, 乡镇]")
    workspaces.write(workspace / "scoring/甲县/乡镇评价.yaml", TOWNS)
    for name, system in (("乙通报", "办件评价"), ("丙通报", "乡镇评价")):
        text = workspaces.REPORT.replace("甲县通报", name).replace("体系: 办件评价", f"体系: {system}")
        workspaces.write(workspace / f"reports/{name}.yaml", text)
    return workspace


def test_each_report_tells_what_it_would_tell_alone(three: Path) -> None:
    together = {outcome.name: outcome for outcome in check(three, workspaces.NOVEMBER)}
    assert set(together) == {"甲县通报", "乙通报", "丙通报"}
    for name, outcome in together.items():
        assert check(three, workspaces.NOVEMBER, (name,)) == (outcome,)
    assert [len(together[name].findings) for name in ("甲县通报", "乙通报")] == [0, 0]
    assert any("丁镇" in finding.message for finding in together["丙通报"].findings)


def test_a_table_is_opened_once_for_all_who_ask_the_same(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    plain = reader.open_workbook

    def counted(content: bytes, suffix: str) -> object:
        opened.append(len(content))
        return plain(content, suffix)

    monkeypatch.setattr(reader, "open_workbook", counted)
    check(three, workspaces.NOVEMBER, ("甲县通报", "乙通报"))
    assert len(opened) == 1
    check(three, workspaces.NOVEMBER)  # 丙 asks for a town's row too: read for 甲 and 乙, and once more for 丙
    assert len(opened) == 1 + 2
    assert len(score_reports(three, workspaces.NOVEMBER, ("甲县通报", "乙通报"))[1]) == 2
    assert len(opened) == 1 + 2 + 1


def test_documents_made_by_workers_are_those_made_alone(three: Path, tmp_path: Path) -> None:
    (three / "reports/丙通报.yaml").unlink()
    for name in ("甲县通报", "乙通报"):
        path = three / f"reports/{name}.yaml"
        workspaces.write(path, path.read_text("utf-8") + "产品: [通报]\n")
    alone = tmp_path / "alone"
    for folder in ("inputs", "scoring", "templates", "reports"):
        shutil.copytree(three / folder, alone / folder)
    assert {outcome.state for outcome in run(three, workspaces.NOVEMBER, jobs=2)} == {State.MADE}
    run(alone, workspaces.NOVEMBER, names=("乙通报",))
    made = "outputs/2022-11/乙通报/通报.docx"
    assert (three / made).read_bytes() == (alone / made).read_bytes()
