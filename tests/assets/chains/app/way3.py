import app.end
