package io.leverans.application.service.senderdomain;

import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.view.SenderDomainView;
import io.leverans.application.view.SenderDomainView.RecordView;
import io.leverans.domain.senderdomain.Checked;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.DomainStanding.Signer;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.ExpectedRecord.Purpose;
import io.leverans.domain.senderdomain.PublishedKey;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Asks DNS about a domain, all its records at once, and acts on what it says. What is not answered
 * in time is taken for untold.
 */
public final class DomainChecks {
  private final SenderDomains domains;
  private final Dns dns;
  private final Providers providers;
  private final InstantSource clock;
  private final Executor executor;
  private final Duration patience;

  /**
   * Asks nothing yet.
   *
   * @param executor runs each question
   * @param patience with one whole check
   */
  public DomainChecks(
      SenderDomains domains,
      Dns dns,
      Providers providers,
      InstantSource clock,
      Executor executor,
      Duration patience) {
    this.domains = domains;
    this.dns = dns;
    this.providers = providers;
    this.clock = clock;
    this.executor = executor;
    this.patience = patience;
  }

  /** What DNS says now; nothing is changed. */
  SenderDomainView look(SenderDomain domain) {
    return new SenderDomainView(domain, domains.holder(domain.team(), domain.name()), ask(domain));
  }

  /**
   * Asks, and takes note. The claim is made before the domain works and given up after it does no
   * more, so that two teams never have it at once.
   *
   * @return empty if the domain was removed meanwhile
   */
  Optional<SenderDomainView> check(SenderDomain domain) {
    List<RecordView> records = ask(domain);
    Verdict proof = verdictOn(Purpose.PROOF, records).orElse(Verdict.UNTOLD);
    Holder holder =
        proof == Verdict.OK
            ? domains.claim(domain.team(), domain.name())
            : domains.holder(domain.team(), domain.name());
    var found =
        new Checked(
            proof,
            holder,
            keys(records),
            verdictOn(Purpose.RETURN_PATH, records).orElse(Verdict.MISSING));
    Optional<SenderDomain> after = domains.checked(domain.team(), domain.id(), found);
    if (after.isEmpty() || letsGo(after.get(), proof)) {
      domains.release(domain.team(), domain.name());
    }
    return after.map(checked -> view(checked, records));
  }

  /** With its proof in place a domain is the team's, even if its key is not published yet. */
  private static boolean letsGo(SenderDomain domain, Verdict proof) {
    return domain.standing().signer() == Signer.PLATFORM
        && (proof == Verdict.MISSING || proof == Verdict.DIFFERENT);
  }

  /** A rotation that the check finished changes what is asked for, not what was found. */
  private SenderDomainView view(SenderDomain checked, List<RecordView> found) {
    Map<String, DnsAnswer> answers = new HashMap<>();
    found.forEach(record -> answers.put(place(record.expected()), record.answer()));
    return new SenderDomainView(
        checked,
        domains.holder(checked.team(), checked.name()),
        expected(checked).stream()
            .map(
                record ->
                    seen(record, answers.getOrDefault(place(record), new DnsAnswer.NotThere())))
            .toList());
  }

  private static String place(ExpectedRecord record) {
    return record.type() + " " + record.name();
  }

  private static Map<PublishedKey, Verdict> keys(List<RecordView> records) {
    Map<PublishedKey, Verdict> keys = new HashMap<>();
    records.forEach(
        record ->
            record.expected().key().ifPresent(published -> keys.put(published, record.verdict())));
    return keys;
  }

  private static Optional<Verdict> verdictOn(Purpose purpose, List<RecordView> records) {
    return records.stream()
        .filter(record -> record.expected().purpose() == purpose)
        .map(RecordView::verdict)
        .findFirst();
  }

  /** What DNS should have, without a look. */
  List<ExpectedRecord> expected(SenderDomain domain) {
    Optional<String> target =
        providers.all().stream()
            .map(ChannelProvider::returnPathTarget)
            .flatMap(Optional::stream)
            .findFirst();
    return ExpectedRecord.of(domain, target, clock.instant());
  }

  private List<RecordView> ask(SenderDomain domain) {
    List<CompletableFuture<RecordView>> asked =
        expected(domain).stream().map(this::question).toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<RecordView> question(ExpectedRecord record) {
    return CompletableFuture.supplyAsync(() -> seen(record, answerFor(record)), executor)
        .completeOnTimeout(seen(record, late()), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private DnsAnswer late() {
    return new DnsAnswer.Untold(
        "DNS did not answer within %d seconds; ask again later".formatted(patience.toSeconds()));
  }

  private static RecordView seen(ExpectedRecord record, DnsAnswer answer) {
    return new RecordView(record, answer, record.judge(answer));
  }

  /** Where the record is missing, what stands in for it is shown. */
  private DnsAnswer answerFor(ExpectedRecord record) {
    DnsAnswer own = dns.lookUp(record.name(), record.type());
    if (record.judge(own) != Verdict.MISSING) {
      return own;
    }
    return record.inherited().stream()
        .map(name -> dns.lookUp(name, record.type()))
        .filter(answer -> record.judge(answer) == Verdict.OK)
        .findFirst()
        .orElse(own);
  }
}
