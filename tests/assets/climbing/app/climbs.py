from .... import x
import app.other
