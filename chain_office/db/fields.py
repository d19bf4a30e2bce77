"""Column types of a ledger. Each carries the FieldSpec its tables, forms, headings and history lines derive from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import peewee

from chain_office.domain import values
from chain_office.domain.specs import FieldSpec

if TYPE_CHECKING:
    from chain_office.domain.kinds import Kind


class SpecField(peewee.Field):
    """A column described once: label, headings, kind, and what a bad cell does to its row."""

    kind: Kind = values.TEXT
    weight = "other"
    unit = ""

    def __init__(  # noqa: PLR0913 - one declaration line per field is the point
        self,
        label: str,
        *aliases: str,
        weight: str = "",
        unit: str = "",
        width: int = 12,
        periodic: bool = False,
        sensitive: bool = False,
        is_deadline: bool = False,
        kind: Kind | None = None,
        words: tuple[str, ...] = (),
        null: bool = True,
        **kwargs: Any,
    ) -> None:
        self.label = label
        self.aliases = aliases
        if weight:
            self.weight = weight
        if unit:
            self.unit = unit
        if kind is not None:
            self.kind = kind
        self.width = width
        self.periodic = periodic
        self.sensitive = sensitive
        self.is_deadline = is_deadline
        self.words = words
        super().__init__(null=null, verbose_name=label, **kwargs)

    @property
    def spec(self) -> FieldSpec:
        """This column as plain data."""
        return FieldSpec(
            name=self.name,
            label=self.label,
            kind=self.kind,
            aliases=self.aliases,
            weight=self.weight,
            unit=self.unit,
            width=self.width,
            periodic=self.periodic,
            sensitive=self.sensitive,
            is_deadline=self.is_deadline,
            choices=self.words,
        )


class LineField(SpecField, peewee.TextField):
    """One line of text."""


class NoteField(SpecField, peewee.TextField):
    """Text of any length."""

    kind = values.LONG_TEXT

    def __init__(self, label: str, *aliases: str, width: int = 30, **kwargs: Any) -> None:
        super().__init__(label, *aliases, width=width, **kwargs)


class MoneyField(SpecField, peewee.BigIntegerField):
    """An amount in whole 元."""

    kind = values.MONEY
    weight = "amount"
    unit = "元"


class WholeField(SpecField, peewee.BigIntegerField):
    """A whole number that is not money."""

    kind = values.INTEGER


class DecimalTextField(SpecField, peewee.TextField):
    """An exact decimal kept as its text, so that no float ever touches it."""

    kind: Kind = values.DECIMAL

    def db_value(self, value: Decimal | str | None) -> str | None:
        """Decimal → its plain text."""
        return None if value is None else format(Decimal(value), "f")

    def python_value(self, value: str | None) -> Decimal | None:
        """Text → Decimal."""
        return None if value is None else Decimal(value)


class PercentField(DecimalTextField):
    """A percentage in percent points (4.35 means 4.35 %)."""

    kind = values.PERCENT
    unit = "%"


class DayField(SpecField, peewee.DateField):
    """A calendar day, ISO in storage."""

    kind = values.DAY
    weight = "date"


class MonthField(SpecField, peewee.TextField):
    """A month as "YYYY-MM"."""

    kind = values.MONTH
    weight = "date"


class CreditCodeField(SpecField, peewee.TextField):
    """统一社会信用代码 (GB 32100-2015)."""

    kind = values.CREDIT_CODE


class IndustryCodeField(SpecField, peewee.TextField):
    """行业代码 (GB/T 4754-2017)."""

    kind = values.INDUSTRY_CODE


class PhoneField(SpecField, peewee.TextField):
    """A telephone number; personal data."""

    kind = values.PHONE

    def __init__(self, label: str, *aliases: str, **kwargs: Any) -> None:
        super().__init__(label, *aliases, sensitive=True, **kwargs)
