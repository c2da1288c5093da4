"""指标体系 as a clerk writes it: a closed kernel of ways to get a value, to score it, and to add up."""

from __future__ import annotations

from tongbao.scoring.definition.indicators import Indicator, IndicatorGroup, Leaf
from tongbao.scoring.definition.modifiers import Check, Outcome, RateOutcome
from tongbao.scoring.definition.objects import Objects, Role
from tongbao.scoring.definition.row_values import FrequencyValue, TaskValue, TimelyValue
from tongbao.scoring.definition.scorings import Band, Gap, PerEvent, Proportional, Scoring, Target
from tongbao.scoring.definition.system import Example, Remark, Rounding, System
from tongbao.scoring.definition.values import JudgedValue, LedgerValue, SystemValue, Value

__all__ = [
    "Band",
    "Check",
    "Example",
    "FrequencyValue",
    "Gap",
    "Indicator",
    "IndicatorGroup",
    "JudgedValue",
    "Leaf",
    "LedgerValue",
    "Objects",
    "Outcome",
    "PerEvent",
    "Proportional",
    "RateOutcome",
    "Remark",
    "Role",
    "Rounding",
    "Scoring",
    "System",
    "SystemValue",
    "Target",
    "TaskValue",
    "TimelyValue",
    "Value",
]
