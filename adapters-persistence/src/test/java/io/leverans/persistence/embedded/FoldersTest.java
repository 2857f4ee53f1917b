package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {
  @ParameterizedTest
  @ValueSource(strings = {"", ".", "data"})
  void nothing_is_deleted_by_a_path_that_depends_on_where_we_run(String path) {
    assertThatThrownBy(() -> Folders.delete(Path.of(path)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
