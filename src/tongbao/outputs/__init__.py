"""Writes documents (outputs/): Word, PDF, score sheets, manifests; whole or not at all."""
