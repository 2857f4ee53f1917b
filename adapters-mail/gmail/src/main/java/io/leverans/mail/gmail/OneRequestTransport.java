package io.leverans.mail.gmail;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import java.net.URI;

/**
 * Carries the requests of Google's library: each over a connection of its own, and each once.
 * {@link java.net.HttpURLConnection}, which the library would use, makes some requests again by
 * itself, and tells nobody how far one has come.
 */
final class OneRequestTransport extends HttpTransport {
  private final Links links;
  private final Gate gate;
  private final Diary diary;

  /**
   * A way to make requests.
   *
   * @param gate what each has to pass
   */
  OneRequestTransport(Links links, Gate gate, Diary diary) {
    this.links = links;
    this.gate = gate;
    this.diary = diary;
  }

  @Override
  public boolean supportsMethod(String method) {
    return true;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new OneRequest(links, gate, diary, method, URI.create(url));
  }
}
