"""Pages about what was agreed."""

from django.urls import path

from . import paper_urls, views

HERE = "clients/<uuid:record>/authorizations"
urlpatterns = [
    path("authorizations/ending", views.ending, name="authorizations-ending"),
    path(HERE, views.listed, name="authorizations"),
    path(f"{HERE}/begin", views.begin, name="authorization-begin"),
    path(f"{HERE}/new", views.new, name="authorization-new"),
    path(f"{HERE}/<uuid:authorization>", views.one, name="authorization"),
    path(f"{HERE}/<uuid:authorization>/revoke", views.take_back, name="authorization-revoke"),
    path(f"{HERE}/<uuid:authorization>/ended", views.ended, name="authorization-ended"),
    path(f"{HERE}/<uuid:authorization>/confirm", views.confirm, name="authorization-confirm"),
    path(f"{HERE}/<uuid:authorization>/letter", views.letter, name="authorization-letter"),
    path(f"{HERE}/<uuid:authorization>/scan", views.scan_add, name="authorization-scan-add"),
    path(f"{HERE}/scans/<uuid:scan>", views.scan, name="authorization-scan"),
    path(f"{HERE}/scans/<uuid:scan>/<int:page>", views.scan_picture, name="authorization-picture"),
    path(f"{HERE}/scans/<uuid:scan>/drop", views.scan_drop, name="authorization-scan-drop"),
    path("clients/<uuid:record>/restrictions", views.restrictions, name="restrictions"),
    path("clients/<uuid:record>/restrictions/<uuid:restriction>/end", views.restriction_ended, name="restriction-end"),
    *paper_urls.urlpatterns,
]
