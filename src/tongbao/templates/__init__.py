"""Finds and renders the county's template pack (templates/) in a sandbox."""
