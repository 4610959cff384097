"""Pages of releases."""

from django.urls import path

from . import consultation_views, views

urlpatterns = [
    path("releases", views.releases, name="releases"),
    path("releases/choices", views.choices, name="release-choices"),
    path("restored", views.restored, name="restored"),
    path("recipients", views.recipients, name="recipients"),
    path("recipients/new", views.new, name="recipient-new"),
    path("recipients/<uuid:recipient>", views.recipient, name="recipient"),
    path("clients/<uuid:record>/decisions/<uuid:decision>/packet", views.packet, name="packet"),
    path("clients/<uuid:record>/packets/<uuid:packet>/send", views.send, name="packet-send"),
    path("clients/<uuid:record>/packets/<uuid:packet>/files/<uuid:document_id>", views.boxes, name="packet-file"),
    path("clients/<uuid:record>/packets/<uuid:packet>/files/<uuid:document_id>/pages/<int:page>", views.page, name="packet-file-page"),
    path("clients/<uuid:record>/releases/<uuid:outgoing>", views.going, name="release"),
    path("clients/<uuid:record>/releases/<uuid:outgoing>/hand", views.hand, name="release-hand"),
    path("clients/<uuid:record>/releases/<uuid:outgoing>/copy", views.copy, name="release-copy"),
    path("clients/<uuid:record>/releases/<uuid:outgoing>/settle", views.settle, name="release-settle"),
    path("clients/<uuid:record>/releases/<uuid:outgoing>/shut", views.shut, name="release-shut"),
    path("clients/<uuid:record>/codes", views.codes, name="visit-codes"),
    path("clients/<uuid:record>/codes/<uuid:visit>", views.diagnosis, name="visit-diagnosis"),
    path("told", views.told, name="told"),
    path("clients/<uuid:record>/accounting", views.accounting, name="accounting"),
    path("clients/<uuid:record>/accounting/add", views.add, name="accounting-add"),
    path("clients/<uuid:record>/accounting/list", views.take, name="accounting-take"),
    path("clients/<uuid:record>/accounting/note", views.note, name="accounting-note"),
    path("clients/<uuid:record>/accounting/suspend", views.suspend, name="accounting-suspend"),
    path("clients/<uuid:record>/accounting/suspensions/<uuid:suspension>/follow", views.follow, name="accounting-follow"),
    path("clients/<uuid:record>/accounting/suspensions/<uuid:suspension>/lift", views.lift, name="accounting-lift"),
    path("l/<str:token>", views.link, name="link"),
    path("clients/<uuid:record>/consult", consultation_views.consult, name="consult"),
    path("clients/<uuid:record>/consult/<uuid:consultation>", consultation_views.consultation, name="consultation"),
]
