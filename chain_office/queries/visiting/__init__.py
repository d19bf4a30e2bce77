"""What the desk of visits reads beside its list: plans, coverage, who is due, promises, and the page before a visit."""
