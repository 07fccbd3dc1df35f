open("/nonexistent/executed", "w")
