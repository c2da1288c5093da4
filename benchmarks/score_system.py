"""How long it takes to score a department's month: 52 indicators, 31 units, every figure traced to its cell."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path

from benchmarks.rows import Row, median_time, within
from tongbao.inputs.contract import Shape, TableContract
from tongbao.inputs.table import Cell, Origin, SourceFile, Table
from tongbao.inputs.table import Row as TableRow
from tongbao.period import Period
from tongbao.scoring.definition import Leaf
from tongbao.scoring.engine import score_tables
from tongbao.scoring.formula import parse
from tongbao.scoring.formula_nodes import Column, Operation, walk
from tongbao.scoring.scheme import Scheme, load_scheme
from tongbao.scoring.tables import formulas

ROOT = Path(__file__).parents[1]
SYSTEM = "市直部门线上政务服务能力"
NOVEMBER = Period(2022, 11)
ROUNDS = 7
Tables = Mapping[tuple[Period, str], Table]


def measure() -> list[Row]:
    """Time the engine on the shipped system, without reading any workbook."""
    scheme = load_scheme(ROOT, "昌吉市")
    score_tables(scheme, NOVEMBER, _month(scheme, 0), [SYSTEM])  # grammars and formulas are parsed once a run
    work: list[Callable[[], object]] = [
        partial(score_tables, scheme, NOVEMBER, _month(scheme, seed), [SYSTEM]) for seed in range(1, ROUNDS + 1)
    ]
    seconds = median_time(work)
    board = score_tables(scheme, NOVEMBER, _month(scheme, 0), [SYSTEM])[SYSTEM]
    note = f"{len(board.leaf_keys)}项×{len(board.standings)}个单位，每项带完整依据，{ROUNDS}轮取中位数"
    return [within("线上体系计分", seconds, at_most=1, note=note)]


def _month(scheme: Scheme, seed: int) -> Tables:
    """Figures that every formula can take: denominators of 1000, numerators below."""
    dice = random.Random(seed)  # noqa: S311 - sample figures, not secrets
    leaves = [leaf for _, leaf in scheme.systems[SYSTEM].value.leaves()]
    roster = scheme.roster.value
    units = [unit.name for group in roster.groups if group.name == "市直部门" for unit in group.units]
    contracts = {contract.name: contract for contract in scheme.contracts.value.tables}
    wanted: dict[tuple[Period, str], dict[str, tuple[str, ...] | bool]] = {}
    for leaf in leaves:
        for column, below in _columns(leaf):
            columns = wanted.setdefault((column.period(NOVEMBER), column.table), {})
            texts = tuple(band.text for band in leaf.scoring.bands or () if band.text)
            columns[column.column] = texts or below or columns.get(column.column, False)
    tables = {key: _table(key, contracts[key[1]], columns, units, dice) for key, columns in wanted.items()}
    judged = {leaf.value.judged.table for leaf in leaves if leaf.value.judged is not None}
    return tables | {(NOVEMBER, name): _judges(name, leaves, units, dice) for name in judged}


def _columns(leaf: Leaf) -> list[tuple[Column, bool]]:
    """Every column that the indicator names, and whether it is divided by."""
    found: list[tuple[Column, bool]] = []
    for text in formulas(leaf):
        nodes = list(walk(parse(text).root))
        below = [node.right for node in nodes if isinstance(node, Operation) and node.operator == "/"]
        divisors = {node for part in below for node in walk(part) if isinstance(node, Column)}
        found.extend((node, node in divisors) for node in nodes if isinstance(node, Column))
    return found


def _table(
    key: tuple[Period, str],
    contract: TableContract,
    columns: Mapping[str, tuple[str, ...] | bool],
    units: list[str],
    dice: random.Random,
) -> Table:
    period, name = key
    source = SourceFile(f"inputs/{period}/昌吉市/{name}.xlsx", "0" * 64)
    rows = []
    for number, unit in enumerate([None] if contract.shape is Shape.SINGLE else units, start=2):
        cells = {}
        for place, (column, what) in enumerate(columns.items()):
            value: Decimal | str
            if isinstance(what, tuple):
                value = dice.choice(what)
            else:
                value = Decimal(1000) if what else Decimal(dice.randint(1, 990)) / (1000 if "率" in column else 1)
            cells[column] = Cell(value, None, Origin(source.path, name, f"{chr(66 + place % 20)}{number}", str(value)))
        rows.append(TableRow(unit, cells, number))
    return Table(name, tuple(rows), source, {row.unit: row for row in rows if row.unit})


def _judges(name: str, leaves: list[Leaf], units: list[str], dice: random.Random) -> Table:
    source = SourceFile(f"inputs/{NOVEMBER}/昌吉市/{name}.xlsx", "0" * 64)
    rows = []
    for leaf in leaves:
        judged = leaf.value.judged
        if judged is None or judged.table != name:
            continue
        for unit in units:
            for judge in ("甲", "乙"):
                number = len(rows) + 2
                points = (leaf.points or Decimal(0)) * dice.randint(5, 9) / 10
                filled: dict[str, Decimal | str] = {
                    "条款": judged.clause, "评委": judge, "得分": points, "理由": "要素不全",
                }  # fmt: skip
                cells = {
                    column: Cell(value, None, Origin(source.path, name, f"{chr(66 + place)}{number}", str(value)))
                    for place, (column, value) in enumerate(filled.items())
                }
                rows.append(TableRow(unit, cells, number))
    return Table(name, tuple(rows), source)
