"""Tasks, limits and frequencies survive the way to Excel and back, whether a shipped definition uses them or not."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from tongbao.definitions import load, read_yaml
from tongbao.run.exchange import ALL_KINDS, kind_of
from tongbao.scoring.definition import System
from tongbao.scoring.exchange import export_definition, import_definition

SYSTEM = """
名称: 体系
来源: 示例
对象: {组: [部门]}
满分: 40
指标:
  - 名称: 要点一
    角色: {牵头: {包括: [甲局]}, 配合: {组: [部门], 不包括: [甲局]}}
    不适用: 剔除
    取值: {任务: {表: 任务, 条款: 一, 截止: 2022-10-20, 逾期完成: 计为完成, 写法: {办结: 已完成}}}
    计分: 仅状态
  - 名称: 要点二
    取值: {任务: {表: 任务, 条款: 二, 截止: 按表, 逾期完成: 不区分, 到期前: 计入}}
    计分: 仅状态
  - 名称: 差评
    分值: 10
    取值:
      时限:
        {表: 差评, 起: 收到, 止: 反馈, 类别: 类别, 限: {简单: 5工作日, 其他: 48小时}, 排除: {列: 核实, 值: [误评]}}
    计分: 按比例
  - 名称: 超期
    分值: 10
    取值: {时限: {表: 差评, 起: 收到, 止: 反馈, 限: 5工作日, 归期: 到期, 节假日顺延: 是, 计: 超期数}}
    计分: {逐次: {扣: 1}}
  - 名称: 培训
    分值: 20
    取值: {频次: {表: 台账, 条款: 培训, 每: 周, 至少: 2, 起算: 2022-01, 不足一期: 不计}}
    计分: {逐次: {扣: 5}}
算例:
  - {指标: 差评, 期间: 2022-09, 记录: {差评: [{收到: 2022-09-28, 反馈: 2022-10-10}, {收到: 2022-09-01}]}, 得分: 5}
  - {指标: 要点一, 记录: {任务: [{状态: 办结, 完成日期: 2022-10-19}]}, 状态: 已完成}
"""


def test_values_from_rows_come_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "scoring" / "示范市" / "体系.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(dedent(SYSTEM).lstrip(), "utf-8")
    workbook = export_definition(path.read_bytes(), kind_of(path), path.name)
    back = import_definition(workbook, ".xlsx", ALL_KINDS, "表格.xlsx")
    assert back.loaded.value == load(path, System, path.name).value
    assert read_yaml(back.content.decode(), "")[0] == read_yaml(path.read_text("utf-8"), "")[0]
