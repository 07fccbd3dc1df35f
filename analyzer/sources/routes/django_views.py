"""The views that the patterns of Django lead to, unwrapped to the code that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.sources.outline.code import Code, Definition, External, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Expression,
    Function,
    Name,
    Table,
)
from analyzer.sources.routes.django_classes import (
    ANY,
    Handler,
    allowed_methods,
    class_handler,
    find_class_handlers,
    find_texts,
    implied_methods,
    name_of,
)
from analyzer.sources.routes.drf_viewsets import find_action_handler

# Further decorators around a view are no code that a person wrote.
_DEEPEST = 15
_LINES_OF_PATTERN = 4
_LIMITS: dict[str, tuple[str, ...]] = {
    "require_GET": ("GET",),
    "require_POST": ("POST",),
    "require_safe": ("GET", "HEAD"),
}


class ViewReader:
    """Finds what answers where a pattern names a view."""

    def __init__(self, code: Code) -> None:
        """Read the views of a project."""
        self._code = code
        self._following: list[Definition] = []

    def find_handlers(self, view: Located, *, line: int) -> tuple[Handler, ...]:
        """What answers where a pattern names a view.

        Args:
            view: the view, as the pattern names it.
            line: the line of the pattern: the handler's own where that is outside of the project.
        """
        found = list(self._of(view, line, _DEEPEST))
        if not found:
            found = [Handler(ANY, view.path, line, self._name_of_unknown(view, line))]
        return tuple(dict.fromkeys(found))

    def find_handlers_by_name(
        self, view: Located, dotted: str, *, line: int
    ) -> tuple[Handler, ...]:
        """What answers where a pattern names a view by a string, as Django did before 1.10."""
        module, _, name = dotted.rpartition(".")
        path = self._code.find_module(view.path, module)
        if path is None:
            return (Handler(ANY, view.path, line, name),)
        return self.find_handlers(Located(path, (), Name(name)), line=line)

    def _name_of_unknown(self, view: Located, line: int) -> str:
        lines = range(line, line + _LINES_OF_PATTERN)
        is_lambda = any("lambda" in self._code.line_text(view.path, number) for number in lines)
        return "<lambda>" if is_lambda else "<unknown>"

    def _of(self, one: Located, line: int, depth: int) -> Iterator[Handler]:
        if depth <= 0:
            return
        match one.expression:
            case Name(dotted):
                yield from self._of_name(one, dotted, line, depth)
            case Call(receiver=Name(view), name="as_view"):
                yield from self._of_as_view(one, view, one.expression, line)
            case Call():
                yield from self._of_wrapper(one, one.expression, line, depth)
            case _:
                return

    def _of_name(self, one: Located, dotted: str, line: int, depth: int) -> Iterator[Handler]:
        for meaning in self._code.find_meanings(one.path, one.scope, dotted):
            if isinstance(meaning, External):
                yield Handler(ANY, one.path, line, meaning.dotted.rpartition(".")[2])
                continue
            what = meaning.what
            if isinstance(what, Assignment) and meaning.rest:
                yield from self._of_attribute(meaning, what, line)
            elif isinstance(what, Assignment):
                # `view = cache_page(60)(view)`: the inner name is the view before that.
                if meaning not in self._following:
                    yield from self._of_assigned(meaning, what, depth)
            elif isinstance(what, Function):
                yield from self._of_function(meaning, what)
            elif isinstance(what, Class):
                yield class_handler(meaning, ANY)

    def _of_assigned(
        self, meaning: Definition, what: Assignment, depth: int
    ) -> tuple[Handler, ...]:
        self._following.append(meaning)
        value = Located(meaning.path, meaning.scope, what.value)
        found = tuple(self._of(value, what.line, depth - 1))
        self._following.pop()
        return found or (Handler(ANY, meaning.path, what.line, name_of(meaning)),)

    def _of_attribute(self, meaning: Definition, what: Assignment, line: int) -> Iterator[Handler]:
        """`site.index`, where `site = Site()`."""
        classes = (
            self._code.find_classes_built(meaning.path, meaning.scope, what.value)
            if isinstance(what.value, Call)
            else ()
        )
        for built in classes:
            for member in self._code.find_members(built, meaning.rest):
                if isinstance(member.what, Function):
                    yield Handler(ANY, member.path, member.what.line, name_of(member))
                    return
        yield Handler(ANY, meaning.path, line, f"{name_of(meaning)}.{meaning.rest}")

    def _of_function(self, view: Definition, what: Function) -> Iterator[Handler]:
        methods: Sequence[str] | None = None
        for decorator in what.decorators:
            found = self._limit_of(Located(view.path, view.scope, decorator))
            methods = methods if found is None else _both(methods, found)
        for method in (ANY,) if methods is None else methods:
            yield Handler(method, view.path, what.line, name_of(view))

    def _limit_of(self, decorator: Located) -> Sequence[str] | None:
        """The methods that a decorator leaves to a view; nothing where it leaves all."""
        expression = decorator.expression
        dotted = expression.dotted if isinstance(expression, Name | Call) else ""
        name = self._code.external_name(decorator.path, decorator.scope, dotted) or ""
        last = name.rpartition(".")[2]
        if name.startswith("django.views.decorators."):
            if last == "require_http_methods" and isinstance(expression, Call):
                return self._methods_in(decorator, expression.argument(0, "request_method_list"))
            return _LIMITS.get(last)
        if name.startswith("rest_framework.decorators.") and last == "api_view":
            call = expression if isinstance(expression, Call) else Call(None, "", 0)
            given = call.argument(0, "http_method_names")
            return ("GET",) if given is None else self._methods_in(decorator, given)
        return None

    def _methods_in(self, one: Located, given: Expression | None) -> Sequence[str] | None:
        if given is None:
            return None
        found = find_texts(self._code, Located(one.path, one.scope, given))
        return tuple(dict.fromkeys(text.upper() for text in found)) or None

    def _of_as_view(self, one: Located, view: str, call: Call, line: int) -> Iterator[Handler]:
        names = call.argument(None, "http_method_names")
        only = None if names is None else self._methods_in(one, names)
        actions = call.argument(0, "actions")
        for meaning in self._code.find_meanings(one.path, one.scope, view):
            if isinstance(meaning, External):
                name = meaning.dotted.rpartition(".")[2]
                implied = implied_methods(meaning.dotted) or (ANY,)
                for method in implied if only is None or implied == (ANY,) else only:
                    yield Handler(method, one.path, line, name)
            elif not isinstance(meaning.what, Class):
                yield Handler(ANY, meaning.path, line, name_of(meaning))
            elif actions is not None:
                value = Located(one.path, one.scope, actions)
                yield from self._of_actions(meaning, value)
            else:
                yield from find_class_handlers(self._code, meaning, only=only)

    def _of_actions(self, viewset: Definition, actions: Located) -> Iterator[Handler]:
        """`as_view({"get": "list"})`."""
        allowed = allowed_methods(self._code, viewset)
        for value in self._code.find_values(actions.path, actions.scope, actions.expression):
            pairs = value.expression.pairs if isinstance(value.expression, Table) else ()
            for key, action in pairs:
                method = self._code.find_text(value.path, value.scope, key)
                name = self._code.find_text(value.path, value.scope, action)
                if method is None or name is None or method.upper() not in allowed:
                    continue
                handler = find_action_handler(
                    self._code, viewset, method=method.upper(), action=name
                )
                if handler is not None:
                    yield handler

    def _of_wrapper(self, one: Located, call: Call, line: int, depth: int) -> Iterator[Handler]:
        """`login_required(view)`, `cache_page(60)(view)`, and instances that can be called."""
        built = self._code.find_classes_built(one.path, one.scope, call)
        meanings = self._code.find_meanings(one.path, one.scope, call.dotted) if call.dotted else ()
        own = [meaning for meaning in meanings if isinstance(meaning, Definition)]
        if built and any(isinstance(meaning.what, Class) for meaning in own):
            yield class_handler(built[0], ANY)
            return
        decorator = call.receiver if call.name == "" and call.receiver is not None else call
        limit = self._limit_of(Located(one.path, one.scope, decorator))
        for argument in (*call.arguments, *(value for _, value in call.keywords)):
            inner = Located(one.path, one.scope, argument)
            if not self._may_be_view(inner, is_wrapper_known=not own):
                continue
            if found := tuple(self._of(inner, line, depth - 1)):
                yield from found if limit is None else _limited(found, limit)
                return
        for maker in own:
            if isinstance(maker.what, Function):
                yield Handler(ANY, maker.path, maker.what.line, name_of(maker))
                return
        for meaning in meanings:
            if isinstance(meaning, External):
                yield Handler(ANY, one.path, line, meaning.dotted.rpartition(".")[2])
                return

    def _may_be_view(self, argument: Located, *, is_wrapper_known: bool) -> bool:
        """Whether an argument can be the view that a decorator wraps.

        The project's own functions take other things, too: a setting, a class.
        """
        if not isinstance(argument.expression, Name):
            return isinstance(argument.expression, Call)
        return any(
            is_wrapper_known
            if isinstance(meaning, External)
            else isinstance(meaning.what, Function | Assignment)
            for meaning in self._code.find_meanings(
                argument.path, argument.scope, argument.expression.dotted
            )
        )


def _both(before: Sequence[str] | None, further: Sequence[str]) -> Sequence[str]:
    return further if before is None else [method for method in before if method in further]


def _limited(handlers: Sequence[Handler], methods: Sequence[str]) -> Iterator[Handler]:
    for handler in handlers:
        if handler.method in methods:
            yield handler
        elif handler.method == ANY:
            for method in methods:
                yield Handler(method, handler.path, handler.line, handler.name)
