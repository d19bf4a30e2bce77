"""Frozen results in, matplotlib figures out. Never sees a database."""
