"""What is committed, staged, changed, untracked, ignored; and what only git takes for a change."""

from __future__ import annotations

from tests.functional.review_cases.case import Parts, case
from tests.functional.review_cases.modules import REFUNDS, STOCK, add_refunds
from tests.functional.review_cases.repository import Repository

REFUNDS_FOUND = (
    "error DEP001 app/api/payments.py:3 API-PAYMENTS-001",
    "error REG006 app/services/refunds.py",
)
REFUNDS_ADDED = Parts(dependencies=["API-PAYMENTS-001 -> LIB-MONEY-001"], modules=[REFUNDS])


@case()
def nothing_changed(repo: Repository) -> None:
    """The base is the commit that is checked out, and the work tree is as it says."""


@case()
def nothing_changed_but_three_hundred_old_findings(repo: Repository) -> None:
    for number in range(150):
        repo.write(f"app/services/old_{number}.py", "")
        repo.append("app/console/menu.py", f"from app.services import old_{number}\n")
    repo.start_here()
    repo.append("README.md", "More.\n")
    repo.commit()


@case()
def commit_without_a_change(repo: Repository) -> None:
    repo.commit()


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def uncommitted_and_untracked(repo: Repository) -> None:
    add_refunds(repo)


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def staged_only(repo: Repository) -> None:
    add_refunds(repo)
    repo.git("add", "--all")


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def meant_to_be_added(repo: Repository) -> None:
    add_refunds(repo)
    repo.git("add", "--intent-to-add", REFUNDS)


@case()
def staged_and_then_taken_back(repo: Repository) -> None:
    """What counts is the work tree, not the index."""
    before = repo.read("app/api/payments.py")
    add_refunds(repo)
    repo.git("add", "--all")
    repo.delete(REFUNDS)
    repo.write("app/api/payments.py", before)


@case(findings=["error DEP001 app/api/payments.py:4 API-PAYMENTS-001"])
def staged_and_then_changed(repo: Repository) -> None:
    before = repo.read("app/api/payments.py")
    add_refunds(repo)
    repo.git("add", "--all")
    repo.delete(REFUNDS)
    fx = "import payments\nfrom app.services import legacy_fx\n"
    repo.write("app/api/payments.py", before.replace("import payments\n", fx))


@case()
def taken_out_of_the_index(repo: Repository) -> None:
    """The file is still there."""
    repo.git("rm", "-q", "--cached", STOCK)


@case()
def change_in_the_stash(repo: Repository) -> None:
    add_refunds(repo)
    repo.git("stash", "push", "-q", "--include-untracked")


@case()
def ignored_file(repo: Repository) -> None:
    repo.append(".gitignore", "local_*.py\n")
    repo.write("app/services/local_fx.py", "from app.services import legacy_fx\n")
    repo.commit()


@case(
    findings=["error REG006 app/services/local_fx.py"],
    added=Parts(modules=["app/services/local_fx.py"]),
)
def ignored_file_added_by_force(repo: Repository) -> None:
    ignored_file(repo)
    repo.git("add", "--force", "app/services/local_fx.py")
    repo.commit()


@case()
def tracked_though_ignored(repo: Repository) -> None:
    """An ignored file that git tracks is there, at both ends."""
    repo.append(".gitignore", "stock.py\nlegacy_*.py\n")
    repo.start_here()
    repo.append("README.md", "More.\n")
    repo.commit()


@case()
def made_executable_only(repo: Repository) -> None:
    for path in (STOCK, "scripts/nightly report.py", "app/services/legacy_tax.py"):
        (repo.project / path).chmod(0o755)
    repo.commit()


@case()
def line_endings_of_windows(repo: Repository) -> None:
    for path in repo.git("ls-files").splitlines():
        repo.write(path.strip('"'), repo.read(path.strip('"')).replace("\n", "\r\n"))
    repo.commit()


@case()
def line_endings_changed_by_git(repo: Repository) -> None:
    """LF in the commit, CRLF in the work tree, and git calls that unchanged."""
    repo.write(".gitattributes", "* text eol=crlf\n")
    repo.start_here()
    repo.delete(STOCK, "registry/svc-stock-001.yaml", "app/services/orders.py")
    repo.git("checkout", "-q", "--", ".")
    assert "\r\n" in repo.read(STOCK)
    assert repo.git("status", "--porcelain") == ""


