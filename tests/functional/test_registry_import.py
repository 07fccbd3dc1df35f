"""`registry import`: what documents list becomes records, and nothing that people wrote is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.running import ROOT, Invoke, assert_refused
from tests.support import write_tree

BACKLOG = """\
## Waves

### Wave 2: Services (COMPLETE)

| File | Artifact ID | Purpose | Priority |
|------|-------------|---------|----------|
| `billing.py` | SHOP-BE-SVC-BIL-001 | Answer: what is owed? | P1 |
| `client.py` | SHOP-SDK-PY-CLI-001 | | P2 |
| `nobody.py` | TBD | Has no id | P2 |
| `other.py` | SHOP-BE-SVC-BIL-001 | Has the id of another one | P3 |

### Wave 3: Pages

| File | Artifact ID | Purpose |
|------|-------------|---------|
| `Home.tsx` | SHOP-FE-PG-HOM-001 | Greets |
| `twice.py` | SHOP-BE-SVC-TWI-001 | Has two records |
| `far.py` | SHOP-BE-SVC-FAR-001 | Stands elsewhere |
| `broken.py` | SHOP-BE-SVC-BRK-001 | Cannot be read |
| `page.py` | x/../evil | Is no name |
| `taken.py` | SHOP-BE-SVC-TKN-001 | Its file is another one's |

## Naming Convention

