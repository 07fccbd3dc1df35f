"""Modules that come, go, move and are renamed."""

from __future__ import annotations

from tests.functional.review_cases.case import Parts, case
from tests.functional.review_cases.repository import Repository
from tests.functional.review_cases.shop import record_file, service

REFUNDS = "app/services/refunds.py"
STOCK = "app/services/stock.py"
STOCK_RECORD = record_file("SVC-STOCK-001")
# What depends on the stock, and what it depends on.
AROUND_STOCK = (
    "SVC-AUDIT-001 -> SVC-STOCK-001",
    "SVC-ORDERS-001 -> SVC-STOCK-001",
    "SVC-STOCK-001 -> LIB-MONEY-001",
)


SERVICES = ("__init__", "audit", "legacy_fx", "legacy_tax", "orders", "payments", "stock")


def add_refunds(repo: Repository) -> None:
    """A service, and the route that uses it."""
    repo.write(REFUNDS, "from app.lib.money import Money\n\nNOTHING = Money(0)\n")
    repo.edit("app/api/payments.py", "import payments\n", "import payments, refunds\n")


@case(
    findings=[
        "error DEP001 app/api/payments.py:3 API-PAYMENTS-001",
        "error REG006 app/services/refunds.py",
    ],
    added=Parts(
        # Through code of no artifact.
        dependencies=["API-PAYMENTS-001 -> LIB-MONEY-001"],
        modules=[REFUNDS],
    ),
)
def new_module_unregistered(repo: Repository) -> None:
    add_refunds(repo)
    repo.commit()


@case(
    added=Parts(
        dependencies=[
            "API-PAYMENTS-001 -> SVC-REFUNDS-001",
            "SVC-REFUNDS-001 -> LIB-MONEY-001",
        ],
        artifacts=["SVC-REFUNDS-001"],
        modules=[REFUNDS],
    )
)
def new_module_registered_in_the_same_change(repo: Repository) -> None:
    add_refunds(repo)
    repo.write(record_file("SVC-REFUNDS-001"), service("SVC-REFUNDS-001", REFUNDS))
    repo.commit()


@case(
    added=Parts(
        dependencies=[
            "API-PAYMENTS-001 -> SVC-REFUNDS-001",
            "SVC-REFUNDS-001 -> LIB-MONEY-001",
        ],
        artifacts=["SVC-REFUNDS-001"],
        modules=[REFUNDS],
    )
)
def new_module_registered_by_a_row_of_a_backlog(repo: Repository) -> None:
    """In a commit of its own: what counts is where the change ends."""
    add_refunds(repo)
    repo.commit()
    repo.write(
        "registry/BACKLOG.md",
        "### Wave 1: Money\n\n| File | Artifact ID | Purpose |\n|--|--|--|\n"
        "| `refunds.py` | SVC-REFUNDS-001 | Pays back |\n",
    )
    repo.commit()


@case(added=Parts(modules=["tools/dump.py"]))
def new_module_in_a_folder_without_records(repo: Repository) -> None:
    repo.write("tools/dump.py", "from app.services import legacy_fx\n")
    repo.commit()


@case(
    added=Parts(
        modules=[
            "app/console/colours.py",
            "app/jobs/__init__.py",
            "app/services/mock_stock.py",
            "tests/test_fx.py",
        ]
    )
)
def new_files_that_need_no_record(repo: Repository) -> None:
    """In the folder of an artifact, a package, a mock, a test: whatever the last two import."""
    repo.write("app/console/colours.py", "RED = 31\n")
    repo.write("app/jobs/__init__.py", "")
    repo.write("app/services/mock_stock.py", "from app.services import legacy_fx\n")
    repo.write("tests/test_fx.py", "from app.services import legacy_fx\n")
    repo.commit()


@case(
    added=Parts(modules=["app/services/inventory.py"]),
    removed=Parts(modules=[STOCK]),
)
def module_renamed_with_its_record(repo: Repository) -> None:
    repo.move(STOCK, "app/services/inventory.py")
    repo.edit(STOCK_RECORD, f"path: {STOCK}", "path: app/services/inventory.py")
    for importer in ("app/services/orders.py", "app/services/audit.py"):
        repo.edit(importer, "import stock\n", "import inventory as stock\n")
    repo.commit()


@case(
    added=Parts(modules=["app/services/Stock.py"]),
    removed=Parts(modules=[STOCK]),
)
def module_renamed_in_its_case_only(repo: Repository) -> None:
    repo.move(STOCK, "app/services/Stock.py")
    repo.edit(STOCK_RECORD, f"path: {STOCK}", "path: app/services/Stock.py")
    for importer in ("app/services/orders.py", "app/services/audit.py"):
        repo.edit(importer, "import stock\n", "import Stock as stock\n")
    repo.commit()


@case(
    added=Parts(modules=["app/services/tax_rules.py"]),
    removed=Parts(modules=["app/services/legacy_tax.py"]),
)
def unregistered_module_renamed(repo: Repository) -> None:
    """The debt is the same: neither new nor mended."""
    repo.move("app/services/legacy_tax.py", "app/services/tax_rules.py")
    repo.edit("app/services/orders.py", "legacy_tax", "tax_rules")
    repo.commit()


