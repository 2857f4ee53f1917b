package io.leverans.application.service.identity;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Content;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;

/** Writes the mail whose link proves an identity. */
public final class VerificationMail {
  private static final Duration VALID_FOR = Duration.ofDays(3);

  private final Identities identities;
  private final Ids ids;
  private final SystemMail systemMail;

  public VerificationMail(Identities identities, Ids ids, SystemMail systemMail) {
    this.identities = identities;
    this.ids = ids;
    this.systemMail = systemMail;
  }

  void send(TeamId team, IdentityId identity, EmailAddress address) {
    var code = new LinkCode(team, ids.secret());
    identities.replaceCode(identity, code, VALID_FOR);
    systemMail.send(
        team,
        List.of(address),
        Content.plain("Confirm that you write from " + address, text(address, code)));
  }

  private String text(EmailAddress address, LinkCode code) {
    return """
    Someone, most likely you, wants to send mail from %s.

    To allow it, open this page and press the button on it:

    %s

    The link works for three days. If this was not you, do nothing: without
    the button nobody can send from your address here.
    """
        .formatted(address, systemMail.sender().verificationPage(code));
  }
}
