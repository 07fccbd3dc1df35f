from app import services

print(f"{services.Invoice} and {services.mail.send}")
