"""Tables of a notice between template and document: read, checked, aligned, and made to fit a page."""
