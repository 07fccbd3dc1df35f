"""Branches, merges, reverts; submodules, worktrees, and a project below its repository's root."""

from __future__ import annotations

from pathlib import Path

from tests.functional.review_cases.case import Parts, case
from tests.functional.review_cases.modules import STOCK, add_refunds
from tests.functional.review_cases.repository import Repository
from tests.functional.review_cases.shop import record_file, service
from tests.functional.review_cases.states import REFUNDS_ADDED, REFUNDS_FOUND

RATES = "app/services/rates.py"
RATES_FOUND = (
    "error DEP001 app/services/audit.py:2 SVC-AUDIT-001",
    "warning REG006 app/services/rates.py",
)


def diverge(repo: Repository) -> None:
    """The refunds come on a branch; meanwhile `main` brings in rates that nobody registered."""
    repo.git("switch", "-q", "-c", "feature")
    add_refunds(repo)
    repo.commit("Refunds")
    repo.git("switch", "-q", "main")
    repo.write(RATES, "")
    repo.edit(
        "app/services/audit.py", "import stock\n", "import stock\nfrom app.services import rates\n"
    )
    repo.commit("Rates")
    repo.git("switch", "-q", "feature")
    repo.base = "main"


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def merge_commit(repo: Repository) -> None:
    """The branch has merged `main`: what came from there is not its own."""
    diverge(repo)
    repo.git("merge", "-q", "--no-edit", "main")


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED, options=["--merge-base"])
def branch_seen_from_where_it_began(repo: Repository) -> None:
    diverge(repo)


@case(
    findings=REFUNDS_FOUND,
    mended=RATES_FOUND,
    added=REFUNDS_ADDED,
    removed=Parts(modules=[RATES]),
)
def branch_seen_from_the_end_of_another(repo: Repository) -> None:
    """Without `--merge-base` the other end is what it is today."""
    diverge(repo)


@case(
    mended=[REFUNDS_FOUND[0], "warning REG006 app/services/refunds.py"],
    removed=REFUNDS_ADDED,
)
def change_reverted(repo: Repository) -> None:
    add_refunds(repo)
    repo.start_here()
    repo.git("revert", "--no-edit", "HEAD")


@case(
    findings=["warning SCN001 app/services/stock.py:10 SVC-STOCK-001"],
    unscanned=[STOCK],
)
def conflict_in_progress(repo: Repository) -> None:
    """Half of a merge: three versions of a file in the index, their marks in the work tree."""
    repo.git("switch", "-q", "-c", "feature")
    repo.edit(STOCK, "worth", "worth in all")
    repo.commit()
    repo.git("switch", "-q", "main")
    repo.edit(STOCK, "worth", "worth today")
    repo.commit()
    repo.git("merge", "-q", "feature", check=False)
    assert repo.read(STOCK).splitlines()[9].startswith("<<<<<<<")


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def linked_worktree(repo: Repository) -> None:
    repo.git("worktree", "add", "-q", "-b", "feature", "../linked")
    repo.root = repo.project = repo.root.parent / "linked"
    add_refunds(repo)


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def branch_that_is_called_like_a_folder(repo: Repository) -> None:
    repo.git("branch", "app")
    repo.base = "app"
    add_refunds(repo)
    repo.commit()


def move_below(repo: Repository) -> None:
    """The shop is one of several systems in a repository."""
    for path in sorted(repo.root.iterdir()):
        if path.name != ".git":
            repo.move(path.name, f"systems/shop/{path.name}")
    repo.write("systems/bank/rates.py", "RATES = ()\n" * 9)
    repo.project = repo.root / "systems/shop"
    repo.start_here()


@case(findings=REFUNDS_FOUND, added=REFUNDS_ADDED)
def project_below_the_root(repo: Repository) -> None:
    """Paths are relative to the project; what happens beside it is none of its business."""
    move_below(repo)
    add_refunds(repo)
    repo.write("../bank/broken.py", "def (:\n")
    repo.write("../../app/services/refunds.py", "")
    repo.write("../../registry/broken.yaml", "artifact_id: [\n")
    repo.commit()


