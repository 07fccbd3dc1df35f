"""What an owner of records is called elsewhere: in CODEOWNERS, and among the authors of commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct, field

from analyzer.model.codeowners import Codeowners

_NO_REPLY = "@users.noreply.github.com"


class Owners(Struct, frozen=True, dict=True):
    """Joins the names in records with handles and authors.

    A name is a handle's own where they are the same in any case, with or without `@` and the
    organisation in front: `backend` is `@acme/Backend`. Where `[owners]` of the configuration maps
    the name to a handle, that alone is meant.
    """

    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name in records -> handles with `@`, addresses, and names of authors."""
    codeowners: Codeowners | None = None

    def handles_of(self, owner: str) -> tuple[str, ...]:
        """What the forge knows an owner by, sorted; empty where that is not known."""
        mapped = self._mapped(owner)
        handles = [one for one in mapped if one.startswith("@")]
        if not handles and _is_address(owner):
            handles = [owner]
        if not handles:
            handles = [*self._named_like.get(_last(owner), ())]
            handles = [one for one in handles if _is_same(owner, one)]
        return tuple(sorted({*(handles or (one for one in mapped if "@" in one))}))

    def is_among(self, owner: str, handles: Iterable[str]) -> bool:
        """Whether one of some handles and addresses is an owner's."""
        mapped = self._mapped(owner)
        names = mapped if any(one.startswith("@") for one in mapped) else (owner, *mapped)
        return any(_is_same(name, handle) for handle in handles for name in names)

    def is_author(self, owner: str, *, name: str, email: str) -> bool:
        """Whether an author of commits is an owner, or one of those who are, by `[owners]`."""
        email = email.casefold()
        local = email.partition("@")[0]
        known = {name.casefold(), email, local}
        if email.endswith(_NO_REPLY):
            known.add(local.rpartition("+")[2])
        return any(
            one.casefold() in known or (one.startswith("@") and _last(one) in known)
            for one in (owner, *self._mapped(owner))
        )

    def _mapped(self, owner: str) -> tuple[str, ...]:
        return self._folded.get(owner.casefold(), ())

    @cached_property
    def _folded(self) -> Mapping[str, tuple[str, ...]]:
        return {name.casefold(): handles for name, handles in self.mapping.items()}

    @cached_property
    def _named_like(self) -> Mapping[str, tuple[str, ...]]:
        """The end of a handle -> the handles of CODEOWNERS that end so."""
        rules = () if self.codeowners is None else self.codeowners.rules
        found: dict[str, tuple[str, ...]] = {}
        for handle in sorted({owner for rule in rules for owner in rule.owners}):
            found[_last(handle)] = (*found.get(_last(handle), ()), handle)
        return found


def order_of_owner(owner: str | None) -> tuple[bool, str]:
    """By name; nobody comes last."""
    return (owner is None, owner or "")


def _is_same(name: str, handle: str) -> bool:
    """Whether a name means a handle; addresses, and names with an organisation, are whole."""
    if _is_mail(name) or _is_mail(handle):
        return name.casefold() == handle.casefold()
    if "/" in name and "/" in handle:
        return name.lstrip("@").casefold() == handle.lstrip("@").casefold()
    return _last(name) == _last(handle)


def _last(name: str) -> str:
    return name.lstrip("@").rpartition("/")[2].casefold()


def _is_mail(name: str) -> bool:
    return "@" in name and not name.startswith("@")


def _is_address(name: str) -> bool:
    """Whether a forge understands it as it is."""
    return "@" in name and name.split() == [name]
