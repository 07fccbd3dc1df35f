"""The project that all cases begin with, as files; `app` is what imports start from.

    main -> api.orders, api.payments        api.orders -> services.orders
    api.payments -> services.payments       services.payments -> services.orders, lib.money
    services.orders -> services.stock, services.legacy_tax (no record covers it: an old debt)
    services.stock -> lib.money             services.audit -> services.stock
    workers.mailer -> services.orders       scripts/nightly report.py -> services.audit

The debts of yesterday, which no case may report as new, are listed in `OLD_FINDINGS`.
"""

from __future__ import annotations

from tests.functional.running import record

_ROUTER = """\
from fastapi import APIRouter

from app.services import {name}

router = APIRouter()


@router.get("/{name}")
def list_{name}():
    return {name}.find_all()
"""
CODE = {
    "app/__init__.py": "",
    "app/main.py": """\
from fastapi import FastAPI

from app.api import orders, payments

app = FastAPI()
app.include_router(orders.router)
app.include_router(payments.router)
""",
    "app/api/__init__.py": "",
    "app/api/orders.py": _ROUTER.format(name="orders"),
    "app/api/payments.py": _ROUTER.format(name="payments"),
    "app/services/__init__.py": "",
    "app/services/orders.py": '''\
from app.services import stock
from app.services.legacy_tax import add_tax


def find_all():
    """Every order, with its price."""
    return [price(number) for number in range(stock.count())]


def price(number):
    """What an order costs, tax included."""
    return add_tax(100 + number)
''',
    "app/services/payments.py": '''\
from app.lib.money import Money
from app.services import orders


def find_all():
    """Every payment that is still open."""
    return [Money(orders.price(number)) for number in range(3)]
''',
    "app/services/stock.py": '''\
from app.lib.money import Money


def count():
    """How many pieces are left."""
    return 3


def value():
    """What they are worth."""
    return Money(count())
''',
    "app/services/audit.py": '''\
from app.services import stock


def look():
    """What an auditor wants to know."""
    return stock.value()
''',
    "app/services/legacy_tax.py": '''\
RATE = 19


def add_tax(amount):
    """The amount with its tax."""
    return amount + amount * RATE // 100
''',
    "app/services/legacy_fx.py": '''\
def convert(amount, rate):
    """An amount in another currency."""
    return amount * rate
''',
    "app/workers/__init__.py": "",
    "app/workers/mailer.py": """\
from app.services import orders


def run():
    print(orders.find_all())
""",
    "app/lib/__init__.py": "",
    "app/lib/money.py": """\
class Money(int):
    pass
""",
    # A folder that one record covers.
    "app/console/__init__.py": "",
    "app/console/menu.py": "ENTRIES = ()\n",
    "scripts/nightly report.py": """\
from app.services import audit

print(audit.look())
""",
    # No record stands in this folder, so nothing in it has to have one.
    "tools/seed.py": "print('seed')\n",
    "tools/load.py": "print('load')\n",
    "tests/test_orders.py": """\
from app.services import orders
from app.services.legacy_tax import RATE


def test_price():
    assert orders.price(0) == 100 + RATE
""",
}


def record_file(id_: str) -> str:
    """Where a record stands: `SVC-STOCK-001` in `registry/svc-stock-001.yaml`."""
    return f"registry/{id_.lower()}.yaml"


def service(id_: str, path: str | None, **fields: str | int) -> str:
    """A record; its lines are 1 `artifact_id`, 2 `name`, ... 7 `authority_level`, ... 9 `path`."""
    return record(id_, path, **{"name": (path or id_).rpartition("/")[2], **fields})


RECORDS = {
    record_file(id_): service(id_, path, type=type_)
    for id_, path, type_ in (
        ("SVC-APP-001", "app/main.py", "service"),
        ("API-ORDERS-001", "app/api/orders.py", "api-route"),
        ("API-PAYMENTS-001", "app/api/payments.py", "api-route"),
        ("SVC-ORDERS-001", "app/services/orders.py", "service"),
        ("SVC-PAYMENTS-001", "app/services/payments.py", "service"),
        ("SVC-STOCK-001", "app/services/stock.py", "service"),
        ("SVC-AUDIT-001", "app/services/audit.py", "service"),
        ("WKR-MAILER-001", "app/workers/mailer.py", "worker"),
        ("LIB-MONEY-001", "app/lib/money.py", "library"),
        ("LIB-CONSOLE-001", "app/console", "library"),
        # Debts: its file is gone, and its status is none.
        ("SVC-GHOST-001", "app/services/ghost.py", "service"),
    )
}
RECORDS[record_file("SVC-GHOST-001")] += "# Nobody remembers.\n"
RECORDS[record_file("SVC-GHOST-001")] = RECORDS[record_file("SVC-GHOST-001")].replace(
    "status: active", "status: haunted"
)
# Found by its name: it says no path.
RECORDS[record_file("SCR-NIGHTLY-001")] = service(
    "SCR-NIGHTLY-001", None, name="nightly report.py", type="script", execution_surface="cli"
)

SHOP = {
    "analyzer.toml": 'registry = ["registry"]\n',
    ".gitignore": "*.log\n/scratch/\n",
    "README.md": "# Shop\n",
    **CODE,
    **RECORDS,
}
OLD_FINDINGS = {
    "warning REG006 app/services/legacy_fx.py",
    "warning REG006 app/services/legacy_tax.py",
    "error DEP001 app/services/orders.py:2 SVC-ORDERS-001",
    "error REG001 registry/svc-ghost-001.yaml:4 SVC-GHOST-001",
    "error REG003 registry/svc-ghost-001.yaml:9 SVC-GHOST-001",
}
