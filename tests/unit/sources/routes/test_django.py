"""Django: what is found statically is what the resolver of the running project answers to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.sources.outline.code import Code
from analyzer.sources.routes.django import find_django_routes
from analyzer.sources.routes.django_classes import implied_methods
from analyzer.sources.routes.django_links import find_django_links
from tests.support import ASSETS, read_code, write_tree

PROJECT = ASSETS / "web_django"
SETTINGS = 'ROOT_URLCONF = "urls"\n'


@pytest.fixture(scope="module")
def code() -> Code:
    return read_code(PROJECT)


def endpoints(project: Path) -> list[str]:
    """The endpoints of a project as `method route file:line handler`."""
    return sorted(
        f"{one.method} {one.route} {one.path}:{one.line} {one.handler}"
        for one in find_django_routes(read_code(project)).endpoints
    )


def test_endpoints_are_those_of_the_running_project(code: Code) -> None:
    dump = subprocess.run(
        [sys.executable, "-B", "dump_routes.py", "config.settings"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert dump.returncode == 0, dump.stderr
    running = {tuple(one) for one in json.loads(dump.stdout)}
    found = {
        (one.method, one.route, one.path, one.handler)
        for one in find_django_routes(code).endpoints
        if one.application == "config/urls.py"
    }
    assert found == running
    assert len(found) > 100


def test_methods_of_every_view_of_the_framework() -> None:
    dump = subprocess.run(
        [sys.executable, "-B", "dump_views.py", "config.settings"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert dump.returncode == 0, dump.stderr
    views: dict[str, list[str]] = json.loads(dump.stdout)
    assert {name: sorted(implied_methods(name) or ()) for name in views} == views
    assert len(views) > 50


def test_lines_hold_what_they_are_evidence_for(code: Code) -> None:
    for one in find_django_routes(code).endpoints:
        declared = code.line_text(one.declared_in, one.declared_line)
        assert declared.startswith(("path(", "re_path(", "return [path(")) or any(
            word in declared for word in ("path(", ".register(")
        ), one
        line = code.line_text(one.path, one.line)
        if one.path == one.declared_in and one.line == one.declared_line:
            continue
        last = one.handler.rpartition(".")[2]
        starts = (f"def {last}(", f"class {last}", f"async def {last}(", f"{last} = ")
        assert line.startswith((*starts, "@action(", "@pay.mapping.")), (one, line)


def test_what_no_way_leads_to_is_unmounted_and_says_why(code: Code) -> None:
    facts = find_django_routes(code)
    assert [f"{one.path}:{one.line} {one.name}" for one in facts.applications] == [
        "config/urls.py:32 urlpatterns"
    ]
    assert [f"{one.path}:{one.line} {one.name}: {one.explanation}" for one in facts.unmounted] == [
        "archive/router.py:5 router: no urlpatterns take it in",
        "archive/urls.py:5 urlpatterns: no include names it",
        (
            "reports/daily_urls.py:5 urlpatterns: only reports/urls.py includes it, "
            "which is itself mounted nowhere"
        ),
        (
            "reports/urls.py:5 urlpatterns: commented out in config/urls.py:47: "
            'path("reports/", include("reports.urls")),'
        ),
    ]
    assert sorted(
        f"{one.method} {one.route} {one.handler}" for one in facts.endpoints if not one.is_mounted
    ) == [
        "ANY / overview",
        "ANY /archive/ overview",
        "ANY /daily/<int:day>/ daily",
        "GET /old-prices/ Prices",
        "GET /old-prices/(?P<uuid>[^/.]+)/history/ Prices",
        "POST /old-prices/ Prices",
        "PUT /old-prices/(?P<uuid>[^/.]+)/ Prices.update",
    ]


def test_links_of_what_django_imports_by_string(code: Code) -> None:
    links = find_django_links(code)
    assert [f"{one.importer}:{one.line} {one.imported}" for one in links] == [
        "config/settings.py:29 api/__init__.py",
        "config/settings.py:58 api/pagination.py",
        "config/settings.py:28 blog/__init__.py",
        "config/settings.py:28 blog/models.py",
        "config/settings.py:13 config/asgi.py",
        "config/settings.py:10 config/urls.py",
        "config/settings.py:11 config/wsgi.py",
        "config/settings.py:32 pages/__init__.py",
        "config/settings.py:27 shop/__init__.py",
        "config/settings.py:27 shop/admin.py",
        "config/settings.py:27 shop/apps.py",
        "config/settings.py:65 shop/audit.py",
        "config/settings.py:41 shop/backends.py",
        "config/settings.py:50 shop/context.py",
        "config/settings.py:56 shop/databases.py",
        "config/settings.py:39 shop/middleware.py",
        "config/settings.py:27 shop/models.py",
        "config/urls.py:44 api/urls.py",
        "config/urls.py:41 blog/urls/__init__.py",
        "config/urls.py:17 pages/errors.py",
        "config/urls.py:34 shop/urls.py",
        "config/wsgi.py:5 config/settings.py",
        "manage.py:5 config/settings.py",
        "reports/urls.py:7 reports/daily_urls.py",
    ]
    assert {one.kind.value for one in links} == {"dynamic"}
    assert all(one.text == code.line_text(one.importer, one.line) != "" for one in links)


def test_old_spellings(tmp_path: Path) -> None:
    project = write_tree(
        tmp_path,
        {
            "settings.py": SETTINGS,
            "urls.py": (
                "from django.conf.urls import include, patterns, url\n"
                'urlpatterns = patterns("",\n'
                '    url(r"^$", "shop.views.index"),\n'
                '    url(regex=r"^shop/", view=include("shop.urls")),\n'
                ")\n"
            ),
            "shop/__init__.py": "",
            "shop/urls.py": (
                "from django.conf.urls import patterns, url\n"
                "urlpatterns = patterns(\n"
                '    "shop.views", url(r"^(?P<pk>\\d+)$", "show"), url("^gone", "other.views.f"))\n'
            ),
            "shop/views.py": "def index(request): ...\ndef show(request, pk): ...\n",
        },
    )
    assert endpoints(project) == [
        "ANY / shop/views.py:1 index",
        "ANY /shop/(?P<pk>\\d+) shop/views.py:2 show",
        "ANY /shop/gone shop/urls.py:3 f",
    ]
    assert [
        f"{one.importer}:{one.line} {one.imported}" for one in find_django_links(read_code(project))
    ] == [
        "settings.py:1 urls.py",
        "shop/urls.py:3 shop/views.py",
        "urls.py:4 shop/urls.py",
        "urls.py:3 shop/views.py",
    ]


def test_an_address_that_is_not_known_is_spelled_as_it_is_written(tmp_path: Path) -> None:
    project = write_tree(
        tmp_path,
        {
            "settings.py": SETTINGS,
            "urls.py": (
                "from django.conf import settings\n"
                "from django.urls import include, path\n"
                "import views\n"
                "urlpatterns = [\n"
                '    path(settings.PREFIX + "x/", views.one),\n'
                '    path(views.find_prefix(2), include("more")),\n'
                '    *[path("listed/", views.one)],\n'
                "]\n"
                'for app in ("first", "second"):\n'
                '    urlpatterns.append(path("apps/", include(f"{app}_urls")))\n'
            ),
            "views.py": (
                "from django.views.decorators.cache import cache_page\n"
                "def one(request): ...\n"
                "one = cache_page(60)(one)\n"
            ),
            "more.py": (
                "from django.urls import path\nimport views\n"
                'urlpatterns = [path("more/", views.missing)]\n'
            ),
            "first_urls.py": (
                "from django.urls import path\nimport views\n"
                'urlpatterns = [path("1/", views.one)]\n'
            ),
            "second_urls.py": (
                "from django.urls import path\nimport views\n"
                'urlpatterns = [path("2/", views.one)]\n'
            ),
        },
    )
    assert endpoints(project) == [
        "ANY /apps/1/ views.py:2 one",
        "ANY /apps/2/ views.py:2 one",
        "ANY /listed/ views.py:2 one",
        "ANY /{settings.PREFIX}x/ views.py:2 one",
        "ANY /{…}more/ more.py:3 <unknown>",
    ]
    assert find_django_routes(read_code(project)).unmounted == ()


def test_a_library_without_settings_has_nothing_unmounted(tmp_path: Path) -> None:
    project = write_tree(
        tmp_path,
        {
            "polls/__init__.py": "",
            "polls/urls.py": (
                "from django.urls import path\nfrom polls.views import vote\n"
                'urlpatterns = [path("vote/", vote)]\n'
            ),
            "polls/views.py": "def vote(request): ...\n",
        },
    )
    facts = find_django_routes(read_code(project))
    assert (facts.applications, facts.unmounted) == ((), ())
    assert [(one.route, one.application) for one in facts.endpoints] == [("/vote/", None)]


def test_further_hosts_are_roots_and_files_that_include_each_other_end(tmp_path: Path) -> None:
    project = write_tree(
        tmp_path,
        {
            "settings.py": SETTINGS + 'ROOT_HOSTCONF = "hosts"\n',
            "hosts.py": (
                "from django_hosts import host\n"
                'host_patterns = [host("www", "urls"), host("docs", "docs_urls", name="docs")]\n'
            ),
            "urls.py": (
                "from django.urls import include, path\n"
                'urlpatterns = [path("again/", include("urls")), path("x/", lambda request: 1)]\n'
            ),
            "docs_urls.py": (
                "from django.urls import path\nurlpatterns = [path('d/', lambda request: 1)]\n"
            ),
            "a_urls.py": (
                "from django.urls import include, path\n"
                "urlpatterns = [path('a/', include('b_urls'))]\n"
            ),
            "b_urls.py": (
                "from django.urls import include, path\n"
                "urlpatterns = [path('b/', include('a_urls')), path('c/', lambda request: 1)]\n"
            ),
        },
    )
    facts = find_django_routes(read_code(project))
    assert [one.path for one in facts.applications] == ["docs_urls.py", "urls.py"]
    assert sorted((one.route, one.application) for one in facts.endpoints if one.is_mounted) == [
        ("/d/", "docs_urls.py"),
        ("/x/", "urls.py"),
    ]
    assert [one.route for one in facts.endpoints if not one.is_mounted] == ["/a/c/"]
    assert [f"{one.path}: {one.explanation}" for one in facts.unmounted] == [
        "a_urls.py: only b_urls.py includes it, which is itself mounted nowhere",
        "b_urls.py: only a_urls.py includes it, which is itself mounted nowhere",
    ]
