"""Options and commands in the wrong place: the mistake is told with the place that is right."""

from __future__ import annotations

from typing import Any, cast

import typer
from typer.core import TyperGroup

# Typer shows no other name of it.
UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])


class AllCommands(TyperGroup):
    """The commands. Options of all of them stand in front; other tools take them anywhere."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Typer shows no name of it
        """Find a command, or say of which group it is one."""
        try:
            return super().resolve_command(ctx, args)
        except UsageError as error:
            for group, command in sorted(self.commands.items()):
                if args[0] in getattr(command, "commands", {}):
                    error.message += f" There is `analyzer {group} {args[0]}`."
            raise

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Run a command, or say of an option of all commands where it stands."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            option = getattr(error, "option_name", None)
            if option is not None and any(option in one.opts for one in self.params):
                error.message += f"; it stands before the command, as in `analyzer {option} …`"
            raise
