from .things import router as newest

__all__ = ["newest"]
