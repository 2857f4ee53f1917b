package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Dns;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS in memory, whose records a test publishes; it can fall silent. */
public final class MemoryDns implements Dns {
  private final Map<Place, List<String>> records = new ConcurrentHashMap<>();
  private volatile boolean silent;

  private record Place(String name, RecordType type) {
    Place {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public DnsAnswer lookUp(String name, RecordType type) {
    if (silent) {
      return new DnsAnswer.Untold("no name server answered in time");
    }
    List<String> values = records.get(new Place(name, type));
    return values == null ? new DnsAnswer.NotThere() : new DnsAnswer.Found(values);
  }

  /** Adds a record to those of the name. */
  public MemoryDns publish(String name, RecordType type, String value) {
    records.merge(
        new Place(name, type),
        List.of(value),
        (before, more) -> {
          List<String> all = new ArrayList<>(before);
          all.addAll(more);
          return List.copyOf(all);
        });
    return this;
  }

  /** Takes away all records of the type at the name. */
  public MemoryDns withdraw(String name, RecordType type) {
    records.remove(new Place(name, type));
    return this;
  }

  /** From now on every question is left without an answer. */
  public void fallSilent() {
    silent = true;
  }

  public void speakAgain() {
    silent = false;
  }
}
