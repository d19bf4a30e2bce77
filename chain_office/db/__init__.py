"""The ledger file: records, the write door, history, migrations, backup, search."""
