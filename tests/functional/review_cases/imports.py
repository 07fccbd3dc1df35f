"""Imports that come, go, move and change their kind."""

from __future__ import annotations

from tests.functional.review_cases.case import Parts, case
from tests.functional.review_cases.repository import Repository
from tests.functional.review_cases.shop import record_file, service

ORDERS = "app/services/orders.py"
AUDIT = "app/services/audit.py"
STOCK = "app/services/stock.py"
TAX = "from app.services.legacy_tax import add_tax\n"
FX = "from app.services import legacy_fx\n"
FOR_TYPES = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"


@case()
def import_moved_to_another_line(repo: Repository) -> None:
    repo.edit(ORDERS, TAX, "")
    repo.edit(ORDERS, "def price", f"{TAX}\n\ndef price")
    repo.commit()


@case()
def import_that_a_comment_speaks_for(repo: Repository) -> None:
    """The debt stands, so it is not mended."""
    comment = "  # analyzer: ignore[DEP001] until the new taxes are in\n"
    repo.edit(ORDERS, TAX, TAX.rstrip() + comment)
    repo.commit()


@case(findings=["error DEP001 app/services/orders.py:2 SVC-ORDERS-001"])
def comment_that_spoke_for_an_import_is_gone(repo: Repository) -> None:
    import_that_a_comment_speaks_for(repo)
    repo.start_here()
    repo.edit(ORDERS, "  # analyzer: ignore[DEP001] until the new taxes are in", "")
    repo.commit()


@case()
def import_written_in_another_way(repo: Repository) -> None:
    repo.edit(ORDERS, TAX, "from app.services import legacy_tax\n")
    repo.edit(ORDERS, "return add_tax", "return legacy_tax.add_tax")
    repo.commit()


@case()
def second_import_of_an_old_debt(repo: Repository) -> None:
    """In the same file: the artifact owed the record before."""
    repo.edit(
        ORDERS,
        "\n    return add_tax",
        "\n    from app.services import legacy_tax\n\n    return add_tax",
    )
    repo.commit()


@case()
def import_made_function_level(repo: Repository) -> None:
    for line in (TAX, "from app.services import stock\n"):
        repo.edit(ORDERS, line, "")
        repo.edit(ORDERS, "\n    return add_tax", f"\n    {line}    return add_tax")
    repo.commit()


@case()
def import_made_type_checking(repo: Repository) -> None:
    """A weaker kind is still an import: neither mended nor removed."""
    repo.edit(ORDERS, TAX, "")
    repo.edit(ORDERS, "from app.services import stock\n", "")
    repo.prepend(ORDERS, f"{FOR_TYPES}    from app.services import stock\n    {TAX}")
    repo.commit()


@case(
    findings=["error DEP001 app/services/orders.py:2 SVC-ORDERS-001"],
    mended=["error DEP001 app/services/orders.py:2 SVC-ORDERS-001"],
)
def swap_of_one_unregistered_import_for_another(repo: Repository) -> None:
    repo.edit(ORDERS, TAX, "from app.services.legacy_fx import convert as add_tax\n")
    repo.commit()


@case(findings=["error DEP001 app/services/audit.py:2 SVC-AUDIT-001"])
def new_import_of_an_old_unregistered_module(repo: Repository) -> None:
    repo.edit(AUDIT, "import stock\n", f"import stock\n{FX}")
    repo.commit()


@case(findings=["error DEP001 app/services/audit.py:4 SVC-AUDIT-001"])
def type_checking_import_added(repo: Repository) -> None:
    repo.prepend(AUDIT, f"{FOR_TYPES}    {FX}")
    repo.commit()


@case(findings=["error DEP001 app/services/audit.py:6 SVC-AUDIT-001"])
def dynamic_import_added(repo: Repository) -> None:
    repo.prepend(AUDIT, "import importlib\n\n")
    repo.edit(
        AUDIT,
        "\n\ndef look",
        '\n\nFX = importlib.import_module("app.services.legacy_fx")\n\n\ndef look',
    )
    repo.commit()


@case()
def reexport_added(repo: Repository) -> None:
    """A package that passes names on depends on nothing for that."""
    repo.write("app/services/__init__.py", f"{FX}from app.services.stock import value\n")
    repo.commit()


@case(
    findings=["error DEP001 app/workers/mailer.py:2 WKR-MAILER-001"],
    added=Parts(dependencies=["WKR-MAILER-001 -> SVC-STOCK-001"]),
)
def reexport_added_and_used(repo: Repository) -> None:
    """A name leads to the module that defines it, not to all that its package passes on."""
    repo.write(
        "app/services/__init__.py",
        "from app.services.legacy_fx import convert\n"
        "from app.services.stock import value\n"
        "from app.services.legacy_tax import add_tax\n",
    )
    repo.edit(
        "app/workers/mailer.py",
        "import orders\n",
        "import orders\nfrom app.services import convert, value\n",
    )
    repo.commit()


def close_a_cycle(repo: Repository) -> None:
    """payments -> orders -> stock -> payments."""
    repo.prepend(STOCK, "from app.services import payments\n")


@case(
    findings=["error DEP005 app/services/orders.py:1 SVC-ORDERS-001"],
    added=Parts(dependencies=["SVC-STOCK-001 -> SVC-PAYMENTS-001"]),
)
def new_cycle_through_three_artifacts(repo: Repository) -> None:
    close_a_cycle(repo)
    repo.commit()