@case()
def left_out_of_archives(repo: Repository) -> None:
    """What `git archive` leaves out is in the commit all the same."""
    repo.write(".gitattributes", "app/services/** export-ignore\nregistry/** export-subst\n")
    repo.start_here()
    repo.append("README.md", "More.\n")
    repo.commit()


@case(
    added=Parts(modules=["app/services/fx_rules.py", "app/services/tax_rules.py"]),
    removed=Parts(modules=["app/services/legacy_fx.py", "app/services/legacy_tax.py"]),
)
def renames_where_git_is_set_up_in_its_own_way(repo: Repository) -> None:
    """People's settings change what they see of git, not what a review finds."""
    for key, value in {
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "diff.external": "false",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.relative": "true",
        "diff.algorithm": "patience",
        "diff.context": "0",
        "diff.ignoreSubmodules": "all",
        "color.ui": "always",
        "core.quotePath": "true",
        "status.showUntrackedFiles": "no",
    }.items():
        repo.git("config", key, value)
    for name in ("fx", "tax"):
        repo.move(f"app/services/legacy_{name}.py", f"app/services/{name}_rules.py")
        repo.append(f"app/services/{name}_rules.py", "\n# Not as it was.\n")
    repo.edit("app/services/orders.py", "legacy_tax", "tax_rules")


ODD = (
    "app/services/-x.py",
    "app/services/:(glob)x.py",
    "app/services/[a]*.py",
    "app/services/caf\u00e9.py",
    'app/services/it\'s "so".py',
    "app/services/tab\there.py",
    "app/services/two\nlines.py",
)


@case(
    findings=[f"error REG006 {path}" for path in ODD],
    added=Parts(modules=ODD),
)
def new_files_with_odd_names(repo: Repository) -> None:
    """Some committed, some not."""
    for path in ODD[::2]:
        repo.write(path, "")
    repo.commit()
    for path in ODD[1::2]:
        repo.write(path, "")


@case(
    findings=["error REG006 app/services/:(glob)x.py"],
    mended=["warning REG006 app/services/-x.py"],
    added=Parts(modules=['app/services/a "new"\nname.py', "app/services/:(glob)x.py"]),
    removed=Parts(modules=["app/services/two\nlines.py", "app/services/-x.py"]),
)
def files_with_odd_names_changed(repo: Repository) -> None:
    """One is renamed, one goes, one comes, the others stay; one has no name in Unicode at all."""
    for number, path in enumerate(ODD):
        if path != "app/services/:(glob)x.py":
            repo.write(path, f"NUMBER = {number}\n" * 5)
    repo.write("tools/caf\udce9.txt", "")
    repo.start_here()
    repo.move("app/services/two\nlines.py", 'app/services/a "new"\nname.py')
    repo.delete("app/services/-x.py")
    repo.write("app/services/:(glob)x.py", "")
    repo.append("app/services/[a]*.py", "NUMBER = 9\n")
    repo.commit()


@case(
    findings=["warning SCN001 app/services/orders.py:15 SVC-ORDERS-001"],
    unscanned=["app/services/orders.py"],
)
def broken_file(repo: Repository) -> None:
    """Its debt and its dependencies can no longer be seen; nobody may say that they are gone."""
    repo.append("app/services/orders.py", "\n\ndef broken(:\n")
    repo.commit()


@case(
    findings=REFUNDS_FOUND,
    added=REFUNDS_ADDED,
    unscanned=["tools/load.py"],
)
def file_broken_at_both_ends(repo: Repository) -> None:
    repo.append("tools/load.py", "def broken(:\n")
    repo.start_here()
    repo.prepend("tools/load.py", "# It is broken.\n")
    add_refunds(repo)
    repo.commit()


@case(
    findings=["error DEP001 app/workers/mailer.py:2 WKR-MAILER-001"],
    mended=["warning SCN001 app/workers/mailer.py:6 WKR-MAILER-001"],
    added=Parts(dependencies=["WKR-MAILER-001 -> SVC-ORDERS-001"]),
)
def file_broken_at_the_base(repo: Repository) -> None:
    """What it imports is seen for the first time now."""
    whole = repo.read("app/workers/mailer.py")
    repo.append("app/workers/mailer.py", "def broken(:\n")
    repo.start_here()
    fx = "import orders\nfrom app.services import legacy_fx\n"
    repo.write("app/workers/mailer.py", whole.replace("import orders\n", fx))
    repo.commit()
