"""The generated trees: the same bytes for the same seed, and shaped like real code."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from benchmarks.generate import GeneratedTree, generate_tree, main

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> GeneratedTree:
    target = tmp_path_factory.mktemp("generated")
    return generate_tree(target, modules=300, seed=1, records=40)


def digest(root: Path) -> str:
    """Paths and bytes of everything in a tree."""
    result = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        result.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return result.hexdigest()


def count_fan_in(tree: GeneratedTree) -> Counter[str]:
    """How often each module is imported; what a package re-exports counts for the package."""
    modules = {path.removesuffix(".py").replace("/", ".") for path in tree.modules}
    modules |= {name.removesuffix(".__init__") for name in modules}
    fan_in: Counter[str] = Counter()
    for path in tree.modules:
        package = path.split("/")[:-1]
        for node in ast.walk(ast.parse((tree.root / path).read_bytes())):
            if isinstance(node, ast.Import):
                fan_in.update(alias.name for alias in node.names if alias.name in modules)
            elif isinstance(node, ast.ImportFrom):
                start = package[: len(package) - node.level + 1] if node.level else []
                source = ".".join([*start, *([node.module] if node.module else [])])
                for name in {f"{source}.{alias.name}" for alias in node.names}:
                    fan_in.update([name] if name in modules else [source] * (source in modules))
    return fan_in


def test_same_seed_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    options = ["--modules", "120", "--seed", "7", "--records", "10", "--broken", "12"]
    digests = set()
    for hash_seed in ("0", "1"):
        target = tmp_path / hash_seed
        subprocess.run(
            [sys.executable, "-m", "benchmarks.generate", str(target), *options],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
        )
        digests.add(digest(target))
    generate_tree(tmp_path / "here", modules=120, seed=7, records=10, broken=12)
    digests.add(digest(tmp_path / "here"))
    assert len(digests) == 1


def test_another_seed_gives_another_tree(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate_tree(tmp_path / str(seed), modules=20, seed=seed, records=2)
    assert digest(tmp_path / "1") != digest(tmp_path / "2")


@pytest.mark.parametrize("modules", [20, 57, 300])
def test_counts_are_as_asked(tmp_path: Path, modules: int) -> None:
    tree = generate_tree(tmp_path, modules=modules, seed=3, records=modules // 10)
    on_disk = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.py"))
    assert list(tree.modules) == on_disk
    assert len(on_disk) == modules
    assert sum(path.startswith("tests/") for path in on_disk) == round(modules * 0.15)
    assert len(list((tmp_path / "registry_data").glob("*.yaml"))) == modules // 10
    assert {path.split("/")[0] for path in on_disk} == set(tree.packages)


def test_every_folder_is_a_package_and_every_module_compiles(tree: GeneratedTree) -> None:
    for path in tree.modules:
        assert str(Path(path).with_name("__init__.py")) in tree.modules
        compile((tree.root / path).read_bytes(), path, "exec")


def test_every_import_leads_to_a_module_and_never_to_a_higher_package(tree: GeneratedTree) -> None:
    layers = {name: layer for layer, name in enumerate(tree.packages)}
    pattern = re.compile(rf"^ *(?:from|import) ((?:{'|'.join(tree.packages)})[\w.]*)", re.MULTILINE)
    checked = 0
    for path in tree.modules:
        for name in pattern.findall((tree.root / path).read_text(encoding="utf-8")):
            place = tree.root.joinpath(*name.split("."))
            assert place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()
            assert layers[name.split(".")[0]] <= layers[path.split("/")[0]]
            checked += 1
    assert checked > len(tree.modules)


def test_a_few_modules_receive_most_imports(tree: GeneratedTree) -> None:
    fan_in = count_fan_in(tree)
    top = sum(count for _, count in fan_in.most_common(len(tree.modules) // 20))
    assert top > 0.3 * fan_in.total()
    assert len(fan_in) < 0.8 * len(tree.modules)


def test_imports_come_in_all_the_ways_that_people_write_them(tree: GeneratedTree) -> None:
    text = "\n".join((tree.root / path).read_text(encoding="utf-8") for path in tree.modules)
    for pattern in (
        r"^from core\.",
        r"^from \.\w",
        r"^from \.\.",
        r"^from \. import",
        r"^import core\.",
        r"^    from core\.",
        r"^if TYPE_CHECKING:\n    from",
        r"^try:\n    from .*\nexcept ImportError",
        r"^import json",
        r"^import httpx",
        r"^__all__",
    ):
        assert re.search(pattern, text, re.MULTILINE), pattern


def test_records_say_where_they_stand(tree: GeneratedTree) -> None:
    ids = set()
    for path in (tree.root / "registry_data").iterdir():
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        ids.add(record["artifact_id"])
        assert record["artifact_id"] == path.stem
        assert record["path"] in tree.modules
        assert record["name"] == record["path"].rpartition("/")[2]
        assert record["wave"] in {1, 2, 3, 4}
        assert set(record["traceability"]) == {"product", "console", "domain"}
    assert sorted(ids) == list(tree.records)


def test_broken_modules_are_the_only_difference(tree: GeneratedTree, tmp_path: Path) -> None:
    broken = generate_tree(tmp_path, modules=300, seed=1, records=40, broken=12)
    changed = [
        path
        for path in tree.modules
        if (tree.root / path).read_bytes() != (tmp_path / path).read_bytes()
    ]
    assert changed == list(broken.broken)
    reasons: Counter[str] = Counter()
    for path in broken.broken:
        data = (tmp_path / path).read_bytes()
        try:
            first = ast.parse(data.decode("utf-8")).body[0]
        except UnicodeDecodeError:
            reasons["encoding"] += 1
        except SyntaxError:
            reasons["syntax"] += 1
        else:
            assert isinstance(first, ast.ImportFrom)
            assert first.level > path.count("/")
            reasons["beyond-root"] += 1
    assert reasons == {"syntax": 6, "encoding": 4, "beyond-root": 2}


def test_a_request_that_makes_no_sense_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "a"), "--modules", "5"]) == 2
    assert main([str(tmp_path / "b"), "--modules", "50", "--records", "60"]) == 2
    (tmp_path / "file").touch()
    assert main([str(tmp_path), "--modules", "50", "--records", "1"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in errors] == ["error:"] * 3
    assert "20 or more" in errors[0]
    assert "not empty" in errors[2]
