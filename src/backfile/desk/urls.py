"""The desk's addresses, below `/desk/`."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from backfile.desk import views

urlpatterns = [
    path("", views.inbox),
    path("report/<int:number>", views.report),
    path("report/<int:number>/state", views.change),
    path("login", csrf_protect(views.Login.as_view())),
    path("logout", csrf_protect(LogoutView.as_view(next_page="/desk/login"))),
]
