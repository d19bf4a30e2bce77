"""Rules without I/O: kinds of value, calendars, workflow, growth, codes, figures."""
