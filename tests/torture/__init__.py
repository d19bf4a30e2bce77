"""The long proofs, on demand: the columns that take hours where the tests take seconds (``python3 dev.py torture``)."""
