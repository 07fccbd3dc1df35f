class ArchiveRouter:
    pass
