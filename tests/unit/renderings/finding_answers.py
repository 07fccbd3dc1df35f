"""Answers of `check` and `review` made by hand: a shop whose orders bypass the registry."""

from __future__ import annotations

from analyzer.model.answers import Affected, Answer, Dependency
from analyzer.model.changes import ChangeSet, FileChange, LineRange
from analyzer.model.findings import Finding
from analyzer.model.imports import Kind, Link, Unscanned, UnscannedReason
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.notification import Concerned, NotificationPlan, Notified
from analyzer.model.registry import Artifact, Origin, Place, Record, Resolution
from analyzer.model.reports import CheckAnswer, Difference, RecordChange, ReviewAnswer
from analyzer.model.rules import RULES
from analyzer.renderings.findings import Findings

ORDERS, MAIL, STOCK = (
    ArtifactId("SHP-SVC-ORD"),
    ArtifactId("SHP-SVC-MAI"),
    ArtifactId("SHP-LIB-STK"),
)


def link(importer: str, imported: str, line: int, text: str) -> Link:
    return Link(ProjectPath(importer), ProjectPath(imported), line, Kind.RUNTIME, text)


def finding(
    code: str,
    path: str,
    line: int | None,
    message: str,
    *,
    artifact: ArtifactId | None = None,
    owner: str | None = None,
    chain: tuple[Link, ...] = (),
    record: Origin | None = None,
    source: str | None = None,
    subject: str = "",
) -> Finding:
    rule = RULES[code]
    return Finding(
        code=code,
        name=rule.name,
        severity=rule.severity,
        message=message,
        path=ProjectPath(path),
        line=line,
        artifact=artifact,
        owner=owner,
        chain=chain,
        subject=subject or message,
        record=record,
        source=source,
    )


def dependency(
    dependent: ArtifactId, depends_on: ArtifactId, chain: tuple[Link, ...]
) -> Dependency:
    return Dependency(dependent, depends_on, (Kind.RUNTIME,), chain)


RAISED = Origin(ProjectPath("registry/mail.yaml"), 5)
TAX = link("app/orders.py", "app/tax.py", 3, "from app.tax import rate")
UNREGISTERED = finding(
    "DEP001",
    "app/orders.py",
    3,
    "SHP-SVC-ORD imports app/tax.py, which no record covers",
    artifact=ORDERS,
    owner="sales",
    chain=(TAX,),
    record=Origin(ProjectPath("registry/orders.yaml"), 2),
    source="    from app.tax import rate  # später",
)
OUT, BACK = (
    link("app/mail.py", "app/orders.py", 1, "from app import orders"),
    link("app/orders.py", "app/mail.py", 4, "from app.mail import send"),
)
CYCLE = finding(
    "DEP005",
    "app/mail.py",
    1,
    "SHP-SVC-MAI and SHP-SVC-ORD depend on each other",
    artifact=MAIL,
    owner="ops",
    chain=(OUT, BACK),
    record=Origin(ProjectPath("registry/mail.yaml"), 1),
    source="from app import orders",
)
NEW_FILE = finding("REG006", "app/tax.py", None, "no record covers this module")
GONE = finding(
    "REG003", "registry/old.yaml", 1, "there is no file app/old.py", artifact=ArtifactId("SHP-OLD")
)
UNREAD = Unscanned(ProjectPath("app/half.py"), 7, UnscannedReason.SYNTAX_ERROR, "invalid syntax")


def _artifact(id_: ArtifactId, owner: str | None) -> Artifact:
    record = Record(id=id_, origin=Origin(ProjectPath("registry/x.yaml"), 1), owner=owner)
    return Artifact(record, Place(Resolution.PATH, (ProjectPath("app/x.py"),)))


def check_answer(*findings: Finding, baselined: int = 0) -> Answer[Findings]:
    return Answer("check", CheckAnswer(findings, baselined=baselined), ())


def review_answer() -> Answer[Findings]:
    """Orders import an unregistered file, and the mail service that imports them."""
    to_mail = dependency(ORDERS, MAIL, (BACK,))
    to_stock = dependency(
        ORDERS, STOCK, (link("app/orders.py", "app/stock.py", 2, "import stock"),)
    )
    from_mail = dependency(MAIL, ORDERS, (OUT,))
    body = ReviewAnswer(
        base="0123456789abcdef0123456789abcdef01234567",
        head="fedcba9876543210fedcba9876543210fedcba98",
        is_clean=False,
        findings=(CYCLE, UNREGISTERED, NEW_FILE),
        baselined=2,
        mended=(GONE,),
        added=Difference(dependencies=(to_mail,), modules=(ProjectPath("app/tax.py"),)),
        removed=Difference(dependencies=(to_stock,), artifacts=(ArtifactId("SHP-OLD"),)),
        kept=(from_mail,),
        records=(
            RecordChange(
                MAIL,
                "authority_level",
                Origin(ProjectPath("registry/mail.yaml"), 5),
                "observe",
                None,
            ),
        ),
        changes=ChangeSet(
            files=(
                FileChange(ProjectPath("app/orders.py"), ProjectPath("app/orders.py")),
                FileChange(None, ProjectPath("app/tax.py")),
            ),
            lines={
                ProjectPath("app/orders.py"): (LineRange(3, 4),),
                ProjectPath("app/tax.py"): (LineRange(1, 9),),
            },
        ),
        affected=(
            Affected(_artifact(MAIL, "ops"), 1, (OUT,)),
            Affected(_artifact(ArtifactId("SHP-API-BUY"), None), 2, (OUT,)),
        ),
        plan=NotificationPlan(
            approve=(
                Notified(
                    "ops",
                    ("@acme/ops", "ops"),
                    (Concerned(ORDERS, 0, "enforce"), Concerned(MAIL, 1, "mutate")),
                ),
            ),
            inform=(
                Notified(None, ("@left",), (Concerned(ArtifactId("SHP-API-BUY"), 2, "observe"),)),
            ),
        ),
    )
    return Answer("review", body, (UNREAD,))
