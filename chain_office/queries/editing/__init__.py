"""What forms read of a ledger: rows by their ids, what has changed since, what can be chosen, what hangs on what."""
