"""修订: whether every month has one definition that scores it and never two, and files are named for what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.contract import TableContract
from tongbao.scoring.definition import System
from tongbao.scoring.scheme_model import Scheme


def check_revisions(scheme: Scheme) -> Iterator[Finding]:
    """Months that two revisions of a system or table claim, or that lie between two of them (R24)."""
    for name, timeline in scheme.systems.items():
        for _, loaded in timeline.revisions:
            yield from _file_name(loaded)
        for earlier, later in timeline.overlaps():
            where = _end(earlier) if earlier.value.until else _start(earlier)
            yield _overlap(f"体系“{name}”", where, _start(later))
        for span, earlier, later in timeline.gaps():
            yield _gap(f"体系“{name}”", span.words, _end(earlier), _start(later))
    for name, tables in scheme.contracts.value.timelines.items():
        for before, after in tables.overlaps():
            where = _written(scheme, before, "截止" if before.until else "生效")
            yield _overlap(f"数据表“{name}”", where, _written(scheme, after, "生效"))
        for span, before, after in tables.gaps():
            yield _gap(f"数据表“{name}”", span.words, _written(scheme, before, "截止"), _written(scheme, after, "生效"))


def _file_name(loaded: Loaded[System]) -> Iterator[Finding]:
    """A file named 名称@2022-07.yaml says of itself what it holds; it must not say anything else inside."""
    stem = PurePath(loaded.positions.file).stem
    name, mark, month = stem.partition("@")
    system = loaded.value
    if mark and (name != system.name or month != str(system.effective)):
        since = f"生效 {system.effective}" if system.effective else "没有写 生效"
        message = f"文件名是“{stem}”，里面的名称是“{system.name}”，{since}"
        remedy = "修订的文件名请写成 名称@生效月份.yaml，并与文件内一致"
        yield Finding(Code.VALUE_INVALID, message, _start(loaded), remedy)


def _start(loaded: Loaded[System]) -> Place:
    return loaded.positions.place("生效" if loaded.value.effective else "名称")


def _end(loaded: Loaded[System]) -> Place:
    return loaded.positions.place("截止")


def _written(scheme: Scheme, table: TableContract, key: str) -> Place:
    contracts = scheme.contracts.value
    index = next(index for index, each in enumerate(contracts.all) if each is table)
    lists = (("数据表", contracts.tables), ("案卷表", contracts.cases), ("抽查表", contracts.samples))
    path = [(name, number) for name, tables in lists for number in range(len(tables))][index]
    return scheme.contracts.positions.place(*path, key)


def _overlap(what: str, earlier: Place, later: Place) -> Finding:
    remedy = "同一个月只能有一个修订：请改正 生效 或 截止；不是修订的，请改名"
    return Finding(Code.VALUE_INVALID, f"{what}在 {earlier} 已有一个修订管着这里生效的月份", later, remedy)


def _gap(what: str, months: str, earlier: Place, later: Place) -> Finding:
    message = f"{what}在 {earlier} 截止以后、这里生效以前，{months}没有修订，该期间不能计分"
    return Finding(Code.VALUE_INVALID, message, later, "请核对 截止 与 生效；确实停评的不必处理", Severity.WARNING)
