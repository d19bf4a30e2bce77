"""Steps on problems."""
