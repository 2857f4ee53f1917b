package io.leverans.bootstrap.demo;

import io.leverans.bootstrap.sandbox.CompanyServer;
import io.leverans.bootstrap.sandbox.Sandbox;
import io.leverans.bootstrap.wiring.Node;
import io.leverans.domain.channel.ChannelKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /** Nobody's reputation is at stake: the real one gets one a second. */
  private static final int SIMULATED_GOOGLES_A_SECOND = 50;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Node node;
  private final List<Route> routes;
  private final int messages;
  private final Progress progress;

  /**
   * Prepares a demo.
   *
   * @param node a running sandbox
   * @param kinds the kinds of channel that it offers
   */
  public Demo(Node node, List<ChannelKind> kinds, int messages, Progress progress) {
    this.node = node;
    this.routes = Route.offered(kinds);
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
    try (var client = new ApiClient(node.url(), node.firstTeam().orElseThrow().apiKey())) {
      List<Author> authors = authors(client);
      long start = System.nanoTime();
      List<Sent> sent = send(client, authors);
      Duration accepting = Duration.ofNanos(System.nanoTime() - start);
      List<Ending> endings = settle(client, sent);
      Duration settling = Duration.ofNanos(System.nanoTime() - start);
      return new DemoResult(endings, seen(client, sent), accepting, settling, arrivedTwice());
    }
  }

  private record Author(Route route, String identity) {}

  private record Sent(Route route, Sort sort, String address, String id) {}

  private List<Author> authors(ApiClient client) throws InterruptedException {
    List<Author> authors = new ArrayList<>();
    for (Route route : routes) {
      String identity = client.createIdentity(route.address(), route.author());
      client.press(verificationLink(client, route.address()));
      authors.add(new Author(route, identity));
    }
    for (Author author : authors) {
      client.chooseChannel(author.identity(), channel(author.route(), client));
    }
    return authors;
  }

  private String channel(Route route, ApiClient client) {
    return switch (route) {
      case OWN_SERVERS -> client.platformChannel(route.kind());
      case COMPANY_SERVER -> {
        CompanyServer company = node.sandbox().map(Sandbox::company).orElseThrow();
        yield client.connectChannel(route.kind(), company.settings(route.address()));
      }
      case GOOGLE_ACCOUNT -> {
        String account = client.connectAccount(route.kind(), Route.GOOGLE_ADDRESS);
        client.setPace(account, SIMULATED_GOOGLES_A_SECOND);
        yield account;
      }
    };
  }

  /** The first message of each route to a recipient who takes it at once. */
  private List<Seen> seen(ApiClient client, List<Sent> sent) {
    Map<Route, Sent> first = new EnumMap<>(Route.class);
    sent.stream()
        .filter(one -> one.sort() == Sort.ACCEPTED)
        .forEach(one -> first.putIfAbsent(one.route(), one));
    return first.values().stream()
        .map(one -> Seen.of(one.route(), client.arrived(one.address()), copy(client, one)))
        .toList();
  }

  /** Where a copy lies that the author finds without us. */
  private Optional<String> copy(ApiClient client, Sent one) {
    String messageId = client.message(one.id()).path("internetMessageId").asText();
    return node.sandbox().flatMap(world -> world.sentFolderWith(messageId));
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

  private List<Sent> send(ApiClient client, List<Author> authors) throws InterruptedException {
    List<Callable<Sent>> requests = new ArrayList<>();
    List<Sort> sorts = List.of(Sort.values());
    for (int i = 0; i < messages; i++) {
      Sort sort = sorts.get(i % sorts.size());
      String address = sort.address(i);
      Author author = authorOf(i / sorts.size(), authors);
      requests.add(
          () ->
              new Sent(
                  author.route(),
                  sort,
                  address,
                  client.submit(author.identity(), address, sort.title())));
    }
    return inParallel(requests);
  }

  /** Each in turn; who sends slowly has one turn only, if there are others. */
  private static Author authorOf(int round, List<Author> authors) {
    if (round < authors.size()) {
      return authors.get(round);
    }
    List<Author> quick =
        authors.stream().filter(author -> author.route().turns() == Route.Turns.MANY).toList();
    List<Author> again = quick.isEmpty() ? authors : quick;
    return again.get(round % again.size());
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
      looks.add(() -> Ending.of(one.route(), one.sort(), one.address(), client.message(one.id())));
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
