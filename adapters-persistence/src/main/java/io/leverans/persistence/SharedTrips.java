package io.leverans.persistence;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads that want the same kind of thing of the rows of one team, or of one lane, share the
 * trips to the database: what comes in while one is under way gathers and goes along in the next.
 * Nobody waits for company but where it was made so, and each caller returns only when what it
 * brought is done. Safe for use by many threads; not to be used within a transaction, which others'
 * things would become part of.
 *
 * @param <K> what no trip spans two of, such as the team
 * @param <T> what a caller brings
 * @param <R> what it is answered
 */
final class SharedTrips<K, T, R> {
  /** Whoever was answered by the last trip has the time to come with the next thing. */
  private static final Duration GATHERING = Duration.ofMillis(2);

  private static final int LARGEST_READ = 200;

  /** Who has not been taken along for so long goes away with an error. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Way<List<R>> way;
  private final Duration gathering;
  private final Size largest;
  private final ToLongFunction<T> weight;
  private final Work<K, T, R> work;
  private final Map<K, Line<T, R>> lines = new ConcurrentHashMap<>();

  private SharedTrips(
      Way<List<R>> way,
      Duration gathering,
      Size largest,
      ToLongFunction<T> weight,
      Work<K, T, R> work) {
    this.way = way;
    this.gathering = gathering;
    this.largest = largest;
    this.weight = weight;
    this.work = work;
  }

  /** Each trip is one transaction: a group commit. */
  static <K, T, R> SharedTrips<K, T, R> writing(
      Jdbi jdbi, Size largest, ToLongFunction<T> weight, Work<K, T, R> work) {
    return new SharedTrips<>(
        callback -> jdbi.inTransaction(callback), Duration.ZERO, largest, weight, work);
  }

  /**
   * The same where it is better to come late than to come alone: of trips that follow each other,
   * each waits a moment for company.
   */
  static <K, T, R> SharedTrips<K, T, R> writingInCompany(
      Jdbi jdbi, Size largest, ToLongFunction<T> weight, Work<K, T, R> work) {
    return new SharedTrips<>(
        callback -> jdbi.inTransaction(callback), GATHERING, largest, weight, work);
  }

  /** Each trip is one statement, which sees what was committed before any of its callers came. */
  static <K, T, R> SharedTrips<K, T, R> reading(Jdbi jdbi, Work<K, T, R> work) {
    return new SharedTrips<>(
        callback -> jdbi.withHandle(callback),
        Duration.ZERO,
        new Size(LARGEST_READ, Long.MAX_VALUE),
        _ -> 0,
        work);
  }

  /** What is done on a trip. */
  @FunctionalInterface
  interface Work<K, T, R> {
    /** An answer for each item, in their order. */
    List<R> all(Handle handle, K of, List<T> items);
  }

  /** How much may go on one trip. */
  record Size(int items, long weight) {}

  /** How a connection is used. */
  @FunctionalInterface
  private interface Way<V> {
    V take(HandleCallback<V, RuntimeException> callback);
  }

  /**
   * Does it, with others or alone. What fails in company before the commit is done once more alone,
   * so that nobody fails for another's sake; where the database is away, all fail at once.
   */
  R join(K of, T item) {
    var seat = new Seat<T, R>(item);
    Line<T, R> line = lines.compute(of, (_, found) -> joined(found, seat));
    try {
      switch (seat.awaitTurn()) {
        case LEADS -> lead(of, line, seat);
        case LEADS_THE_NEXT -> {
          LockSupport.parkNanos(gathering.toNanos());
          lead(of, line, seat);
        }
        case IS_TAKEN_ALONG -> {}
        case IS_TOO_LATE ->
            throw new IllegalStateException("the database did not come to it within " + PATIENCE);
      }
      return seat.answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      var _ = lines.computeIfPresent(of, (_, found) -> left(found));
    }
  }

  private static <T, R> Line<T, R> joined(@Nullable Line<T, R> found, Seat<T, R> seat) {
    Line<T, R> line = found == null ? new Line<>() : found;
    line.members++;
    line.add(seat);
    return line;
  }

  private static <T, R> @Nullable Line<T, R> left(Line<T, R> line) {
    line.members--;
    return line.members == 0 ? null : line;
  }

  private void lead(K of, Line<T, R> line, Seat<T, R> leader) {
    try {
      ride(of, line.next(leader, largest, weight));
    } finally {
      line.passOn();
    }
  }

  private void ride(K of, List<Seat<T, R>> seats) {
    var worked = new AtomicBoolean();
    try {
      List<R> answers =
          way.take(
              handle -> {
                List<R> made = work.all(handle, of, seats.stream().map(Seat::item).toList());
                worked.set(true);
                return made;
              });
      for (int i = 0; i < seats.size(); i++) {
        seats.get(i).answer.complete(answers.get(i));
      }
    } catch (Throwable e) {
      if (seats.size() == 1 || worked.get() || DatabaseTrouble.isIn(e)) {
        seats.forEach(seat -> seat.answer.completeExceptionally(e));
      } else {
        seats.forEach(seat -> ride(of, List.of(seat)));
      }
    }
  }

  /** What whoever waits is told. */
  private enum Turn {
    /** To make a trip, for itself and for others. */
    LEADS,
    /** The same, right after another trip, when more are on their way here. */
    LEADS_THE_NEXT,
    /** That another takes it along. */
    IS_TAKEN_ALONG,
    /** That nobody will. */
    IS_TOO_LATE
  }

  /** One caller's place. */
  private record Seat<T, R>(T item, CompletableFuture<Turn> turn, CompletableFuture<R> answer) {
    Seat(T item) {
      this(item, new CompletableFuture<>(), new CompletableFuture<>());
    }

    /** Whoever leads at once needs no alarm. */
    Turn awaitTurn() {
      return turn.isDone()
          ? turn.join()
          : turn.completeOnTimeout(Turn.IS_TOO_LATE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    }
  }

  /** Who waits, of one key. The longest waiting leads. */
  private static final class Line<T, R> {
    private final Queue<Seat<T, R>> waiting = new ArrayDeque<>();
    private boolean underWay;

    /** Callers that have not returned; counted by whoever holds the line's entry. */
    private int members;

    synchronized void add(Seat<T, R> seat) {
      waiting.add(seat);
      if (!underWay) {
        underWay = true;
        seat.turn.complete(Turn.LEADS);
      }
    }

    /** The leader and who waits longest, as many as may go on one trip. */
    synchronized List<Seat<T, R>> next(Seat<T, R> leader, Size largest, ToLongFunction<T> weight) {
      waiting.remove(leader);
      List<Seat<T, R>> seats = new ArrayList<>(List.of(leader));
      long room = largest.weight() - weight.applyAsLong(leader.item);
      for (Seat<T, R> seat = waiting.peek(); seat != null; seat = waiting.peek()) {
        room -= weight.applyAsLong(seat.item);
        if (room < 0 || seats.size() == largest.items()) {
          break;
        }
        waiting.remove();
        if (seat.turn.complete(Turn.IS_TAKEN_ALONG)) {
          seats.add(seat);
        }
      }
      return seats;
    }

    /** The trip has ended: the longest waiting makes another. */
    synchronized void passOn() {
      for (Seat<T, R> seat = waiting.peek(); seat != null; seat = waiting.peek()) {
        if (seat.turn.complete(Turn.LEADS_THE_NEXT)) {
          return;
        }
        waiting.remove();
      }
      underWay = false;
    }
  }
}
