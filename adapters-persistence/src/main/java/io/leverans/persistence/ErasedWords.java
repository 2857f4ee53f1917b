package io.leverans.persistence;

/** What is left, in SQL, of words that others said of a person. */
final class ErasedWords {
  /** Of a failure its cause and status. */
  static final String FAILURE =
      """
      CASE WHEN failure IS NOT NULL
           THEN jsonb_strip_nulls(jsonb_build_object(
                  'cause', failure -> 'cause', 'words', 'Erased.', 'status', failure -> 'status'))
            END\
      """;

  private ErasedWords() {}

  /** Whether a text has any of the addresses {@code :keys} in it, in whatever case. */
  static String mention(String text) {
    return "EXISTS (SELECT FROM unnest(:keys) AS k (key) WHERE strpos(lower(%s), k.key) > 0)"
        .formatted(text);
  }

  /** Nothing where a text mentions one of the addresses {@code :keys}, else the same. */
  static String unlessMentioned(String column) {
    return "CASE WHEN %s THEN NULL ELSE %s END".formatted(mention(column + "::text"), column);
  }

  /** The failure, without words where they mention one of the addresses {@code :keys}. */
  static String failureUnlessMentioned() {
    return "CASE WHEN %s THEN %s ELSE failure END".formatted(mention("failure::text"), FAILURE);
  }
}
