"""The briefing pack, part by part: facts gathered once, balances checked, then a module a section."""
