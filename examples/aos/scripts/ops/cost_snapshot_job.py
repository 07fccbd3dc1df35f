"""Started by two systemd timers, hourly and daily."""

import sys


def main(period: str) -> str:
    """One snapshot."""
    return f"snapshot {period}"


if __name__ == "__main__":
    print(main(sys.argv[1]))