```
SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>

Layers:
- BE: Back end
- FE: Front end
- SDK: Clients

Types:
- SVC: Services
- PG: Pages
```
"""
FILES = {
    "analyzer.toml": 'registry = ["records", "further"]\n',
    "BACKLOG.md": BACKLOG,
    "app/billing.py": "",
    "sdk/a/client.py": "",
    "sdk/b/client.py": "",
    "web/Home.tsx": "",
    "records/pages.yaml": (
        "# The pages.\nartifact_id: SHOP-FE-PG-HOM-001\r\npurpose: 'Says hello'  # to all\r\n"
        "---\nartifact_id: SHOP-FE-PG-OLD-001\n"
    ),
    "records/a.yaml": "artifact_id: SHOP-BE-SVC-TWI-001\n",
    "records/b.yaml": "artifact_id: SHOP-BE-SVC-TWI-001\n",
    "records/broken.yaml": "artifact_id: SHOP-BE-SVC-BRK-001\nname: [\n",
    "records/SHOP-BE-SVC-TKN-001.yaml": "artifact_id: SHOP-BE-SVC-OTH-001\n",
    "further/far.yaml": "artifact_id: SHOP-BE-SVC-FAR-001\n",
}
LEFT_OUT = """\
left out   BACKLOG.md:9: "nobody.py" is listed without an artifact id; give it one
left out   BACKLOG.md:10: SHOP-BE-SVC-BIL-001 is listed at BACKLOG.md:7 already, which counts
left out   BACKLOG.md:17: SHOP-BE-SVC-TWI-001 has two records; at records/b.yaml:1: the id \
SHOP-BE-SVC-TWI-001 is that of records/a.yaml:1 too; this record is not used
left out   BACKLOG.md:18: SHOP-BE-SVC-FAR-001 has a record outside of the folder, at \
further/far.yaml:1; it is left alone
left out   BACKLOG.md:19: the file of SHOP-BE-SVC-BRK-001 cannot be used: records/broken.yaml:3: \
not usable as YAML: did not find expected node content
left out   BACKLOG.md:20: "x/../evil" can be no name of a file; give it another id
left out   BACKLOG.md:21: records/SHOP-BE-SVC-TKN-001.yaml is there and holds another record; \
SHOP-BE-SVC-TKN-001 is not written
"""
IMPORT = ("registry", "import", "BACKLOG.md", "--to", "records")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return tmp_path


def _contents(project: Path) -> dict[str, bytes]:
    return {
        file.relative_to(project).as_posix(): file.read_bytes()
        for file in sorted(project.rglob("*"))
        if file.is_file()
    }


def test_listed_artifacts_get_records_and_the_rest_is_said(project: Path, invoke: Invoke) -> None:
    run = invoke(*IMPORT, cwd=project)
    assert (run.code, run.err) == (1, "")
    assert run.out == (
        "written    records/SHOP-BE-SVC-BIL-001.yaml  SHOP-BE-SVC-BIL-001: "
        "name, type, wave, priority, layer, path, purpose\n"
        "completed  records/pages.yaml  SHOP-FE-PG-HOM-001: name, type, wave, layer, path\n"
        "written    records/SHOP-SDK-PY-CLI-001.yaml  SHOP-SDK-PY-CLI-001: "
        "name, type, wave, priority, layer\n"
        f"{LEFT_OUT}2 written, 1 completed, 0 unchanged, 7 left out\n"
    )
    written = {path: data.decode() for path, data in _contents(project).items()}
    assert {path for path in written if written[path] != FILES.get(path)} == {
        "records/SHOP-BE-SVC-BIL-001.yaml",
        "records/SHOP-SDK-PY-CLI-001.yaml",
        "records/pages.yaml",
    }
    assert written["records/SHOP-BE-SVC-BIL-001.yaml"] == (
        "artifact_id: SHOP-BE-SVC-BIL-001\nname: billing.py\ntype: service\nwave: 2\n"
        "priority: P1\nlayer: BE\npath: app/billing.py\npurpose: 'Answer: what is owed?'\n"
    )
    # Two files bear the name: which one it is, nobody has said.
    assert written["records/SHOP-SDK-PY-CLI-001.yaml"] == (
        "artifact_id: SHOP-SDK-PY-CLI-001\nname: client.py\ntype: sdk-package\nwave: 2\n"
        "priority: P2\nlayer: SDK\n"
    )
    assert written["records/pages.yaml"] == (
        "# The pages.\nartifact_id: SHOP-FE-PG-HOM-001\r\nname: Home.tsx\ntype: page\nwave: 3\n"
        "layer: FE\npath: web/Home.tsx\npurpose: 'Says hello'  # to all\r\n"
        "---\nartifact_id: SHOP-FE-PG-OLD-001\n"
    )


def test_a_second_import_changes_nothing_and_comments_stay(project: Path, invoke: Invoke) -> None:
    invoke(*IMPORT, cwd=project)
    record = project / "records" / "SHOP-BE-SVC-BIL-001.yaml"
    record.write_text("# ours\n" + record.read_text(encoding="utf-8"), encoding="utf-8")
    before = _contents(project)
    run = invoke(*IMPORT, "--format", "json", cwd=project)
    assert json.loads(run.out)["summary"] == {
        "written": 0,
        "completed": 0,
        "unchanged": 3,
        "left_out": 7,
    }
    assert _contents(project) == before


def test_a_dry_run_shows_what_would_change(project: Path, invoke: Invoke) -> None:
    (project / "records" / "pages.yaml").write_text(
        "artifact_id: SHOP-FE-PG-HOM-001\npurpose: Says hello\n", encoding="utf-8"
    )
    before = _contents(project)
    run = invoke(*IMPORT, "--dry-run", cwd=project)
    assert run.out == (
        "--- /dev/null\n"
        "+++ b/records/SHOP-BE-SVC-BIL-001.yaml\n"
        "@@ -0,0 +1,8 @@\n"
        "+artifact_id: SHOP-BE-SVC-BIL-001\n"
        "+name: billing.py\n"
        "+type: service\n"
        "+wave: 2\n"
        "+priority: P1\n"
        "+layer: BE\n"
        "+path: app/billing.py\n"
        "+purpose: 'Answer: what is owed?'\n"
        "--- /dev/null\n"
        "+++ b/records/SHOP-SDK-PY-CLI-001.yaml\n"
        "@@ -0,0 +1,6 @@\n"
        "+artifact_id: SHOP-SDK-PY-CLI-001\n"
        "+name: client.py\n"
        "+type: sdk-package\n"
        "+wave: 2\n"
        "+priority: P2\n"
        "+layer: SDK\n"
        "--- a/records/pages.yaml\n"
        "+++ b/records/pages.yaml\n"
        "@@ -1,2 +1,7 @@\n"
        " artifact_id: SHOP-FE-PG-HOM-001\n"
        "+name: Home.tsx\n"
        "+type: page\n"
        "+wave: 3\n"
        "+layer: FE\n"
        "+path: web/Home.tsx\n"
        " purpose: Says hello\n"
        f"{LEFT_OUT}Would be: 2 written, 1 completed, 0 unchanged, 7 left out\n"
    )
    assert _contents(project) == before


def test_an_id_too_long_for_a_file_keeps_nobody_else_out(tmp_path: Path, invoke: Invoke) -> None:
    rows = "".join(f"| `{id_}.py` | {id_} |\n" for id_ in (f"X-{'A' * 300}-001", "X-B-001"))
    table = f"## Wave 1\n\n| File | ID |\n|-|-|\n{rows}"
    write_tree(tmp_path, {"analyzer.toml": "", "B.md": table})
    run = invoke("registry", "import", "B.md", "--to", "records", cwd=tmp_path)
    assert (run.code, run.err) == (1, "")
    assert f'B.md:5: "X-{"A" * 300}-001" can be no name of a file; give it another id' in run.out
    assert [one.name for one in (tmp_path / "records").iterdir()] == ["X-B-001.yaml"]


def test_the_folder_is_made(tmp_path: Path, invoke: Invoke) -> None:
    write_tree(
        tmp_path,
        {"analyzer.toml": "", "B.md": "## Wave 1\n\n| File | ID |\n|-|-|\n| `a.py` | X-1-001 |\n"},
    )
    run = invoke("registry", "import", "B.md", "--to", "new/records", cwd=tmp_path)
    assert (run.code, run.out) == (
        0,
        (
            "written    new/records/X-1-001.yaml  X-1-001: name, wave\n"
            "1 written, 0 completed, 0 unchanged\n"
        ),
    )
    assert [path.name for path in (tmp_path / "new" / "records").iterdir()] == ["X-1-001.yaml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.md", "--to", "records"], "gone.md: there is no such document"),
        (["app/billing.py", "--to", "records"], "app/billing.py: a backlog is a Markdown file"),
        (["README.md", "--to", "records"], "README.md: lists no artifacts; expected are sections"),
        (["BACKLOG.md", "--to", "analyzer.toml"], "analyzer.toml: this is no folder"),
    ],
)
def test_what_cannot_be_imported(
    arguments: list[str], message: str, project: Path, invoke: Invoke
) -> None:
    (project / "README.md").write_text("# Shop\n", encoding="utf-8")
    assert_refused(invoke("registry", "import", *arguments, cwd=project), message)


def test_two_imports_at_once_write_each_record_once(project: Path) -> None:
    command = [sys.executable, "-m", "analyzer", "--project", str(project), *IMPORT]
    runs = [
        subprocess.Popen(
            [*command[:-3], str(project / "BACKLOG.md"), "--to", str(project / "records")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    answers = sorted(run.communicate()[0].splitlines()[-1] for run in runs)
    assert answers == [
        "0 written, 0 completed, 3 unchanged, 7 left out",
        "2 written, 1 completed, 0 unchanged, 7 left out",
    ]
