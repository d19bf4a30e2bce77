"""How fast and how small: every goal beside its yardstick, taken in the same run. `python -m bench`."""
