"""反馈表 that come back filled, as Word documents or workbooks: read into plain rows, without a database."""
