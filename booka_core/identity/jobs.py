"""Work of the identity room that is done later: mailing links and invitations, and forgetting what has expired. A job's
payload holds ids only; the link's token is made here, on its way into the mail.
"""

from __future__ import annotations

from uuid import UUID

from booka_core.db.scope import platform_scope
from booka_core.identity import mail
from booka_core.identity.sign_in import LINK_LIFE, arm_link, forget_expired
from booka_core.jobs import registry
from booka_core.jobs.errors import Skip
from booka_core.jobs.types import JobInfo
from booka_core.kernel.settings import settings
from booka_core.tenancy.queries import get_tenant

_USER = "select email, name from users where id = $1 and disabled_at is null"


async def mail_sign_in_link(job: JobInfo) -> None:
    """Make a link's token and mail it. Run twice it mails a second link, which replaces the first."""
    link = await arm_link(UUID(job.payload["link_id"]))
    if link is None:
        raise Skip("nobody to mail a link to")
    address = f"{settings().BOOKA_BASE_URL.rstrip('/')}/sign-in/{link.token}"
    minutes = round(LINK_LIFE.total_seconds() / 60)
    await mail.send(mail.sign_in_mail(to=link.email, name=link.name, address=address, minutes=minutes))
    mail.show_link(address)


async def mail_invitation(job: JobInfo) -> None:
    """Tell somebody that they were added to a team."""
    business = await get_tenant()
    async with platform_scope("identity.users") as queries:
        rows = await queries.execute_query_dict(_USER, [UUID(job.payload["user_id"])])
    if not rows:
        raise Skip("the user is gone")
    address = f"{settings().BOOKA_BASE_URL.rstrip('/')}/sign-in"
    invitation = mail.invitation_mail(
        to=rows[0]["email"], name=rows[0]["name"], business=business.name, address=address
    )
    await mail.send(invitation)


async def forget(_job: JobInfo) -> None:
    """Delete expired links and sessions."""
    await forget_expired()


def register() -> None:
    """Make these handlers known to the jobs room."""
    registry.register("identity.mail_sign_in_link", mail_sign_in_link)
    registry.register("identity.mail_invitation", mail_invitation)
    registry.register("identity.forget_expired", forget)
    registry.every("identity.forget_expired", seconds=3600)
