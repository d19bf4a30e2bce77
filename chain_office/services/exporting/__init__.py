"""The ledger out as a workbook a clerk can read, correct and import again."""

from chain_office.services.exporting.service import export_ledger

__all__ = ["export_ledger"]
