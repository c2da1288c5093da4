"""新疆维吾尔自治区: the 14 prefectures and 37 departments that both assessments are about, and how good each is."""

from __future__ import annotations

from samples.sheet import SAMPLE

PREFECTURES: dict[str, float] = {
    "伊犁州": 0.88, "塔城地区": 0.84, "阿勒泰地区": 0.82, "克拉玛依市": 0.99, "博州": 0.90, "昌吉州": 0.96,
    "乌鲁木齐市": 0.97, "哈密市": 0.91, "吐鲁番市": 0.85, "巴州": 0.93, "阿克苏地区": 0.89, "克州": 0.62,
    "喀什地区": 0.78, "和田地区": 0.66,
}  # fmt: skip
"""Level from 0 to 1, in official order."""

DEPARTMENTS: dict[str, float] = {
    "自治区发展改革委": 0.93, "自治区教育厅": 0.88, "自治区科技厅": 0.90, "自治区工业和信息化厅": 0.86,
    "自治区民委": 0.84, "自治区公安厅": 0.99, "自治区民政厅": 0.92, "自治区司法厅": 0.90, "自治区财政厅": 0.89,
    "自治区人力资源社会保障厅": 0.97, "自治区自然资源厅": 0.91, "自治区生态环境厅": 0.85,
    "自治区住房城乡建设厅": 0.88, "自治区交通运输厅": 0.90, "自治区水利厅": 0.83, "自治区农业农村厅": 0.80,
    "自治区商务厅": 0.87, "自治区文化和旅游厅": 0.82, "自治区卫生健康委": 0.91, "自治区退役军人厅": 0.89,
    "自治区应急管理厅": 0.87, "自治区审计厅": 0.92, "自治区外办": 0.86, "自治区国资委": 0.81,
    "自治区市场监管局": 0.98, "自治区广电局": 0.79, "自治区体育局": 0.74, "自治区统计局": 0.85,
    "自治区医保局": 0.96, "自治区林草局": 0.83, "自治区地方金融监管局": 0.80, "自治区人防办": 0.68,
    "自治区粮食和储备局": 0.84, "自治区乡村振兴局": 0.72, "自治区信访局": 0.90, "自治区药监局": 0.94,
    "自治区能源局": 0.64,
}  # fmt: skip
"""The same for departments."""

LEVELS = PREFECTURES | DEPARTMENTS
UNITS = tuple(LEVELS)
NONE = "—"
NOTES = (f"注：1.本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。", "注：2.“—”表示没有这项业务。")


def titles(month: str, subject: str) -> tuple[str, str]:
    """Title and the line below it."""
    year, number = month.split("-")
    return (
        f"自治区{year}年{int(number)}月{subject}（{SAMPLE}）",
        f"汇总单位：自治区政务服务和公共资源交易中心　　{SAMPLE}，仅供演示",
    )
