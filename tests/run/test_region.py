"""The region's yearly notice before the year is over."""

from __future__ import annotations

from workspaces import REPOSITORY

from tongbao.period import Period
from tongbao.reports.definition import load_reports
from tongbao.reports.document import Paragraph
from tongbao.run.plan import make_plan
from tongbao.run.prepare import prepare


def test_a_notice_before_the_offline_result_is_provisional_and_says_so() -> None:
    [report], _ = load_reports(REPOSITORY, ("自治区一体化政务服务能力考核通报",))
    notice = prepare(make_plan(REPOSITORY, Period(2022, 10), report)).documents["通报"]
    assert notice.watermark == "初步"
    words = [block.text for block in notice.blocks if isinstance(block, Paragraph)]
    assert any("部分成绩尚未产生，本通报所列为初步成绩。" in text for text in words)
    assert any("数值为2022年10月数据" in text for text in words)
