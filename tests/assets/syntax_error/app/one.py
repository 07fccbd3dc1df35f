import app.other
def (:
