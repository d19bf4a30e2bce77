"""The window. Qt lives here and nowhere else; pages read through queries and write through services."""
