package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.port.out.MailboxesContract;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.RepeatedReportsContract;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.SealedSecrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiMailboxesTest implements MailboxesContract, RepeatedReportsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private final Map<Place, Sender> senders = new HashMap<>();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Override
  public Mailboxes mailboxes() {
    return DATABASE.database().mailboxes();
  }

  @Override
  public Place channel(MailboxChoice choice) {
    var sender = new Sender(store());
    var channel =
        new NewChannel(
            new ChannelId(store().ids().next()),
            KIND,
            "Label",
            new ChannelOwner.OfTeam(sender.team()),
            settings(choice),
            SealedSecrets.NONE);
    var place =
        new Place(
            sender.team(), store().channels().connect(channel, sender.terms()).channel().id());
    senders.put(place, sender);
    return place;
  }

  private static ChannelSettings settings(MailboxChoice choice) {
    return new ChannelSettings(Map.of(MailboxChoice.SETTING, choice.word()));
  }

  @Override
  public void reconnect(Place place) {
    assertThat(
            store()
                .channels()
                .reconnect(
                    place.team(),
                    place.channel(),
                    settings(MailboxChoice.READ),
                    SealedSecrets.NONE))
        .isPresent();
  }

  @Override
  public void remove(Place place) {
    assertThat(store().channels().remove(place.team(), place.channel(), senders.get(place).terms()))
        .isPresent();
  }

  @Override
  public void age(Place place, Duration by) {
    for (String column : List.of("due_at", "leased_until", "faulty_since", "pruned_at")) {
      DATABASE
          .jdbi()
          .useHandle(
              handle ->
                  handle
                      .createUpdate(
                          """
                          UPDATE mailbox SET <column> = <column> - :millis * interval '1 millisecond'
                           WHERE team_id = :team AND channel_id = :channel\
                          """)
                      .define("column", column)
                      .bind("millis", by.toMillis())
                      .bind("team", place.team().value())
                      .bind("channel", place.channel().value())
                      .execute());
    }
  }

  @Override
  public List<String> told(Place place) {
    return senders.get(place).events().stream()
        .filter(event -> event.kind().word().startsWith("channel.mailbox-"))
        .map(
            event ->
                event.kind().word()
                    + Optional.ofNullable(event.data().get("cause"))
                        .map(cause -> " " + cause)
                        .orElse(""))
        .toList();
  }

  @Test
  void what_cannot_come_again_is_forgotten() {
    Place place = channel(MailboxChoice.READ);
    mailboxes()
        .leave(
            mailboxes()
                .take(place, new LeaseId(UUID.randomUUID()), Duration.ofMinutes(1))
                .orElseThrow(),
            Duration.ZERO);
    note(place, "old");
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("UPDATE mailbox_report SET taken_at = now() - interval '91 days'"));
    note(place, "new");
    age(place, Duration.ofDays(2));

    assertThat(mailboxes().take(place, new LeaseId(UUID.randomUUID()), Duration.ofMinutes(1)))
        .isPresent();

    List<String> left =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT key FROM mailbox_report WHERE channel_id = :channel")
                        .bind("channel", place.channel().value())
                        .mapTo(String.class)
                        .list());
    assertThat(left).containsExactly("new");
  }

  private static void note(Place place, String key) {
    MailboxRows.Reading reading =
        DATABASE
            .jdbi()
            .inTransaction(
                handle ->
                    MailboxRows.note(handle, new MailboxPlace(place.team(), place.channel(), key)));
    assertThat(reading).isEqualTo(MailboxRows.Reading.FIRST);
  }
}
