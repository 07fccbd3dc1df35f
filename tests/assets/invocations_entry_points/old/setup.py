import sys

from setuptools import setup

sys.exit("this is never run")
ENTRY_POINTS = {
    "console_scripts": ["old-tool = oldpkg.tool:main", f"made-up = {sys.argv}"],
    "other.plugins": "old = oldpkg.other:Plugin",
}
setup(name="old", entry_points=ENTRY_POINTS)
