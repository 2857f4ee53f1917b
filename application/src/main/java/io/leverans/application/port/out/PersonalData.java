package io.leverans.application.port.out;

import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a team has of a recipient. Addresses are compared as {@link EmailAddress#sameMailbox}.
 * All of the team's mail is looked through, in pages. Safe for use by many threads.
 */
public interface PersonalData {
  Holdings find(TeamId team, EmailAddress address);

  /**
   * What there is, oldest first.
   *
   * @param mail the person's deliveries, by their messages
   * @param reports about these, or naming the person
   */
  record Holdings(Map<MessageId, Set<DeliveryId>> mail, List<ReportId> reports) {
    public Holdings {
      mail = new LinkedHashMap<>(mail);
      reports = List.copyOf(reports);
    }
  }
}
