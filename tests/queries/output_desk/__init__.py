"""What the desk of output reads, on small ledgers counted by hand."""
