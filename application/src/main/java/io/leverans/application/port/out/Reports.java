package io.leverans.application.port.out;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The reports that came in. Safe for use by many threads. */
public interface Reports {
  /** A delivery of ours, to compare a report with; logged mail has none. */
  Optional<Target> target(TeamId team, DeliveryId delivery);

  /** The deliveries of a message that went through the channel whose mailbox it is. */
  List<Target> targets(MailboxPlace mailbox, MessageId message);

  /**
   * The same by a Message-ID, with its brackets. Of several messages with one Message-ID some may
   * be left out.
   */
  List<Target> targets(MailboxPlace mailbox, String messageId);

  /**
   * Stores a report durably, once for each delivery that it is about, and applies in the same
   * transaction what it says to those that it is linked to, as far as their states allow, with
   * their events. What was said before is not applied once more ({@link
   * io.leverans.domain.bounce.Replays}), however many bring it at the same time. One that was read
   * in a mailbox and stored before by the same key changes nothing.
   *
   * @param entries at least one, each of another delivery
   * @return those of the entries that had an effect, in their order
   */
  List<ReportId> store(IncomingReport report, List<Entry> entries);

  /** A report; empty if the caller may not see it. */
  Optional<ReportView> find(Caller caller, ReportId report);

  /**
   * The report as it came, or why it is not given: one that was read in the mailbox of a member's
   * own channel is withheld from all others, also when the channel is gone. Empty if the caller
   * does not see it or it is on mail of the system.
   */
  Optional<RawReport> raw(Caller caller, ReportId report);

  /** Newest first. */
  Page<ReportView, ReportId> list(ListReports.Query query);

  /**
   * Ties a report that the caller sees, and that is not linked, to a delivery, and applies what it
   * says as {@link #store} does, without regard to what was said before. One that belongs to no
   * team belongs to the delivery's team from then on; one of another team than the delivery's is
   * not linked.
   */
  Linking link(Caller caller, ReportId report, Target to, ReportVerdict verdict);

  /** Takes a report that the caller sees out of the tray, unless it is linked. */
  Dismissal dismiss(Caller caller, ReportId report);

  /**
   * Reads a report that the caller sees, and that is linked, anew, and moves its delivery as {@link
   * io.leverans.domain.bounce.Retelling} says, with one event. What it said before is kept beside.
   */
  Correcting correct(Caller caller, ReportId report, Correction correction);

  /**
   * The reports of all teams that were corrected, except those on mail of the system, oldest first.
   * What was read in the mailbox of a member's own channel is withheld unless that member corrected
   * it.
   */
  Page<ReportSample, ReportId> samples(int limit, Optional<ReportId> after);

  /**
   * A delivery that a report may be about.
   *
   * @param channel that it goes through
   */
  record Target(
      TeamId team,
      DeliveryId delivery,
      MessageId message,
      ChannelId channel,
      EmailAddress recipient,
      Age age) {
    public Target {
      Objects.requireNonNull(team);
      Objects.requireNonNull(delivery);
      Objects.requireNonNull(message);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(recipient);
      Objects.requireNonNull(age);
    }
  }

  /** Whether a delivery may still be reported on without a token that says so. */
  enum Age {
    /** It was handed over in the last 30 days. */
    RECENT,
    /** It was handed over before, or never. */
    OVER
  }

  /** A report as it is stored for one delivery, or for none. */
  record Entry(ReportId id, Finding finding) {
    public Entry {
      Objects.requireNonNull(id);
      Objects.requireNonNull(finding);
    }
  }

  /** What was found out about a report. */
  sealed interface Finding {
    /** It is about a delivery. */
    record Linked(TeamId team, DeliveryId delivery, LinkedBy by, ReportVerdict verdict)
        implements Finding {
      public Linked {
        Objects.requireNonNull(team);
        Objects.requireNonNull(delivery);
        Objects.requireNonNull(by);
        Objects.requireNonNull(verdict);
      }
    }

    /** It has a token of a delivery that is there, and the token is not enough. */
    record Refused(TeamId team, DeliveryId delivery, Unapplied why) implements Finding {
      public Refused {
        Objects.requireNonNull(team);
        Objects.requireNonNull(delivery);
        Objects.requireNonNull(why);
      }
    }

    /** Nothing ties it to a delivery. */
    record Loose(Unapplied why) implements Finding {
      public Loose {
        Objects.requireNonNull(why);
      }
    }
  }

  /** What became of an order to link. */
  sealed interface Linking {
    record Linked(ReportView report) implements Linking {}

    record LinkedAlready() implements Linking {}

    /** The caller sees no such report. */
    record Unknown() implements Linking {}

    /** The report belongs to another team than the delivery, or the delivery is gone. */
    record NotThisDelivery() implements Linking {}
  }

  /** What became of an order to dismiss. */
  enum Dismissal {
    DISMISSED,
    LINKED,
    /** The caller sees no such report. */
    UNKNOWN
  }

  /** What became of another reading. */
  enum Correcting {
    CORRECTED,
    NOT_LINKED,
    /** The caller sees no such report. */
    UNKNOWN
  }
}
