"""What can go wrong with people and their keys. None of these says whether somebody exists."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class BadEmailAddress(BadInput):
    """This is not an e-mail address."""


class NotSignedIn(BadInput):
    """Please sign in first."""


class BadToken(BadInput):
    """This access token is not valid, or it has expired."""


class NotAllowed(BadInput):
    """Your role does not allow this."""


class BusinessSuspended(NotAllowed):
    """This business is suspended: everything can be looked at, and nothing can be changed."""


class CrossSiteRequest(BadInput):
    """This request came from another site, so it was not carried out."""


class LinkNotValid(WrongState):
    """This sign-in link has been used, has expired, or was opened in another browser. Please ask for a new one."""


class TooManyAttempts(BadInput):
    """Too many attempts. Please wait a moment and try again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class UserNotFound(NotFound):
    """There is no such user."""


class NotAMember(NotFound):
    """This person does not work for this business."""


class RoleNotGrantable(NotAllowed):
    """Your role does not allow you to give somebody this role."""


class LastOwner(WrongState):
    """A business needs at least one owner."""
