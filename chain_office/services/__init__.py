"""Use cases: each reads through queries, decides by the domain's rules, and writes through the one door. No Qt."""
