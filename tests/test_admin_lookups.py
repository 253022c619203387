"""The lists of the administrators take the lookups of their own filters and no others."""

import pytest
from django.contrib import admin
from django.urls import reverse


def listed_fields():
    """Return the address of each list with the fields that can be filtered there."""
    for model, of_model in admin.site._registry.items():
        for one in of_model.list_filter:
            if isinstance(one, str):
                name = f"{model._meta.app_label}_{model._meta.model_name}"
                yield reverse(f"admin:{name}_changelist"), one


@pytest.mark.parametrize("lookup", ["regex", "iregex", "range", "in", "gt", "exact__regex"])
def test_a_lookup_that_no_filter_uses_is_a_bad_request(quiet_client, ada, lookup):
    quiet_client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    statuses = {
        (address, field): quiet_client.get(address, {f"{field}__{lookup}": "["}).status_code
        for address, field in listed_fields()
    }

    assert statuses
    assert set(statuses.values()) == {400}


def test_the_filters_themselves_still_work(quiet_client, ada):
    quiet_client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    statuses = {
        quiet_client.get(address, {f"{field}__exact": "1"}).status_code
        for address, field in listed_fields()
    }

    assert statuses == {200}
