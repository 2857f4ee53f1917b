package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.ChannelChoiceContract;
import io.leverans.application.port.out.ChannelHealthContract;
import io.leverans.application.port.out.ChannelPreferencesContract;
import io.leverans.application.port.out.ChannelsContract;
import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiChannelsTest
    implements ChannelsContract,
        ChannelPreferencesContract,
        ChannelHealthContract,
        ChannelChoiceContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Override
  public void ageFault(ChannelId channel, Duration by) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE channel
                           SET faulty_since = faulty_since - :millis * interval '1 millisecond'
                         WHERE id = :id\
                        """)
                    .bind("id", channel.value())
                    .bind("millis", by.toMillis())
                    .execute());
  }

  @Test
  void a_removed_channel_leaves_its_label_and_nothing_to_connect_with() {
    var sender = new Sender(store());
    ChoiceTerms terms = sender.terms();
    var id = new ChannelId(store().ids().next());
    var _ =
        store()
            .channels()
            .connect(
                new NewChannel(
                    id,
                    new ChannelKind("kind-left"),
                    "Old server",
                    new ChannelOwner.OfTeam(sender.team()),
                    new ChannelSettings(Map.of("host", "mail.example")),
                    new SealedSecrets("c2VhbGVk")),
                terms);

    assertThat(store().channels().remove(sender.team(), id, terms)).isPresent();

    Map<String, Object> left =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT label, settings::text, secrets FROM channel WHERE id = :id")
                        .bind("id", id.value())
                        .mapToMap()
                        .one());
    assertThat(left).isEqualTo(Map.of("label", "Old server", "settings", "{}", "secrets", ""));
  }
}
