"""What all our admin pages have in common: strict addresses, short lists, no surprises."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.utils.text import capfirst

# Enough to search with; SQLite fails on patterns of many words.
LONGEST_SEARCH = 100


class PlainAdmin(admin.ModelAdmin):
    """An admin that takes only what its own pages send."""

    list_per_page = 100
    list_max_show_all = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def changelist_view(self, request, extra_context=None):
        """Head the list with what is in it."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def lookup_allowed(self, lookup, value, request):
        """Allow only the filters that stand on the page: others could ask what we hide."""
        filters = self.get_list_filter(request)
        own = {one.parameter_name for one in filters if not isinstance(one, str)}
        fields = [one for one in filters if isinstance(one, str)]
        of_fields = {f"{field}__{asked}" for field in fields for asked in ("exact", "isnull")}
        return lookup in own | of_fields

    def get_object(self, request, object_id, from_field=None):
        """Return the row; raise Http404 if it does not exist or may not be seen."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def changeform_view(self, request, *args, **kwargs):
        """Answer 400, and store nothing, when the rows that were sent cannot stand together."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            raise BadRequest("The rows of this form cannot stand together.") from None

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def response_action(self, request, queryset):
        """Check the selected keys first: the database fails on a key of another shape."""
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.clean(key, None)
        except ValidationError:
            raise BadRequest("A selected key is not a key.") from None
        return super().response_action(request, queryset)


class ReadOnlyAdmin(PlainAdmin):
    """An admin in which nothing can be added, changed or deleted."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
