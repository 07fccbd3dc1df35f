"""The command `aos`."""

from . import __version__
from .client import AOSClient
from .runtime import RuntimeContext
from .trace import create_trace_from_context


def main():
    """Version, and the price of an empty plan."""
    trace = create_trace_from_context(RuntimeContext())
    print(__version__, AOSClient().simulate({}), trace)


if __name__ == "__main__":
    main()
