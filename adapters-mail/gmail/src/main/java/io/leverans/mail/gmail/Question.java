package io.leverans.mail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.json.GenericJson;
import java.io.IOException;

/** Asks Google something that changes nothing. */
final class Question {
  private Question() {}

  /**
   * Asks once.
   *
   * @throws RefusedException if Google does not tell
   * @throws SenselessAnswerException if what it tells cannot be read
   */
  static <T extends GenericJson> T ask(AbstractGoogleJsonClientRequest<T> request)
      throws IOException {
    GoogleAnswer answer =
        GoogleAnswer.of(
            request.buildHttpRequest().setThrowExceptionOnExecuteError(false).execute());
    if (!answer.isSuccess()) {
      throw new RefusedException(answer);
    }
    try {
      return GoogleAnswer.JSON.fromString(answer.body(), request.getResponseClass());
    } catch (IOException | IllegalArgumentException senseless) {
      throw new SenselessAnswerException("Google's answer makes no sense", senseless);
    }
  }
}
