"""Times the analyzer against bare Grimp, ruff, import-linter, tach and pydeps, in one run.

`generate` writes a seeded tree of any size, `layout` puts files where each tool looks for them,
`commands` says how each tool is started, `measure` is the small process that starts and watches one
command, `report` draws the table, and `bench` runs it all.
"""
