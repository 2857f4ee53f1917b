package io.leverans.application.view;

import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * A sender domain as its team sees it.
 *
 * @param holder who has the domain on the whole platform
 * @param records what DNS should have, and has now
 */
public record SenderDomainView(SenderDomain domain, Holder holder, List<RecordView> records) {
  public SenderDomainView {
    Objects.requireNonNull(domain);
    Objects.requireNonNull(holder);
    records = List.copyOf(records);
  }

  /** A record, and what DNS says of it now. */
  public record RecordView(ExpectedRecord expected, DnsAnswer answer, Verdict verdict) {
    public RecordView {
      Objects.requireNonNull(expected);
      Objects.requireNonNull(answer);
      Objects.requireNonNull(verdict);
    }
  }
}
