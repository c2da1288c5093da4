"""Holds definitions against each other before any figure is read; every mistake with its line."""
