"""The chart's pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("clients/<uuid:record>/chart", views.chart, name="chart"),
    path("clients/<uuid:record>/chart/entry", views.entry, name="entry"),
    path("clients/<uuid:record>/chart/entries/<uuid:entry_id>/amend", views.amend, name="entry-amend"),
    path("clients/<uuid:record>/chart/draft", views.draft, name="draft"),
    path("clients/<uuid:record>/chart/documents/new", views.new, name="document-new"),
    path("clients/<uuid:record>/chart/documents/<uuid:document_id>", views.document, name="document"),
]
