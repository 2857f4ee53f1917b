package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.out.Race;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.SuppressionImports.Step;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.application.view.SuppressionImport.LineResult.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiSuppressionImportsTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());

  private final Sender sender = new Sender(DATABASE.store());

  @Test
  void every_line_has_a_result_and_every_good_one_is_on_the_list() {
    Instant until = Instant.parse("2090-01-01T00:00:00Z");
    UUID id =
        store(
            new Line.Named(
                2,
                EmailAddress.parse("Bo@example.com"),
                Optional.of(until),
                Optional.of("left the company")),
            new Line.Bad(3, "nobody", "an address has an @"),
            named(4, "eva@example.com"),
            named(5, "bo@EXAMPLE.com"));
    assertThat(find(id))
        .extracting(SuppressionImport::lines, SuppressionImport::done)
        .containsExactly(4, 1);

    work();

    SuppressionImport done = find(id);
    assertThat(done.finishedAt()).isPresent();
    assertThat(done)
        .extracting(
            SuppressionImport::done,
            SuppressionImport::added,
            SuppressionImport::known,
            SuppressionImport::bad)
        .containsExactly(4, 2, 1, 1);
    assertThat(lines(id, Optional.empty(), Optional.empty()).items())
        .extracting(LineResult::number, LineResult::outcome)
        .containsExactly(
            tuple(2, Outcome.ADDED),
            tuple(3, Outcome.BAD),
            tuple(4, Outcome.ADDED),
            tuple(5, Outcome.KNOWN));
    SuppressedAddress bo = entry("bo@example.com");
    assertThat(bo.reason()).isEqualTo(SuppressionReason.IMPORTED);
    assertThat(bo.until()).contains(until);
    assertThat(bo.note()).contains("left the company");
    Event told = sender.events().getLast();
    assertThat(told.kind()).isEqualTo(EventKind.SUPPRESSION_IMPORTED);
    assertThat(told.data()).containsEntry("added", "2").containsEntry("bad", "1");
  }

  @Test
  void lines_are_shown_page_by_page_and_by_what_became_of_them() {
    UUID id =
        store(new Line.Bad(1, "a", "no"), named(2, "eva@example.com"), new Line.Bad(3, "c", "no"));

    Page<LineResult, Integer> first = lines(id, Optional.of(Outcome.BAD), Optional.empty(), 1);

    assertThat(first.items()).extracting(LineResult::text).containsExactly("a");
    assertThat(lines(id, Optional.of(Outcome.BAD), first.next(), 1).items())
        .extracting(LineResult::text)
        .containsExactly("c");
  }

  @Test
  void a_list_that_breaks_off_while_it_is_read_leaves_nothing_behind() {
    UUID id = IDS.next();
    Iterator<Line> broken =
        Stream.iterate(1, i -> i + 1)
            .map(
                i -> {
                  if (i > 1500) {
                    throw new IllegalStateException("the file ends here");
                  }
                  return named(i, "a" + i + "@example.com");
                })
            .iterator();

    assertThatThrownBy(() -> imports().store(sender.team(), id, sender.admin().id(), broken))
        .hasMessageContaining("the file ends here");

    assertThat(imports().find(sender.team(), id)).isEmpty();
    assertThat(lines(id, Optional.empty(), Optional.empty()).items()).isEmpty();
  }

  @Test
  void nodes_share_a_long_list_and_deal_with_each_line_once() throws Exception {
    UUID id =
        imports()
            .store(
                sender.team(),
                IDS.next(),
                sender.admin().id(),
                IntStream.rangeClosed(1, 4_500)
                    .mapToObj(i -> named(i, "a" + i + "@example.com"))
                    .iterator())
            .id();

    var _ =
        Race.atTheSameTime(
            4,
            _ -> {
              work();
              return 0;
            });
    work();

    assertThat(find(id))
        .extracting(SuppressionImport::done, SuppressionImport::added, SuppressionImport::known)
        .containsExactly(4_500, 4_500, 0);
    assertThat(lines(id, Optional.of(Outcome.WAITING), Optional.empty()).items()).isEmpty();
  }

  @Test
  void the_lines_of_lists_of_long_ago_are_forgotten_and_the_counts_stay() {
    UUID id = store(named(1, "eva@example.com"));
    work();
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE suppression_import SET finished_at = now() - interval '31 days'
                         WHERE id = :id\
                        """)
                    .bind("id", id)
                    .execute());

    assertThat(imports().forgetOld()).isOne();

    assertThat(lines(id, Optional.empty(), Optional.empty()).items()).isEmpty();
    assertThat(find(id).added()).isOne();
    assertThat(imports().forgetOld()).isZero();
  }

  private static Line named(int number, String address) {
    return new Line.Named(number, EmailAddress.parse(address), Optional.empty(), Optional.empty());
  }

  private UUID store(Line... lines) {
    return imports()
        .store(sender.team(), IDS.next(), sender.admin().id(), List.of(lines).iterator())
        .id();
  }

  private static void work() {
    Step step = imports().step();
    while (step == Step.DONE) {
      step = imports().step();
    }
  }

  private SuppressionImport find(UUID id) {
    return imports().find(sender.team(), id).orElseThrow();
  }

  private Page<LineResult, Integer> lines(
      UUID id, Optional<Outcome> outcome, Optional<Integer> after) {
    return lines(id, outcome, after, 100);
  }

  private Page<LineResult, Integer> lines(
      UUID id, Optional<Outcome> outcome, Optional<Integer> after, int limit) {
    return imports().lines(sender.team(), id, outcome, limit, after);
  }

  private SuppressedAddress entry(String address) {
    EmailAddress asked = EmailAddress.parse(address);
    return Optional.ofNullable(
            DATABASE.database().suppressions().among(sender.team(), List.of(asked)).get(asked))
        .orElseThrow();
  }

  private static SuppressionImports imports() {
    return DATABASE.database().suppressionImports(IDS);
  }
}