@case(added=Parts(dependencies=["SVC-STOCK-001 -> SVC-PAYMENTS-001"]))
def type_checking_import_closes_no_cycle(repo: Repository) -> None:
    repo.prepend(STOCK, f"{FOR_TYPES}    from app.services import payments\n")
    repo.commit()


@case(
    mended=["error DEP005 app/services/orders.py:1 SVC-ORDERS-001"],
    removed=Parts(dependencies=["SVC-STOCK-001 -> SVC-PAYMENTS-001"]),
)
def cycle_opened(repo: Repository) -> None:
    close_a_cycle(repo)
    repo.start_here()
    repo.edit(STOCK, "from app.services import payments\n", "")
    repo.commit()


def draw_the_auditor_in(repo: Repository) -> None:
    """payments -> audit -> stock: a second way round beside payments -> orders -> stock."""
    repo.prepend("app/services/payments.py", "from app.services import audit\n")


@case(
    findings=["error DEP005 app/services/stock.py:1 SVC-STOCK-001"],
    added=Parts(dependencies=["SVC-PAYMENTS-001 -> SVC-AUDIT-001"]),
)
def old_cycle_grows(repo: Repository) -> None:
    """One more artifact is in it: that is new, and nothing is mended by it."""
    close_a_cycle(repo)
    repo.start_here()
    draw_the_auditor_in(repo)
    repo.commit()


@case(
    findings=["error DEP005 app/services/audit.py:1 SVC-AUDIT-001"],
    added=Parts(
        dependencies=["SVC-AUDIT-001 -> SVC-ORDERS-001", "SVC-PAYMENTS-001 -> SVC-AUDIT-001"]
    ),
    removed=Parts(dependencies=["SVC-AUDIT-001 -> SVC-STOCK-001"]),
)
def cycle_through_an_old_cut(repo: Repository) -> None:
    """The import that opens the old cycle opens the new one, too: it is new all the same."""
    close_a_cycle(repo)
    repo.start_here()
    draw_the_auditor_in(repo)
    repo.write("app/services/audit.py", "from app.services import orders\n")
    repo.commit()


@case(removed=Parts(dependencies=["SVC-PAYMENTS-001 -> SVC-AUDIT-001"]))
def old_cycle_shrinks(repo: Repository) -> None:
    """What is left of it is no new cycle: taking an import out never fails a build."""
    close_a_cycle(repo)
    draw_the_auditor_in(repo)
    repo.start_here()
    repo.edit("app/services/payments.py", "from app.services import audit\n", "")
    repo.commit()


@case(removed=Parts(dependencies=["SVC-APP-001 -> API-PAYMENTS-001"]))
def router_unmounted(repo: Repository) -> None:
    repo.edit("app/main.py", "import orders, payments\n", "import orders\n")
    repo.edit("app/main.py", "app.include_router(payments.router)\n", "")
    repo.commit()


@case(
    findings=["warning ORP005 app/api/payments.py:5 API-PAYMENTS-001"],
    select="DEP001,ORP005",
)
def router_unmounted_and_still_imported(repo: Repository) -> None:
    """No edge of the graph is gone, yet nobody gets an answer any more."""
    repo.edit("app/main.py", "app.include_router(payments.router)\n", "")
    repo.commit()


@case()
def comments_and_blank_lines(repo: Repository) -> None:
    for path in (ORDERS, STOCK, "app/main.py", record_file("SVC-GHOST-001")):
        repo.prepend(path, "# Shop\n\n")
        repo.append(path, "\n# End\n")
    repo.commit()


@case(
    added=Parts(
        dependencies=["SVC-ORDERS-001 -> SVC-TAX-001"],
        artifacts=["SVC-TAX-001"],
    ),
    mended=[
        "error DEP001 app/services/orders.py:2 SVC-ORDERS-001",
        "warning REG006 app/services/legacy_tax.py",
    ],
)
def old_debt_registered(repo: Repository) -> None:
    path = "app/services/legacy_tax.py"
    repo.write(record_file("SVC-TAX-001"), service("SVC-TAX-001", path))
    repo.commit()


@case(
    findings=["error DEP004 app/services/legacy_tax.py:1 SVC-STOCK-001"],
    mended=["error DEP004 app/services/legacy_fx.py:1 SVC-STOCK-001"],
    select="DEP004",
)
def swap_of_one_forbidden_caller_for_another(repo: Repository) -> None:
    """Neither is registered: each of them is known by its own name."""
    fx, tax = "app/services/legacy_fx.py", "app/services/legacy_tax.py"
    call = "from app.services import stock\n"
    repo.append(record_file("SVC-STOCK-001"), "forbidden_callers: [legacy_fx.py, legacy_tax.py]\n")
    repo.prepend(fx, call)
    repo.start_here()
    repo.edit(fx, call, "")
    repo.prepend(tax, call)
    repo.commit()


@case(
    added=Parts(modules=["app/services/old_fx.py"]),
    removed=Parts(modules=["app/services/legacy_fx.py"]),
    select="DEP004",
)
def forbidden_caller_renamed(repo: Repository) -> None:
    repo.append(record_file("SVC-STOCK-001"), "forbidden_callers: [legacy_fx.py, old_fx.py]\n")
    repo.prepend("app/services/legacy_fx.py", "from app.services import stock\n")
    repo.start_here()
    repo.move("app/services/legacy_fx.py", "app/services/old_fx.py")
    repo.commit()
