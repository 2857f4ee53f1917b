package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.Checked;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DkimKeys.Rotation;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sender domains in memory, under a clock that a test moves. */
public final class MemorySenderDomains implements SenderDomains {
  private final Map<Due, SenderDomain> domains = new HashMap<>();
  private final Map<Due, Instant> dueAt = new HashMap<>();
  private final Set<Due> told = new HashSet<>();
  private final Map<DomainName, TeamId> claims = new HashMap<>();
  private final List<Word> words = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-29T08:00:00Z");

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
  public synchronized Addition add(SenderDomain domain) {
    Optional<SenderDomain> there =
        ofTeam(domain.team()).stream()
            .filter(other -> other.name().equals(domain.name()))
            .findFirst();
    if (there.isPresent()) {
      return new Addition.AlreadyThere(there.get());
    }
    if (ofTeam(domain.team()).size() >= SenderDomain.MOST_OF_A_TEAM) {
      return new Addition.TooMany();
    }
    store(domain);
    words.add(new Word(domain.team(), EventKind.DOMAIN_ADDED));
    return new Addition.Added(domain);
  }

  private void store(SenderDomain domain) {
    Due key = new Due(domain.team(), domain.id());
    domains.put(key, domain);
    dueAt.put(key, domain.checkedAgainAfter().map(now::plus).orElse(Instant.MAX));
    if (!(domain.standing() instanceof Lapsing)) {
      told.remove(key);
    }
  }

  @Override
  public synchronized Optional<SenderDomain> find(TeamId team, SenderDomainId domain) {
    return Optional.ofNullable(domains.get(new Due(team, domain)));
  }

  @Override
  public synchronized List<SenderDomain> ofTeam(TeamId team) {
    return domains.values().stream()
        .filter(domain -> domain.team().equals(team))
        .sorted(Comparator.comparing(domain -> domain.name().text()))
        .toList();
  }

  @Override
  public synchronized List<SenderDomain> inUse(TeamId team, Collection<DomainName> names) {
    return ofTeam(team).stream()
        .filter(domain -> names.contains(domain.name()))
        .filter(domain -> domain.standing().signer() == DomainStanding.Signer.DOMAIN)
        .toList();
  }

  @Override
  public synchronized Optional<SenderDomain> checked(
      TeamId team, SenderDomainId domain, Checked found) {
    return find(team, domain)
        .map(
            before -> {
              SenderDomain.Change change = before.after(found, now);
              store(change.domain());
              change.facts().forEach(fact -> words.add(new Word(team, EventKind.of(fact))));
              return change.domain();
            });
  }

  @Override
  public synchronized Announcement announce(
      TeamId team,
      SenderDomainId domain,
      String publicKey,
      SealedSecrets found,
      SealedSecrets secrets) {
    Optional<SenderDomain> before = find(team, domain);
    if (before.isEmpty()) {
      return new Announcement.Gone();
    }
    return switch (before.get().keys().rotationAt(now)) {
      case Rotation.UnderWay() -> new Announcement.UnderWay(before.get());
      case Rotation.TooEarly(var until) -> new Announcement.TooEarly(until);
      case Rotation.Possible() -> {
        if (!before.get().secrets().equals(found)) {
          yield new Announcement.ChangedMeanwhile();
        }
        SenderDomain announced = before.get().announcing(publicKey, secrets);
        store(announced);
        yield new Announcement.Announced(announced);
      }
    };
  }

  @Override
  public synchronized Optional<SenderDomain> remove(TeamId team, SenderDomainId domain) {
    Optional<SenderDomain> removed = Optional.ofNullable(domains.remove(new Due(team, domain)));
    removed.ifPresent(_ -> words.add(new Word(team, EventKind.DOMAIN_REMOVED)));
    return removed;
  }

  @Override
  public synchronized Holder claim(TeamId team, DomainName name) {
    claims.putIfAbsent(name, team);
    return holder(team, name);
  }

  @Override
  public synchronized Holder holder(TeamId team, DomainName name) {
    TeamId holder = claims.get(name);
    return holder == null
        ? Holder.NOBODY
        : holder.equals(team) ? Holder.THIS_TEAM : Holder.ANOTHER_TEAM;
  }

  @Override
  public synchronized void release(TeamId team, DomainName name) {
    claims.remove(name, team);
  }

  @Override
  public synchronized List<Due> due(int atMost) {
    return domains.keySet().stream().filter(this::isDue).limit(atMost).toList();
  }

  private boolean isDue(Due domain) {
    Instant due = dueAt.get(domain);
    return due != null && !now.isBefore(due);
  }

  @Override
  public synchronized Optional<SenderDomain> take(Due due, Duration patience) {
    if (!isDue(due)) {
      return Optional.empty();
    }
    dueAt.put(due, now.plus(patience));
    return Optional.ofNullable(domains.get(due));
  }

  @Override
  public synchronized List<SenderDomain> withUntoldLapse(int atMost) {
    return domains.entrySet().stream()
        .filter(entry -> entry.getValue().standing() instanceof Lapsing)
        .filter(entry -> !told.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .limit(atMost)
        .toList();
  }

  @Override
  public synchronized void lapseTold(TeamId team, SenderDomainId domain) {
    told.add(new Due(team, domain));
  }
}
