package io.leverans.application.port.provider;

import java.util.List;
import java.util.Objects;

/**
 * Something the operator has to arrange outside Leverans.
 *
 * @param why what it is good for, and what happens without it
 * @param records what to publish in DNS
 */
public record SetupStep(String title, String why, List<DnsRecord> records) {
  public SetupStep {
    Objects.requireNonNull(title);
    Objects.requireNonNull(why);
    records = List.copyOf(records);
  }
}
