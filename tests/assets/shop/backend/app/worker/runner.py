from app.services.orders import OrderService


def run(): ...


if __name__ == "__main__":
    run()
