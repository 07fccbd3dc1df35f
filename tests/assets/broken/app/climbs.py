import app.other
from .... import x
