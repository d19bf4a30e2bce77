"""Frozen content in, PDF out. Never sees a database; imports nothing heavier than reportlab's canvas."""
