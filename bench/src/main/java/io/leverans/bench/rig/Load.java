package io.leverans.bench.rig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Submits the messages of a round over kept connections, each of which submits one at a time. */
final class Load {
  private final Round round;
  private final int connections;
  private final double rate;
  private final AtomicInteger next;
  private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();

  /**
   * @param rate messages a second, whatever the answers take; 0: as fast as they are accepted
   */
  Load(Round round, int connections, double rate) {
    this.round = round;
    this.connections = connections;
    this.rate = rate;
    next = new AtomicInteger();
  }

  /** One connection. */
  interface Submission extends AutoCloseable {
    /** Returns once the message is accepted. */
    void submit(int number) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Opens the connections, which are numbered from 0 on. */
  interface Opening {
    Submission open(int connection) throws IOException;
  }

  /** Returns once all is accepted. */
  void run(Opening opening) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int connection = i;
      threads.add(
          Thread.ofPlatform()
              .name("load " + connection)
              .start(() -> submitAll(opening, connection, begun)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    round.acceptedAll();
  }

  private void submitAll(Opening opening, int connection, long begun) {
    try (Submission submission = opening.open(connection)) {
      for (int n = next.getAndIncrement();
          n < round.count() && failures.isEmpty();
          n = next.getAndIncrement()) {
        int number = round.base() + n;
        round.post(
            number, rate > 0 ? waitUntil(begun + (long) (n / rate * 1e9)) : System.nanoTime());
        submission.submit(number);
      }
    } catch (IOException e) {
      failures.add(e);
    }
  }

  /** A message counts from when it was to be posted, also if no connection was free then. */
  private static long waitUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return time;
  }
}
