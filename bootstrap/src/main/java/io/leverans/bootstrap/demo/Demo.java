package io.leverans.bootstrap.demo;

import io.leverans.bootstrap.wiring.Node;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Sends messages of all sorts through a running sandbox, and waits for what becomes of them. */
public final class Demo {
  private static final int CONCURRENT_REQUESTS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final List<String> AUTHORS =
      List.of("Erik Ek <erik@northwind.example>", "Åsa Öberg <asa@contoso.example>");

  private final Node node;
  private final int messages;
  private final Progress progress;

  /**
   * Prepares a demo.
   *
   * @param node a running sandbox
   */
  public Demo(Node node, int messages, Progress progress) {
    this.node = node;
    this.messages = messages;
    this.progress = progress;
  }

  /** Is told how far the demo is. */
  @FunctionalInterface
  public interface Progress {
    void settled(int soFar);
  }

  /** Sends, waits and tells. */
  public DemoResult run() throws InterruptedException {
    try (var client = new ApiClient(node.url(), node.firstTeam().apiKey())) {
      List<String> identities = verifiedIdentities(client);
      long start = System.nanoTime();
      List<Sent> sent = send(client, identities);
      Duration accepting = Duration.ofNanos(System.nanoTime() - start);
      List<Ending> endings = settle(client, sent);
      Duration settling = Duration.ofNanos(System.nanoTime() - start);
      return new DemoResult(endings, accepting, settling, arrivedTwice());
    }
  }

  private record Sent(Sort sort, String address, String id) {}

  private static List<String> verifiedIdentities(ApiClient client) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (String author : AUTHORS) {
      String address = author.substring(author.indexOf('<') + 1, author.length() - 1);
      ids.add(client.createIdentity(address, author.substring(0, author.indexOf('<')).strip()));
      client.press(verificationLink(client, address));
    }
    return ids;
  }

  private static URI verificationLink(ApiClient client, String address)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<URI> link = client.verificationLink(address);
      if (link.isPresent()) {
        return link.get();
      }
      Thread.sleep(LOOK_EVERY);
    }
    throw new IllegalStateException("no verification mail came to " + address);
  }

  private List<Sent> send(ApiClient client, List<String> identities) throws InterruptedException {
    List<Callable<Sent>> requests = new ArrayList<>();
    List<Sort> sorts = List.of(Sort.values());
    for (int i = 0; i < messages; i++) {
      Sort sort = sorts.get(i % sorts.size());
      String address = sort.address(i);
      String identity = identities.get(i % identities.size());
      requests.add(() -> new Sent(sort, address, client.submit(identity, address, sort.title())));
    }
    return inParallel(requests);
  }

  /** Looks at each message again and again until it stands as it should, or patience ends. */
  private List<Ending> settle(ApiClient client, List<Sent> sent) throws InterruptedException {
    List<Ending> settled = new ArrayList<>();
    List<Sent> open = sent;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<Ending> endings = look(client, open);
      boolean last = System.nanoTime() > deadline;
      List<Sent> stillOpen = new ArrayList<>();
      for (int i = 0; i < endings.size(); i++) {
        if (last || endings.get(i).isAsExpected()) {
          settled.add(endings.get(i));
        } else {
          stillOpen.add(open.get(i));
        }
      }
      open = stillOpen;
      progress.settled(settled.size());
      if (open.isEmpty()) {
        return settled;
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private static List<Ending> look(ApiClient client, List<Sent> sent) throws InterruptedException {
    List<Callable<Ending>> looks = new ArrayList<>();
    for (Sent one : sent) {
      looks.add(() -> Ending.of(one.sort(), one.address(), client.message(one.id())));
    }
    return inParallel(looks);
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws InterruptedException {
    var slots = new Semaphore(CONCURRENT_REQUESTS);
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        slots.acquire();
        futures.add(
            executor.submit(
                () -> {
                  try {
                    return task.call();
                  } finally {
                    slots.release();
                  }
                }));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request of the demo failed: " + e.getMessage(), e);
    }
  }

  private int arrivedTwice() {
    return node.sandbox().map(world -> world.arrivedTwice()).orElse(0);
  }
}
