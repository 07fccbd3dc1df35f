import app.other
