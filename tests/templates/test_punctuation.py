from __future__ import annotations

from pathlib import Path

import pytest

from tongbao.errors import Severity
from tongbao.templates.pack import load_pack
from tongbao.templates.punctuation import RULES, check_templates, slips

REPOSITORY = Path(__file__).parents[2]
WRONG = [
    ("按期办结率为15～30%。", "只在后一个数写了单位"),
    ("投入13-17万元。", "只在后一个数写了单位"),
    ("投入13万元-17万元。", "没有用浪纹线"),
    ("根据《甲办法》、《乙办法》，", "顿号"),
    ("做好“一网通办”、“跨省通办”工作", "顿号"),
    ("共２６项", "全角"),
    ("达到98％", "全角"),
    ("上升.5分", "没有写0"),
    ("共1,024件", "分了节"),
    ("2,022年", "年份分了节"),
    ("甲政办发[2022]7号", "六角括号"),
    ("甲政办发（2022）7号", "六角括号"),
    ("甲政办发〔2022〕第7号", "前导零"),
    ("甲政办发〔2022〕07号", "前导零"),
    ("于2022年01月9日前", "前导零"),
    ("于1月09日前", "前导零"),
    ("投入3千万元", "只有“万”“亿”"),
    ("各单位,要认真整改", "半角标点"),
    ("说明: 略", "半角标点"),
    ("排名前三的是，。", "标点连用"),
    ("其中市公安局，", "标点连用"),
]
RIGHT = [
    "按期办结率为15%～30%，投入13万元～17万元。",
    "2023年1—4月，市公安局（96.31分）、市税务局（95.80分）。",
    "根据《甲办法》《乙办法》和“一网通办”“跨省通办”要求，",
    "较10月下降−0.5个百分点，共12345件、1024项。",
    "甲政办发〔2022〕7号，2022年12月9日，GB/T 9704-2012。",
    "推进较慢的是：",
    "共3000万元、3亿元，1:3，https://example.invalid/a,b",
    "2020-2022年连续3年排名前3位",
]


def told(text: str, *, title: bool = False) -> list[str]:
    return [slip.rule.message + slip.rule.remedy for slip in slips(text, title=title)]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_is_not_written_so_is_told_once(text: str, words: str) -> None:
    [message] = told(text) if not text.endswith("，") or "标点连用" in words else told(text[:-1])
    assert words in message


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_not_told(text: str) -> None:
    assert told(text.rstrip("，")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1、压实责任", "第三级序号"),
        ("（一）、压实责任", "带括号的序号"),
        ("一，压实责任", "第一级序号"),
        ("二.压实", "第一级序号"),
    ],
)
def test_numbers_before_a_paragraph(text: str, words: str) -> None:
    assert any(words in message for message in told(text))
    assert told(f"要求{text}") == []


def test_a_title_ends_without_a_mark() -> None:
    assert told("关于评价情况的通报。", title=True) == ["标题末尾有标点请删去"]
    assert told("关于评价情况的通报", title=True) == []


def test_every_rule_is_broken_by_some_text() -> None:
    broken = {slip.rule for text, _ in WRONG for slip in slips(text)}
    broken |= {slip.rule for text in ("1、甲", "（一）、甲", "一，甲") for slip in slips(text)}
    assert broken | {slip.rule for slip in slips("甲。", title=True)} == set(RULES)


def test_templates_are_told_with_file_and_line(tmp_path: Path) -> None:
    base = tmp_path / "templates" / "base"
    base.mkdir(parents=True)
    (base / "通报.html").write_text(
        "{# 注释：15～30% #}\n"
        "{% block 导语 %}\n"
        "<p>按《甲》、《乙》</p>\n"
        "{% if 上期 %}\n"
        '<p flush title="1,024">甲{{ 上期 }}.5分，为\n'
        "15～30%{{ 上期 }}，</p>{% endif %}\n"
        "<p>甲，</p>\n"
        "{% endblock %}\n",
        encoding="utf-8",
    )
    findings = check_templates(load_pack(tmp_path, "base"))
    assert [(str(finding.place), finding.message.partition("：")[2]) for finding in findings] == [
        ("templates/base/通报.html 第3行", "并列的书名号或引号之间用了顿号"),
        ("templates/base/通报.html 第6行", "数值范围只在后一个数写了单位"),
    ]
    assert {finding.severity for finding in findings} == {Severity.WARNING}


@pytest.mark.parametrize("name", sorted(path.name for path in (REPOSITORY / "templates").iterdir()))
def test_the_shipped_templates_break_no_rule(name: str) -> None:
    assert check_templates(load_pack(REPOSITORY, name)) == ()
