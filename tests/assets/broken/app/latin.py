import app.other
NAME = "é"
