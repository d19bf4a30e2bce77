"""SQL in, frozen results out. Nothing here writes."""
