"""Who may work at the desk."""

from __future__ import annotations

from pathlib import Path

from backfile.errors import UsageError


def set_desk_user(folder: Path, name: str, password: str) -> bool:
    """Make a person of the desk, or give one a new password. True if the person is new.

    Raises `UsageError` for a name or password that will not do, and says why.
    """
    from backfile.store.django import setup

    setup(folder)
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        User.username_validator(name)
        user, made = User.objects.get_or_create(username=name) if len(name) <= 150 else (None, False)
        if user is None:
            raise UsageError("the name is longer than 150 characters")
        validate_password(password, user)
    except ValidationError as problem:
        raise UsageError("; ".join(problem.messages)) from problem
    user.is_active = True
    user.set_password(password)
    user.save()
    return made
