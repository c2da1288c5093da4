"""Fixtures of the batch tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from workspaces import NOVEMBER, REPOSITORY, county, sample

from tongbao.reports.definition import load_reports
from tongbao.run import batch
from tongbao.run.outcomes import State
from tongbao.run.plan import make_plan
from tongbao.run.prepare import Prepared, prepare


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return county(tmp_path)


@pytest.fixture(scope="session")
def prepared() -> Mapping[str, Prepared]:
    """The sample month of every jurisdiction, in memory."""
    reports, _ = load_reports(REPOSITORY)
    return {report.value.name: prepare(make_plan(REPOSITORY, NOVEMBER, report)) for report in reports}


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample month of every jurisdiction, written."""
    workspace = sample(tmp_path_factory.mktemp("sample"))
    outcomes = batch.run(workspace, NOVEMBER)
    assert {outcome.state for outcome in outcomes} == {State.MADE}, [o.findings for o in outcomes]
    return workspace
