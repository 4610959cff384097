"""Pages about the practice."""

from django.urls import path

from . import views
from .views import glass, importing, trail

urlpatterns = [
    path("profile", views.profile, name="profile"),
    path("trail", trail.page, name="trail"),
    path("trail/take", trail.take, name="trail-take"),
    path("trail/sign", trail.sign, name="trail-sign"),
    path("break-glass", glass.break_glass, name="break-glass"),
    path("break-glass/reviews", glass.reviews, name="glass-reviews"),
    path("break-glass/reviews/<uuid:id>", glass.review, name="glass-review"),
    path("import", importing.upload, name="import"),
    path("import/<uuid:file>", importing.mapping, name="import-map"),
    path("import/<uuid:file>/run", importing.bring_in, name="import-run"),
    path("import/<uuid:file>/drop", importing.drop, name="import-drop"),
]