@case(
    findings=[
        "error DEP001 app/services/audit.py:1 SVC-AUDIT-001",
        "error DEP001 app/services/orders.py:1 SVC-ORDERS-001",
        "error REG003 registry/svc-stock-001.yaml:9 SVC-STOCK-001",
        "error REG006 app/services/inventory.py",
    ],
    added=Parts(
        dependencies=["SVC-AUDIT-001 -> LIB-MONEY-001", "SVC-ORDERS-001 -> LIB-MONEY-001"],
        modules=["app/services/inventory.py"],
    ),
    removed=Parts(dependencies=AROUND_STOCK, modules=[STOCK]),
)
def module_renamed_without_its_record(repo: Repository) -> None:
    repo.move(STOCK, "app/services/inventory.py")
    for importer in ("app/services/orders.py", "app/services/audit.py"):
        repo.edit(importer, "import stock\n", "import inventory as stock\n")
    repo.commit()


@case(
    findings=["error DEP001 app/services/order_book.py:1 SVC-ORDERS-001"],
    added=Parts(modules=["app/services/order_book.py"]),
    removed=Parts(modules=["app/services/orders.py"]),
)
def module_renamed_and_edited(repo: Repository) -> None:
    """Its old debt (the tax) goes with it; the new import (the currencies) is new."""
    repo.move("app/services/orders.py", "app/services/order_book.py")
    repo.prepend("app/services/order_book.py", "from app.services import legacy_fx\n")
    repo.edit(record_file("SVC-ORDERS-001"), "services/orders.py", "services/order_book.py")
    for importer in ("app/api/orders.py", "app/services/payments.py", "app/workers/mailer.py"):
        repo.edit(importer, "import orders\n", "import order_book as orders\n")
    repo.commit()


@case(
    added=Parts(modules=["app/stores/__init__.py", "app/stores/stock.py"]),
    removed=Parts(modules=[STOCK]),
)
def module_moved_to_another_folder(repo: Repository) -> None:
    repo.move(STOCK, "app/stores/stock.py")
    repo.write("app/stores/__init__.py", "")
    repo.edit(STOCK_RECORD, f"path: {STOCK}", "path: app/stores/stock.py")
    for importer in ("app/services/orders.py", "app/services/audit.py"):
        repo.edit(importer, "from app.services import stock\n", "from app.stores import stock\n")
    repo.commit()


@case(
    mended=[
        "error DEP001 app/services/orders.py:2 SVC-ORDERS-001",
        "warning REG006 app/services/legacy_tax.py",
    ],
    added=Parts(modules=["app/misc/legacy_tax.py"]),
    removed=Parts(modules=["app/services/legacy_tax.py"]),
)
def unregistered_module_moved_out_of_scope(repo: Repository) -> None:
    """To a folder in which nothing has a record: there nobody asks for one."""
    repo.move("app/services/legacy_tax.py", "app/misc/legacy_tax.py")
    repo.edit("app/services/orders.py", "app.services.legacy_tax", "app.misc.legacy_tax")
    repo.commit()


@case(
    findings=["error REG006 app/services/seed.py"],
    added=Parts(modules=["app/services/seed.py"]),
    removed=Parts(modules=["tools/seed.py"]),
)
def unregistered_module_moved_into_scope(repo: Repository) -> None:
    """Where it stood nobody asked for a record; the change brings it to where one is due."""
    repo.move("tools/seed.py", "app/services/seed.py")
    repo.commit()


@case(
    added=Parts(modules=[f"app/domain/{name}.py" for name in SERVICES]),
    removed=Parts(modules=[f"app/services/{name}.py" for name in SERVICES]),
)
def folder_renamed(repo: Repository) -> None:
    """Importer, imported and record at once; and git is not told of it."""
    (repo.project / "app/services").rename(repo.project / "app/domain")
    for path in repo.project.rglob("*"):
        if path.suffix in (".py", ".yaml") and path.stem != "svc-ghost-001":
            text = path.read_bytes().replace(b"app.services", b"app.domain")
            path.write_bytes(text.replace(b"app/services", b"app/domain"))


@case(
    added=Parts(modules=["app/services/stock/__init__.py"]),
    removed=Parts(modules=[STOCK]),
)
def module_turned_into_a_package(repo: Repository) -> None:
    repo.move(STOCK, "app/services/stock/__init__.py")
    repo.edit(STOCK_RECORD, f"path: {STOCK}", "path: app/services/stock")
    repo.commit()


@case(
    added=Parts(modules=["app/console.py"]),
    removed=Parts(modules=["app/console/__init__.py", "app/console/menu.py"]),
)
def package_turned_into_a_module(repo: Repository) -> None:
    """A file stands where a folder was."""
    text = repo.read("app/console/menu.py")
    repo.git("rm", "-q", "-r", "app/console")
    repo.write("app/console.py", text)
    repo.edit(record_file("LIB-CONSOLE-001"), "path: app/console", "path: app/console.py")
    repo.commit()


