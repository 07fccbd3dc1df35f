"""Command lines, one a row, and the files that they start."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import write_tree
from tests.unit.sources.test_invocations import edges, find

FILES = (
    "app/__init__.py",
    "app/cli.py",
    "app/conf.py",
    "app/core/management/commands/import_all.py",
    "app/main.py",
    "app/tasks.py",
    "app/tool/__init__.py",
    "app/tool/__main__.py",
    "bin/serve",
    "deep/inner/once.py",
    "deep/inner/other.sh",
    "manage.py",
    "migrations/env.py",
    "pkg/__init__.py",
    "pkg/celery.py",
    "tests/conftest.py",
    "tests/test_main.py",
    "wsgi.py",
)
MAIN = ["app/main.py"]
TESTS = ["tests/test_main.py test"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    texts = {
        "alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
        "pyproject.toml": '[project.scripts]\nshop = "app.cli:main"\n',
        "app/served.py": "import logging\nx = logging.DEBUG\napp = 1\ndef build(): ...\n"
        "from x import (\n    y as other,\n    several,\n)\n",
    }
    return write_tree(folder, texts)


def started(project: Path, text: str) -> list[str]:
    write_tree(project, {"run.sh": text})
    found = edges(find(project, FILES))
    return [edge.partition(" ")[2] for edge in found if edge.startswith("run.sh:")]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python -m app.main", MAIN),
        ("python3.11 -um app.main --x", MAIN),
        ("/usr/bin/python3 -W error -X dev app/main.py", MAIN),
        (".venv/bin/python app/main.py", MAIN),
        ("$PYTHON app/main.py", MAIN),
        ("${PYTHON:-python3} app/main.py", MAIN),
        ("python -m app.tool", ["app/tool/__main__.py"]),
        ("python app/tool", ["app/tool/__main__.py"]),
        ("python -c 'import app.main'", []),
        ("python - app/main.py", []),
        ("python --version app/main.py", MAIN),
        ("python -m pip install app/main.py", []),
        ("python -m unknown.thing", []),
        ("A=b C=d python app/main.py", MAIN),
        ("exec sudo -u me env A=b nohup time python app/main.py", MAIN),
        ("timeout -k 5 30s python app/main.py", MAIN),
        ("timeout 30 A=b python app/main.py", []),
        ("timeout 30 env A=b python app/main.py", MAIN),
        ("A=b timeout 30 python app/main.py", MAIN),
        ("nohup A=b python app/main.py", []),
        ("uv run A=b python app/main.py", []),
        ("sudo A=b python app/main.py", MAIN),
        ("time A=b python app/main.py", MAIN),
        ("cross-env A=b python app/main.py", MAIN),
        ("nice -n 10 python app/main.py &", MAIN),
        ("uv run app/main.py", MAIN),
        ("uv run --with rich --python 3.12 python -m app.main", MAIN),
        ("uv run -m app.main", MAIN),
        ("uv pip install app/main.py", []),
        ("poetry run python app/main.py", MAIN),
        ("pipenv run python -m app.main", MAIN),
        ("conda run -n env python app/main.py", MAIN),
        ("tini -g -- python app/main.py", MAIN),
        ("watchmedo auto-restart --directory=. -- python app/main.py", MAIN),
        ("docker compose run --rm -e A=b web python -m app.main", MAIN),
        ("docker exec -it web bash -c 'python -m app.main'", MAIN),
        ("kubectl exec -n shop deploy/x -- python -m app.main", MAIN),
        ("kubectl exec -n shop deploy/x -- ls", []),
        ("find . | xargs -n 1 python app/main.py", MAIN),
        ("find . | xargs -n1 -P4 python app/main.py", MAIN),
        ("su - user -c 'python app/main.py'", MAIN),
        ("flock -n /tmp/lock python app/main.py", MAIN),
        ("uvicorn app.main:app --reload", MAIN),
        ("python -m uvicorn --host 0.0.0.0 app.main:app", MAIN),
        ("uvicorn --app-dir app main:app", MAIN),
        ("hypercorn app.main:app", MAIN),
        ("daphne -b 0.0.0.0 app.main:app", MAIN),
        (
            "gunicorn -c app/conf.py -k uvicorn.workers.UvicornWorker app.main:build()",
            ["app/conf.py", *MAIN],
        ),
        ("gunicorn --bind :80 wsgi", ["wsgi.py"]),
        ("uvicorn elsewhere:app", []),
        ("celery -A app.tasks worker", ["app/tasks.py"]),
        ("celery --app=app.tasks.app beat", ["app/tasks.py"]),
        ("celery -A app.tasks:app worker", ["app/tasks.py"]),
        ("celery -A pkg worker", ["pkg/celery.py"]),
        ("celery worker", []),
        ("rq worker high low", []),
        ("rq worker -c app.conf", ["app/conf.py"]),
        ("arq app.tasks.WorkerSettings", ["app/tasks.py"]),
        ("dramatiq app.tasks app.main:broker -p 4", ["app/main.py", "app/tasks.py"]),
        ("flask --app app.main run", MAIN),
        ("flask --app app/main.py:create run", MAIN),
        ("FLASK_APP=app.main flask db upgrade", MAIN),
        ("export FLASK_APP=app.main\nflask run", MAIN),
        ("flask run", ["wsgi.py"]),
        ("fastapi run app/main.py", MAIN),
        ("fastapi dev", MAIN),
        ("streamlit run app/main.py -- --x", MAIN),
        ("coverage run --source app -m app.main", MAIN),
        ("pytest tests/test_main.py::test_x -k 'not y'", TESTS),
        ("python -m pytest -x tests/test_main.py", TESTS),
        ("coverage run -m pytest tests/test_main.py", TESTS),
        ("pytest tests/", ["tests/conftest.py test"]),
        ("pytest --ignore tests/test_main.py", []),
        ("python -m unittest tests.test_main", TESTS),
        ("alembic upgrade head", ["migrations/env.py"]),
        ("alembic -c ./alembic.ini upgrade head", ["migrations/env.py"]),
        ("alembic history", []),
        (
            "python manage.py import_all",
            ["app/core/management/commands/import_all.py", "manage.py"],
        ),
        ("./manage.py migrate", ["manage.py"]),
        ("shop migrate", ["app/cli.py"]),
        ("shop server start app.served:app --port 1", ["app/cli.py", "app/served.py"]),
        ("python -m app.cli serve --app app.served:build()", ["app/cli.py", "app/served.py"]),
        ("shop serve app.served:several", ["app/cli.py", "app/served.py"]),
        ("shop serve app.served:other", ["app/cli.py", "app/served.py"]),
        ("shop serve app.served:y", ["app/cli.py"]),
        ("shop log app.served:DEBUG app.served served:app app.gone:app", ["app/cli.py"]),
        ("other server start app.served:app", []),
        ("python app/main.py app.served:app", MAIN),
        ("bash -euo pipefail deep/inner/other.sh x", ["deep/inner/other.sh"]),
        ("sh -c 'cd app && python main.py'", MAIN),
        ("source deep/inner/other.sh", ["deep/inner/other.sh"]),
        (". ./deep/inner/other.sh", ["deep/inner/other.sh"]),
        ("./deep/inner/other.sh", ["deep/inner/other.sh"]),
        ("inner/other.sh", ["deep/inner/other.sh"]),
        ("bin/serve --port 1", ["bin/serve"]),
        ("eval 'python app/main.py'", MAIN),
        ("cd app && python main.py", MAIN),
        ("cd app; cd ..; python main.py", []),
        ("cd deep/inner\ncd -\npython app/main.py", MAIN),
        ("pushd app; popd; python main.py", []),
        ("(cd app); python main.py", []),
        ("cd $WHERE; python app/main.py", MAIN),
        ("cd $WHERE; python main.py", []),
        ("F=app/main.py; python $F", MAIN),
        ("F='app/main.py'\nCMD=\"python $F\"\n$CMD", MAIN),
        ("CMD=(python -m 'app.main'); \"${CMD[@]}\"", MAIN),
        ('DIR=$(dirname "$0")/app; python $DIR/main.py', MAIN),
        ('python "$(git rev-parse --show-toplevel)/app/main.py"', MAIN),
        ('python "${BASH_SOURCE%/*}/app/main.py"', MAIN),
        ("for x in main cli; do python app/$x.py; done", ["app/cli.py", *MAIN]),
        ('A=(main cli)\nfor x in "${A[@]}"; do python app/$x.py; done', ["app/cli.py", *MAIN]),
        ('x=$(python app/main.py); echo "$(python app/cli.py)"', ["app/cli.py", *MAIN]),
        ("python \\\n  -m \\\n  app.main", MAIN),
        ("if ! python app/main.py | tee log; then exit 1; fi", MAIN),
        ('run() { python "$1"; }\nrun app/main.py', MAIN),
        ("echo python app/main.py", []),
        ("echo 'run python app/main.py'", []),
        ("# python app/main.py", []),
        ("cat <<E\npython app/main.py\nE", []),
        ("python - <<E\nimport app.main\nE", []),
        ("bash <<E\npython app/main.py\nE", MAIN),
        ("cat app/main.py; chmod +x bin/serve; test -f app/main.py", []),
        ("[[ -x bin/serve ]] && ls deep/inner/other.sh", []),
        ("grep -r python app/main.py", []),
        ("sudo cat app/main.py", []),
        ("python /root/checkout/deep/inner/once.py", ["deep/inner/once.py"]),
        ("python ~/app/main.py", []),
        ("python app/*.py", []),
        ("make build", []),
    ],
)
def test_commands(project: Path, command: str, expected: list[str]) -> None:
    assert started(project, command) == expected


_NAMES = (
    ".github/workflows/x.yml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    "Dockerfile",
    "Makefile",
    "Procfile",
    "a.cron",
    "a.service",
    "compose.yaml",
    "manifest.yaml",
    "package.json",
    "run",
    "run.sh",
    "supervisord.conf",
)
_FRAGMENTS = (
    *("python app/main.py", "-m app.main", "bash -c", "cd app", "$(", "${", "`", "<<EOF", "EOF"),
    *(
        "\n",
        "\t",
        "    ",
        "\\\n",
        '"',
        "'",
        "|",
        ">",
        "&&",
        ";",
        "{",
        "}",
        "[",
        "]",
        "((",
        "*a",
        "&a",
    ),
    *(
        "services:",
        "  a:",
        "    command:",
        "jobs:",
        "steps:",
        "- run: |",
        "script:",
        "build: .",
        "kind: Pod",
        "spec: {containers: [",
        "{{ x }}",
        "repos: [{repo: local, hooks: [",
        "<<: ",
    ),
    *(
        "CMD ",
        "ENTRYPOINT [",
        "COPY . /x",
        "WORKDIR ",
        "ExecStart=",
        "* * * * * ",
        "web: ",
        "x = $(x)",
    ),
    *(
        "[program:x]",
        "command=",
        '{"scripts": {"a": ',
        "#!/bin/sh",
        "for x in a b; do",
        "done",
        "f() {",
    ),
)


@settings(max_examples=150)
@given(
    st.sampled_from(_NAMES),
    st.lists(st.sampled_from(_FRAGMENTS) | st.text(max_size=8), max_size=40).map("".join)
    | st.text(alphabet=string.printable + "\0\x01\ufeffé"),
)
def test_no_text_is_too_broken(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="")
    try:
        for one in find(folder, FILES):
            assert one.link.importer == name
            assert one.link.line >= 1
    finally:
        (folder / name).unlink()


def test_no_module_makes_the_search_for_its_names_slow(tmp_path: Path) -> None:
    """The empty lines before a name were counted again from each of them."""
    tree = {
        "pyproject.toml": '[project.scripts]\nshop = "shop.cli:main"\n',
        "shop/cli.py": "",
        "shop/served.py": "\n" * 200_000 + "app = 1\n",
        "run.sh": "shop serve shop.served:app\nshop serve shop.served:gone\n",
    }
    assert edges(find(write_tree(tmp_path, tree))) == [
        "run.sh:1 shop/cli.py",
        "run.sh:2 shop/cli.py",
        "run.sh:1 shop/served.py",
    ]
