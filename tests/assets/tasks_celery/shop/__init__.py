from shop.mail import send_mail
