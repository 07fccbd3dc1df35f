from app.api.orders import router

app = [router]
