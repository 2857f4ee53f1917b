package io.leverans.persistence;

import java.time.Duration;

/**
 * What a session of ours sets for itself with the server, which is to let go of a node that says
 * nothing any more: its locks keep others from its work, and the server hears no word of a machine
 * that lost its power, its network, or its turn.
 */
final class SessionSettings {
  /** Longer than a renewal keeps a channel locked, and than a silent node keeps mail and lanes. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);

  /**
   * For how long a node may say nothing in the middle of a transaction. What it had begun is to be
   * taken up within 30 s, and whoever waits for its locks is to outlast it; but between two
   * statements a node may wait ten seconds for another connection.
   */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** Of a machine that is gone the server knows after 20 s. */
  private static final String KEEPALIVES =
      "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2";

  /**
   * Each statement is planned once for a connection, and goes by keys, whatever the statistics say
   * that were taken when a table was small or all of its rows were waiting (ADR 74).
   */
  private static final String BY_KEY =
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off";

  /**
   * Of a change of the tables, which takes as long as it takes: one session waits within a
   * transaction, whatever is set for the role, while another works.
   */
  static final String OF_MIGRATIONS = "SET idle_in_transaction_session_timeout = 0; " + KEEPALIVES;

  private SessionSettings() {}

  static String ofNodes() {
    return ofNodes(SILENCE);
  }

  static String ofNodes(Duration silence) {
    return String.join(
        "; ",
        "SET lock_timeout = " + LOCK_PATIENCE.toMillis(),
        "SET idle_in_transaction_session_timeout = " + silence.toMillis(),
        KEEPALIVES,
        BY_KEY);
  }
}
