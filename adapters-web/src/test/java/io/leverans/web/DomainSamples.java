package io.leverans.web;

import io.leverans.application.port.in.ReadDomains;
import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.application.view.SenderDomainView.RecordView;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.web.sandbox.SandboxDns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sender domains for tests. */
final class DomainSamples {
  static final SenderDomain DOMAIN =
      SenderDomain.added(
          Samples.CALLER.team(),
          new SenderDomainId(new UUID(0, 77)),
          new DomainName("example.com"),
          "leverans-proof=abc",
          DkimKeys.first("a2V5"),
          SealedSecrets.NONE);
  static final SenderDomainView VIEW = seen(DOMAIN, new DnsAnswer.NotThere());

  private DomainSamples() {}

  /** With the same answer to every question. */
  static SenderDomainView seen(SenderDomain domain, DnsAnswer answer) {
    return new SenderDomainView(
        domain,
        Holder.NOBODY,
        ExpectedRecord.of(
                domain, Optional.of("leverans.example"), Instant.parse("2026-11-29T12:00:00Z"))
            .stream()
            .map(record -> new RecordView(record, answer, record.judge(answer)))
            .toList());
  }

  static final class NoDomains implements ReadDomains {
    @Override
    public List<SenderDomain> list(Caller caller) {
      return List.of();
    }

    @Override
    public Optional<SenderDomainView> read(Caller caller, SenderDomainId domain) {
      return Optional.empty();
    }
  }

  static final class NoRecords implements SandboxDns {
    @Override
    public void publish(PublishedRecord record) {}

    @Override
    public void withdraw(String name, RecordType type) {}
  }
}
