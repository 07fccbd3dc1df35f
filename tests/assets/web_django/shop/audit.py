import logging


class AuditHandler(logging.NullHandler):
    pass
