"""The documentation names everything that the code accepts, and nothing that it does not."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from tongbao.cli import main
from tongbao.definitions import Strict
from tongbao.inputs import contract, roster
from tongbao.inputs.cases import definition as case_definition
from tongbao.reports import definition as report_definition
from tongbao.reports.markup import ATTRIBUTES, CHILDREN
from tongbao.reports.variables import VIEWS, members
from tongbao.scoring import consequences
from tongbao.scoring.definition import indicators, modifiers, objects, row_values, scorings, system, values
from tongbao.templates import letterhead, pack, style
from tongbao.templates.environment import FILTERS

DOCS = Path(__file__).parents[2] / "docs"


def words_in(name: str) -> set[str]:
    """Every word that stands between backquotes; of `{次月: 9}` each on its own."""
    quoted = re.findall(r"`([^`\n]+)`", (DOCS / name).read_text("utf-8"))
    return {word for words in quoted for word in re.split(r"[\s:{},]+", words)}


def keys_of(*modules: ModuleType) -> set[str]:
    return {
        field.alias or name
        for module in modules
        for _, model in inspect.getmembers(module, inspect.isclass)
        if issubclass(model, Strict) and model.__module__ == module.__name__
        for name, field in model.model_fields.items()
    }


def test_every_template_variable_is_documented() -> None:
    documented = words_in("variables.md")
    assert {name for view in VIEWS for name in members(view)} <= documented


def test_no_variable_is_documented_that_there_is_not() -> None:
    text = (DOCS / "variables.md").read_text("utf-8")
    documented = {
        name for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
    }
    assert documented <= {name for view in VIEWS for name in members(view)}


def test_every_key_of_definitions_is_documented() -> None:
    documented = words_in("definitions.md")
    about_systems = (objects, values, row_values, scorings, modifiers, indicators, system)
    assert (
        keys_of(contract, case_definition, roster, *about_systems, report_definition, consequences, letterhead)
        <= documented
    )


def test_every_key_of_a_pack_is_documented() -> None:
    assert keys_of(pack, style) <= words_in("templates.md")


def test_every_mark_and_filter_is_documented() -> None:
    text = (DOCS / "templates.md").read_text("utf-8")
    documented = words_in("templates.md")
    tags = {tag for children in CHILDREN.values() for tag in children}
    assert {tag for tag in tags if f"<{tag}>" not in text} == set()
    assert {name for names in ATTRIBUTES.values() for name in names} <= documented
    assert set(FILTERS) <= documented


def test_every_block_is_documented() -> None:
    base = Path(__file__).parents[2] / "templates" / "base"
    blocks = {
        name for path in base.glob("*.html") for name in re.findall(r"{% block (\S+) %}", path.read_text("utf-8"))
    }
    assert blocks <= words_in("templates.md")


def commands(group: click.Group = main, above: str = "") -> dict[str, click.Command]:
    """Every command by the words that call it, those of groups too: “scheme export”."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found |= commands(command, f"{above}{name} ") if isinstance(command, click.Group) else {above + name: command}
    return found


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented_in_chinese(name: str) -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    assert f"`tongbao {name}" in text
    command = commands()[name]
    assert re.search(r"[一-鿿]", command.help or "")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(f"`{option}" in text for option in parameter.opts if option.startswith("--"))
            assert re.search(r"[一-鿿]", parameter.help or "")


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_also_speaks_json(name: str) -> None:
    assert any("--json" in parameter.opts for parameter in commands()[name].params)
