package io.leverans.persistence.embedded;

import java.util.List;

/** What a commit is worth when the machine loses its power. */
public enum Durability {
  /** A commit is on the disk before it is answered. */
  DURABLE("on"),

  /**
   * A commit reaches the disk when the operating system pleases: a crash of the machine loses
   * commits and may ruin the data folder. For throw-away data in tests.
   */
  UNSAFE_FOR_THROW_AWAY_DATA("off");

  private final String value;

  Durability(String value) {
    this.value = value;
  }

  List<String> serverOptions() {
    return List.of("fsync=" + value, "full_page_writes=" + value, "synchronous_commit=" + value);
  }

  List<String> initdbOptions() {
    return switch (this) {
      case DURABLE -> List.of();
      case UNSAFE_FOR_THROW_AWAY_DATA -> List.of("--no-sync");
    };
  }
}
