package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Channels.SecretsRenewal;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Renewals of secrets, while a provider takes its time. */
class SecretRenewalsTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final SealedSecrets ROTATED = new SealedSecrets("cm90YXRlZA==");

  private static final Duration SHORT = Duration.ofMillis(300);

  private final Store store = DATABASE.store();
  private final Channels channels = store.channels();
  private final Sender sender = new Sender(store);
  private final TeamId team = sender.team();

  @Test
  void what_a_provider_gave_is_stored_though_all_connections_are_taken_meanwhile()
      throws Exception {
    Channel channel = connected();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Channel>>> others = new ArrayList<>();

      SecretsRenewal renewal =
          channels.renewSecrets(
              team,
              channel.id(),
              _ -> {
                for (int i = 0; i < DatabaseUnderTest.CONNECTIONS; i++) {
                  others.add(
                      threads.submit(
                          () ->
                              channels.change(
                                  team, channel.id(), before -> before.labelled("Other"))));
                }
                await().until(() -> DATABASE.waitingForALock() == DatabaseUnderTest.CONNECTIONS);
                return Optional.of(ROTATED);
              });

      assertThat(renewal)
          .isInstanceOfSatisfying(
              SecretsRenewal.Asked.class,
              asked -> assertThat(asked.channel().secrets()).isEqualTo(ROTATED));
      for (Future<Optional<Channel>> other : others) {
        assertThat(other.get()).map(Channel::secrets).contains(ROTATED);
      }
    }
  }

  @Test
  void nobody_waits_long_for_a_renewal_of_the_same_channel_or_for_too_many_of_others()
      throws Exception {
    var answered = new CountDownLatch(1);
    var asked = new CountDownLatch(SecretRenewals.AT_A_TIME);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Channel> slow = new ArrayList<>();
      List<Future<SecretsRenewal>> renewals = new ArrayList<>();
      for (int i = 0; i < SecretRenewals.AT_A_TIME - 1; i++) {
        Channel channel = connected();
        slow.add(channel);
        renewals.add(threads.submit(() -> renewSlowly(channel, asked, answered)));
      }
      try {
        await().until(() -> asked.getCount() == 1);
        assertThat(renewAtOnce(slow.getFirst())).isEqualTo(new SecretsRenewal.Busy());

        Channel last = connected();
        renewals.add(threads.submit(() -> renewSlowly(last, asked, answered)));
        asked.await();
        assertThat(renewAtOnce(connected())).isEqualTo(new SecretsRenewal.Busy());
      } finally {
        answered.countDown();
      }
      for (Future<SecretsRenewal> renewal : renewals) {
        assertThat(renewal.get()).isInstanceOf(SecretsRenewal.Asked.class);
      }
    }
    assertThat(renewAtOnce(connected())).isInstanceOf(SecretsRenewal.Asked.class);
  }

  @Test
  void what_a_provider_gave_is_stored_though_it_took_longer_than_a_node_may_be_silent() {
    Channel channel = connected();
    try (HikariDataSource node = DATABASE.node(SHORT, 2)) {
      Jdbi jdbi = Database.jdbi(node);

      SecretsRenewal renewal =
          new SecretRenewals(jdbi)
              .renew(
                  team,
                  channel.id(),
                  _ -> {
                    awaitTheEndOfAnother(jdbi);
                    return Optional.of(ROTATED);
                  });

      assertThat(renewal).isInstanceOf(SecretsRenewal.Asked.class);
    }
    assertThat(channels.find(team, channel.id())).map(Channel::secrets).contains(ROTATED);
  }

  /** One that is silent for too long, and began later. */
  private static void awaitTheEndOfAnother(Jdbi jdbi) {
    Handle silent = jdbi.open();
    silent.begin();
    int session = DatabaseUnderTest.session(silent);
    await().until(() -> !DATABASE.hasSession(session));
  }

  private SecretsRenewal renewSlowly(
      Channel channel, CountDownLatch asked, CountDownLatch answered) {
    return channels.renewSecrets(
        team,
        channel.id(),
        _ -> {
          asked.countDown();
          await().until(() -> answered.getCount() == 0);
          return Optional.of(ROTATED);
        });
  }

  private SecretsRenewal renewAtOnce(Channel channel) {
    return channels.renewSecrets(team, channel.id(), _ -> Optional.of(ROTATED));
  }

  private Channel connected() {
    return channels
        .connect(
            new NewChannel(
                new ChannelId(store.ids().next()),
                new ChannelKind("kind-renewed"),
                "Account",
                new ChannelOwner.OfTeam(team),
                ChannelSettings.NONE,
                new SealedSecrets("c2VhbGVk")),
            sender.terms())
        .channel();
  }
}