@case(
    findings=["error REG003 registry/svc-stock-001.yaml:9 SVC-STOCK-001"],
    removed=Parts(dependencies=AROUND_STOCK, modules=[STOCK]),
)
def module_deleted_while_used(repo: Repository) -> None:
    repo.delete(STOCK)
    repo.commit()


@case(removed=Parts(dependencies=AROUND_STOCK, artifacts=["SVC-STOCK-001"], modules=[STOCK]))
def module_deleted_with_its_record(repo: Repository) -> None:
    repo.delete(STOCK, STOCK_RECORD)
    for importer in ("app/services/orders.py", "app/services/audit.py"):
        repo.edit(importer, "from app.services import stock\n", "")
    repo.commit()


@case(
    mended=[
        "error DEP001 app/services/orders.py:2 SVC-ORDERS-001",
        "warning REG006 app/services/legacy_tax.py",
    ],
    removed=Parts(modules=["app/services/legacy_tax.py"]),
)
def unregistered_module_deleted(repo: Repository) -> None:
    repo.delete("app/services/legacy_tax.py")
    repo.edit("app/services/orders.py", "from app.services.legacy_tax import add_tax\n", "")
    repo.commit()


@case(removed=Parts(dependencies=["SVC-STOCK-001 -> LIB-MONEY-001"]))
def file_emptied(repo: Repository) -> None:
    """It is still there, and still imported."""
    repo.write(STOCK, "")
    repo.commit()


@case(
    findings=[
        "error DEP001 app/services/orders.py:2 SVC-ORDERS-001",
        "error REG006 app/services/order_prices.py",
    ],
    # Nothing of the artifact imports the tax any more; what does is not registered.
    mended=["error DEP001 app/services/orders.py:2 SVC-ORDERS-001"],
    added=Parts(modules=["app/services/order_prices.py"]),
)
def module_split_in_two(repo: Repository) -> None:
    """A swap: the unregistered import that goes does not pay for the one that comes."""
    whole = repo.read("app/services/orders.py")
    tax = "from app.services.legacy_tax import add_tax\n"
    rest, price = whole.replace(tax, "").split("\n\ndef price")
    repo.write("app/services/order_prices.py", f"{tax}\n\ndef price{price}")
    lines = rest.split("\n", 1)
    repo.write(
        "app/services/orders.py",
        f"{lines[0]}\nfrom app.services.order_prices import price\n{lines[1]}",
    )
    repo.commit()


@case(
    findings=["error DEP001 app/services/order_prices.py:1 SVC-PRICES-001"],
    mended=["error DEP001 app/services/orders.py:2 SVC-ORDERS-001"],
    added=Parts(
        dependencies=["SVC-ORDERS-001 -> SVC-PRICES-001"],
        artifacts=["SVC-PRICES-001"],
        modules=["app/services/order_prices.py"],
    ),
)
def module_split_in_two_and_registered(repo: Repository) -> None:
    """The debt of one artifact has become that of another one."""
    module_split_in_two(repo)
    prices = service("SVC-PRICES-001", "app/services/order_prices.py")
    repo.write(record_file("SVC-PRICES-001"), prices)
    repo.commit()


@case()
def two_files_swap_names(repo: Repository) -> None:
    """Artifacts keep their code, and the debt of one moves with it."""
    orders, payments = "app/services/orders.py", "app/services/payments.py"
    repo.move(orders, "app/services/between.py")
    repo.move(payments, orders)
    repo.move("app/services/between.py", payments)
    for id_, old, new in (
        ("SVC-ORDERS-001", orders, payments),
        ("SVC-PAYMENTS-001", payments, orders),
    ):
        repo.edit(record_file(id_), f"path: {old}", f"path: {new}")
    for importer in ("app/api/orders.py", orders, "app/workers/mailer.py"):
        repo.edit(importer, "import orders\n", "import payments as orders\n")
    repo.edit("app/api/payments.py", "import payments\n", "import orders as payments\n")
    repo.commit()


@case()
def symbolic_link_added(repo: Repository) -> None:
    """Another name of a file that is known already is no new module."""
    (repo.project / "app/services/depot.py").symlink_to("stock.py")
    repo.edit("app/services/audit.py", "import stock\n", "import depot as stock\n")
    repo.commit()


@case(
    findings=[
        "error DEP001 app/services/audit.py:1 SVC-AUDIT-001",
        "error REG006 app/services/depot.py",
    ],
    added=Parts(modules=["app/services/depot.py"]),
    removed=Parts(dependencies=["SVC-AUDIT-001 -> SVC-STOCK-001"]),
)
def symbolic_link_replaced_by_a_file(repo: Repository) -> None:
    symbolic_link_added(repo)
    repo.start_here()
    repo.delete("app/services/depot.py")
    repo.write("app/services/depot.py", "def value():\n    return 0\n")
    repo.commit()
