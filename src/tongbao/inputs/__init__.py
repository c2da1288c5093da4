"""Reads what offices send (inputs/): workbooks, CSV, unit names, working days; every cell keeps its origin."""
