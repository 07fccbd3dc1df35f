imports = ("crm.legacy",)
