"""Runs compiled policies."""

from app.policy.runtime.dag_executor import DAGExecutor

__all__ = ["DAGExecutor"]
