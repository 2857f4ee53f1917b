package io.leverans.application.service.preflight;

import io.leverans.application.port.out.Dns;
import io.leverans.domain.senderdomain.DmarcRecord;
import io.leverans.domain.senderdomain.DmarcRecord.Extent;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.RecordType;
import java.util.ArrayList;
import java.util.List;

/** Finds the record that counts for a domain by walking up from it, as receivers do. */
final class DmarcWalk {
  private final Dns dns;

  DmarcWalk(Dns dns) {
    this.dns = dns;
  }

  private record At(String name, DmarcRecord record) {
    String domain() {
      return name.substring(name.indexOf('.') + 1);
    }

    boolean isLast() {
      return record.extent() != Extent.UNSAID;
    }
  }

  /** A record of the domain's own says it all; else the organization's does, for those below. */
  DmarcFinding from(DomainName domain) {
    List<String> names = DmarcRecord.namesOf(domain);
    List<At> found = new ArrayList<>();
    for (String name : names) {
      switch (dns.lookUp(name, RecordType.TXT)) {
        case DnsAnswer.Untold(String why) -> {
          return new DmarcFinding.Untold(why);
        }
        case DnsAnswer.NotThere() -> {}
        case DnsAnswer.Found(List<String> texts) ->
            DmarcRecord.among(texts).ifPresent(record -> found.add(new At(name, record)));
      }
      if (!found.isEmpty() && (name.equals(names.getFirst()) || found.getLast().isLast())) {
        break;
      }
    }
    return found.isEmpty() ? new DmarcFinding.NoRecord() : asked(names.getFirst(), found);
  }

  private static DmarcFinding asked(String own, List<At> found) {
    At closest = found.getFirst();
    if (closest.name().equals(own)) {
      return asks(closest, closest.record().own());
    }
    At highest = highest(found);
    return asks(highest, highest.record().below());
  }

  private static DmarcFinding asks(At at, Policy policy) {
    return new DmarcFinding.Asks(at.domain(), policy, at.record());
  }

  /**
   * Of several records above a domain the one closest to the top is the organization's, short of a
   * public suffix.
   */
  private static At highest(List<At> found) {
    return found.reversed().stream()
        .filter(at -> at.record().extent() != Extent.PUBLIC_SUFFIX)
        .findFirst()
        .orElseGet(found::getLast);
  }
}
