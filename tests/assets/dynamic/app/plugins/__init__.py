from .csv import Reader
