package io.leverans.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
  private final OpenParts parts = new OpenParts();
  private final List<String> stopped = new ArrayList<>();

  private AutoCloseable part(String name) {
    return () -> stopped.add(name);
  }

  @Test
  void what_was_started_last_is_stopped_first_whatever_happens_to_it() {
    var _ = parts.add(part("database"));
    var _ =
        parts.add(
            (AutoCloseable)
                () -> {
                  throw new IllegalStateException("it hangs");
                });
    var _ = parts.add(part("web server"));

    parts.close();

    assertThat(stopped).containsExactly("web server", "database");
  }

  @Test
  void what_was_being_started_when_no_more_was_wanted_is_stopped_with_the_rest() {
    var _ = parts.add(part("database"));
    parts.wantNoMore();

    assertThatThrownBy(() -> parts.add(part("web server")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stopped");
    parts.close();

    assertThat(stopped).containsExactly("web server", "database");
  }

  @Test
  void of_several_that_there_were_when_no_more_was_wanted_all_are_stopped() {
    parts.wantNoMore();

    assertThatThrownBy(() -> parts.addAll(List.of(part("smtp"), part("gmail"))))
        .isInstanceOf(IllegalStateException.class);
    parts.close();

    assertThat(stopped).containsExactly("gmail", "smtp");
  }
}
