"""Kept for old installers."""

from setuptools import setup

setup()
