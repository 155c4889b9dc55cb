"""Authors and books."""

from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    title = models.CharField(max_length=80)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    bought = models.DateTimeField(null=True, blank=True)
    cover = models.FileField(upload_to="covers", blank=True)

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    words = models.TextField()

    def __str__(self) -> str:
        return self.words
