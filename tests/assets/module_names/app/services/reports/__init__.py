from .monthly import Monthly
