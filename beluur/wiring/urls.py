"""All addresses; a tenant's pages stand under /a/<administration>/."""

from django.urls import include, path

urlpatterns = [path("", include("beluur.web.urls"))]
