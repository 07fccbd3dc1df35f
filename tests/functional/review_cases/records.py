"""Records, and what else the registry and the configuration say."""

from __future__ import annotations

from tests.functional.review_cases.case import SELECT, Parts, case
from tests.functional.review_cases.modules import AROUND_STOCK, STOCK, STOCK_RECORD
from tests.functional.review_cases.repository import Repository
from tests.functional.review_cases.shop import CODE, RECORDS, record_file, service

GHOST_RECORD = record_file("SVC-GHOST-001")
# The stock without a record: its users reach the money through code of no artifact.
STOCK_UNREGISTERED = (
    "error DEP001 app/services/audit.py:1 SVC-AUDIT-001",
    "error DEP001 app/services/orders.py:1 SVC-ORDERS-001",
    # Not an error: the change does not bring the module in.
    "warning REG006 app/services/stock.py",
)
PAST_STOCK = ("SVC-AUDIT-001 -> LIB-MONEY-001", "SVC-ORDERS-001 -> LIB-MONEY-001")


@case(
    findings=STOCK_UNREGISTERED,
    added=Parts(dependencies=PAST_STOCK),
    removed=Parts(dependencies=AROUND_STOCK, artifacts=["SVC-STOCK-001"]),
)
def record_deleted(repo: Repository) -> None:
    repo.delete(STOCK_RECORD)
    repo.commit()


@case(
    findings=[*STOCK_UNREGISTERED, "error REG001 registry/svc-stock-001.yaml:4"],
    added=Parts(dependencies=PAST_STOCK),
    removed=Parts(dependencies=AROUND_STOCK, artifacts=["SVC-STOCK-001"]),
)
def record_broken(repo: Repository) -> None:
    repo.edit(STOCK_RECORD, "type: service", "type: [service")
    repo.commit()


@case(records=["SVC-STOCK-001 authority_level: observe -> mutate"])
def level_raised(repo: Repository) -> None:
    repo.edit(STOCK_RECORD, "authority_level: observe", "authority_level: mutate")
    repo.commit()


@case(
    findings=[
        "warning AUT001 app/services/audit.py:1 SVC-AUDIT-001",
        "warning AUT001 app/services/orders.py:1 SVC-ORDERS-001",
    ],
    records=[
        "API-ORDERS-001 authority_level: observe -> mutate",
        "API-PAYMENTS-001 authority_level: observe -> mutate",
        "SCR-NIGHTLY-001 authority_level: observe -> mutate",
        "SVC-APP-001 authority_level: observe -> mutate",
        "SVC-PAYMENTS-001 authority_level: observe -> mutate",
        "SVC-STOCK-001 authority_level: observe -> mutate",
        "WKR-MAILER-001 authority_level: observe -> mutate",
    ],
    select="DEP001,AUT001",
)
def level_raised_of_what_observers_reach(repo: Repository) -> None:
    """The stock may mutate now, and of those who reach it only two still say that they observe."""
    for id_ in (
        "API-ORDERS-001", "API-PAYMENTS-001", "SCR-NIGHTLY-001", "SVC-APP-001",
        "SVC-PAYMENTS-001", "SVC-STOCK-001", "WKR-MAILER-001",
    ):  # fmt: skip
        repo.edit(record_file(id_), "authority_level: observe", "authority_level: mutate")
    repo.commit()


@case(
    findings=["error REG001 registry/svc-stock-001.yaml:7 SVC-STOCK-001"],
    records=["SVC-STOCK-001 authority_level: observe -> root"],
)
def level_that_does_not_exist(repo: Repository) -> None:
    repo.edit(STOCK_RECORD, "authority_level: observe", "authority_level: root")
    repo.commit()


@case(records=["SVC-STOCK-001 owner: team -> depot"])
def owner_changed(repo: Repository) -> None:
    repo.edit(STOCK_RECORD, "owner: team", "owner: depot")
    repo.commit()


@case(records=["SVC-ORDERS-001 owner: team -> depot", "SVC-GHOST-001 owner: team -> depot"])
def owner_of_an_old_debt_changed(repo: Repository) -> None:
    """The debt has another owner; it is no new one."""
    repo.edit(record_file("SVC-ORDERS-001"), "owner: team", "owner: depot")
    repo.edit(GHOST_RECORD, "owner: team", "owner: depot")
    repo.commit()


@case(
    findings=["error OWN001 registry/svc-stock-001.yaml:1 SVC-STOCK-001"],
    records=["SVC-STOCK-001 owner: team -> -"],
    select=f"{SELECT},OWN001",
)
def owner_removed(repo: Repository) -> None:
    repo.edit(STOCK_RECORD, "owner: team\n", "")
    repo.commit()


@case()
def record_moved_to_another_folder(repo: Repository) -> None:
    """With its two debts."""
    repo.move(GHOST_RECORD, "registry/services/ghost.yaml")
    repo.commit()


@case()
def records_put_into_one_file(repo: Repository) -> None:
    """No rename that git would see; a record is known by its id."""
    records = [GHOST_RECORD, STOCK_RECORD, record_file("SVC-AUDIT-001")]
    repo.write("registry/all.yaml", "---\n".join(repo.read(one) for one in records))
    repo.delete(*records)
    repo.commit()


@case()
def whole_registry_moved(repo: Repository) -> None:
    """And the configuration says where it is now."""
    repo.move("registry", "docs/records")
    repo.edit("analyzer.toml", '"registry"', '"docs/records"')
    repo.commit()


