"""Pages about what was agreed."""

from django.urls import path

from . import paper_urls, views

urlpatterns = [
    path("clients/<uuid:record>/authorizations", views.listed, name="authorizations"),
    path("clients/<uuid:record>/authorizations/new", views.new, name="authorization-new"),
    path("clients/<uuid:record>/authorizations/<uuid:authorization>", views.one, name="authorization"),
    path("clients/<uuid:record>/authorizations/<uuid:authorization>/revoke", views.take_back, name="authorization-revoke"),
    path("clients/<uuid:record>/authorizations/<uuid:authorization>/ended", views.ended, name="authorization-ended"),
    *paper_urls.urlpatterns,
]
