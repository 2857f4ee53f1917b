package io.leverans.application.port.out.memory;

import io.leverans.application.port.in.ReadSuppressions;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Page;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Suppression lists in memory, under a clock that a test moves. */
public final class MemorySuppressions implements Suppressions {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<TeamId, SuppressionPolicy> policies = new HashMap<>();
  private final List<Word> words = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-30T08:00:00Z");

  private record Entry(TeamId team, SuppressedAddress address) {}

  private record Word(TeamId team, EventKind kind) {}

  /** What the team was told, in order. */
  public synchronized List<EventKind> told(TeamId team) {
    return words.stream().filter(word -> word.team().equals(team)).map(Word::kind).toList();
  }

  public synchronized void letPass(Duration time) {
    now = now.plus(time);
  }

  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Map<EmailAddress, SuppressedAddress> among(
      TeamId team, Collection<EmailAddress> addresses) {
    Map<EmailAddress, SuppressedAddress> found = new HashMap<>();
    addresses.forEach(address -> live(team, address).ifPresent(entry -> found.put(address, entry)));
    return found;
  }

  private Optional<SuppressedAddress> live(TeamId team, EmailAddress address) {
    return ofTeam(team)
        .filter(entry -> entry.address().filter(address::sameMailbox).isPresent())
        .findFirst();
  }

  private Stream<SuppressedAddress> ofTeam(TeamId team) {
    return entries.stream()
        .filter(entry -> entry.team().equals(team))
        .map(Entry::address)
        .filter(entry -> entry.until().map(until -> until.isAfter(now)).orElse(true));
  }

  @Override
  public synchronized Addition add(NewSuppression suppression) {
    Optional<SuppressedAddress> there = live(suppression.team(), suppression.address());
    if (there.filter(entry -> !isNews(suppression, entry)).isPresent()) {
      return new Addition.AlreadyThere(there.get());
    }
    entries.removeIf(
        entry ->
            entry.team().equals(suppression.team())
                && entry
                    .address()
                    .address()
                    .filter(suppression.address()::sameMailbox)
                    .isPresent());
    var added =
        new SuppressedAddress(
            suppression.id(),
            Optional.of(suppression.address()),
            suppression.reason(),
            now,
            there
                .map(entry -> later(entry.until(), suppression.until()))
                .orElse(suppression.until()),
            suppression.note(),
            Optional.empty());
    entries.add(new Entry(suppression.team(), added));
    words.add(new Word(suppression.team(), EventKind.SUPPRESSION_ADDED));
    return new Addition.Added(added);
  }

  private static boolean isNews(NewSuppression suppression, SuppressedAddress there) {
    return suppression.reason().isGraverThan(there.reason())
        || !later(there.until(), suppression.until()).equals(there.until());
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.flatMap(first -> other.map(second -> first.isAfter(second) ? first : second));
  }

  @Override
  public synchronized Optional<SuppressedAddress> find(TeamId team, SuppressionId id) {
    return entries.stream()
        .filter(entry -> entry.team().equals(team) && entry.address().id().equals(id))
        .map(Entry::address)
        .findFirst();
  }

  @Override
  public synchronized Page<SuppressedAddress, SuppressionId> list(ReadSuppressions.Query query) {
    List<SuppressedAddress> found =
        ofTeam(query.team())
            .filter(entry -> query.reason().map(entry.reason()::equals).orElse(true))
            .filter(
                entry ->
                    query
                        .address()
                        .map(asked -> entry.address().filter(asked::sameMailbox).isPresent())
                        .orElse(true))
            .filter(
                entry ->
                    query
                        .containing()
                        .map(text -> folded(entry).contains(folded(text)))
                        .orElse(true))
            .filter(
                entry ->
                    query
                        .before()
                        .map(before -> entry.id().value().compareTo(before.value()) < 0)
                        .orElse(true))
            .sorted(
                Comparator.comparing((SuppressedAddress entry) -> entry.id().value()).reversed())
            .toList();
    return found.size() <= query.limit()
        ? new Page<>(found, Optional.empty())
        : new Page<>(
            found.subList(0, query.limit()), Optional.of(found.get(query.limit() - 1).id()));
  }

  private static String folded(SuppressedAddress entry) {
    return folded(entry.address().map(EmailAddress::toString).orElse(""));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public synchronized Removal remove(TeamId team, SuppressionId id, MemberId by, String why) {
    boolean removed =
        entries.removeIf(entry -> entry.team().equals(team) && entry.address().id().equals(id));
    if (removed) {
      words.add(new Word(team, EventKind.SUPPRESSION_REMOVED));
    }
    return removed ? Removal.REMOVED : Removal.NOT_THERE;
  }

  @Override
  public synchronized SuppressionPolicy policy(TeamId team) {
    return policies.getOrDefault(team, SuppressionPolicy.STANDARD);
  }

  @Override
  public synchronized void decide(TeamId team, SuppressionPolicy policy) {
    policies.put(team, policy);
    words.add(new Word(team, EventKind.SUPPRESSION_POLICY_CHANGED));
  }
}
