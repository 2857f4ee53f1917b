package io.leverans.mail.simulator;

import io.leverans.mail.simulator.FollowUp.AutoReply;
import io.leverans.mail.simulator.FollowUp.Challenge;
import io.leverans.mail.simulator.FollowUp.Complaint;
import io.leverans.mail.simulator.FollowUp.DeliveryReport;
import io.leverans.mail.simulator.Reaction.AcceptThen;
import io.leverans.mail.simulator.ReportDelivery.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes back to return paths, and complaints to who answers for them: later, over real SMTP, a few
 * times. Safe for use by many threads.
 */
final class ReportMailer implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int AT_ONCE = 8;
  private static final int KEPT = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(ReportMailer.class);

  private final MailRoutes routes;
  private final Duration delay;
  private final Duration retryPause;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulator-reports").factory());
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final AtomicLong serials = new AtomicLong();
  private final ArrayDeque<ReportDelivery> deliveries = new ArrayDeque<>();

  ReportMailer(MailRoutes routes, Duration delay, Duration retryPause, InstantSource clock) {
    this.routes = routes;
    this.delay = delay;
    this.retryPause = retryPause;
    this.clock = clock;
  }

  /** Writes all follow-ups from the recipient's mail server. */
  void schedule(AcceptThen then, ArrivedMail mail) {
    schedule(then, mail, ReportOrder.mailServerOf(mail));
  }

  /**
   * Writes all follow-ups, each a while after the one before it, unless nobody may be written to.
   *
   * @param host the mail server that writes them
   */
  void schedule(AcceptThen then, ArrivedMail mail, String host) {
    if (!mail.returnPath().isEmpty()) {
      next(then, then.followUps(), mail, host);
    }
  }

  /** What became of the newest mails written back, newest first. */
  List<ReportDelivery> deliveries() {
    synchronized (deliveries) {
      return List.copyOf(deliveries);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void later(Duration wait, Runnable work) {
    try {
      var _ =
          timer.schedule(
              () -> Thread.ofVirtual().name("simulator-report").start(work),
              wait.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      LOG.debug("the world is closed: nothing more is written back");
    }
  }

  private void next(AcceptThen then, List<FollowUp> rest, ArrivedMail mail, String host) {
    if (!rest.isEmpty() && isDue(rest.getFirst(), mail)) {
      later(delay, () -> write(then, rest, mail, host));
    }
  }

  private static boolean isDue(FollowUp followUp, ArrivedMail mail) {
    return switch (followUp) {
      case AutoReply _, Challenge _ -> OutOfOffice.mayAnswer(mail);
      case DeliveryReport _, Complaint _ -> true;
    };
  }

  private void write(AcceptThen then, List<FollowUp> rest, ArrivedMail mail, String host) {
    String serial =
        String.format(
            Locale.ROOT, "%x%06x", clock.instant().toEpochMilli(), serials.incrementAndGet());
    var order = new ReportOrder(mail, host, clock.instant(), serial);
    attempt(new Outgoing(then, rest, order), 1);
  }

  /** A mail to be written, the first of the rest; its bytes are the same each time. */
  private record Outgoing(AcceptThen then, List<FollowUp> rest, ReportOrder order) {
    FollowUp followUp() {
      return rest.getFirst();
    }

    ReportShape shape() {
      return then.shape().orElseGet(() -> ReportShape.of(order.recipient()));
    }

    byte[] bytes() {
      return switch (followUp()) {
        case DeliveryReport report -> shape().writer().write(report, order);
        case AutoReply _ -> OutOfOffice.write(order);
        case Challenge _ -> ProofOfPerson.write(order);
        case Complaint(var format) -> ComplaintReport.write(format, order);
      };
    }

    String kind() {
      return switch (followUp()) {
        case DeliveryReport report -> report.action().fieldValue() + " report";
        case AutoReply _ -> "auto-reply";
        case Challenge _ -> "challenge";
        case Complaint _ -> "complaint";
      };
    }

    String to() {
      return switch (followUp()) {
        case DeliveryReport _, AutoReply _, Challenge _ -> order.returnPath();
        case Complaint _ -> order.complaintAddress();
      };
    }
  }

  private void attempt(Outgoing outgoing, int number) {
    permits.acquireUninterruptibly();
    try {
      ReportClient.Reply reply = send(outgoing);
      if (reply.code() / 100 == 4) {
        retry(outgoing, number, reply.text());
      } else {
        end(outgoing, number, reply.isPositive() ? State.TAKEN : State.REFUSED, reply.text());
      }
    } catch (IOException broken) {
      retry(outgoing, number, String.valueOf(broken.getMessage()));
    } finally {
      permits.release();
    }
  }

  private ReportClient.Reply send(Outgoing outgoing) throws IOException {
    InetSocketAddress server = routes.serverOf(Domains.of(outgoing.to()));
    return ReportClient.send(server, outgoing.order().host(), outgoing.to(), outgoing.bytes());
  }

  private void retry(Outgoing outgoing, int number, String why) {
    if (number == ATTEMPTS) {
      end(outgoing, number, State.GIVEN_UP, why);
    } else {
      LOG.debug("{} put off: {}", outgoing.kind(), why);
      later(retryPause.multipliedBy(number), () -> attempt(outgoing, number + 1));
    }
  }

  private void end(Outgoing outgoing, int attempts, State state, String lastReply) {
    ReportOrder order = outgoing.order();
    if (state != State.TAKEN) {
      LOG.warn(
          "simulator: {} {} after {} attempts: {}", outgoing.kind(), state, attempts, lastReply);
    }
    var delivery =
        new ReportDelivery(
            outgoing.kind(),
            order.recipient(),
            outgoing.to(),
            clock.instant(),
            attempts,
            state,
            lastReply);
    synchronized (deliveries) {
      deliveries.addFirst(delivery);
      if (deliveries.size() > KEPT) {
        deliveries.removeLast();
      }
    }
    List<FollowUp> rest = outgoing.rest();
    next(outgoing.then(), rest.subList(1, rest.size()), order.mail(), order.host());
  }
}
