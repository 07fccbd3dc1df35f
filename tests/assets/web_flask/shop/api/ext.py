from flask_restful import Api, Resource

from shop import settings


def tenant_rule(rule):
    if settings.MULTI_TENANT:
        return "/<tenant>{}".format(rule)
    return rule


class TenantApi(Api):
    def add_tenant_resource(self, resource, *urls, **kwargs):
        urls = [tenant_rule(url) for url in urls]
        return self.add_resource(resource, *urls, **kwargs)

    def add_admin_resource(self, resource, url):
        self.add_tenant_resource(resource, "/tenant-admin" + url)


api = TenantApi()


class Invoice(Resource):
    def get(self, number):
        return {}

    def post(self, number):
        return {}


class Invoices(Resource):
    def get(self):
        return []


class Audit(Resource):
    def get(self):
        return []


api.add_tenant_resource(Invoice, "/invoices/<number>", endpoint="invoice")
api.add_tenant_resource(Invoices, "/invoices", "/bills", endpoint="invoices")
api.add_admin_resource(Audit, "/audit")
