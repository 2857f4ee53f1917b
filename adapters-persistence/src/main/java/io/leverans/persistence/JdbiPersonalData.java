package io.leverans.persistence;

import io.leverans.application.port.out.PersonalData;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Goes through the same rows as an erasure does, each stretch in a transaction of its own. */
public final class JdbiPersonalData implements PersonalData {
  private final Jdbi jdbi;

  public JdbiPersonalData(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Holdings find(TeamId team, EmailAddress address) {
    Map<MessageId, Set<DeliveryId>> mail = mail(team, address);
    Set<DeliveryId> deliveries = new HashSet<>();
    mail.values().forEach(deliveries::addAll);
    return new Holdings(mail, reports(team, address, deliveries));
  }

  private Map<MessageId, Set<DeliveryId>> mail(TeamId team, EmailAddress address) {
    Map<MessageId, Set<DeliveryId>> mail = new LinkedHashMap<>();
    Optional<UUID> reached = Optional.of(PersonsDeliveries.BEFORE_ALL);
    do {
      UUID after = reached.get();
      var stretch =
          jdbi.withHandle(handle -> new PersonsDeliveries(handle, team, address).next(after));
      stretch
          .found()
          .forEach(
              row -> mail.computeIfAbsent(row.message(), _ -> new HashSet<>()).add(row.delivery()));
      reached = stretch.reached();
    } while (reached.isPresent());
    return mail;
  }

  private List<ReportId> reports(
      TeamId team, EmailAddress address, Collection<DeliveryId> deliveries) {
    List<ReportId> found = new ArrayList<>();
    Optional<UUID> reached = Optional.empty();
    do {
      Optional<UUID> after = reached;
      reached =
          jdbi.withHandle(
              handle -> {
                var reports = new PersonsReports(handle, team, Set.of(MailboxKey.of(address)));
                var stretch = reports.next(after);
                stretch.all().stream()
                    .filter(
                        row ->
                            row.delivery().filter(deliveries::contains).isPresent()
                                || reports.name(row))
                    .forEach(row -> found.add(row.id()));
                return stretch.reached();
              });
    } while (reached.isPresent());
    return found;
  }
}
