"""Joins a registry of artifacts with what the code really imports.

The folders are the pipeline:

    registry  (what people declared)  ┐
                                      ├─> graph ─> questions, checks ─> renderings
    sources   (what the code says)    ┘

`pipeline.analyse` loads, scans and joins; a function of `questions` or `checks` asks; `renderings`
turn the answer into text; `cli` parses, calls, prints and chooses the exit code. `model` holds the
frozen values that all of them speak.
"""

__version__ = "0.1.0"