@case(findings=["error REG006 app/services/rates.py"], added=Parts(modules=[RATES]))
def file_moved_into_the_project(repo: Repository) -> None:
    move_below(repo)
    repo.git("mv", "../bank/rates.py", RATES)


LIB = "libs/rates/rates.py"


def add_submodule(repo: Repository) -> None:
    """A repository in the repository, with a record for its only module."""
    files = {"rates.py": "RATES = ()\n", "py.typed": ""}
    library = Repository.start(repo.root.parent / "library", files)
    repo.git("submodule", "add", "-q", str(library.root), "libs/rates")
    repo.write(record_file("LIB-RATES-001"), service("LIB-RATES-001", LIB, type="library"))
    repo.commit()


@case(added=Parts(artifacts=["LIB-RATES-001"], modules=[LIB]))
def submodule_added(repo: Repository) -> None:
    add_submodule(repo)


@case()
def submodule_unchanged(repo: Repository) -> None:
    add_submodule(repo)
    repo.start_here()
    repo.append("README.md", "More.\n")
    repo.commit()


@case(findings=["error REG006 libs/rates/fx.py"], added=Parts(modules=["libs/rates/fx.py"]))
def submodule_bumped(repo: Repository) -> None:
    add_submodule(repo)
    repo.start_here()
    inner = Repository(repo.project / "libs/rates")
    inner.write("fx.py", "")
    inner.commit()
    repo.commit()


@case(findings=["error REG006 libs/rates/fx.py"], added=Parts(modules=["libs/rates/fx.py"]))
def submodule_with_an_untracked_file(repo: Repository) -> None:
    add_submodule(repo)
    repo.start_here()
    repo.write("libs/rates/fx.py", "")


@case(removed=Parts(artifacts=["LIB-RATES-001"], modules=[LIB]))
def submodule_removed(repo: Repository) -> None:
    """Its folder is gone; git keeps what was in it."""
    add_submodule(repo)
    repo.start_here()
    repo.git("rm", "-q", "libs/rates")
    repo.delete(record_file("LIB-RATES-001"))
    repo.commit()


@case(added=Parts(modules=["libs/prices/rates.py"]), removed=Parts(modules=[LIB]))
def submodule_moved(repo: Repository) -> None:
    """Its record follows; not a file of it has changed."""
    add_submodule(repo)
    repo.start_here()
    repo.git("mv", "libs/rates", "libs/prices")
    path = "libs/prices/rates.py"
    repo.write(record_file("LIB-RATES-001"), service("LIB-RATES-001", path, type="library"))
    repo.commit()


@case(added=Parts(modules=["libs/rates/fx.py"]), findings=["error REG006 libs/rates/fx.py"])
def submodule_became_a_folder(repo: Repository) -> None:
    """Its files are the project's own now, and one is new."""
    add_submodule(repo)
    repo.start_here()
    text = Path(repo.project, LIB).read_text(encoding="utf-8")
    repo.git("rm", "-q", "libs/rates")
    repo.write(LIB, text)
    repo.write("libs/rates/fx.py", "")
    repo.commit()


@case()
def submodule_not_checked_out(repo: Repository) -> None:
    """As CI clones by default: what is missing at both ends is no change."""
    add_submodule(repo)
    repo.start_here()
    clone = repo.root.parent / "clone"
    repo.git("clone", "-q", str(repo.root), str(clone))
    repo.root = repo.project = clone
    repo.append("README.md", "More.\n")
    assert not Path(clone, LIB).exists()


@case()
def shallow_clone_that_has_the_base(repo: Repository) -> None:
    repo.append("README.md", "More.\n")
    repo.commit()
    clone = repo.root.parent / "clone"
    repo.git("clone", "-q", "--depth", "2", repo.root.as_uri(), str(clone))
    repo.root = repo.project = clone
    repo.base = "HEAD~1"
