"""Turns scoreboards and a report definition (reports/) into one immutable document."""
