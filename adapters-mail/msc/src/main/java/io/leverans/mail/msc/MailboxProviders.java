package io.leverans.mail.msc;

import io.leverans.mail.rules.RuleTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whose domain it is, where everybody can have a mailbox at it. */
final class MailboxProviders {
  private static final int COLUMNS = 3;

  private final Map<String, String> byDomain;

  private MailboxProviders(Map<String, String> byDomain) {
    this.byDomain = byDomain;
  }

  static MailboxProviders load() {
    Map<String, String> providers = new HashMap<>();
    for (RuleTable.Row row :
        RuleTable.beside(MailboxProviders.class, "mailbox-providers.tsv", COLUMNS)) {
      Arrays.stream(row.cell(1).split(" ", -1))
          .forEach(domain -> providers.put(domain, row.cell(0)));
    }
    return new MailboxProviders(Map.copyOf(providers));
  }

  /** The provider's name, for a domain in A-labels and lower case. */
  Optional<String> of(String domain) {
    return Optional.ofNullable(byDomain.get(domain));
  }
}