@case()
def scope_widened(repo: Repository) -> None:
    """What is old stays old, also where nobody asked for it before."""
    repo.append("analyzer.toml", '\n[scope]\ninclude = ["**"]\n')
    repo.commit()


@case()
def scope_narrowed(repo: Repository) -> None:
    """Not to be asked for a record any more mends nothing."""
    repo.append("analyzer.toml", '\n[scope]\nexclude = ["**/legacy_*.py"]\n')
    repo.commit()


@case(findings=["error REG002 registry/zz-copy.yaml:1 SVC-STOCK-001"])
def id_given_twice(repo: Repository) -> None:
    repo.write("registry/zz-copy.yaml", repo.read(STOCK_RECORD))
    repo.commit()


@case(
    findings=["warning REG005 registry/refunds.yaml:1 svc_refunds"],
    added=Parts(artifacts=["svc_refunds"], modules=["app/services/refunds.py"]),
)
def id_against_the_convention(repo: Repository) -> None:
    repo.write("app/services/refunds.py", "")
    repo.write("registry/refunds.yaml", service("svc_refunds", "app/services/refunds.py"))
    repo.commit()


@case(
    # The file is still called after the old one.
    findings=["warning REG005 registry/svc-stock-001.yaml:1 SVC-INVENTORY-001"],
    added=Parts(
        artifacts=["SVC-INVENTORY-001"],
        dependencies=[one.replace("STOCK", "INVENTORY") for one in AROUND_STOCK],
    ),
    removed=Parts(artifacts=["SVC-STOCK-001"], dependencies=AROUND_STOCK),
)
def artifact_gets_another_id(repo: Repository) -> None:
    repo.edit(STOCK_RECORD, "artifact_id: SVC-STOCK-001", "artifact_id: SVC-INVENTORY-001")
    repo.commit()


@case(
    added=Parts(
        dependencies=[
            # Through its own code of another name: the auditor's file is the stock's now.
            "SCR-NIGHTLY-001 -> SVC-STOCK-001",
            "SVC-AUDIT-001 -> LIB-MONEY-001",
            "SVC-ORDERS-001 -> SVC-AUDIT-001",
            "SVC-STOCK-001 -> SVC-AUDIT-001",
        ]
    ),
    removed=Parts(
        dependencies=[
            "SCR-NIGHTLY-001 -> SVC-AUDIT-001",
            "SVC-AUDIT-001 -> SVC-STOCK-001",
            "SVC-ORDERS-001 -> SVC-STOCK-001",
            "SVC-STOCK-001 -> LIB-MONEY-001",
        ]
    ),
)
def two_artifacts_swap_places(repo: Repository) -> None:
    """In their records only: each stands for the other's code now."""
    audit = "app/services/audit.py"
    repo.edit(STOCK_RECORD, f"path: {STOCK}", f"path: {audit}")
    repo.edit(record_file("SVC-AUDIT-001"), f"path: {audit}", f"path: {STOCK}")
    repo.commit()


@case(
    findings=["error REG004 registry/scr-nightly-001.yaml:2 SCR-NIGHTLY-001"],
    added=Parts(modules=["tools/nightly report.py"]),
    removed=Parts(dependencies=["SCR-NIGHTLY-001 -> SVC-AUDIT-001"]),
)
def new_file_makes_a_record_ambiguous(repo: Repository) -> None:
    """The record stands as it did; it names no path, and now two files bear its name."""
    repo.write("tools/nightly report.py", "")
    repo.commit()


@case(
    findings=["warning REG006 tools/load.py"],
    added=Parts(artifacts=["SCR-SEED-001"]),
)
def first_record_of_a_folder(repo: Repository) -> None:
    """It takes its neighbours into the scope, which the change does not bring in: no error."""
    seed = service("SCR-SEED-001", "tools/seed.py", type="script", execution_surface="cli")
    repo.write(record_file("SCR-SEED-001"), seed)
    repo.commit()


@case(
    findings=[
        "error DEP001 app/services/orders.py:2 SVC-ORDERS-001",
        "error REG001 registry/svc-ghost-001.yaml:4 SVC-GHOST-001",
        "error REG003 registry/svc-ghost-001.yaml:9 SVC-GHOST-001",
        "warning REG006 app/services/legacy_fx.py",
        "warning REG006 app/services/legacy_tax.py",
    ],
    added=Parts(
        dependencies=[
            "API-ORDERS-001 -> SVC-ORDERS-001",
            "API-PAYMENTS-001 -> SVC-PAYMENTS-001",
            "SCR-NIGHTLY-001 -> SVC-AUDIT-001",
            "SVC-APP-001 -> API-ORDERS-001",
            "SVC-APP-001 -> API-PAYMENTS-001",
            "SVC-AUDIT-001 -> SVC-STOCK-001",
            "SVC-ORDERS-001 -> SVC-STOCK-001",
            "SVC-PAYMENTS-001 -> LIB-MONEY-001",
            "SVC-PAYMENTS-001 -> SVC-ORDERS-001",
            "SVC-STOCK-001 -> LIB-MONEY-001",
            "WKR-MAILER-001 -> SVC-ORDERS-001",
        ],
        artifacts=[path[9:-5].upper() for path in RECORDS],
    ),
)
def registry_added_in_the_change(repo: Repository) -> None:
    """There were neither records nor a configuration: every debt is one that the change brings."""
    kept = {path: repo.read(path) for path in (*RECORDS, "analyzer.toml")}
    repo.delete(*kept)
    repo.start_here()
    assert repo.git("ls-files", "--", "*.py").count("\n") + 1 == len(CODE)
    for path, text in kept.items():
        repo.write(path, text)
    repo.commit()
