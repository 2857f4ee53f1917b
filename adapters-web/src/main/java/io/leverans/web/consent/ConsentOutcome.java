package io.leverans.web.consent;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ConcludeConsent.Result.Connected;
import io.leverans.application.port.in.ConcludeConsent.Result.Declined;
import io.leverans.application.port.in.ConcludeConsent.Result.Gone;
import io.leverans.application.port.in.ConcludeConsent.Result.Known;
import io.leverans.application.port.in.ConcludeConsent.Result.NotWanted;
import io.leverans.application.port.in.ConcludeConsent.Result.Refused;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.web.html.Html;
import io.leverans.web.html.HtmlPage;
import io.leverans.web.json.Words;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a consent ended: told to the application in the query of the address where it wants the
 * browser back, or to the person on a page.
 */
record ConsentOutcome(
    Optional<URI> redirect, Map<String, String> query, HtmlPage page, HttpStatus status) {

  static ConsentOutcome of(Known result) {
    return switch (result) {
      case Connected connected -> connected(connected);
      case Declined(var error, var redirect) -> declined(error, redirect);
      case Refused(var fault, var redirect) -> refused(fault, redirect);
      case NotWanted(var redirect) -> notWanted(redirect);
      case Gone(var redirect) -> gone(redirect);
    };
  }

  private static ConsentOutcome connected(Connected connected) {
    var channel = connected.channel().channel();
    return new ConsentOutcome(
        connected.redirect(),
        query("outcome", "connected", "channel", channel.id().value().toString()),
        new HtmlPage(
            "Your account is connected",
            Html.of(
                """
                <p role="status">From now on mail can be sent through <strong>%s</strong>.</p>
                <p>You can close this page.</p>\
                """,
                channel.label())),
        HttpStatus.OK);
  }

  private static ConsentOutcome declined(String error, Optional<URI> redirect) {
    return new ConsentOutcome(
        redirect,
        query("outcome", "declined", "error", error),
        new HtmlPage(
            "Access was not given",
            Html.of(
                """
                <p>Your provider says: %s. All is as it was.</p>
                <p>If that was not what you wanted, begin again in the application that led you \
                here. Some companies let only an administrator agree.</p>\
                """,
                error)),
        HttpStatus.OK);
  }

  private static ConsentOutcome refused(ChannelFault fault, Optional<URI> redirect) {
    return new ConsentOutcome(
        redirect,
        query(
            "outcome",
            "refused",
            "cause",
            Words.of(fault.cause()),
            "words",
            fault.words(),
            "remedy",
            fault.remedy()),
        new HtmlPage(
            "Your account could not be connected",
            Html.of("<p>%s</p>\n<p>%s</p>", fault.words(), fault.remedy())),
        HttpStatus.UNPROCESSABLE_CONTENT);
  }

  private static ConsentOutcome notWanted(Optional<URI> redirect) {
    return new ConsentOutcome(
        redirect,
        query("outcome", "not-wanted"),
        new HtmlPage(
            "Nobody asks for this any more",
            Html.of(
                """
                <p>Who asked for access may not do so any more, or the channel was removed \
                meanwhile. Nothing was stored.</p>
                <p>Ask in the application that led you here, and take access back at your \
                provider.</p>\
                """)),
        HttpStatus.CONFLICT);
  }

  private static ConsentOutcome gone(Optional<URI> redirect) {
    return new ConsentOutcome(
        redirect,
        query("outcome", "gone"),
        new HtmlPage(
            "Please begin again",
            Html.of(
                """
                <p>Keys of this service were replaced while you gave access, and what was noted \
                before cannot be read any more. Nothing was stored.</p>
                <p>Begin again in the application that led you here.</p>\
                """)),
        HttpStatus.GONE);
  }

  private static Map<String, String> query(String... namesAndValues) {
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return query;
  }

  void write(Context ctx) {
    redirect.ifPresentOrElse(
        address ->
            ctx.header("Referrer-Policy", "no-referrer")
                .redirect(withQuery(address), HttpStatus.SEE_OTHER),
        () -> page.write(ctx, status.getCode()));
  }

  private String withQuery(URI address) {
    String ours =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return address + (address.getRawQuery() == null ? "?" : "&") + ours;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
