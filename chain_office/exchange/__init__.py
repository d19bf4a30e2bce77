"""Workbooks in and out: files to plain tables, rows to files. Never sees a database."""
