"""The form: one editor for each kind of value, the pane they stand in, drafts, conflicts, several records, one cell."""
