"""Workbooks into the ledger: read, plan, show, apply in one write, undo whole."""
