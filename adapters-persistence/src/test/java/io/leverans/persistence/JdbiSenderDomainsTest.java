package io.leverans.persistence;

import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SealedStoreContract;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.SenderDomainsContract;
import io.leverans.application.view.EventName;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiSenderDomainsTest implements SenderDomainsContract, SealedStoreContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());

  @Override
  public SenderDomains domains() {
    return DATABASE.database().senderDomains();
  }

  @Override
  public TeamId newTeam() {
    return DATABASE.store().teams().nextNumber();
  }

  @Override
  public UUID newId() {
    return IDS.next();
  }

  @Override
  public List<EventName> told(TeamId team) {
    return DATABASE.told(team);
  }

  @Override
  public void age(SenderDomain domain, Duration by) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE sender_domain
                           SET standing_since = standing_since - :by * interval '1 second',
                               proof_missed_at = proof_missed_at - :by * interval '1 second',
                               key_missed_at = key_missed_at - :by * interval '1 second',
                               previous_until = previous_until - :by * interval '1 second',
                               checked_at = checked_at - :by * interval '1 second',
                               due_at = due_at - :by * interval '1 second'
                         WHERE id = :id\
                        """)
                    .bind("by", by.toSeconds())
                    .bind("id", domain.id().value())
                    .execute());
  }

  @Override
  public SealedStore sealedSecrets() {
    return DATABASE.database().sealedDomains();
  }

  @Override
  public SecretHolder store(SealedSecrets sealed) {
    var id = new SenderDomainId(newId());
    var _ =
        domains()
            .add(
                SenderDomain.added(
                    newTeam(),
                    id,
                    new DomainName("sealed.example"),
                    "leverans-proof=token",
                    DkimKeys.first("a2V5"),
                    sealed));
    return id;
  }
}
