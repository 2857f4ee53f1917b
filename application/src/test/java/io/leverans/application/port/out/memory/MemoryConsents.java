package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Consents in memory. */
public final class MemoryConsents implements Consents {
  private final ApiKeys apiKeys;
  private final InstantSource clock;
  private final Map<LinkCode, Row> rows = new ConcurrentHashMap<>();

  public MemoryConsents(ApiKeys apiKeys, InstantSource clock) {
    this.apiKeys = apiKeys;
    this.clock = clock;
  }

  private record Row(
      Consent consent, String apiKey, Instant endsAt, Optional<Departure> departure) {
    Consent sealed(SealedSecrets secrets) {
      return new Consent(
          consent.channel(),
          consent.aim(),
          consent.kind(),
          consent.label(),
          consent.owner(),
          consent.settings(),
          secrets,
          consent.redirect());
    }
  }

  @Override
  public Instant begin(Consent consent, LinkCode ticket, String apiKey, Duration validFor) {
    Instant endsAt = clock.instant().plus(validFor);
    rows.put(ticket, new Row(consent, apiKey, endsAt, Optional.empty()));
    return endsAt;
  }

  @Override
  public Optional<Asked> find(LinkCode ticket) {
    return row(ticket).map(this::asked);
  }

  private Optional<Row> row(LinkCode ticket) {
    return Optional.ofNullable(rows.get(ticket))
        .filter(row -> clock.instant().isBefore(row.endsAt()));
  }

  private Asked asked(Row row) {
    Consent consent = row.departure().map(way -> row.sealed(way.secrets())).orElse(row.consent());
    return new Asked(consent, apiKeys.find(row.apiKey()));
  }

  @Override
  public Departed depart(LinkCode ticket, Departure departure) {
    Optional<Row> row = row(ticket);
    row.ifPresent(
        found ->
            rows.put(
                ticket,
                new Row(found.consent(), found.apiKey(), found.endsAt(), Optional.of(departure))));
    return row.isPresent() ? Departed.NOTED : Departed.GONE;
  }

  @Override
  public Optional<Asked> conclude(LinkCode state, LinkCode browser) {
    Optional<LinkCode> ticket =
        rows.keySet().stream()
            .filter(
                known ->
                    row(known)
                        .flatMap(Row::departure)
                        .filter(way -> way.state().equals(state) && way.browser().equals(browser))
                        .isPresent())
            .findFirst();
    return ticket.map(rows::remove).map(this::asked);
  }

  @Override
  public int clearEnded() {
    return clear(row -> !clock.instant().isBefore(row.endsAt()));
  }

  @Override
  public void clear(TeamId team, ChannelId channel) {
    var _ =
        clear(row -> row.consent().team().equals(team) && row.consent().channel().equals(channel));
  }

  @Override
  public int clearAll() {
    return clear(_ -> true);
  }

  private int clear(Predicate<Row> which) {
    int before = rows.size();
    rows.values().removeIf(which);
    return before - rows.size();
  }
}
