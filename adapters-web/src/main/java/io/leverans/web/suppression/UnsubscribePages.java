package io.leverans.web.suppression;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.leverans.application.port.in.Unsubscribe;
import io.leverans.application.port.in.Unsubscribe.Asked;
import io.leverans.application.port.in.Unsubscribe.Offer;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.web.html.Html;
import io.leverans.web.html.HtmlPage;
import java.util.Optional;

/**
 * The page that the link in bulk mail opens, and the answer to mail programs that press its button
 * by themselves (RFC 8058). Looking at it changes nothing, since mail scanners look too.
 */
public final class UnsubscribePages {
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;
  private static final String ADDRESS = "address";

  private final Unsubscribe unsubscribe;

  public UnsubscribePages(Unsubscribe unsubscribe) {
    this.unsubscribe = unsubscribe;
  }

  public void register(RoutesConfig routes) {
    routes.get("/unsubscribe/{code}", this::show);
    routes.post("/unsubscribe/{code}", this::unsubscribe);
  }

  private void show(Context ctx) {
    unsubscribe
        .lookUp(ctx.pathParam("code"))
        .ifPresentOrElse(
            offer -> ask(offer, Html.of("")).write(ctx, 200),
            () -> unknown().write(ctx, NOT_FOUND));
  }

  private void unsubscribe(Context ctx) {
    switch (unsubscribe.unsubscribe(ctx.pathParam("code"), addressIn(ctx))) {
      case Unsubscribe.Result.Unsubscribed(var sender) -> done(sender).write(ctx, 200);
      case Unsubscribe.Result.UnsubscribedIfRecipient(var sender, var address) ->
          doneFor(sender, address).write(ctx, 200);
      case Unsubscribe.Result.AddressMissing(var offer) ->
          ask(
                  offer,
                  Html.of(
                      """
                      <p role="alert">Write the address that you got the mail at, such as \
                      kim@example.org.</p>\
                      """))
              .write(ctx, UNPROCESSABLE);
      case Unsubscribe.Result.UnknownCode() -> unknown().write(ctx, NOT_FOUND);
    }
  }

  private static Optional<EmailAddress> addressIn(Context ctx) {
    try {
      return Optional.ofNullable(ctx.formParam(ADDRESS))
          .map(String::strip)
          .map(EmailAddress::parse);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static HtmlPage ask(Offer offer, Html above) {
    return new HtmlPage(
        "No more mail from here?",
        Html.of(
            """
            %s<p>You get mail from <strong>%s</strong>.</p>
            <form method="post">
            %s<button type="submit">Unsubscribe</button>
            </form>\
            """,
            above, offer.sender(), offer.asked() == Asked.ADDRESS ? field() : Html.of("")));
  }

  private static Html field() {
    return Html.of(
        """
        <p><label for="address">The address that you got it at:</label><br>
        <input id="address" name="address" type="email" autocomplete="email" required></p>
        """);
  }

  private static HtmlPage done(Mailbox sender) {
    return new HtmlPage(
        "You are unsubscribed",
        Html.of(
            """
            <p role="status">The people behind <strong>%s</strong> will not write to you any more.</p>
            <p>You can close this page.</p>\
            """,
            sender));
  }

  private static HtmlPage doneFor(Mailbox sender, EmailAddress address) {
    return new HtmlPage(
        "You are unsubscribed",
        Html.of(
            """
            <p role="status">If the mail came to <strong>%s</strong>, the people behind \
            <strong>%s</strong> will not write there any more.</p>
            <p>If that is not how the address is written, <a href="">go back</a>. Else you can close this \
            page.</p>\
            """,
            address, sender));
  }

  private static HtmlPage unknown() {
    return new HtmlPage(
        "This link does not work",
        Html.of(
            """
            <p>The link is not whole, or the mail that it came with is not known here.</p>
            <p>Copy the whole link from the mail into the address bar, or answer the mail and ask for \
            no more.</p>\
            """));
  }
}
