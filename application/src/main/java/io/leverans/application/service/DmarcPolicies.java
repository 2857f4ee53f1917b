package io.leverans.application.service;

import io.leverans.application.port.out.Dns;
import io.leverans.domain.senderdomain.DmarcRecord;
import io.leverans.domain.senderdomain.DmarcRecord.Extent;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What domains ask for by DMARC, found by walking up from them. Remembered for a while, since every
 * message asks; of one domain there is one question at a time. Safe for use by many threads.
 */
public final class DmarcPolicies {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration FRESH_UNTOLD = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_QUESTIONS = 8;
  private static final int MOST_REMEMBERED = 10_000;

  private final Dns dns;
  private final InstantSource clock;
  private final Executor executor;
  private final ConcurrentMap<String, CompletableFuture<Finding>> underWay =
      new ConcurrentHashMap<>();
  private final Map<String, Remembered> remembered = new LinkedHashMap<>();

  /**
   * Asks nothing yet.
   *
   * @param executor runs questions, so that nobody waits for a slow answer longer than for others
   */
  public DmarcPolicies(Dns dns, InstantSource clock, Executor executor) {
    this.dns = dns;
    this.clock = clock;
    this.executor = executor;
  }

  /** What a domain asks for. */
  sealed interface Finding {
    /**
     * It asks for something.
     *
     * @param domain whose record says so: the domain itself or one above it
     */
    record Asks(String domain, Policy policy) implements Finding {}

    record NoRecord() implements Finding {}

    /**
     * Nobody knows.
     *
     * @param why in words for a person
     */
    record Untold(String why) implements Finding {}
  }

  private record Remembered(Finding finding, Instant until) {}

  private record At(String domain, DmarcRecord record) {}

  /** Waits two seconds at most. */
  Finding of(String domain) {
    return remembered(domain).orElseGet(() -> ask(domain));
  }

  private Optional<Finding> remembered(String domain) {
    synchronized (remembered) {
      return Optional.ofNullable(remembered.get(domain))
          .filter(known -> clock.instant().isBefore(known.until()))
          .map(Remembered::finding);
    }
  }

  private Finding ask(String domain) {
    var mine = new CompletableFuture<Finding>();
    CompletableFuture<Finding> theirs = underWay.putIfAbsent(domain, mine);
    if (theirs == null) {
      executor.execute(() -> find(domain, mine));
    }
    return await(theirs == null ? mine : theirs);
  }

  private void find(String domain, CompletableFuture<Finding> answer) {
    try {
      Finding finding = walk(domain);
      remember(domain, finding);
      answer.complete(finding);
    } catch (RuntimeException broken) {
      answer.completeExceptionally(broken);
    } finally {
      underWay.remove(domain, answer);
    }
  }

  private static Finding await(CompletableFuture<Finding> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new Finding.Untold("DNS did not answer within two seconds");
    } catch (ExecutionException broken) {
      return new Finding.Untold("DNS could not be asked");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Finding.Untold("the service is stopping");
    }
  }

  private void remember(String domain, Finding finding) {
    Duration fresh =
        switch (finding) {
          case Finding.Asks _, Finding.NoRecord _ -> FRESH;
          case Finding.Untold _ -> FRESH_UNTOLD;
        };
    synchronized (remembered) {
      remembered.remove(domain);
      remembered.put(domain, new Remembered(finding, clock.instant().plus(fresh)));
      if (remembered.size() > MOST_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
  }

  /** A record of the domain's own says it all; else the organization's does, for those below. */
  private Finding walk(String domain) {
    List<At> found = new ArrayList<>();
    for (String name : toBeAsked(domain)) {
      switch (dns.lookUp("_dmarc." + name, RecordType.TXT)) {
        case DnsAnswer.Untold(String why) -> {
          return new Finding.Untold(why);
        }
        case DnsAnswer.NotThere() -> {}
        case DnsAnswer.Found(List<String> texts) ->
            DmarcRecord.among(texts).ifPresent(record -> found.add(new At(name, record)));
      }
      if (!found.isEmpty() && (name.equals(domain) || isLast(found.getLast()))) {
        break;
      }
    }
    return found.isEmpty() ? new Finding.NoRecord() : asked(domain, found);
  }

  private static boolean isLast(At at) {
    return at.record().extent() != Extent.UNSAID;
  }

  private static Finding asked(String domain, List<At> found) {
    At decisive = found.getFirst().domain().equals(domain) ? found.getFirst() : highest(found);
    Policy policy =
        decisive.domain().equals(domain) ? decisive.record().own() : decisive.record().below();
    return new Finding.Asks(decisive.domain(), policy);
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

  /** The domain and those above it; of very deep ones, not all. */
  private static List<String> toBeAsked(String domain) {
    List<String> labels = List.of(domain.split("\\.", -1));
    List<String> names = new ArrayList<>();
    names.add(domain);
    int highest = Math.min(labels.size() - 1, MOST_QUESTIONS - 1);
    for (int kept = highest; kept >= 1; kept--) {
      names.add(String.join(".", labels.subList(labels.size() - kept, labels.size())));
    }
    return names;
  }
}
