package io.leverans.application.service.rights;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.Member;
import java.util.Optional;

/**
 * The messages that a caller may see: an admin the team's, a member those of their own identities.
 */
public final class VisibleMessages {
  private final Messages messages;
  private final Identities identities;

  public VisibleMessages(Messages messages, Identities identities) {
    this.messages = messages;
    this.identities = identities;
  }

  public Optional<MessageView> find(Caller caller, MessageId message) {
    return messages.find(caller.team(), message).filter(view -> maySee(caller, view));
  }

  private boolean maySee(Caller caller, MessageView message) {
    return switch (caller.member().role()) {
      case ADMIN -> true;
      case MEMBER -> isOfOneOf(caller.member(), message);
    };
  }

  private boolean isOfOneOf(Member member, MessageView message) {
    return message
        .identity()
        .flatMap(identity -> identities.find(member.team(), identity))
        .filter(identity -> identity.member().equals(member.id()))
        .isPresent();
  }
}
