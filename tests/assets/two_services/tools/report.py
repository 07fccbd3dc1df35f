from app.invoices import total
from app.main import start
