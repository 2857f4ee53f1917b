package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.team.TeamId;
import io.leverans.persistence.SharedTrips.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedTripsTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final TeamId TEAM = new TeamId(1);
  private static final TeamId OTHER_TEAM = new TeamId(2);
  private static final Size ROOMY = new Size(100, 1000);
  private static final String HELD = "held";
  private static final String BROKEN = "broken";

  private final List<List<String>> trips = new CopyOnWriteArrayList<>();
  private List<FutureTask<String>> held = List.of();
  private final CountDownLatch gate = new CountDownLatch(1);

  /** That an item is stored once only is looked at when the transaction is committed. */
  @BeforeEach
  void table() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    CREATE TABLE brought (
                      item text UNIQUE DEFERRABLE INITIALLY DEFERRED)\
                    """));
  }

  @AfterEach
  void drop() {
    gate.countDown();
    held.forEach(answer -> await().until(answer::isDone));
    DATABASE.jdbi().useHandle(handle -> handle.execute("DROP TABLE brought"));
  }

  @Test
  void what_comes_in_while_others_are_on_the_way_goes_together() throws Exception {
    List<FutureTask<String>> later = bringBehindHeld(writing(ROOMY), "c", "d", "e");

    assertThat(answers(later)).containsExactly("did c", "did d", "did e");
    assertThat(trips.getLast()).containsExactly("c", "d", "e");
  }

  @Test
  void no_trip_is_larger_than_it_may_be() throws Exception {
    List<FutureTask<String>> later =
        bringBehindHeld(writing(new Size(2, 5)), "c", "d", "e", "much too large", "f");

    assertThat(answers(later)).hasSize(5);
    assertThat(trips.subList(1, trips.size()))
        .containsExactly(List.of("c", "d"), List.of("e"), List.of("much too large"), List.of("f"));
  }

  @Test
  void who_fails_fails_alone() throws Exception {
    List<FutureTask<String>> later = bringBehindHeld(writing(ROOMY), "c", BROKEN, "e");

    assertThat(later.get(0).get()).isEqualTo("did c");
    assertThatThrownBy(() -> later.get(1).get()).rootCause().hasMessage("it is broken");
    assertThat(later.get(2).get()).isEqualTo("did e");
    assertThat(stored()).contains("c", "e").doesNotContain(BROKEN);
  }

  @Test
  void what_failed_at_the_commit_is_not_done_again() throws Exception {
    List<FutureTask<String>> later = bringBehindHeld(writing(ROOMY), "twice", "twice");

    assertThat(later)
        .allSatisfy(
            answer -> assertThatThrownBy(answer::get).rootCause().hasMessageContaining("unique"));
    assertThat(trips).hasSize(2);
  }

  @Test
  void another_teams_goes_by_itself() throws Exception {
    SharedTrips<TeamId, String, String> shared = writing(ROOMY);
    held = bring(shared, HELD);

    assertThat(shared.join(OTHER_TEAM, "theirs")).isEqualTo("did theirs");
  }

  @Test
  void a_read_sees_what_was_committed_before_it_was_asked() {
    SharedTrips<TeamId, String, String> counting =
        SharedTrips.reading(
            DATABASE.jdbi(),
            (handle, _, items) -> items.stream().map(_ -> String.valueOf(count(handle))).toList());

    for (int i = 1; i <= 3; i++) {
      var _ = writing(ROOMY).join(TEAM, "item " + i);
      assertThat(counting.join(TEAM, "how many?")).isEqualTo(String.valueOf(i));
    }
  }

  private SharedTrips<TeamId, String, String> writing(Size largest) {
    return SharedTrips.writing(DATABASE.jdbi(), largest, String::length, this::store);
  }

  private List<String> store(Handle handle, TeamId team, List<String> items) {
    trips.add(items);
    for (String item : items) {
      if (item.equals(BROKEN)) {
        throw new IllegalStateException("it is broken");
      }
      if (item.equals(HELD)) {
        awaitGate();
      }
      handle.execute("INSERT INTO brought VALUES (?)", item);
    }
    return items.stream().map(item -> "did " + item).toList();
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers of what came in while a trip was on its way. */
  private List<FutureTask<String>> bringBehindHeld(
      SharedTrips<TeamId, String, String> shared, String... items) {
    held = bring(shared, HELD);
    List<FutureTask<String>> later = bring(shared, items);
    gate.countDown();
    return later;
  }

  /** Each by a caller of its own, one after the other; returns when all of them wait. */
  private static List<FutureTask<String>> bring(
      SharedTrips<TeamId, String, String> shared, String... items) {
    List<FutureTask<String>> answers = new ArrayList<>();
    for (String item : items) {
      var answer = new FutureTask<>(() -> shared.join(TEAM, item));
      Thread caller = Thread.ofVirtual().start(answer);
      await().until(() -> caller.getState() == Thread.State.WAITING);
      answers.add(answer);
    }
    return answers;
  }

  private static List<String> answers(List<FutureTask<String>> tasks) throws Exception {
    List<String> answers = new ArrayList<>();
    for (FutureTask<String> task : tasks) {
      answers.add(task.get());
    }
    return answers;
  }

  private static int count(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM brought").mapTo(Integer.class).one();
  }

  private static List<String> stored() {
    return DATABASE
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT item FROM brought").mapTo(String.class).list());
  }
}
