"""Export and import: the two ways of the exchange, each checked before anything is handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongbao.definitions import KeyPath, Loaded, Positions, read_yaml, validated
from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.scoring.exchange.book import HEAD_SHEET, ITEM, Filled, Row
from tongbao.scoring.exchange.comments import Comment, comments_of
from tongbao.scoring.exchange.gather import Gathered, gather
from tongbao.scoring.exchange.kinds import DefinitionKind
from tongbao.scoring.exchange.layout import layout
from tongbao.scoring.exchange.parts import Layout
from tongbao.scoring.exchange.reading import read_book
from tongbao.scoring.exchange.spread import spread
from tongbao.scoring.exchange.workbook import write_book
from tongbao.scoring.exchange.yaml_text import write_yaml


@dataclass(frozen=True)
class Imported:
    """A workbook that has become a definition: its kind, the model with the cells it stands in, and the YAML."""

    kind: DefinitionKind
    loaded: Loaded[Any]
    content: bytes


def export_definition(content: bytes, kind: DefinitionKind, file: str) -> bytes:
    """Make the workbook of a definition.

    Args:
        content: the YAML.
        kind: what kind of definition it is.
        file: its name as messages show it.

    Returns:
        The workbook; the same YAML gives the same bytes.

    Raises:
        InvalidError: the YAML is wrong, or says something that no workbook can hold.
    """
    text = content.decode("utf-8-sig")
    data, positions = read_yaml(text, file)
    loaded = validated(data, kind.model, positions, content)
    comments = comments_of(text)
    plan = layout(kind.model)
    sheets = spread(data, comments, plan, positions)
    _prove(_regathered(sheets, plan), loaded, comments, file)
    return write_book(sheets, kind, str(getattr(loaded.value, "name", "") or getattr(loaded.value, "jurisdiction", "")))


def import_definition(content: bytes, suffix: str, kinds: Sequence[DefinitionKind], file: str) -> Imported:
    """Read the definition that a workbook describes.

    Args:
        content: the workbook, as Excel, WPS or LibreOffice saved it.
        suffix: its ending, such as .xlsx.
        kinds: what it may describe.
        file: its name as messages show it.

    Raises:
        InvalidError: with one finding per mistake, each with its sheet and cell.
    """
    book = read_book(content, suffix, kinds, file)
    plan = layout(book.kind.model)
    gathered = gather(book.items, book.tables, plan)
    findings = [*book.findings, *gathered.findings]
    positions = Positions(file, gathered.places)
    told = {finding.place for finding in findings}
    try:
        validated(gathered.data, book.kind.model, positions, content)
    except InvalidError as error:
        findings += [finding for finding in error.findings if finding.place not in told]
    if findings:
        raise InvalidError(findings)
    text = write_yaml(gathered.data, gathered.comments)
    data, _ = read_yaml(text, file)
    if data != gathered.data:
        raise AssertionError(f"the YAML of {file} does not say what its cells say")
    return Imported(book.kind, validated(data, book.kind.model, positions, text.encode()), text.encode())


def _regathered(sheets: Sequence[Filled], plan: Layout) -> Gathered:
    """What an import would make of the sheets."""
    head, *tables = sheets
    items = {line.cells[ITEM]: _row(head, index) for index, line in enumerate(head.lines)}
    rows = {sheet.name: [_row(sheet, index) for index in range(len(sheet.lines))] for sheet in tables}
    return gather(items, rows, plan)


def _row(sheet: Filled, index: int) -> Row:
    place = Place(HEAD_SHEET, sheet.name, f"A{index + 1}")
    texts = {head: text for head, text in sheet.lines[index].cells.items() if text}
    return Row(texts, {column.head: place for column in sheet.columns}, place)


def _prove(gathered: Gathered, loaded: Loaded[Any], comments: Mapping[KeyPath, Comment], file: str) -> None:
    """Refuse to hand out a workbook that would not come back as the same definition.

    Raises:
        InvalidError: a key would be lost; better told now than missed later.
    """
    kept = sorted(_words(gathered.comments)) == sorted(_words(comments))
    model = type(loaded.value)
    if gathered.findings or not kept or model.model_validate(gathered.data) != loaded.value:
        words = "；".join(finding.message for finding in gathered.findings) or "有内容在表格里写不下"
        remedy = "请用 YAML 修改这个定义，并把文件交给维护人员"
        raise InvalidError([Finding(Code.INTERNAL, f"不能无损地导出：{words}", Place(file), remedy)])


def _words(comments: Mapping[KeyPath, Comment]) -> list[str]:
    return [
        words
        for comment in comments.values()
        for words in (*comment.above, *([] if comment.beside is None else [comment.beside]))
    ]
