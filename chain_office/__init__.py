"""Chain Office (产业链办): the working ledger of an industry-chain promotion office."""

__version__ = "0.1.0"
