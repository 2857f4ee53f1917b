package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live node under load is killed again and again; the world outside records what arrives. More of
 * it: {@code -Dcrash.kills=10 -Dcrash.messages=2000}.
 */
class KilledNodeIT {
  private static final int KILLS = Integer.getInteger("crash.kills", 2);
  private static final int MESSAGES = Integer.getInteger("crash.messages", 120);
  private static final int WRITERS = 8;
  private static final int CONCURRENCY = 16;
  private static final String DOMAIN = "northwind.example";

  @TempDir private Path folder;

  private final int port = FreePort.find();
  private final URI address = URI.create("http://localhost:" + port);
  private final Random random = new Random(Long.getLong("crash.seed", System.nanoTime()));
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

  @Test
  void nothing_is_lost_and_nothing_is_sent_twice_in_silence() throws Exception {
    var settings = WorldSettings.defaults().withKept(MESSAGES * 2 + 100, 1L << 30);
    try (SimulatedWorld world = SimulatedWorld.start(settings)) {
      LeveransProcess node = start(world);
      String identity = VerifiedAuthor.of("erik@" + DOMAIN, http(), world).identity();
      List<Thread> writers = writers(identity);
      for (int kill = 0; kill < KILLS; kill++) {
        awaitArrivals(world, (long) MESSAGES * (kill + 1) / (KILLS + 2));
        Thread.onSpinWait();
        node.kill();
        node = start(world);
      }
      for (Thread writer : writers) {
        writer.join();
      }
      List<JsonNode> messages = settled();
      node.close();
      judge(messages, world);
    }
  }

  private LeveransProcess start(SimulatedWorld world) throws IOException {
    return LeveransProcess.start(
        folder,
        address,
        List.of(
            "start",
            "--set=mode=live",
            "--set=platform.domain=" + DOMAIN,
            "--set=http.port=" + port,
            "--set=dispatch.lease=3s",
            "--set=dispatch.concurrency=" + CONCURRENCY,
            "--set=retry.first-pause=1s",
            "--set=msc.dns-server=127.0.0.1:" + world.dnsAddress().getPort(),
            "--set=msc.port=" + world.smtpAddress().getPort(),
            "--set=msc.bounce-listen=127.0.0.1:0"));
  }

  private Http http() throws IOException {
    return new Http(address, Files.readString(folder.resolve("data/api-key")).strip());
  }

  /** Each message is asked for until it is answered, always with the same key. */
  private List<Thread> writers(String identity) {
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int first = writer;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = first; i < MESSAGES; i += WRITERS) {
                      accepted.add(submit(identity, i));
                    }
                  }));
    }
    return writers;
  }

  private String submit(String identity, int number) {
    Map<String, String> message =
        Map.of(
            "identityId",
            identity,
            "to",
            recipient(number),
            "subject",
            "Message " + number,
            "text",
            "One of many.");
    return await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(IOException.class)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> http().post("/v1/messages", message, "Idempotency-Key", "message-" + number),
            answer -> answer.status() == 202)
        .json()
        .path("id")
        .asText();
  }

  /** One in ten takes its time, so that conversations are open when the node is killed. */
  private static String recipient(int number) {
    return (number % 10 == 0 ? "slow+" : "reader+") + number + "@d" + number % 7 + ".example";
  }

  private void awaitArrivals(SimulatedWorld world, long arrivals) {
    long more = arrivals + random.nextInt(1 + MESSAGES / 20);
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> world.inbox().total() >= more);
  }

  private List<JsonNode> settled() throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    for (String id : accepted) {
      messages.add(
          await()
              .atMost(Duration.ofMinutes(2))
              .until(
                  () -> http().get("/v1/messages/" + id).json(),
                  message -> !message.path("section").asText().equals("pending")));
    }
    return messages;
  }

  private static void judge(List<JsonNode> messages, SimulatedWorld world) {
    int doubtfulThatArrived = 0;
    int doubtfulThatDidNot = 0;
    List<String> lost = new ArrayList<>();
    for (JsonNode message : messages) {
      String state = message.at("/recipients/0/state").asText();
      boolean arrived =
          !world.inbox().arrivals(message.path("internetMessageId").asText()).isEmpty();
      switch (state) {
        case "accepted" -> {
          if (!arrived) {
            lost.add(message.toString());
          }
        }
        case "in-doubt" -> {
          if (arrived) {
            doubtfulThatArrived++;
          } else {
            doubtfulThatDidNot++;
          }
        }
        default -> lost.add(message.toString());
      }
    }
    System.out.printf(
        "killed %d times under %d messages: lost %d, arrived twice %d, in doubt %d (had arrived %d,"
            + " had not %d)%n",
        KILLS,
        messages.size(),
        lost.size(),
        world.inbox().repeated().size(),
        doubtfulThatArrived + doubtfulThatDidNot,
        doubtfulThatArrived,
        doubtfulThatDidNot);
    assertThat(messages).hasSize(MESSAGES);
    assertThat(lost).isEmpty();
    assertThat(world.inbox().repeated()).isEmpty();
    assertThat(doubtfulThatArrived + doubtfulThatDidNot).isLessThanOrEqualTo(KILLS * CONCURRENCY);
  }
}
