"""The region's notices in other months than the sample month: the year unfinished, the targets due."""

from __future__ import annotations

import shutil
from pathlib import Path

from workspaces import REPOSITORY, replaced, sample

from tongbao.period import Period
from tongbao.reports.definition import load_reports
from tongbao.reports.document import Paragraph
from tongbao.run.plan import make_plan
from tongbao.run.prepare import prepare

TARGETS = "自治区政务服务三化目标通报"


def test_a_notice_before_the_offline_result_is_provisional_and_says_so() -> None:
    [report], _ = load_reports(REPOSITORY, ("自治区一体化政务服务能力考核通报",))
    notice = prepare(make_plan(REPOSITORY, Period(2022, 10), report)).documents["通报"]
    assert notice.watermark == "初步"
    words = [block.text for block in notice.blocks if isinstance(block, Paragraph)]
    assert any("部分成绩尚未产生，本通报所列为初步成绩。" in text for text in words)
    assert any("数值为2022年10月数据" in text for text in words)


def test_targets_that_are_due_are_criticised_beside_the_units_that_are_pressed(tmp_path: Path) -> None:
    workspace = sample(tmp_path, (TARGETS,))
    region = workspace / "inputs" / "2022-11" / "新疆维吾尔自治区"
    shutil.copytree(region, workspace / "inputs" / "2022-12" / "新疆维吾尔自治区")
    replaced(workspace, f"reports/{TARGETS}.yaml", "拟议:\n", "拟议:\n  - {措施: 通报批评, 组: [部门], 后: 1}\n")
    [report], _ = load_reports(workspace)
    made = prepare(make_plan(workspace, Period(2022, 12), report)).documents
    words = [block.text for block in made["通报"].blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("自治区人防办目标达成率36.36%") and "拟予以通报批评" in text for text in words)
    assert "喀什地区目标达成率57.14%，低于60%，拟予以专门督导。" in words
    assert "整改通知书-自治区人防办" in made
