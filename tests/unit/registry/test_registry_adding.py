"""New records, and the files that they are written into."""

from __future__ import annotations

from pathlib import Path

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.registry.adding import NewRecord, Target, add_records
from analyzer.registry.loading import load_registry

PRICES = ProjectPath("prices.py")
FIELDS = {
    "name": "prices.py",
    "type": "service",
    "status": "active",
    "owner": "sales",
    "purpose": "Prices",
    "authority_level": "observe",
    "execution_surface": "server",
}


def test_a_record_outside_of_the_project_is_called_as_when_it_is_read(tmp_path: Path) -> None:
    project, folder = tmp_path / "project", tmp_path / "registry"
    project.mkdir()
    new = NewRecord(ArtifactId("SHOP-BE-SVC-PRC-001"), True, PRICES, (PRICES,), FIELDS)
    (written,) = add_records([new], Target(project, "shop", (folder,), {}))
    (read,) = load_registry(locations=[folder], project=project).records
    assert written.file == read.origin.path == "../registry/SHOP-BE-SVC-PRC-001.yaml"
    assert (folder / "SHOP-BE-SVC-PRC-001.yaml").read_text(encoding="utf-8") == written.text
