package io.leverans.web.sandbox;

import io.leverans.domain.senderdomain.RecordType;
import java.util.Objects;

/** The name server of the simulated world, for who has to publish something. */
public interface SandboxDns {
  /**
   * Publishes a record: a text beside those of the name, an alias in place of the one before.
   *
   * @throws IllegalArgumentException if the value cannot be one, with the reason in words
   */
  void publish(PublishedRecord record);

  /** Takes all records of the type at the name away. */
  void withdraw(String name, RecordType type);

  /** A record of the newcomer's. */
  record PublishedRecord(String name, RecordType type, String value) {
    public PublishedRecord {
      Objects.requireNonNull(name);
      Objects.requireNonNull(type);
      Objects.requireNonNull(value);
    }
  }
}
