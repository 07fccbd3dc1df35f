"""Which file of the project a path in a command means."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import PROJECT, UNKNOWN, Place

# A bare name like these says nothing about which project it belongs to.
_COMMON_NAMES = frozenset(
    {
        "__init__.py", "__main__.py", "app.py", "build.sh", "conftest.py", "deploy.sh",
        "install.sh", "main.py", "manage.py", "run.py", "run.sh", "setup.py", "setup.sh",
        "start.sh", "test.py", "test.sh", "tests.sh",
    }
)  # fmt: skip
_SYSTEM_FOLDERS = frozenset(
    {"bin", "dev", "etc", "lib", "lib64", "proc", "root", "run", "sbin", "sys", "tmp", "usr", "var"}
)
_SEARCHED_FOLDERS = frozenset(
    {"/bin", "/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin"}
)


class ProjectTree:
    """The files and folders of a project, found by the paths that commands use for them.

    A path is followed from the working directory. Where that is unknown, or leads nowhere, the file
    is the one that the end of the path fits; where it fits several, none is chosen.
    """

    def __init__(self, files: Iterable[ProjectPath]) -> None:
        self.files = frozenset(files)
        self.folders = _folders_of(self.files)
        self._files_by_name: dict[str, list[ProjectPath]] = defaultdict(list)
        for path in self.files:
            self._files_by_name[path.rpartition("/")[2]].append(path)

    def find_file(self, text: str, place: Place) -> ProjectPath | None:
        """Find the file that a path means."""
        if not text or text.startswith("~") or any(mark in text for mark in "*?\n"):
            return None
        if UNKNOWN in text:
            tail = text.rpartition(UNKNOWN)[2]
            return self._find_by_end(tail, is_whole=False) if tail.startswith("/") else None
        if text.startswith(PROJECT):
            return self._get_file(inside_project(text))
        if text.startswith("/"):
            return self._find_in_container(posixpath.normpath(text), place)
        return self._find_relative(text, place)

    def _find_in_container(self, path: str, place: Place) -> ProjectPath | None:
        found = {self._get_file(source) for source in _project_paths(path, place)} - {None}
        return found.pop() if len(found) == 1 else self._find_by_end(path, is_whole=True)

    def _find_relative(self, text: str, place: Place) -> ProjectPath | None:
        candidates = {self._get_file(_join(folder, text)) for folder in place.folders} - {None}
        if candidates:
            return candidates.pop() if len(candidates) == 1 else None
        if "/" not in text.removeprefix("./") or text.startswith(".."):
            return None
        return self._find_by_end(f"/{text}", is_whole=False)

    def find_folders(self, text: str, place: Place) -> tuple[str, ...]:
        """Find the folders that a path may mean; none where it leads out of the project."""
        if text.startswith("~"):
            return ()
        if UNKNOWN in text:
            tail = text.rpartition(UNKNOWN)[2]
            found = self._find_folder_by_end(tail) if tail.startswith("/") else None
        elif text.startswith(PROJECT):
            found = inside_project(text)
        elif text.startswith("/"):
            path = posixpath.normpath(text)
            mounted = [one for one in _project_paths(path, place) if one in self.folders]
            if mounted:
                return tuple(dict.fromkeys(mounted))
            found = self._find_folder_by_end(path)
        else:
            joined = [_join(folder, text) for folder in place.folders]
            # From a folder that is certain, the way leads to one that may still have to be made.
            is_certain = len(place.folders) == 1
            known = [
                one for one in joined if one is not None and (is_certain or one in self.folders)
            ]
            return tuple(dict.fromkeys(known))
        return (found,) if found is not None and found in self.folders else ()

    def find_on_path(self, name: str, place: Place) -> ProjectPath | None:
        """Find a program that an image keeps in one of the folders that commands are looked for."""
        found = None
        for mount in place.mounts:
            if mount.target in _SEARCHED_FOLDERS:
                found = self._get_file(f"{mount.source}/{name}".lstrip("/")) or found
            elif mount.target.endswith(f"/{name}"):
                folder = mount.target[: -len(name) - 1]
                found = (folder in _SEARCHED_FOLDERS and self._get_file(mount.source)) or found
        return found

    def files_named(self, name: str) -> list[ProjectPath]:
        """All files of a name, sorted."""
        return sorted(self._files_by_name.get(name, ()))

    def _get_file(self, path: str | None) -> ProjectPath | None:
        return ProjectPath(path) if path is not None and path in self.files else None

    def _find_by_end(self, path: str, *, is_whole: bool) -> ProjectPath | None:
        """The only file whose path ends like this one.

        Args:
            path: starts with a slash.
            is_whole: the path is known from its start; else anything may stand before it.
        """
        parts = _parts_after_climbing(path)
        if not parts:
            return None
        candidates = self._files_by_name.get(parts[-1], [])
        for start in range(len(parts) - 1):
            end = "/".join(parts[start:])
            found = [one for one in candidates if one == end or one.endswith(f"/{end}")]
            if found:
                return found[0] if len(found) == 1 else None
            if not is_whole:
                return None
        is_elsewhere = is_whole and (len(parts) > 2 or parts[0] in _SYSTEM_FOLDERS)
        if is_elsewhere or parts[-1] in _COMMON_NAMES or len(candidates) != 1:
            return None
        return candidates[0]

    def _find_folder_by_end(self, path: str) -> str | None:
        parts = _parts_after_climbing(path)
        for start in range(len(parts)):
            end = "/".join(parts[start:])
            if end in self.folders:
                # `/app` in a container is hardly ever the project's own folder `app`.
                return end if start or UNKNOWN in path or "/" in end else None
            if len(parts) - start > 1:
                found = [one for one in self.folders if one.endswith(f"/{end}")]
                if found:
                    return found[0] if len(found) == 1 else None
        return None


def inside_project(text: str) -> str | None:
    """The path in the project of one that starts with its mark; nothing where it climbs out."""
    path = posixpath.normpath(text)
    if path == PROJECT:
        return ""
    return path.removeprefix(f"{PROJECT}/") if path.startswith(f"{PROJECT}/") else None


def _project_paths(path: str, place: Place) -> list[str]:
    """Where in the project the files of a container's path stand."""
    found = []
    for mount in place.mounts:
        if path == mount.target:
            found.append(mount.source)
        elif path.startswith(mount.target.rstrip("/") + "/"):
            rest = path[len(mount.target.rstrip("/")) + 1 :]
            found.append(f"{mount.source}/{rest}" if mount.source else rest)
    if not found:
        # `COPY app /app/app` says that `/app` is where `app` stands.
        for mount in place.mounts:
            rest = mount.target.removeprefix(path.rstrip("/") + "/")
            if rest == mount.target:
                continue
            if mount.source == rest:
                found.append("")
            elif mount.source.endswith(f"/{rest}"):
                found.append(mount.source[: -len(rest) - 1])
    return found


def _join(folder: str, text: str) -> str | None:
    path = posixpath.normpath(posixpath.join(folder, text))
    if path == ".":
        return ""
    return None if path == ".." or path.startswith("../") else path


def _parts_after_climbing(path: str) -> list[str]:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts.clear()
        elif part not in ("", "."):
            parts.append(part)
    return parts


def _folders_of(files: Iterable[str]) -> frozenset[str]:
    folders = {""}
    for path in files:
        end = path.rfind("/")
        while end > 0 and path[:end] not in folders:
            folders.add(path[:end])
            end = path.rfind("/", 0, end)
    return frozenset(folders)
