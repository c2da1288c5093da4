"""Turns tables into explained scores by the office's own 指标体系 (scoring/)."""
