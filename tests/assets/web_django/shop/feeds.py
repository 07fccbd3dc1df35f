from django.contrib.syndication.views import Feed


class LatestItems(Feed):
    title = "Items"
    link = "/shop/"
    description = "What is new"

    def items(self):
        return []
