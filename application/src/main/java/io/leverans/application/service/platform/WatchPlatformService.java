package io.leverans.application.service.platform;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.WatchPlatform;
import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.port.out.PlatformFaults.Faults;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import io.leverans.domain.identity.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the operator of faults of the platform: of each once, and again as {@link
 * PlatformFault#isNewsAt} says. Those of one cause that come up one after the other share a mail.
 *
 * <p>The mail goes first and the note after it, and the mail has a key: a node that dies in between
 * loses nothing, and another one repeats nothing.
 */
public final class WatchPlatformService implements WatchPlatform {
  private static final int MOST = 1000;
  private static final Duration BETWEEN_MAILS = Duration.ofMinutes(5);
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final PlatformFaults faults;
  private final MetFaults met;
  private final OperatorsAddresses addresses;
  private final SystemMail systemMail;
  private final Consumer<PlatformFault> listener;

  /**
   * Watches nothing yet.
   *
   * @param listener hears of each fault that the operator is told of
   */
  public WatchPlatformService(
      PlatformFaults faults,
      MetFaults met,
      OperatorsAddresses addresses,
      SystemMail systemMail,
      Consumer<PlatformFault> listener) {
    this.faults = faults;
    this.met = met;
    this.addresses = addresses;
    this.systemMail = systemMail;
    this.listener = listener;
  }

  @Override
  public int watch() {
    writeDown(met.taken());
    Faults latest = faults.latest(MOST);
    faults.forget(REMEMBERED);
    return Stream.of(Cause.values())
        .filter(PlatformFault::isOne)
        .mapToInt(cause -> tell(cause, latest))
        .sum();
  }

  private void writeDown(List<Met> all) {
    if (all.isEmpty()) {
      return;
    }
    try {
      faults.met(all);
    } catch (RuntimeException e) {
      met.putBack(all);
      throw e;
    }
  }

  private int tell(Cause cause, Faults latest) {
    List<PlatformFault> ofCause =
        latest.faults().stream()
            .filter(fault -> fault.cause() == cause && !fault.isOverAt(latest.now()))
            .toList();
    if (wasMailLately(ofCause, latest.now())) {
      return 0;
    }
    List<PlatformFault> news =
        ofCause.stream()
            .filter(fault -> fault.isNewsAt(latest.now()))
            .sorted(Comparator.comparingLong(PlatformFault::refusals).reversed())
            .toList();
    if (!news.isEmpty()) {
      write(cause, news);
    }
    return news.size();
  }

  private static boolean wasMailLately(List<PlatformFault> faults, Instant now) {
    return faults.stream()
        .flatMap(fault -> fault.told().stream())
        .map(Telling::at)
        .anyMatch(at -> now.isBefore(at.plus(BETWEEN_MAILS)));
  }

  /** Without an address there are the event and the log to go by. */
  private void write(Cause cause, List<PlatformFault> news) {
    List<EmailAddress> to = addresses.all();
    if (!to.isEmpty()) {
      systemMail.sendOnce(
          OperatorsAddresses.TEAM,
          to,
          new PlatformFaultMail(cause, news).content(),
          key(cause, news));
    }
    news.forEach(
        fault -> {
          faults.told(fault);
          listener.accept(fault);
        });
  }

  private static Idempotency key(Cause cause, List<PlatformFault> news) {
    String which =
        news.stream()
            .map(fault -> fault.place() + " " + fault.since() + " " + told(fault.told()))
            .sorted()
            .collect(Collectors.joining("\n"));
    return new Idempotency(
        "platform-fault/%s/%d/%x".formatted(cause, news.size(), which.hashCode()),
        "tell the operator");
  }

  private static String told(Optional<Telling> telling) {
    return telling.map(Telling::toString).orElse("");
  }
}
