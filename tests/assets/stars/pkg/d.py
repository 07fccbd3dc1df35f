__all__ = []
__all__.append('Fourth')
__all__.extend(('Fifth',))
Fourth, Fifth = 4, 5
