"""Output: entering a month, checking it, signing it off, correcting it afterwards."""
