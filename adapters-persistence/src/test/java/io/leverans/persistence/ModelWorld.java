package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A state of the model: one dispatch with its deliveries as the database has them, what the nodes
 * have under way, and what really happened, which nobody in it knows.
 *
 * @param orders how many more a person may give
 * @param broken the promise that was broken on the way here
 */
record ModelWorld(
    Row row,
    List<Parcel> parcels,
    List<Running> running,
    Optional<Inquiry> inquiry,
    int orders,
    Optional<Promise> broken) {

  /** What is promised in every state. */
  enum Promise {
    /** No GO while an earlier one is unanswered, unless a person or the provider spoke of it. */
    ONE_GO,
    /** The next hop has no second copy without a recorded word of a person. */
    ONE_COPY,
    /** What the next hop took is accepted, or in doubt. */
    NEVER_QUEUED_WHEN_TAKEN,
    /** No GO for what was given a time that is still ahead. */
    NEVER_BEFORE_ITS_TIME,
    /** What was withdrawn before its GO never reaches the next hop. */
    WITHDRAWN_STAYS,
    /** When all nodes die, one that works settles everything, or leaves it where a person sees. */
    NOTHING_LOST
  }

  /** When somebody looks at a dispatch next. */
  enum Due {
    NEVER,
    LATER,
    NOW
  }

  /** More about a dispatch. */
  enum Mark {
    READY,
    WAITING,
    /** Its time to be sent at is still ahead. */
    AHEAD
  }

  /** A row of {@code dispatch}; the node that holds the lease, if any does. */
  record Row(int attempt, Optional<Integer> holder, Due due, int deferrals, Set<Mark> marks) {
    boolean is(Mark mark) {
      return marks.contains(mark);
    }

    Row with(Mark mark) {
      Set<Mark> more = EnumSet.of(mark);
      more.addAll(marks);
      return new Row(attempt, holder, due, deferrals, Set.copyOf(more));
    }

    Row without(Mark... away) {
      Set<Mark> fewer = new HashSet<>(marks);
      List.of(away).forEach(fewer::remove);
      return new Row(attempt, holder, due, deferrals, Set.copyOf(fewer));
    }

    Row due(Due other) {
      return new Row(attempt, holder, other, deferrals, marks);
    }

    Row heldBy(Optional<Integer> other) {
      return new Row(attempt, other, due, deferrals, marks);
    }

    Row deferrals(int other) {
      return new Row(attempt, holder, due, other, marks);
    }

    Row attempt(int other) {
      return new Row(other, holder, due, deferrals, marks);
    }
  }

  /** What is true of a delivery, whatever the database says. */
  enum Truth {
    EVER_GONE,
    WITHDRAWN_BEFORE_GO,
    /** It was given a time that is still ahead, and no other word since. */
    TIME_AHEAD,
    /** Its latest attempt was taken by the next hop, and nobody said otherwise since. */
    TAKEN
  }

  /**
   * A row of {@code delivery}, and the truth.
   *
   * @param openGo the attempt of a GO that is neither answered nor overruled; or 0
   * @param copies how many the next hop took
   * @param words a person's, each recorded, by which it may be sent once more
   */
  record Parcel(
      DeliveryState state, int attempt, int openGo, int copies, int words, Set<Truth> truths) {
    Parcel in(DeliveryState other) {
      return new Parcel(other, attempt, openGo, copies, words, truths);
    }

    Parcel claimed(DeliveryState other, int number) {
      return new Parcel(other, number, openGo, copies, words, truths);
    }

    Parcel gone(int number) {
      return new Parcel(
          DeliveryState.HANDED_OVER, attempt, number, copies, words, and(Truth.EVER_GONE));
    }

    /** The next hop's word that it took nothing is written down. */
    Parcel answered() {
      return new Parcel(state, attempt, 0, copies, words, truths);
    }

    Parcel taken(int number) {
      Set<Truth> after = openGo == number ? and(Truth.TAKEN) : truths;
      return new Parcel(state, attempt, openGo, copies + 1, words, after);
    }

    /** Another time is written down for it. */
    Parcel scheduled(boolean ahead) {
      return new Parcel(
          state,
          attempt,
          openGo,
          copies,
          words,
          ahead ? and(Truth.TIME_AHEAD) : without(Truth.TIME_AHEAD));
    }

    /** What a person or the provider said is written down. */
    Parcel said(DeliveryFact fact) {
      Set<Truth> after =
          fact == DeliveryFact.CANCELLED && !is(Truth.EVER_GONE)
              ? and(Truth.WITHDRAWN_BEFORE_GO)
              : truths;
      return switch (fact) {
        case RESEND_ORDERED, RETRY_ORDERED, DECLARED_FAILED ->
            new Parcel(state, attempt, 0, copies, words + 1, without(Truth.TAKEN)).scheduled(false);
        case SHOWN_NOT_SENT -> is(Truth.TAKEN) ? this : answered();
        default -> new Parcel(state, attempt, openGo, copies, words, after);
      };
    }

    boolean is(Truth truth) {
      return truths.contains(truth);
    }

    private Set<Truth> and(Truth truth) {
      Set<Truth> more = EnumSet.of(truth);
      more.addAll(truths);
      return Set.copyOf(more);
    }

    private Set<Truth> without(Truth truth) {
      Set<Truth> fewer = new HashSet<>(truths);
      fewer.remove(truth);
      return Set.copyOf(fewer);
    }
  }

  /** What a node knows of a dispatch that it took on. */
  record Claimed(int node, int attempt, int deferrals, List<Integer> aboard) {}

  /** An attempt under way, by what it has heard since its claim. */
  record Running(Claimed claim, List<Heard> heard) {
    Running hearing(Heard answer) {
      List<Heard> more = new ArrayList<>(heard);
      more.add(answer);
      return new Running(claim, List.copyOf(more));
    }
  }

  /** What an attempt hears from outside. */
  enum Heard {
    /** The next hop listens. */
    OPEN,
    /** The next hop takes the first recipient and refuses the other for now. */
    OPEN_FOR_FIRST,
    REFUSED_EARLY,
    CHANNEL_AT_FAULT,
    GO,
    LEASE_LOST,
    CANCELLED,
    DATABASE_AWAY,
    TOOK,
    TOOK_FIRST,
    /** The link broke; it may have taken it. */
    NO_ANSWER,
    REFUSED_FOR_NOW,
    REFUSED_FOR_GOOD,
    /** It took nothing, and the transport turns to another in the same attempt. */
    TURNED_AWAY
  }

  /** What the provider found out of an attempt in doubt, and is not written down yet. */
  record Inquiry(int parcel, int attempt, DeliveryFact finding) {}

  static ModelWorld start(int deliveries, int orders) {
    Parcel parcel = new Parcel(DeliveryState.SCHEDULED, 0, 0, 0, 0, Set.of(Truth.TIME_AHEAD));
    return new ModelWorld(
        new Row(0, Optional.empty(), Due.LATER, 0, Set.of(Mark.AHEAD)),
        IntStream.range(0, deliveries).mapToObj(_ -> parcel).toList(),
        List.of(),
        Optional.empty(),
        orders,
        Optional.empty());
  }

  ModelWorld row(UnaryOperator<Row> change) {
    return new ModelWorld(change.apply(row), parcels, running, inquiry, orders, broken);
  }

  ModelWorld parcel(int which, UnaryOperator<Parcel> change) {
    List<Parcel> changed = new ArrayList<>(parcels);
    changed.set(which, change.apply(changed.get(which)));
    return new ModelWorld(row, List.copyOf(changed), running, inquiry, orders, broken);
  }

  /** The time to be sent at comes. */
  ModelWorld timeComes() {
    ModelWorld after = row(before -> before.without(Mark.AHEAD));
    for (int i : all()) {
      after = after.parcel(i, parcel -> parcel.scheduled(false));
    }
    return after;
  }

  ModelWorld running(List<Running> other) {
    return new ModelWorld(row, parcels, List.copyOf(other), inquiry, orders, broken);
  }

  ModelWorld inquiry(Optional<Inquiry> other) {
    return new ModelWorld(row, parcels, running, other, orders, broken);
  }

  ModelWorld oneOrderFewer() {
    return new ModelWorld(row, parcels, running, inquiry, orders - 1, broken);
  }

  ModelWorld breaking(Promise promise) {
    return new ModelWorld(
        row, parcels, running, inquiry, orders, broken.or(() -> Optional.of(promise)));
  }

  /** The deliveries' numbers. */
  List<Integer> all() {
    return IntStream.range(0, parcels.size()).boxed().toList();
  }
}
