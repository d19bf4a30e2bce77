"""The finance desk's questions at a day: who wants what, what each bank answered, granted and paid out, whom to look back at."""

from chain_office.queries.finance_desk.deals import Event, Standing, events, known_banks, ladder_of, standing
from chain_office.queries.finance_desk.look_backs import FINAL, LOOK_BACK_DAYS, Due, LookBacks, Repayment, look_backs
from chain_office.queries.finance_desk.rows_behind import rows_behind
from chain_office.queries.finance_desk.strip import strip_counts

__all__ = [
    "FINAL",
    "LOOK_BACK_DAYS",
    "Due",
    "Event",
    "LookBacks",
    "Repayment",
    "Standing",
    "events",
    "known_banks",
    "ladder_of",
    "look_backs",
    "rows_behind",
    "standing",
    "strip_counts",
]
