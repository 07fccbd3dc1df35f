"""Commands that run another command: what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from analyzer.sources.invocations.base import Word

ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
"""`NAME=value`, which a shell takes before a command."""

_NUMBERED = re.compile(r"-[A-Za-z]\d+")
# Wrapper -> its options that have a value of their own.
_PLAIN: dict[str, frozenset[str]] = {
    "builtin": frozenset(),
    "caffeinate": frozenset(),
    "catchsegv": frozenset(),
    "chronic": frozenset(),
    "command": frozenset(),
    "cross-env": frozenset(),
    "ddtrace-run": frozenset(),
    "dumb-init": frozenset({"-r", "--rewrite"}),
    "env": frozenset({"-u", "--unset", "-C", "--chdir", "-S"}),
    "exec": frozenset({"-a"}),
    "ionice": frozenset({"-c", "-n", "-p"}),
    "newrelic-admin": frozenset(),
    "nice": frozenset({"-n", "--adjustment"}),
    "nohup": frozenset(),
    "opentelemetry-instrument": frozenset({"--traces_exporter", "--service_name"}),
    "run-program": frozenset(),
    "setsid": frozenset(),
    "stdbuf": frozenset({"-i", "-o", "-e"}),
    "strace": frozenset({"-o", "-e", "-p"}),
    "sudo": frozenset({"-u", "--user", "-g", "--group", "-h", "-p", "-C", "-D"}),
    "tini": frozenset(),
    "time": frozenset({"-o", "-f"}),
    "unbuffer": frozenset(),
    "xvfb-run": frozenset({"-n", "-s", "-e"}),
}
# Wrapper -> how many words it takes before the command, beside its options.
_WITH_OPERANDS: dict[str, tuple[int, frozenset[str]]] = {
    "chpst": (0, frozenset({"-u", "-U", "-e"})),
    "flock": (1, frozenset({"-w", "--timeout", "-E"})),
    "gosu": (1, frozenset()),
    "su-exec": (1, frozenset()),
    "timeout": (1, frozenset({"-k", "--kill-after", "-s", "--signal"})),
}
# Tool -> the word after which a command follows, its options that have a value.
_RUNNERS: dict[str, frozenset[str]] = {
    "conda": frozenset({"-n", "--name", "-p", "--prefix", "--cwd"}),
    "mamba": frozenset({"-n", "--name", "-p", "--prefix"}),
    "pdm": frozenset({"-p", "--project"}),
    "pipenv": frozenset(),
    "pixi": frozenset({"-e", "--environment"}),
    "poetry": frozenset({"-C", "--directory", "-P", "--project"}),
    "rye": frozenset(),
    "uv": frozenset(
        {
            "--config-setting", "--default-index", "--directory", "--env-file", "--exclude-newer",
            "--extra", "--find-links", "--group", "--index", "--index-strategy", "--index-url",
            "--link-mode", "--no-extra", "--no-group", "--only-group", "--package", "--prerelease",
            "--project", "--python", "--refresh-package", "--resolution", "--with",
            "--with-editable", "--with-requirements", "-C", "-P", "-f", "-p", "-w",
        }
    ),
}  # fmt: skip
# What they run stands after `--`.
_AFTER_DASHES = frozenset(
    {
        "aws-vault", "chamber", "concurrently", "doppler", "dotenv", "infisical", "op", "wait-for",
        "wait-for-it", "wait-for-it.sh", "wait-for.sh", "watchmedo",
    }
)  # fmt: skip
# Their many options are not known here; the first word that is surely a program begins the command.
_SEARCHED = frozenset(
    {"docker", "docker-compose", "entr", "kubectl", "nodemon", "parallel", "podman", "su", "xargs"}
)
WRAPPERS = frozenset({*_PLAIN, *_WITH_OPERANDS, *_RUNNERS, *_AFTER_DASHES, *_SEARCHED})
"""All commands that run another command."""
# Options of theirs that have no value.
_SWITCHES = frozenset(
    {
        "--build", "--detach", "--init", "--interactive", "--no-deps", "--privileged", "--rm",
        "--tty", "-0", "-T", "-d", "-i", "-it", "-r", "-t", "-ti",
    }
)  # fmt: skip
# To the others `NAME=value` is the name of a program. `time` is a word of the shell's own.
_WITH_ASSIGNMENTS = frozenset({"cross-env", "env", "sudo", "time"})
_CONTAINER_TOOLS = frozenset({"docker", "docker-compose", "kubectl", "podman"})


def unwrap(
    name: str, arguments: Sequence[Word], *, is_program: Callable[[str], bool]
) -> tuple[Word, ...] | None:
    """The command that a wrapper runs; nothing where the command is no wrapper.

    Args:
        name: the command's name without folder.
        arguments: the words after it.
        is_program: whether a word is surely the start of a command.
    """
    inner = _unwrap(name, tuple(arguments), is_program)
    if inner and name not in _WITH_ASSIGNMENTS and ASSIGNMENT.fullmatch(inner[0].text):
        return ()
    return inner


def _unwrap(
    name: str, words: tuple[Word, ...], is_program: Callable[[str], bool]
) -> tuple[Word, ...] | None:
    if name in _PLAIN:
        return _after_options(words, _PLAIN[name])
    if name in _WITH_OPERANDS:
        operands, options = _WITH_OPERANDS[name]
        rest = _after_options(words, options)
        return _after_options(rest[operands:], frozenset())
    if name in _RUNNERS:
        return _after_run(name, words)
    if name in _AFTER_DASHES:
        after = _after_dashes(words)
        # `dotenv run python x.py` does without.
        return _first_program(words, is_program) if after is None else after
    if name in _SEARCHED:
        return _searched(name, words, is_program)
    return None


def _after_options(words: tuple[Word, ...], options: frozenset[str]) -> tuple[Word, ...]:
    position = 0
    while position < len(words):
        text = words[position].text
        if text == "--":
            return words[position + 1 :]
        if text in options:
            position += 2
        elif text.startswith("-") or text == "":
            position += 1
        else:
            break
    return words[position:]


def _after_run(name: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`uv run …`; the other things that these tools do start nothing of the project."""
    words = _after_options(words, _RUNNERS[name])
    if not words or words[0].text != "run":
        return ()
    words = words[1:]
    first = words[0].text if words else ""
    if name == "uv" and first in ("-m", "--module"):
        return (Word("python", words[0].line), Word("-m", words[0].line), *words[1:])
    if name == "uv" and first in ("-s", "--script"):
        return (Word("python", words[0].line), *words[1:])
    words = _after_options(words, _RUNNERS[name])
    if name == "uv" and words and words[0].text.endswith(".py"):
        return (Word("python", words[0].line), *words)
    return words


