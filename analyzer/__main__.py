"""`python -m analyzer`."""

from analyzer.cli.app import main

main()
