package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.port.out.MailboxesContract;
import io.leverans.application.port.out.NewChannel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

class MemoryMailboxesTest implements MailboxesContract {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final ChoiceTerms TERMS =
      new ChoiceTerms(new ChannelId(new CountingIds().next()), Set.of(KIND));

  private final CountingIds ids = new CountingIds();
  private final MemoryChannels channels = new MemoryChannels(() -> NOW);
  private final MemoryMailboxes mailboxes = new MemoryMailboxes(channels, () -> NOW);
  private long teams;

  @Override
  public Mailboxes mailboxes() {
    return mailboxes;
  }

  @Override
  public Place channel(MailboxChoice choice) {
    var team = new TeamId(++teams);
    var channel =
        new NewChannel(
            new ChannelId(ids.next()),
            KIND,
            "Label",
            new ChannelOwner.OfTeam(team),
            new ChannelSettings(Map.of(MailboxChoice.SETTING, choice.word())),
            SealedSecrets.NONE);
    return new Place(team, channels.connect(channel, TERMS).channel().id());
  }

  @Override
  public void reconnect(Place place) {
    mailboxes.lookAnew(place);
  }

  @Override
  public void remove(Place place) {
    var _ = channels.remove(place.team(), place.channel(), TERMS);
  }

  @Override
  public void age(Place place, Duration by) {
    mailboxes.age(place, by);
  }

  @Override
  public List<String> told(Place place) {
    return mailboxes.told().stream()
        .filter(one -> one.place().equals(place))
        .map(one -> one.kind().word() + one.cause().map(cause -> " " + cause).orElse(""))
        .toList();
  }
}
