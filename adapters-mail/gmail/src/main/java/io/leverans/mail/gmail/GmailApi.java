package io.leverans.mail.gmail;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpTransport;
import com.google.api.services.gmail.Gmail;
import io.leverans.domain.channel.ChannelSettings;
import java.io.IOException;

/**
 * Makes Google's client for one channel, such that each call is one request: the library tries
 * nothing again, follows nothing, and makes no exceptions of refusals.
 */
final class GmailApi {
  private final GmailSettings settings;
  private final Links links;

  GmailApi(GmailSettings settings, Links links) {
    this.settings = settings;
    this.links = links;
  }

  GmailSettings settings() {
    return settings;
  }

  /** A client whose requests pass the gate. */
  Gmail open(ChannelSettings channel, Gate gate, Diary diary) {
    String token = channel.find(Account.ACCESS_TOKEN).orElse("");
    return new Gmail.Builder(
            new OneRequestTransport(links, gate, diary),
            GoogleAnswer.JSON,
            request -> once(request, token))
        .setRootUrl(settings.apiRoot())
        .setApplicationName("Leverans")
        .build();
  }

  private static void once(HttpRequest request, String token) {
    plain(request);
    request.getHeaders().setAuthorization("Bearer " + token);
  }

  private static HttpRequest plain(HttpRequest request) {
    request.setNumberOfRetries(0);
    request.setUnsuccessfulResponseHandler(null);
    request.setIOExceptionHandler(null);
    request.setFollowRedirects(false);
    request.setThrowExceptionOnExecuteError(false);
    request.setLoggingEnabled(false);
    request.setCurlLoggingEnabled(false);
    request.getHeaders().setAcceptEncoding(null);
    return request;
  }

  /** Whose the access token is, as its server says now. */
  GoogleAnswer userInfo(ChannelSettings channel, Diary diary) throws IOException {
    HttpRequest request =
        transport(diary)
            .createRequestFactory()
            .buildGetRequest(new GenericUrl(settings.userInfo().toString()));
    once(request, channel.find(Account.ACCESS_TOKEN).orElse(""));
    return GoogleAnswer.of(request.execute());
  }

  /** A way to make requests that change nothing. */
  HttpTransport transport(Diary diary) {
    return new OneRequestTransport(links, Gate.OPEN, diary);
  }
}
