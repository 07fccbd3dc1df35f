"""`registry validate` and `registry schema`."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from analyzer.registry.schema import build_schema
from analyzer.registry.vocabulary import DEFAULT_VOCABULARY
from tests.functional.running import ROOT, Invoke, assert_refused, record
from tests.support import write_tree

GOOD = record("SHOP-BE-SVC-BIL-001", "billing.py")


def _write(folder: Path) -> Path:
    return write_tree(
        folder,
        {
            "analyzer.toml": (
                '[ids]\npattern = "SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>"\n'
                'layers = ["BE", "FE"]\ntypes = { SVC = "service", AIC = ["page", "ui-page"] }\n\n'
                '[rules.missing-file]\nseverity = "warning"\n'
            ),
            "billing.py": "",
            "registry/SHOP-BE-SVC-BIL-001.yaml": GOOD,
            "registry/b.yaml": (
                "artifact_id: SHOP-BEE-SVC-TNT-001\nname: tenants.py\ntype:   servce\n"
                "status: active\nowner:\npurpose: >-\n  Keeps\n  tenants\nauthority_level: mutate\n"
                "execution_surface: server\nwave: two\nlayer: FE\nowner: a\ndependencies: x\n"
            ),
            "registry/SHOP-FE-AIC-HOM-001.yaml": (
                "artifact_id: SHOP-FE-AIC-HOM-002\nname: home\ntype: service\nstatus: active\n"
                "authority_level: observe\nexecution_surface: server\n"
                "path: web/\npurpose: a\n  b: c\n"
            ),
            "registry/c.yaml": (
                "artifact_id: SHOP-FE-AIC-HOM-003\nname: billing.py\ntype: page\nstatus: active\n"
                "authority_level: observe\nexecution_surface: server\npath: web/\npurpose: x\n"
            ),
        },
    )


def test_every_deviation_with_its_place(tmp_path: Path, invoke: Invoke) -> None:
    run = invoke("registry", "validate", cwd=_write(tmp_path))
    assert (run.code, run.err) == (1, "")
    assert run.out == EXPECTED


EXPECTED = """\
registry/SHOP-FE-AIC-HOM-001.yaml:9:4: error REG001 not usable as YAML: mapping values are not \
allowed in this context
registry/b.yaml:1:14: warning REG005 the layer BEE of "SHOP-BEE-SVC-TNT-001" is none of BE, FE \
(analyzer.toml:2); did you mean "BE"?
registry/b.yaml:2:7: warning REG003 no file is called "tenants.py"
registry/b.yaml:3:9: error REG001 unknown type "servce"; one of api-route, service, worker, job, \
script, migration, library, sdk-package, page, ui-page, ui-component, test, infra, doc; did you \
mean "service"?
registry/b.yaml:11:7: error REG001 wave "two" is no whole number such as 2
registry/b.yaml:13:1: error REG001 owner is given twice; the later one counts
registry/b.yaml:14:15: error REG001 dependencies is text; expected is a list
registry/c.yaml:1:14: error OWN001 owner is missing; every record has one
registry/c.yaml:7:7: warning REG003 no file at "web/"
3 records; 9 findings: 6 error, 3 warning, 0 info
"""


def test_as_json_with_columns_and_in_the_formats_of_check(tmp_path: Path, invoke: Invoke) -> None:
    project = _write(tmp_path)
    document = json.loads(invoke("registry", "validate", "--format", "json", cwd=project).out)
    assert (document["command"], document["records"], document["complete"]) == (
        "registry validate",
        3,
        True,
    )
    assert [(one["line"], one["column"]) for one in document["findings"]] == [
        (9, 4), (1, 14), (2, 7), (3, 9), (11, 7), (13, 1), (14, 15), (1, 14), (7, 7),
    ]  # fmt: skip
    assert document["summary"] == {"error": 6, "warning": 3, "info": 0}
    github = invoke("registry", "validate", "--format", "github", cwd=project).out
    assert "::error file=registry/b.yaml,line=3,title=REG001 invalid-record::unknown type" in github


def test_nothing_is_wrong(tmp_path: Path, invoke: Invoke) -> None:
    write_tree(tmp_path, {"analyzer.toml": "", "registry/a.yaml": GOOD, "billing.py": ""})
    run = invoke("registry", "validate", cwd=tmp_path)
    assert (run.code, run.out) == (0, "1 record; no findings\n")


def test_warnings_fail_where_that_is_asked_for(tmp_path: Path, invoke: Invoke) -> None:
    write_tree(
        tmp_path,
        {"analyzer.toml": "", "registry/a.yaml": record("billing", "a.py"), "a.py": ""},
    )
    assert invoke("registry", "validate", cwd=tmp_path).code == 0
    assert invoke("registry", "validate", "--fail-level", "warning", cwd=tmp_path).code == 1


def test_mistakes_in_the_configuration_of_ids(tmp_path: Path, invoke: Invoke) -> None:
    for text, message in {
        "[ids]\nlayers = []\n": 'analyzer.toml:1: "ids.pattern" is missing; expected are a prefix',
        '[ids]\npattern = "shop"\n': 'analyzer.toml:2: "ids.pattern" is no pattern of ids',
        '[ids]\nlayer = ["BE"]\npattern = "A-<SEQ>"\n': (
            'analyzer.toml:2: unknown key "ids.layer"; did you mean "layers"?'
        ),
        '[ids]\npattern = "A-<SEQ>"\ntypes = { SVC = 3 }\n': (
            'wrong value for "ids.types.SVC": expected is a type of records or a list of them'
        ),
    }.items():
        write_tree(tmp_path, {"analyzer.toml": text, "registry/a.yaml": GOOD})
        assert_refused(invoke("registry", "validate", cwd=tmp_path), message)


def test_without_a_registry(tmp_path: Path, invoke: Invoke) -> None:
    """There is nothing to validate; the schema is that of the usual values."""
    (tmp_path / "analyzer.toml").touch()
    assert_refused(invoke("registry", "validate", cwd=tmp_path), "no registry found")
    run = invoke("registry", "schema", cwd=tmp_path)
    assert json.loads(run.out) == build_schema(DEFAULT_VOCABULARY.allowed)


def test_the_schema_has_the_registrys_own_values(tmp_path: Path, invoke: Invoke) -> None:
    schema = "artifact_schema:\n  type: {enum: [route, page]}\n  tier: {enum: ['1', '2']}\n"
    write_tree(tmp_path, {"analyzer.toml": "", "registry/s.yaml": schema, "registry/a.yaml": GOOD})
    properties = json.loads(invoke("registry", "schema", cwd=tmp_path).out)["properties"]
    assert properties["type"] == {"description": "What it is", "enum": ["route", "page"]}
    assert properties["tier"] == {"enum": ["1", "2", None, ""]}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("3", "2:18: error REG001 artifact_schema is no mapping of fields, and limits nothing"),
        ("[type]", "2:18: error REG001 artifact_schema is no mapping of fields"),
        (
            "{type: {enum: service}}",
            "2:18: error REG001 enum of type in artifact_schema is no list of plain values",
        ),
        ("{type: {enum: [service, [b]]}}", "2:18: error REG001 enum of type in artifact_schema"),
    ],
)
def test_a_schema_that_limits_nothing_is_said(
    tmp_path: Path, invoke: Invoke, schema: str, said: str
) -> None:
    """Else each record would pass, and nobody would know."""
    write_tree(
        tmp_path,
        {
            "a.py": "",
            "registry/a.yaml": record("T-BE-SVC-A-001", "a.py"),
            "registry/schema.yaml": f"about: records\nartifact_schema: {schema}\n",
        },
    )
    run = invoke("--project", ".", "registry", "validate", cwd=tmp_path)
    assert run.code == 1
    assert run.out.startswith(f"registry/schema.yaml:{said}")
    assert run.out.endswith("\n1 record; 1 finding: 1 error, 0 warning, 0 info\n")


def test_all_bundled_records_are_as_the_schema_says() -> None:
    schema = build_schema(DEFAULT_VOCABULARY.allowed)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    files = sorted((ROOT / "registry_data" / "aos").glob("*.yaml"))
    assert len(files) == 101
    for file in files:
        validator.validate(yaml.safe_load(file.read_text(encoding="utf-8")))
