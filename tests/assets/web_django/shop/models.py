from django.db import models


class Item(models.Model):
    title = models.CharField(max_length=80)
    slug = models.SlugField()
    created = models.DateTimeField()
