"""Modules that Django imports because a string names them: in settings, and in `include`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Expression,
    Items,
    Joined,
    Outline,
    Scope,
    Spread,
    Table,
    Text,
)

_APPS = "INSTALLED_APPS"
_SETTINGS_MODULE = "DJANGO_SETTINGS_MODULE"
# Modules of an app that Django imports by itself.
_OF_APP = ("admin", "apps", "models")
_SETTINGS = frozenset(
    {
        "ASGI_APPLICATION", "AUTHENTICATION_BACKENDS", "AUTH_PASSWORD_VALIDATORS", "CACHES",
        "CHANNEL_LAYERS", "CSRF_FAILURE_VIEW", "DATABASES", "DATABASE_ROUTERS",
        "DEFAULT_EXCEPTION_REPORTER", "DEFAULT_EXCEPTION_REPORTER_FILTER",
        "DEFAULT_FILE_STORAGE", "EMAIL_BACKEND", "FILE_UPLOAD_HANDLERS", "FORMAT_MODULE_PATH",
        "FORM_RENDERER", "LOGGING_CONFIG", "MESSAGE_STORAGE", "MIDDLEWARE", "MIDDLEWARE_CLASSES",
        "MIGRATION_MODULES", "PASSWORD_HASHERS", "REST_FRAMEWORK", "ROOT_HOSTCONF",
        "ROOT_URLCONF", "SESSION_ENGINE", "SESSION_SERIALIZER", "STATICFILES_FINDERS",
        "STATICFILES_STORAGE", "STORAGES", "TEMPLATES", "TEMPLATE_CONTEXT_PROCESSORS",
        "TEST_RUNNER", "WSGI_APPLICATION", "default_app_config",
    }
)  # fmt: skip
_HANDLERS = frozenset({"handler400", "handler403", "handler404", "handler500"})
# Of the texts in `LOGGING` only these are imported: its loggers have dotted names, too.
_LOGGING_KEYS = frozenset({"()", "class"})
_DOTTED = re.compile(r"\w+(?:\.\w+)*")
_DEEPEST = 12


def find_django_links(code: Code) -> tuple[Link, ...]:
    """Find the imports that Django does because a string names a module, each where it stands.

    Only of strings that lead to a file of the project. Empty where the code has no Django settings
    and no `include`.
    """
    found: set[Link] = set()
    is_django = any(
        one.target in (_APPS, "ROOT_URLCONF")
        for outline in code.outlines
        for one in outline.assignments
    )
    for outline in code.outlines:
        texts = _Texts(code)
        if is_django:
            texts.read_settings(outline)
        texts.read_calls(outline)
        for path, line, imported in texts.found:
            if path != imported:
                text = code.line_text(path, line)
                found.add(Link(path, imported, line, Kind.DYNAMIC, text))
    return tuple(sorted(found, key=Link.sort_key))


class _Texts:
    """Collects the strings of one file that name modules."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self.found: list[tuple[ProjectPath, int, ProjectPath]] = []

    def read_settings(self, outline: Outline) -> None:
        """Settings, also those of a class, and what is added to them."""
        for one in outline.assignments:
            value = Located(outline.path, one.scope, one.value)
            if one.target == _APPS:
                for text, path in self._texts(value, _DEEPEST):
                    self._add_app(path, text)
            elif one.target == "os.environ":
                self._add_settings_module(value)
            elif one.target in _SETTINGS or (one.target in _HANDLERS and not one.scope):
                for text, path in self._texts(value, _DEEPEST):
                    self._add(path, text)
            elif one.target == "LOGGING":
                for text, path in self._logging_texts(value, _DEEPEST):
                    self._add(path, text)

    def read_calls(self, outline: Outline) -> None:
        """`include("shop.urls")`, views that are named by strings, and the name of the settings."""
        for one in outline.calls:
            call = one.call
            if call.name in ("include", "path", "patterns", "re_path", "url"):
                position = 0 if call.name in ("include", "patterns") else 1
                given = call.argument(position, "arg", "view")
                if given is not None and self._is_django(outline.path, one.scope, call):
                    # `include(("shop.urls", "shop"))`
                    first = given.items[0] if isinstance(given, Items) and given.items else given
                    if call.name == "include" or isinstance(first, Text):
                        self._add_named(Located(outline.path, one.scope, first))
            elif call.name == "setdefault" and len(call.arguments) == 2:
                key, value = call.arguments
                if isinstance(key, Text) and key.value == _SETTINGS_MODULE:
                    self._add_named(Located(outline.path, one.scope, value))

    def _is_django(self, path: ProjectPath, scope: Scope, call: Call) -> bool:
        name = self._code.external_name(path, scope, call.dotted) if call.dotted else None
        return name is not None and name.startswith(("django.conf.urls.", "django.urls."))

    def _add_settings_module(self, value: Located) -> None:
        """`os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"`."""
        pairs = value.expression.pairs if isinstance(value.expression, Table) else ()
        for key, named in pairs:
            if isinstance(key, Text) and key.value == _SETTINGS_MODULE:
                self._add_named(Located(value.path, value.scope, named))

    def _add_named(self, value: Located) -> None:
        for text, path in self._texts(value, _DEEPEST):
            self._add(path, text)

    def _add(self, path: ProjectPath, text: Text) -> None:
        module = self._module_of(path, text.value)
        if module is not None:
            self.found.append((path, text.line, module))

    def _module_of(self, path: ProjectPath, dotted: str) -> ProjectPath | None:
        """The module that a string names, by itself or with a name in it."""
        if not _DOTTED.fullmatch(dotted):
            return None
        found = self._code.find_module(path, dotted)
        module, _, name = dotted.rpartition(".")
        return self._code.find_module(path, module) if found is None and name else found

    def _add_app(self, path: ProjectPath, text: Text) -> None:
        """An app by its package, or by the class of its configuration."""
        dotted = text.value
        if not _DOTTED.fullmatch(dotted):
            return
        package = dotted
        named = self._code.find_module(path, dotted)
        if named is None and "." in dotted:
            module, _, name = dotted.rpartition(".")
            configuration = self._code.find_module(path, module)
            if configuration is not None:
                self.found.append((path, text.line, configuration))
                package = self._name_of_app(configuration, name) or module.rpartition(".")[0]
        for one in ("", *(f".{one}" for one in _OF_APP)):
            found = self._code.find_module(path, package + one) if package else None
            if found is not None:
                self.found.append((path, text.line, found))

    def _name_of_app(self, path: ProjectPath, name: str) -> str | None:
        """What the class of an app's configuration calls the app's package."""
        for meaning in self._code.find_meanings(path, (), name):
            if isinstance(meaning, Definition) and isinstance(meaning.what, Class):
                for member in self._code.find_members(meaning, "name"):
                    if isinstance(member.what, Assignment):
                        value = member.what.value
                        return self._code.find_text(member.path, member.scope, value)
        return None

    def _texts(self, one: Located, depth: int) -> Iterator[tuple[Text, ProjectPath]]:
        """The texts of a value, each with the file that it stands in; of a dict, its values."""
        if depth <= 0:
            return
        match one.expression:
            case Text() as text:
                yield text, one.path
            case Items(parts) | Joined(parts):
                yield from self._texts_of(one, parts, depth)
            case Spread(of):
                yield from self._texts_of(one, (of,), depth)
            case Table(pairs):
                yield from self._texts_of(one, tuple(value for _, value in pairs), depth)
            case _:
                for value in self._code.find_values(one.path, one.scope, one.expression):
                    if value != one:
                        yield from self._texts(value, depth - 1)

    def _texts_of(
        self, one: Located, parts: tuple[Expression, ...], depth: int
    ) -> Iterator[tuple[Text, ProjectPath]]:
        for part in parts:
            yield from self._texts(Located(one.path, one.scope, part), depth - 1)

    def _logging_texts(self, one: Located, depth: int) -> Iterator[tuple[Text, ProjectPath]]:
        """The classes and factories in the tables of `LOGGING`."""
        pairs = one.expression.pairs if isinstance(one.expression, Table) and depth > 0 else ()
        for key, value in pairs:
            inner = Located(one.path, one.scope, value)
            if not isinstance(value, Text):
                yield from self._logging_texts(inner, depth - 1)
            elif isinstance(key, Text) and key.value in _LOGGING_KEYS:
                yield value, one.path
