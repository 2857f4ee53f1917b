package io.leverans.domain.senderdomain;

import java.util.List;
import java.util.Objects;

/** What DNS says about the records of a type at a name. */
public sealed interface DnsAnswer {
  /**
   * There are such records.
   *
   * @param values one for each record, as {@link RecordType} writes them; never empty
   */
  record Found(List<String> values) implements DnsAnswer {
    public Found {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("found nothing");
      }
    }
  }

  /** The name does not exist, or has no such record. */
  record NotThere() implements DnsAnswer {}

  /**
   * DNS could not be asked, or failed to answer. It proves nothing.
   *
   * @param why in words for a person
   */
  record Untold(String why) implements DnsAnswer {
    public Untold {
      Objects.requireNonNull(why);
    }
  }
}
