package io.leverans.mail.simulator.signin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The page on which a person allows or declines; plain HTML without scripts. */
final class ConsentPage {
  private static final Set<String> OF_THE_BUTTONS = Set.of("account");

  private final SignInDialect dialect;

  ConsentPage(SignInDialect dialect) {
    this.dialect = dialect;
  }

  String of(ConsentQuestion question, String action) {
    String fields = hiddenFields(question);
    var html = new StringBuilder(1024);
    html.append("<p class=\"note\">This page plays ")
        .append(escaped(dialect.provider()))
        .append(" in the simulated world. No real account is involved.</p>\n")
        .append("<h1>Sign in with ")
        .append(escaped(dialect.provider()))
        .append("</h1>\n<p>The application wants to:</p>\n<ul>\n");
    meanings(question)
        .forEach(meaning -> html.append("<li>").append(escaped(meaning)).append("</li>\n"));
    html.append("</ul>\n<h2>Choose an account</h2>\n")
        .append(form(action))
        .append(fields)
        .append("<table>\n");
    accounts(question).forEach(account -> html.append(row(account, "Allow")));
    html.append("</table>\n</form>\n")
        .append(form(action))
        .append(fields)
        .append("<p><label>Another account: <input type=\"email\" name=\"account\" required>")
        .append("</label> <button>Allow</button></p>\n</form>\n")
        .append(form(action))
        .append(fields)
        .append("<p><button>Cancel</button></p>\n</form>\n");
    return page("Sign in with " + dialect.provider(), html.toString());
  }

  String refusal(String error, String words) {
    return page(
        "Access blocked",
        "<h1>Access blocked</h1>\n<p>%s</p>\n<p>Error: %s</p>\n"
            .formatted(escaped(words), escaped(error)));
  }

  String connections(Set<SimulatedAccount> connected, String action) {
    var html = new StringBuilder(1024);
    html.append("<h1>Who may use your account</h1>\n");
    if (connected.isEmpty()) {
      html.append("<p>No account is connected to an application.</p>\n");
    } else {
      html.append("<p>The application may use these accounts until you remove its access.</p>\n")
          .append(form(action))
          .append("<table>\n");
      connected.forEach(account -> html.append(row(account, "Remove access")));
      html.append("</table>\n</form>\n");
    }
    return page(dialect.provider() + " accounts", html.toString());
  }

  private Set<String> meanings(ConsentQuestion question) {
    return question.scopes().stream()
        .map(dialect::meaningOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The account that the application hints at comes first. */
  private List<SimulatedAccount> accounts(ConsentQuestion question) {
    List<SimulatedAccount> accounts = new ArrayList<>(dialect.accounts());
    Optional<SimulatedAccount> hinted =
        question
            .fields()
            .first("login_hint")
            .filter(hint -> hint.matches("[^@\\s]+@[^@\\s]+"))
            .map(dialect::accountOf);
    hinted.ifPresent(
        account -> {
          accounts.removeIf(listed -> listed.address().equals(account.address()));
          accounts.addFirst(account);
        });
    return accounts;
  }

  private static String form(String action) {
    return "<form method=\"post\" action=\"" + escaped(action) + "\">\n";
  }

  private static String hiddenFields(ConsentQuestion question) {
    var html = new StringBuilder();
    question
        .fields()
        .all()
        .forEach(
            (name, values) -> {
              if (!OF_THE_BUTTONS.contains(name)) {
                values.forEach(
                    value ->
                        html.append("<input type=\"hidden\" name=\"")
                            .append(escaped(name))
                            .append("\" value=\"")
                            .append(escaped(value))
                            .append("\">\n"));
              }
            });
    return html.toString();
  }

  private static String row(SimulatedAccount account, String button) {
    return """
    <tr><td><strong>%s</strong><br>%s</td>\
    <td><button name="account" value="%s">%s</button></td></tr>
    """
        .formatted(
            escaped(account.address()),
            escaped(account.summary()),
            escaped(account.address()),
            escaped(button));
  }

  private static String page(String title, String body) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    body { font: 16px/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; width: 100%%; }
    td { border-top: 1px solid #ddd; padding: .5rem .5rem .5rem 0; }
    td + td { text-align: right; }
    .note { background: #fff3c4; padding: .5rem 1rem; }
    </style>
    </head>
    <body>
    %s</body>
    </html>
    """
        .formatted(escaped(title), body);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
