package io.leverans.application.port.out.memory;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Handling;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.Replays;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports in memory, with what was found out about each; everybody sees those that are shown. */
public final class MemoryReports implements Reports {
  private final List<Target> targets = new ArrayList<>();
  private final Map<String, MessageId> messageIds = new HashMap<>();
  private final Map<ReportId, Stored> stored = new LinkedHashMap<>();
  private final Map<ReportId, ReportView> shown = new LinkedHashMap<>();
  private final List<Linked> linked = new ArrayList<>();
  private final Set<MailboxPlace> taken = new HashSet<>();

  /** A report and what was made of it. */
  public record Stored(ReportId id, IncomingReport report, Finding finding) {}

  /** An order to link that was carried out. */
  public record Linked(ReportId report, Target to, ReportVerdict verdict) {}

  @Override
  public Optional<Target> target(TeamId team, DeliveryId delivery) {
    return targets.stream()
        .filter(target -> target.team().equals(team) && target.delivery().equals(delivery))
        .findFirst();
  }

  @Override
  public List<Target> targets(MailboxPlace mailbox, MessageId message) {
    return targets.stream()
        .filter(target -> target.team().equals(mailbox.team()))
        .filter(target -> target.channel().equals(mailbox.channel()))
        .filter(target -> target.message().equals(message))
        .toList();
  }

  @Override
  public List<Target> targets(MailboxPlace mailbox, String messageId) {
    return Optional.ofNullable(messageIds.get(messageId))
        .map(message -> targets(mailbox, message))
        .orElseGet(List::of);
  }

  @Override
  public List<ReportId> store(IncomingReport report, List<Entry> entries) {
    if (report.readIn().filter(place -> !taken.add(place)).isPresent()) {
      return List.of();
    }
    List<ReportId> applied =
        entries.stream().filter(entry -> applies(report, entry.finding())).map(Entry::id).toList();
    for (Entry entry : entries) {
      Stored made = new Stored(entry.id(), report, entry.finding());
      if (stored.putIfAbsent(entry.id(), made) != null) {
        throw new IllegalStateException("the id is taken: " + entry.id());
      }
    }
    return applied;
  }

  private boolean applies(IncomingReport report, Finding finding) {
    return finding instanceof Finding.Linked word
        && !(word.verdict() instanceof ReportVerdict.SaysNothing)
        && Replays.objection(heard(word.delivery()), word.verdict(), report.subject()).isEmpty();
  }

  private List<Replays.Heard> heard(DeliveryId delivery) {
    List<Replays.Heard> heard = new ArrayList<>();
    for (Stored before : stored.values()) {
      if (before.finding() instanceof Finding.Linked word && word.delivery().equals(delivery)) {
        heard.add(
            new Replays.Heard(
                word.verdict(),
                before.report().subject(),
                Replays.When.SINCE_THE_LATEST_HAND_OVER,
                Replays.Mail.ANOTHER));
      }
    }
    return heard;
  }

  @Override
  public Optional<ReportView> find(Caller caller, ReportId report) {
    return Optional.ofNullable(shown.get(report));
  }

  @Override
  public Linking link(Caller caller, ReportId report, Target to, ReportVerdict verdict) {
    ReportView view = shown.get(report);
    if (view == null) {
      return new Linking.Unknown();
    }
    if (view.handling().linkedBy().isPresent()) {
      return new Linking.LinkedAlready();
    }
    linked.add(new Linked(report, to, verdict));
    Handling handling =
        new Handling(
            Optional.of(to.delivery()),
            Optional.of(LinkedBy.PERSON),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            view.handling().readIn());
    show(with(view, handling));
    return new Linking.Linked(shown.get(report));
  }

  private static ReportView with(ReportView view, Handling handling) {
    return new ReportView(
        view.id(),
        view.receivedAt(),
        view.envelopeRecipient(),
        view.kind(),
        view.subject(),
        view.link(),
        view.message(),
        view.statements(),
        view.effect(),
        view.rawPurgedAt(),
        handling,
        view.suggestions());
  }

  @Override
  public Dismissal dismiss(Caller caller, ReportId report) {
    return find(caller, report)
        .map(view -> view.handling().linkedBy())
        .map(by -> by.isPresent() ? Dismissal.LINKED : Dismissal.DISMISSED)
        .orElse(Dismissal.UNKNOWN);
  }

  @Override
  public Correcting correct(Caller caller, ReportId report, Correction correction) {
    return switch (dismiss(caller, report)) {
      case UNKNOWN -> Correcting.UNKNOWN;
      case LINKED -> Correcting.CORRECTED;
      case DISMISSED -> Correcting.NOT_LINKED;
    };
  }

  @Override
  public Page<ReportSample, ReportId> samples(int limit, Optional<ReportId> after) {
    return new Page<>(List.of(), Optional.empty());
  }

  @Override
  public Page<ReportView, ReportId> list(ListReports.Query query) {
    throw new UnsupportedOperationException("no service lists");
  }

  @Override
  public Optional<RawReport> raw(Caller caller, ReportId report) {
    throw new UnsupportedOperationException("no service reads them");
  }

  /** A delivery that reports can be linked to. */
  public void know(Target target) {
    targets.add(target);
  }

  /** What a message is called on the way. */
  public void name(MessageId message, String messageId) {
    messageIds.put(messageId, message);
  }

  public void show(ReportView view) {
    shown.put(view.id(), view);
  }

  public List<Stored> stored() {
    return List.copyOf(stored.values());
  }

  public List<Linked> linked() {
    return List.copyOf(linked);
  }
}
