"""Workbooks in and out: files to plain tables, rows to files. Never sees a database."""

from chain_office.exchange.book import Book, Sheet, read_book
from chain_office.exchange.recognise import recognise

__all__ = ["Book", "Sheet", "read_book", "recognise"]
