"""What the admin shows: a bit of each of its widgets."""

from django.contrib import admin
from shelf.models import Author, Book, Note


class Notes(admin.TabularInline):
    model = Note
    extra = 0


@admin.register(Author)
class Authors(admin.ModelAdmin):
    search_fields = ("name",)


@admin.register(Book)
class Books(admin.ModelAdmin):
    autocomplete_fields = ("author",)
    list_display = ("title", "author", "bought", "cover")
    list_filter = ("author",)
    search_fields = ("title",)
    inlines = (Notes,)
