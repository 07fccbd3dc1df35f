"""What manifests, templates of Helm and hooks of pre-commit start."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.sources.invocations.kubernetes import without_actions
from tests.support import write_tree
from tests.unit.sources.test_invocations import edges, find

CODE = {
    "backend/app/__init__.py": "",
    "backend/app/main.py": "",
    "backend/app/worker.py": "",
    "backend/scripts/once.py": "",
    "backend/scripts/ready.py": "",
}


def started(folder: Path, files: dict[str, str]) -> list[str]:
    return edges(find(write_tree(folder, {**CODE, **files})))


MANIFESTS = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: once}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: before
              command: [sh, -c]
              args:
                - |
                  echo begin
                  python scripts/once.py
          containers:
            - name: main
              env:
                - {name: MODULE, value: app.worker}
                - name: SECRET
                  valueFrom: {secretKeyRef: {name: a, key: b}}
              command:
                - python
                - -m
                - $(MODULE)
---
kind: ConfigMap
data:
  command: [python, -m, app.main]
---
kind: List
items:
  - kind: Deployment
    spec:
      template:
        spec:
          containers:
            - args: ["uvicorn", "app.main:app"]
              readinessProbe:
                exec:
                  command: [python, /srv/scripts/ready.py]
"""


def test_containers_of_workloads(tmp_path: Path) -> None:
    assert started(tmp_path, {"k8s/all.yaml": MANIFESTS}) == [
        "k8s/all.yaml:38 backend/app/main.py",
        "k8s/all.yaml:25 backend/app/worker.py",
        "k8s/all.yaml:15 backend/scripts/once.py",
        "k8s/all.yaml:41 backend/scripts/ready.py",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "kind: Service\nspec: {containers: [{command: [python, scripts/once.py]}]}\n",
        "a: |\n  kind: Pod\nspec: {containers: [{command: [python, scripts/once.py]}]}\n",
        "kind: Pod\nspec: {containers: [{image: python, name: scripts/once.py}]}\n",
        "kind: Pod\nspec: [scripts/once.py]\n",
        "kind: Pod\nspec: {{{\n",
    ],
)
def test_what_is_no_workload(tmp_path: Path, text: str) -> None:
    assert started(tmp_path, {"x.yaml": text}) == []


TEMPLATE = """\
{{- if .Values.job.enabled }}
kind: Job
metadata:
  name: {{ include "shop.name" . }}-once
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  template:
    spec:
      {{- /* Two
      lines. */}}
      containers:
        - image: "{{ .Values.image }}:{{ .Values.tag }}"
          command: [python, {{ .Values.script }}, {{ .Values.more | quote }}]
        - command: ["python", "-m", "app.worker", "--every={{ .Values.seconds }}"]
          env: {{ toYaml .Values.env | nindent 12 }}
        - command:
            - sh
            - -c
            - cd {{ .Values.folder }} && python scripts/once.py
{{- end }}
"""


def test_a_template_is_read_as_far_as_it_is_yaml(tmp_path: Path) -> None:
    assert started(tmp_path, {"helm/templates/job.yaml": TEMPLATE}) == [
        "helm/templates/job.yaml:15 backend/app/worker.py",
        "helm/templates/job.yaml:20 backend/scripts/once.py",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", "a: 1\n"),
        ("{{ if x }}\na: {{ y }}-b\n {{ end }}{{ z }}\n", "\na: $_-b\n\n"),
        ("a: {{ x\n y }}\nb: 1\n", "a: $_\n\nb: 1\n"),
        ("a: {{ x\nb: 1\n", "a: {{ x\nb: 1\n"),
        ("a: {{- x | nindent 2 }}\n  b: {{ y }}\n", "a: \n  b: $_\n"),
    ],
)
def test_without_actions(text: str, expected: str) -> None:
    assert without_actions(text) == expected


HOOKS = """\
repos:
  - repo: https://github.com/psf/black
    rev: "1"
    hooks: [{id: black, entry: python backend/app/main.py}]
  - repo: local
    hooks:
      - id: once
        entry: python backend/scripts/once.py --all
        language: system
      - id: worker
        entry: backend/app/worker.py
        language: script
        args: [--check]
      - id: pattern
        entry: python backend/app/main.py
        language: pygrep
      - id: broken
        entry: python 'backend/app/main.py
        language: system
"""


def test_hooks_of_the_project_itself(tmp_path: Path) -> None:
    assert started(tmp_path, {".pre-commit-config.yaml": HOOKS}) == [
        ".pre-commit-config.yaml:11 backend/app/worker.py",
        ".pre-commit-config.yaml:8 backend/scripts/once.py",
    ]
