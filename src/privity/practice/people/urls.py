"""Pages about people: signing in, staff, clients."""

from django.urls import path

from . import views
from .views import glass, importing, trail

urlpatterns = [
    path("profile", views.profile, name="profile"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.sign_in_code, name="sign-in-code"),
    path("sign-in/passkey", views.sign_in_passkey, name="sign-in-passkey"),
    path("sign-in/recovery", views.sign_in_recovery, name="sign-in-recovery"),
    path("sign-in/begin", views.set_up_begin, name="set-up-begin"),
    path("sign-in/set-up", views.set_up, name="set-up"),
    path("sign-in/codes", views.set_up_codes, name="set-up-codes"),
    path("sign-in/prove", views.prove, name="prove"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("session/left", views.session_left, name="session-left"),
    path("session/stay", views.session_stay, name="session-stay"),
    path("me", views.me, name="me"),
    path("me/passkey", views.passkey, name="me-passkey"),
    path("me/password", views.password, name="me-password"),
    path("me/codes", views.codes, name="me-codes"),
    path("staff", views.staff, name="staff"),
    path("staff/add", views.staff_add, name="staff-add"),
    path("staff/<uuid:id>", views.account, name="account"),
    path("clients", views.clients, name="clients"),
    path("clients/new", views.new, name="client-new"),
    path("clients/<uuid:record>", views.client, name="client"),
    path("clients/<uuid:record>/people/<uuid:person_id>", views.change, name="client-change"),
    path("clients/<uuid:record>/quiet", views.quiet, name="client-quiet"),
    path("clients/<uuid:record>/tie", views.tie, name="client-tie"),
    path("clients/<uuid:record>/ties/<uuid:tie_id>/end", views.untie, name="client-untie"),
    path("clients/<uuid:record>/close", views.close, name="client-close"),
    path("clients/<uuid:record>/reopen", views.reopen, name="client-reopen"),
    path("clients/<uuid:record>/hold", views.hold, name="client-hold"),
    path("clients/<uuid:record>/holds/<slug:hold_id>/lift", views.lift, name="client-lift"),
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
