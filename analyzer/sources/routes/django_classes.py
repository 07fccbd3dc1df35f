"""What a class-based view answers to: its own methods, and those that Django's bases imply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import Assignment, Class

ANY = "ANY"
HTTP_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Deeper inheritance is a circle.
_DEEPEST = 20
_KNOWN = ("django.", "rest_framework.", "typing.")
_DATES = ("Archive", "Day", "Month", "Today", "Week", "Year")
_FORM = ("GET", "POST", "PUT")
# HEAD and OPTIONS, which Django answers by itself, are named only where a project defines them.
_IMPLIED: dict[str, tuple[str, ...]] = {
    "BaseCreateView": _FORM,
    "BaseDateListView": ("GET",),
    "BaseDeleteView": ("DELETE", "GET", "POST"),
    "BaseDetailView": ("GET",),
    "BaseFormView": _FORM,
    "BaseListView": ("GET",),
    "BaseUpdateView": _FORM,
    "CreateView": _FORM,
    "DateDetailView": ("GET",),
    "DeleteView": ("DELETE", "GET", "POST"),
    "DeletionMixin": ("DELETE", "POST"),
    "DetailView": ("GET",),
    "FormView": _FORM,
    "JSONCatalog": ("GET",),
    "JavaScriptCatalog": ("GET",),
    "ListView": ("GET",),
    "LoginView": _FORM,
    "LogoutView": ("POST",),
    "ObtainAuthToken": ("POST",),
    "PasswordChangeDoneView": ("GET",),
    "PasswordChangeView": _FORM,
    "PasswordResetCompleteView": ("GET",),
    "PasswordResetConfirmView": _FORM,
    "PasswordResetDoneView": ("GET",),
    "PasswordResetView": _FORM,
    "ProcessFormView": _FORM,
    "RedirectView": ("DELETE", "GET", "PATCH", "POST", "PUT"),
    "TemplateView": ("GET",),
    "UpdateView": _FORM,
    "CreateAPIView": ("POST",),
    "DestroyAPIView": ("DELETE",),
    "ListAPIView": ("GET",),
    "ListCreateAPIView": ("GET", "POST"),
    "RetrieveAPIView": ("GET",),
    "RetrieveDestroyAPIView": ("DELETE", "GET"),
    "RetrieveUpdateAPIView": ("GET", "PATCH", "PUT"),
    "RetrieveUpdateDestroyAPIView": ("DELETE", "GET", "PATCH", "PUT"),
    "UpdateAPIView": ("PATCH", "PUT"),
    **{f"{one}ArchiveView": ("GET",) for one in _DATES},
    **{f"Base{one}ArchiveView": ("GET",) for one in _DATES},
    "ArchiveIndexView": ("GET",),
    "BaseArchiveIndexView": ("GET",),
    "BaseDateDetailView": ("GET",),
}


class Handler(Struct, frozen=True):
    """The code that answers to one method of an address."""

    method: str
    path: ProjectPath
    line: int
    name: str


def project_classes(code: Code, view: Definition) -> tuple[Definition, ...]:
    """A class and all classes of the project that it inherits from, itself first."""
    found = {view: None}
    pending = [view]
    while pending:
        for base in code.find_bases(pending.pop(0)):
            is_class = isinstance(base, Definition) and isinstance(base.what, Class)
            if isinstance(base, Definition) and is_class and not base.rest and base not in found:
                found[base] = None
                pending.append(base)
    return tuple(found)


def implied_methods(dotted: str) -> tuple[str, ...] | None:
    """The methods that a class outside of the project answers to; nothing where it is unknown."""
    if not dotted.startswith(_KNOWN):
        return None
    return _IMPLIED.get(dotted.rpartition(".")[2], ())


def name_of(definition: Definition) -> str:
    """A definition's name in its file, `Outer.inner`."""
    return ".".join((*definition.scope, definition.name))


def find_texts(code: Code, one: Located) -> tuple[str, ...]:
    """The texts of a list that can be worked out."""
    texts = (
        code.find_text(item.path, item.scope, item.expression)
        for item in code.find_items(one.path, one.scope, one.expression)
    )
    return tuple(text for text in texts if text is not None)


def allowed_methods(code: Code, view: Definition) -> tuple[str, ...]:
    """The methods that `http_method_names` leaves to a class; all where it does not say."""
    for member in code.find_members(view, "http_method_names"):
        if isinstance(member.what, Assignment):
            value = Located(member.path, member.scope, member.what.value)
            return tuple(text.upper() for text in find_texts(code, value))
    return HTTP_METHODS


def find_handler(code: Code, view: Definition, *, method: str, member: str) -> Handler | None:
    """What a class does when one of its methods is called.

    That is the method where the class defines it, and the class itself where it inherits it.
    """
    found = code.find_members(view, member)
    if not found:
        return None
    for one in found:
        if one.what is not None and one.path == view.path and one.scope == (*view.scope, view.name):
            return Handler(method, view.path, one.what.line, f"{name_of(view)}.{member}")
    return class_handler(view, method)


def class_handler(view: Definition, method: str) -> Handler:
    """A class as the one that answers."""
    line = 0 if view.what is None else view.what.line
    return Handler(method, view.path, line, name_of(view))


def find_class_handlers(
    code: Code, view: Definition, *, only: Sequence[str] | None
) -> Iterator[Handler]:
    """What a class-based view of the project answers to.

    Args:
        code: the project.
        view: the class.
        only: the methods that `as_view(http_method_names=…)` leaves.
    """
    allowed = allowed_methods(code, view) if only is None else only
    bases = code.find_outer_bases(view)
    implied = {method for base in bases for method in implied_methods(base) or ()}
    is_found = False
    for method in HTTP_METHODS:
        handler = find_handler(code, view, method=method, member=method.lower())
        if handler is None and method in implied:
            handler = class_handler(view, method)
        is_found = is_found or handler is not None
        if handler is not None and method in allowed:
            yield handler
    is_unknown = any(implied_methods(base) is None for base in bases)
    if not is_found and (is_unknown or code.find_members(view, "dispatch")):
        yield class_handler(view, ANY)
