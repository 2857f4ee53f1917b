package io.leverans.mail.conversation;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Answers that still hold, those that were asked for last. Safe for use by many threads. */
final class RememberedAnswers {
  private static final int KEPT = 50_000;

  private final Map<Question, Kept> answers = Collections.synchronizedMap(new Latest<>(KEPT));

  private record Question(Name name, int type) {}

  private record Kept(SignedAnswer answer, long until) {}

  Optional<SignedAnswer> find(Name name, int type) {
    return Optional.ofNullable(answers.get(new Question(name, type)))
        .filter(kept -> System.nanoTime() - kept.until() < 0)
        .map(Kept::answer);
  }

  void put(Name name, int type, SignedAnswer answer) {
    if (answer.holds().isPositive()) {
      answers.put(
          new Question(name, type), new Kept(answer, System.nanoTime() + answer.holds().toNanos()));
    }
  }
}
