package io.leverans.application.port.provider;

import java.util.Objects;

/**
 * A DNS record to publish.
 *
 * @param name the full name without a dot at its end
 * @param value as a zone file has it, a TXT without quotes
 */
public record DnsRecord(String name, Type type, String value) {
  public DnsRecord {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(value);
  }

  /** The types that a channel may ask for. */
  public enum Type {
    TXT,
    MX,
    CNAME
  }
}