def _after_dashes(words: tuple[Word, ...]) -> tuple[Word, ...] | None:
    for position, word in enumerate(words):
        if word.text == "--":
            return words[position + 1 :]
    return None


def _searched(
    name: str, words: tuple[Word, ...], is_program: Callable[[str], bool]
) -> tuple[Word, ...]:
    if name in _CONTAINER_TOOLS:
        for position, word in enumerate(words):
            if word.text in ("run", "exec"):
                after = _after_dashes(words) if name == "kubectl" else None
                return after or _first_program(words[position + 1 :], is_program)
        return ()
    if name == "su":
        for position, word in enumerate(words[:-1]):
            if word.text in ("-c", "--command"):
                dash = Word("-c", word.line)
                return (Word("sh", word.line), dash, words[position + 1])
        return ()
    return _first_program(words, is_program)


def _first_program(words: tuple[Word, ...], is_program: Callable[[str], bool]) -> tuple[Word, ...]:
    for position, word in enumerate(words):
        if is_program(word.text) and not _is_value(words, position):
            return words[position:]
    return ()


def _is_value(words: tuple[Word, ...], position: int) -> bool:
    """Whether a word may belong to the option before it: `--name worker`, `-n aos`."""
    before = words[position - 1].text if position else ""
    # `-n1` has its own already.
    is_whole = "=" in before or before in _SWITCHES or _NUMBERED.fullmatch(before) is not None
    return before.startswith("-") and not is_whole
