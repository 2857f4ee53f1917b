package io.leverans.persistence;

import io.leverans.persistence.ParseTree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What Citus refuses in changes of rows that are spread over machines, as its planner says ({@code
 * TargetlistAndFunctionsSupported} in {@code multi_router_planner.c}): volatile functions in what
 * is set or asked, stable ones of columns, and any that is not immutable in CASE, in COALESCE or in
 * what is returned. It looks at a statement after subqueries in FROM were merged into it, which
 * volatile functions and an OFFSET prevent.
 */
final class CitusRules {
  private static final Set<String> CHANGES = Set.of("2", "4", "5");
  private static final String SUBQUERY = "1";
  private static final List<String> CALLED = List.of("funcid", "opfuncid", "aggfnoid", "winfnoid");
  private static final Set<String> CHOICES = Set.of("CASE", "CASEEXPR", "COALESCE", "COALESCEEXPR");
  private static final String NONE = "<>";

  private enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  private final Map<String, Volatility> functions = new HashMap<>();
  private final Map<String, Volatility> readersOfTypes = new HashMap<>();
  private final Map<String, String> tables = new HashMap<>();

  CitusRules(Handle handle) {
    handle
        .createQuery("SELECT oid::text, provolatile::text FROM pg_proc")
        .map((row, _) -> functions.put(row.getString(1), volatility(row.getString(2))))
        .list();
    handle
        .createQuery(
            "SELECT t.oid::text, provolatile::text FROM pg_type t JOIN pg_proc p ON p.oid ="
                + " typinput")
        .map((row, _) -> readersOfTypes.put(row.getString(1), volatility(row.getString(2))))
        .list();
    handle
        .createQuery(
            """
            SELECT oid::text, relname::text FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'\
            """)
        .map((row, _) -> tables.put(row.getString(1), row.getString(2)))
        .list();
  }

  private static Volatility volatility(String letter) {
    return switch (letter) {
      case "i" -> Volatility.IMMUTABLE;
      case "s" -> Volatility.STABLE;
      default -> Volatility.VOLATILE;
    };
  }

  /** A statement with numbered parameters, as the server understands it. */
  static ParseTree parse(Handle handle, String statement, List<String> parameterTypes) {
    return handle.inTransaction(
        transaction -> {
          transaction.execute(
              "CREATE FUNCTION pg_temp.probe(%s) RETURNS void LANGUAGE sql BEGIN ATOMIC %s; END"
                  .formatted(String.join(", ", parameterTypes), statement));
          String tree =
              transaction
                  .createQuery(
                      "SELECT prosqlbody::text FROM pg_proc WHERE oid = 'pg_temp.probe'::regproc")
                  .mapTo(String.class)
                  .one();
          transaction.execute("DROP FUNCTION pg_temp.probe");
          return ParseTree.parse(tree);
        });
  }

  /** The tables that it names. */
  List<String> tables(ParseTree statement) {
    return statement
        .nodes()
        .filter(node -> node.kind().equals("RANGETBLENTRY"))
        .flatMap(entry -> Stream.ofNullable(tables.get(entry.word("relid"))))
        .distinct()
        .toList();
  }

  /** What Citus would say. */
  List<String> refusals(ParseTree statement) {
    return statement
        .nodes()
        .filter(node -> node.kind().equals("QUERY") && CHANGES.contains(node.word("commandType")))
        .flatMap(change -> refusalsOf(change).stream())
        .toList();
  }

  private List<String> refusalsOf(Node change) {
    List<String> refusals = new ArrayList<>();
    List<ParseTree> decisive = new ArrayList<>(change.field("targetList"));
    decisive.addAll(change.field("jointree"));
    if (subqueriesInFrom(change).anyMatch(this::isMergedAndNotImmutable)) {
      refusals.add("a subquery in FROM that computes what is not immutable has to have an OFFSET");
    }
    if (decisive.stream().anyMatch(part -> most(part.nodes()) == Volatility.VOLATILE)) {
      refusals.add("functions used in UPDATE queries must not be VOLATILE");
    }
    if (decisive.stream().flatMap(ParseTree::nodesOfExpression).anyMatch(this::isStableOfColumn)) {
      refusals.add("STABLE functions cannot be called with column references");
    }
    if (decisive.stream().flatMap(ParseTree::nodesOfExpression).anyMatch(this::isUnclearChoice)) {
      refusals.add("non-IMMUTABLE functions are not allowed in CASE or COALESCE statements");
    }
    if (most(change.field("returningList").stream().flatMap(ParseTree::nodes))
        != Volatility.IMMUTABLE) {
      refusals.add("non-IMMUTABLE functions are not allowed in the RETURNING clause");
    }
    return refusals;
  }

  private static Stream<Node> subqueriesInFrom(Node change) {
    return change.field("rtable").stream()
        .flatMap(ParseTree::parts)
        .flatMap(CitusRules::ifNode)
        .filter(entry -> entry.word("rtekind").equals(SUBQUERY))
        .flatMap(entry -> entry.field("subquery").stream())
        .flatMap(CitusRules::ifNode);
  }

  private static Stream<Node> ifNode(ParseTree tree) {
    return tree instanceof Node node ? Stream.of(node) : Stream.of();
  }

  private boolean isMergedAndNotImmutable(Node subquery) {
    return subquery.word("limitOffset").equals(NONE)
        && most(subquery.field("targetList").stream().flatMap(ParseTree::nodes))
            == Volatility.STABLE;
  }

  private boolean isStableOfColumn(Node expression) {
    return of(expression) == Volatility.STABLE
        && expression.nodesOfExpression().anyMatch(node -> node.kind().equals("VAR"));
  }

  private boolean isUnclearChoice(Node expression) {
    return CHOICES.contains(expression.kind()) && most(expression.nodes()) != Volatility.IMMUTABLE;
  }

  private Volatility most(Stream<Node> nodes) {
    return nodes.map(this::of).max(Volatility::compareTo).orElse(Volatility.IMMUTABLE);
  }

  private Volatility of(Node node) {
    return switch (node.kind()) {
      case "NEXTVALUEEXPR" -> Volatility.VOLATILE;
      case "SQLVALUEFUNCTION" -> Volatility.STABLE;
      case "COERCEVIAIO" -> readersOfTypes.getOrDefault(node.word("resulttype"), Volatility.STABLE);
      default ->
          CALLED.stream()
              .map(node::word)
              .map(function -> functions.getOrDefault(function, Volatility.IMMUTABLE))
              .max(Volatility::compareTo)
              .orElse(Volatility.IMMUTABLE);
    };
  }
}
